// The demonstration town's residents in the layouts of registries. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "demo/resident.h"

namespace sonae::demo {

// The layouts that data/layouts/ describes.
enum class Layout {
  simple,      // simple: CSV with a header, UTF-8
  kihon,       // kihon-data-list: the items that the town has something for, UTF-8 with a byte-order mark
  plain_2012,  // plain-2012: 32 columns, no header, CP932 with 外字 (gaiji_table)
};

// What stands before the first record: mark and header; may be empty.
std::string head_of(Layout layout);

// One record with its line end, in UTF-8 (for plain_2012 with 外字 as private characters, still to be encoded
// as CP932). `today` is for the ages of plain_2012.
void append_record(std::string& text, Layout layout, const Resident& resident, Date today);

// The vendor's table of the 外字 in the plain_2012 file, in the form of text/gaiji.h.
std::string gaiji_table();

// The value of an item of the 基本データリスト by its name (宛名番号, 氏名_フリガナ, 続柄コード1, ...); empty
// where the town has nothing for it.
std::string kihon_item(const Resident& resident, std::string_view name);

}  // namespace sonae::demo
