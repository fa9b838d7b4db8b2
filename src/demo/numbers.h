// Numbers of the demonstration town: unique, with right check digits, and such that no real person can have
// them where the numbering allows that. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>

namespace sonae::demo {

std::string resident_id(std::uint64_t number);    // ten digits, rising, with gaps
std::string household_id(std::uint64_t number);   // ten digits
std::string resident_code(std::uint64_t number);  // 住民票コード: eleven digits

// 個人番号: twelve digits. A right check digit cannot be told from a real one's: the files that hold these
// numbers say that they are fictional.
std::string personal_number(std::uint64_t number);

// Telephone numbers that do not exist: no exchange (市内局番) and no mobile block begins with 0.
std::string landline(std::uint64_t household);  // 0735-0x-xxxx; empty beyond 100,000 households
std::string mobile(std::uint64_t number);       // 090-0xxx-xxxx, 080-0..., 070-0...: ten million

}  // namespace sonae::demo
