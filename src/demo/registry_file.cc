#include "demo/registry_file.h"

#include "text/encoding.h"

namespace sonae::demo {

namespace {

constexpr std::size_t kPiece = 1 << 20;

Status write_piece(File& file, std::string& text, Layout layout) {
  const Status written = layout == Layout::plain_2012
                             ? file.write(text::encode(text, text::Encoding::cp932).bytes)
                             : file.write(text);
  text.clear();
  return written;
}

}  // namespace

Result<std::uint64_t> write_registry(Env& env, const std::string& path, Town& town, Layout layout,
                                     Progress& progress) {
  static const Phrase kStep{"住民を作っています（架空）", "Making residents (fictional)"};
  const std::unique_ptr<File> file = TRY(env.disk.open(path, Disk::Open::create));
  std::string text = head_of(layout);
  std::uint64_t written = 0;
  while (const Household* const household = town.next()) {
    for (const Resident& resident : *household)
      append_record(text, layout, resident, town.options().as_of);
    written += household->size();
    if (text.size() < kPiece) continue;
    if (progress.stop_requested())
      return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"}, path);
    progress.report(kStep, written, town.options().residents);
    TRY(write_piece(*file, text, layout));
  }
  TRY(write_piece(*file, text, layout));
  TRY(file->sync());
  return written;
}

}  // namespace sonae::demo
