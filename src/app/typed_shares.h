// Asks for the shares of a recovery key, sheet by sheet, at the terminal or from files.
#pragma once

#include "app/command_line.h"
#include "vault/recovery_key.h"

namespace sonae::app {

// Where the shares come from. Both empty: typed at standard input until they suffice.
struct ShareSource {
  std::vector<std::string> files;
};
void add_share_options(CommandLine& line, CLI::App* command, const std::shared_ptr<ShareSource>& source);

struct TypedKey {
  vault::JoinedKey key;
  std::vector<vault::Share> shares;
};
// A mistyped sheet is told and asked for again at a terminal; elsewhere it is an error.
Result<TypedKey> ask_for_shares(CommandLine& line, const ShareSource& source, Language language);

}  // namespace sonae::app
