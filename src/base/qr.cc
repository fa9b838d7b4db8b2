#include "base/qr.h"

#include <qrencode.h>

#include <memory>

namespace sonae {

namespace {

using Code = std::unique_ptr<QRcode, void (*)(QRcode*)>;

std::unexpected<Error> does_not_fit() {
  return fail(ErrorCode::too_large, {"QRコードにできません", "This does not fit a QR code"});
}

}  // namespace

Result<std::string> qr_for_terminal(const std::string& text) {
  const Code code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L), QRcode_free);
  if (!code) return does_not_fit();
  constexpr int kMargin = 2;
  const int width = code->width;
  const auto dark = [&](int row, int column) {
    return row >= 0 && column >= 0 && row < width && column < width &&
           (code->data[row * width + column] & 1) != 0;
  };
  std::string drawn;
  for (int row = -kMargin; row < width + kMargin; row += 2) {
    // Most terminals are dark: light modules are drawn, dark ones left out.
    for (int column = -kMargin; column < width + kMargin; ++column) {
      const bool upper = !dark(row, column), lower = !dark(row + 1, column) && row + 1 < width + kMargin;
      drawn += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
    }
    drawn += '\n';
  }
  return drawn;
}

Result<std::string> qr_for_paper(const std::string& text) {
  // Folds and stains: the higher level of correction. Capitals and digits take the dense alphabet.
  const Code code(QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_Q, QR_MODE_8, 1), QRcode_free);
  if (!code) return does_not_fit();
  constexpr int kMargin = 4;
  const int width = code->width;
  const std::string side = std::to_string(width + 2 * kMargin);
  std::string svg =
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + side + " " + side +
      R"(" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d=")";
  const auto dark = [&](int row, int column) {
    return column < width && (code->data[row * width + column] & 1) != 0;
  };
  for (int row = 0; row < width; ++row)
    for (int column = 0; column < width; ++column) {
      if (!dark(row, column)) continue;
      const int from = column;
      while (dark(row, column))
        ++column;
      const std::string length = std::to_string(column - from);
      svg += "M" + std::to_string(from + kMargin) + " " + std::to_string(row + kMargin) + "h" + length +
             "v1h-" + length + "z";
    }
  return svg + R"("/></svg>)";
}

}  // namespace sonae
