// A QR code as text for a terminal: two modules in each character, dark on light with a margin, so that a
// telephone reads it off the screen; and as a picture for paper.
#pragma once

#include <string>

#include "base/error.h"

namespace sonae {

Result<std::string> qr_for_terminal(const std::string& text);
// SVG (W3C), black on white with the margin of four modules that ISO/IEC 18004 asks for. No white space
// between its elements: it can stand within a page.
Result<std::string> qr_for_paper(const std::string& text);

}  // namespace sonae
