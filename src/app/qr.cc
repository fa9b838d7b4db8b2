#include "app/qr.h"

#include <qrencode.h>

#include <memory>

namespace sonae::app {

Result<std::string> qr_for_terminal(const std::string& text) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L), QRcode_free);
  if (!code) return fail(ErrorCode::too_large, {"QRコードにできません", "This does not fit a QR code"});
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

}  // namespace sonae::app
