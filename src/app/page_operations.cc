#include "app/page_operations.h"

#include "base/qr.h"

namespace sonae::app {

namespace {

struct QrRequest {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(QrRequest, (), (text))
struct QrAnswer {
  std::string svg;
};
BOOST_DESCRIBE_STRUCT(QrAnswer, (), (svg))

}  // namespace

void add_page_operations(api::Catalogue& catalogue) {
  catalogue.add(api::operation<QrRequest, QrAnswer>(
      "page.qr", {"QR コードを描く", "Draw a QR code"}, api::Permission::signed_in,
      [](api::Call&, const QrRequest& request) -> Result<QrAnswer> {
        return QrAnswer{TRY(qr_for_paper(request.text))};
      }));
}

}  // namespace sonae::app
