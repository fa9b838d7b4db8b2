#include "demo/registry_file.h"

namespace sonae::demo {

namespace {

constexpr std::size_t kPiece = 1 << 20;

void append_cell(std::string& text, std::string_view cell) {
  text += ',';
  text += cell;  // nothing that the town makes has a comma, a quote or a line end in it
}

}  // namespace

void append_simple(std::string& text, const Resident& resident) {
  text += resident.id;
  append_cell(text, resident.household_id);
  append_cell(text, full_name(resident));
  append_cell(text, resident.family.written);
  append_cell(text, resident.given.written);
  append_cell(text, full_kana(resident));
  append_cell(text, resident.sex == Sex::male ? "1" : "2");
  append_cell(text, iso_birth(resident));
  append_cell(text, resident.address.postcode);
  append_cell(text, full_address(resident.address));
  append_cell(text, resident.phone);
  text += "\r\n";
}

Result<std::uint64_t> write_registry(Env& env, const std::string& path, Town& town, Progress& progress) {
  static const Phrase kStep{"住民を作っています（架空）", "Making residents (fictional)"};
  const std::unique_ptr<File> file = TRY(env.disk.open(path, Disk::Open::create));
  std::string text(kSimpleHeader);
  text += "\r\n";
  std::uint64_t written = 0;
  while (const Household* const household = town.next()) {
    for (const Resident& resident : *household)
      append_simple(text, resident);
    written += household->size();
    if (text.size() < kPiece) continue;
    if (progress.stop_requested())
      return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"}, path);
    progress.report(kStep, written, town.options().residents);
    TRY(file->write(text));
    text.clear();
  }
  TRY(file->write(text));
  TRY(file->sync());
  return written;
}

}  // namespace sonae::demo
