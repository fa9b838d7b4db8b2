// sonae recovery make | test | keys | proving-key
#include <set>

#include "app/command_line.h"
#include "app/places.h"
#include "app/recovery_sheets.h"
#include "app/typed_shares.h"
#include "vault/recovery.h"

namespace sonae::app {

namespace {

vault::KeyOwner owner_of(const town::TownProfile& profile) {
  return {profile.id, profile.founder.value_or(NodeId{})};
}

struct Make {
  int shares = 5, need = 3;
  std::string folder;
};

// The sheets first: a key that is recorded and lies on no paper would make backups that nobody opens.
Result<json::value> make(CommandLine& line, const Common& common, const Make& arguments) {
  auto session = TRY(TownSession::open(line.env(), common, "recovery make"));
  const town::TownProfile profile = session.service().town().profile();
  const auto list = TRY(vault::ShareWords::open(line.env(), default_places().data));
  const vault::MadeKey key =
      TRY(vault::make_recovery_key(line.env().random, owner_of(profile), arguments.need, arguments.shares));
  TRY(write_recovery_sheets(line.env(), profile, key, list, arguments.folder));
  const json::object recorded{{"recipient", key.recipient.text()},
                              {"holder", "officers"},
                              {"set", vault::set_name(key.set)},
                              {"shares", arguments.shares},
                              {"need", arguments.need}};
  TRY(session.run("recovery.add_key", recorded));
  return recorded;
}

Result<json::value> test(CommandLine& line, const Common& common, const ShareSource& source) {
  const TypedKey typed = TRY(ask_for_shares(line, source, common.output.language));
  auto session = TRY(TownSession::open(line.env(), common, "recovery test"));
  if (!typed.key.belongs_to(owner_of(session.service().town().profile())))
    return fail(ErrorCode::forbidden, {"別の町の分散鍵です", "These are shares of another town"},
                vault::set_name(typed.shares.front().set));
  std::set<int> different;  // a sheet's file has it as words and as code
  for (const vault::Share& share : typed.shares)
    different.insert(share.index);
  const json::array indexes(different.begin(), different.end());
  const json::object tested{{"recipient", typed.key.identity.recipient().text()},
                            {"set", vault::set_name(typed.shares.front().set)},
                            {"indexes", indexes}};
  TRY(session.run("recovery.note_test", tested));
  return tested;
}

Result<json::value> proving_key(CommandLine& line, const Common& common, const std::string& path) {
  auto session = TRY(TownSession::open(line.env(), common, "recovery proving-key"));
  if (line.env().disk.status(path))
    return fail(ErrorCode::conflict, {"すでにファイルがあります", "There is a file already"}, path);
  const AgeIdentity identity = AgeIdentity::from_secret(line.env().random.bytes(32));
  TRY(line.env().disk.write_whole(path, identity.text() + "\n", true));
  const json::object recorded{{"recipient", identity.recipient().text()}, {"holder", "proving_place"}};
  TRY(session.run("recovery.add_key", recorded));
  return recorded;
}

int answer_with(const Common& common, const Result<json::value>& answer) {
  if (!answer) return print_error(common.output, answer.error());
  print_answer(common.output, *answer);
  return 0;
}

}  // namespace

void add_recovery_commands(CommandLine& line) {
  CLI::App* const family =
      line.family("recovery", {"復旧鍵（控えを開く鍵）", "The key that opens backups, as shares on paper"});
  auto arguments = std::make_shared<Make>();
  CLI::App* const made = line.town_command(
      family, "make", {"復旧鍵を作り、分散鍵を紙にする", "Make a recovery key and the sheets of its shares"},
      [&line, arguments](const Common& common) {
        return answer_with(common, make(line, common, *arguments));
      });
  made->add_option("--shares", arguments->shares, line.text({"作る枚数（既定5）", "How many sheets (5)"}));
  made->add_option("--need", arguments->need,
                   line.text({"復旧に要る枚数（既定3）", "How many of them open (3)"}));
  made->add_option("--out", arguments->folder, line.text({"紙を置くフォルダ", "Folder for the sheets"}))
      ->required();

  auto source = std::make_shared<ShareSource>();
  CLI::App* const tested = line.town_command(
      family, "test", {"紙を打ち込んで確かめる", "Check sheets by typing them back"},
      [&line, source](const Common& common) { return answer_with(common, test(line, common, *source)); });
  add_share_options(line, tested, source);

  line.town_command(family, "keys", {"復旧鍵の一覧", "The keys that open new backups"},
                    [&line](const Common& common) {
                      return run_operation(line, common, "recovery keys", "recovery.keys", json::object{});
                    });
  auto path = std::make_shared<std::string>();
  line.town_command(
          family, "proving-key",
          {"証明の場所の鍵を作る", "Make the key of the place that proves backups by restoring them"},
          [&line, path](const Common& common) {
            return answer_with(common, proving_key(line, common, *path));
          })
      ->add_option("--out", *path, line.text({"鍵のファイル", "The key's file"}))
      ->required();
}

}  // namespace sonae::app
