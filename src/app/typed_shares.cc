#include "app/typed_shares.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "app/places.h"

namespace sonae::app {

namespace {

void say(const Phrase& phrase, Language language) {
  std::cerr << phrase.in(language) << std::flush;
}

// Lines up to an empty one, or to the end.
std::string read_sheet() {
  std::string sheet, line;
  while (std::getline(std::cin, line)) {
    if (line.empty() && !sheet.empty()) break;
    sheet += line + "\n";
  }
  return sheet;
}

Result<std::vector<vault::Share>> from_files(Env& env, const std::vector<std::string>& files,
                                             const vault::ShareWords& list) {
  std::vector<vault::Share> shares;
  for (const std::string& path : files) {
    auto found = vault::read_shares(TRY(env.disk.read_all(path)), list);
    if (!found) {
      found.error().where = path + " " + found.error().where;
      return std::unexpected(found.error());
    }
    shares.insert(shares.end(), found->begin(), found->end());
  }
  return shares;
}

bool enough(const std::vector<vault::Share>& shares) {
  std::vector<int> indexes;
  for (const vault::Share& share : shares)
    if (share.set == shares.front().set && std::ranges::find(indexes, share.index) == indexes.end())
      indexes.push_back(share.index);
  return !shares.empty() && static_cast<int>(indexes.size()) >= shares.front().need;
}

Result<std::vector<vault::Share>> typed(const vault::ShareWords& list, Language language) {
  const bool terminal = isatty(STDIN_FILENO) != 0;
  std::vector<vault::Share> shares;
  while (!enough(shares) && std::cin) {
    if (terminal)
      say({fmt::format("{}枚目の紙の単語（またはQRの文字列）を打ち、空の行で終える:\n", shares.size() + 1),
           fmt::format("Type the words (or the code) of sheet {}, then an empty line:\n", shares.size() + 1)},
          language);
    auto found = vault::read_shares(read_sheet(), list);
    if (!found) {
      if (!terminal) return std::unexpected(found.error());
      say({found.error().in(language) + "\n", found.error().in(language) + "\n"}, language);
      continue;
    }
    shares.insert(shares.end(), found->begin(), found->end());
  }
  return shares;
}

}  // namespace

void add_share_options(CommandLine& line, CLI::App* command, const std::shared_ptr<ShareSource>& source) {
  command
      ->add_option("--shares-file", source->files,
                   line.text({"分散鍵を書いたファイル（いくつでも）", "Files with shares; any number"}))
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_flag(
      "--shares", line.text({"分散鍵を打ち込む（既定）", "Shares are typed at the terminal (the default)"}));
}

Result<TypedKey> ask_for_shares(CommandLine& line, const ShareSource& source, Language language) {
  const auto list = TRY(vault::ShareWords::open(line.env(), default_places().data));
  const auto shares =
      source.files.empty() ? TRY(typed(list, language)) : TRY(from_files(line.env(), source.files, list));
  return TypedKey{TRY(vault::join_recovery_key(shares)), shares};
}

}  // namespace sonae::app
