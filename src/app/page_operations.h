// What pages ask of the program alone: nothing of the town is in it.
#pragma once

#include "api/operation.h"

namespace sonae::app {

// page.qr: draws a QR code, since pages draw none themselves.
void add_page_operations(api::Catalogue& catalogue);

}  // namespace sonae::app
