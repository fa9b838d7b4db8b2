// sonae node invite | join | list | enrol | revoke | renew | quarantine, sonae sync, sonae peer add | remove
#include <chrono>
#include <thread>

#include "app/command_line.h"
#include "app/places.h"
#include "base/qr.h"
#include "sync/join.h"
#include "town/database.h"
#include "town/node_key.h"

namespace sonae::app {

namespace {

struct InviteArguments {
  std::string name, place, listen;
  std::vector<std::string> addresses;
};

// Shows the code, and where it was asked for waits here until a machine has joined or the code has expired.
int invite(CommandLine& line, const Common& common, const InviteArguments& arguments) {
  auto session = TownSession::open(line.env(), common, "node invite");
  if (!session) return print_error(common.output, session.error());
  std::vector<std::string> addresses = arguments.addresses;
  if (!arguments.listen.empty()) {
    const auto port = session->sync().listen(arguments.listen);
    if (!port) return print_error(common.output, port.error());
    if (addresses.empty())
      addresses.push_back(arguments.listen.substr(0, arguments.listen.rfind(':')) + ":" +
                          std::to_string(*port));
  }
  json::object input{{"name", arguments.name}, {"place", arguments.place}};
  input["addresses"] = to_json(addresses);
  const auto answer = session->run("nodes.invite", input);
  if (!answer) return print_error(common.output, answer.error());
  if (common.output.json) {
    print_answer(common.output, *answer);
  } else {
    const auto drawn = qr_for_terminal(std::string(answer->at("text").as_string()));
    if (drawn) print_line(*drawn);
    print_line(line.text({"符号: ", "code: "}) + std::string(answer->at("code").as_string()));
    print_line(line.text({"鍵の指紋: ", "fingerprint: "}) + std::string(answer->at("node").as_string()));
    print_line(std::string(answer->at("text").as_string()));
    print_line(
        line.text({"新しい機械で: sonae node join DIR '上の行'（10分以内、一度だけ）",
                   "on the new machine: sonae node join DIR 'the line above' (within ten minutes, once)"}));
  }
  std::fflush(stdout);
  if (arguments.listen.empty()) return 0;
  const auto text = sync::read_join_text(std::string(answer->at("text").as_string()));
  if (!text) return print_error(common.output, text.error());
  const std::string number = sync::number_of_code(text->secret);
  TerminalProgress progress(line.env(), common.output.language);
  for (;;) {
    const auto invitation = session->sync().invitations().find(number);
    if (!invitation) return print_error(common.output, invitation.error());
    if (invitation->used_by) {
      print_line(line.text({"参加しました: ", "joined: "}) + invitation->used_by->text());
      // The new machine's first exchange follows at once, and may take its time.
      do
        std::this_thread::sleep_for(std::chrono::seconds(3));
      while (session->sync().answering() && !progress.stop_requested());
      return 0;
    }
    if (progress.stop_requested()) return 1;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

struct JoinArguments {
  std::string directory, code;
  std::vector<std::string> from;
  bool only_join = false;
};

int join(CommandLine& line, const JoinArguments& arguments, const Output& output) {
  auto text = sync::read_join_text(arguments.code);
  if (!text) return print_error(output, text.error());
  text->addresses.insert(text->addresses.begin(), arguments.from.begin(), arguments.from.end());
  const auto joined = sync::join(line.env(), default_places(), arguments.directory, *text);
  if (!joined) return print_error(output, joined.error());
  print_answer(output, to_json(*joined));
  if (arguments.only_join) return 0;
  auto service = service::TownService::open(line.env(), default_places(), arguments.directory);
  if (!service) return print_error(output, service.error());
  sync::Sync sync(**service);
  sync.contacts().add_peer({joined->address, "lan", 300, {}, {}, {}, {}});
  const auto exchanged = sync.exchange_with(joined->address, {});
  if (!exchanged) return print_error(output, exchanged.error());
  print_answer(output, to_json(*exchanged));
  return 0;
}

// Goes on under a new key: after a revocation, or where two machines from one image were found out.
int renew(CommandLine& line, const std::string& directory, const Output& output) {
  Env& env = line.env();
  const auto profile = town::read_profile(env, directory);
  if (!profile) return print_error(output, profile.error());
  const auto database = town::open_database(env, directory);
  if (!database) return print_error(output, database.error());
  const auto claim = (*database)->claim_writer();
  if (!claim) return print_error(output, claim.error());
  const auto old = town::find_or_make_node_key(env, default_places().keys, profile->id, directory);
  if (!old) return print_error(output, old.error());
  const auto made = town::replace_node_key(env, *old);
  if (!made) return print_error(output, made.error());
  print_line(line.text({"新しいノード: ", "new node: "}) + node_id_of(made->key.public_key()).text());
  print_line(line.text({"ほかのノードで登録してもらってください（sonae node enrol）",
                        "Have it vouched for on another node (sonae node enrol)"}));
  return 0;
}

void add_invite(CommandLine& line, CLI::App* family) {
  auto arguments = std::make_shared<InviteArguments>();
  CLI::App* const command = line.town_command(
      family, "invite", {"機械を招く符号を出す", "Make a code with which a machine joins the town"},
      [&line, arguments](const Common& common) { return invite(line, common, *arguments); });
  command
      ->add_option("--name", arguments->name,
                   line.text({"その機械の呼び名", "What the machine will be called"}))
      ->required();
  command->add_option("--place", arguments->place, line.text({"置く場所", "Where it will stand"}));
  command->add_option(
      "--address", arguments->addresses,
      line.text({"このノードの宛先:ポート（いくつでも）", "ADDRESS:PORT of this node; any number"}));
  command->add_option("--listen", arguments->listen,
                      line.text({"ここで参加を受け付けて待つ（sonae serve が動いていないとき）",
                                 "Wait here for the machine (where no server runs)"}));
}

void add_join(CommandLine& line, CLI::App* family) {
  auto arguments = std::make_shared<JoinArguments>();
  CLI::App* const command =
      line.command(family, "join", {"符号で町に参加する", "Join a town with a code"},
                   [&line, arguments](const Output& output) { return join(line, *arguments, output); });
  command
      ->add_option("DIR", arguments->directory,
                   line.text({"町のディレクトリ（作る）", "The town's directory; made"}))
      ->required();
  command
      ->add_option("CODE", arguments->code,
                   line.text({"符号、または QR の文字列", "The code, or the QR code's text"}))
      ->required();
  command->add_option("--from", arguments->from,
                      line.text({"招いたノードの宛先:ポート", "ADDRESS:PORT of who invites"}));
  command->add_flag("--only-join", arguments->only_join,
                    line.text({"まだ同期しない", "Do not exchange yet"}));
}

void add_revoke(CommandLine& line, CLI::App* family) {
  struct Arguments {
    std::string node, because, name;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* const revoke = line.town_command(
      family, "revoke", {"ノードの登録を取り消す", "Revoke a node"},
      [&line, arguments](const Common& common) {
        return run_operation(line, common, "node revoke", "nodes.revoke",
                             json::object{{"node", arguments->node}, {"because", arguments->because}});
      });
  revoke->add_option("NODE", arguments->node, line.text({"ノードの番号", "Its id"}))->required();
  revoke->add_option("--because", arguments->because, line.text({"理由", "Why"}))->required();
  CLI::App* const enrol = line.town_command(
      family, "enrol",
      {"記録が届いている未登録のノードを登録する", "Vouch for a node whose records came here"},
      [&line, arguments](const Common& common) {
        return run_operation(line, common, "node enrol", "nodes.enrol",
                             json::object{{"node", arguments->node}, {"name", arguments->name}});
      });
  enrol->add_option("NODE", arguments->node, line.text({"ノードの番号", "Its id"}))->required();
  enrol->add_option("--name", arguments->name, line.text({"呼び名", "What it is called"}))->required();
}

void add_sync(CommandLine& line) {
  struct Arguments {
    std::string address, link;
    bool give_only = false, take_only = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* const command = line.town_command(
      line.root(), "sync", {"ほかのノードと一度同期する", "Exchange with another node once"},
      [&line, arguments](const Common& common) {
        json::object input{{"give", !arguments->take_only}, {"take", !arguments->give_only}};
        if (!arguments->address.empty()) input["address"] = arguments->address;
        if (!arguments->link.empty()) input["link"] = arguments->link;
        return run_operation(line, common, "sync", "sync.now", input);
      });
  command->add_option(
      "ADDRESS", arguments->address,
      line.text({"相手の宛先:ポート（省くと登録済みの全部）", "ADDRESS:PORT (else every configured peer)"}));
  command->add_option("--link", arguments->link,
                      line.text({"回線: lan、mobile、satellite、または毎秒のバイト数",
                                 "The line: lan, mobile, satellite, or bytes per second"}));
  command->add_flag("--give-only", arguments->give_only, line.text({"送るだけ", "Send only"}));
  command->add_flag("--take-only", arguments->take_only, line.text({"受け取るだけ", "Receive only"}));
}

void add_peer(CommandLine& line) {
  struct Arguments {
    std::string address, link = "lan";
    std::int64_t every = 300;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* const family = line.family("peer", {"定期に同期する相手", "Peers that are called regularly"});
  CLI::App* const add = line.town_command(
      family, "add", {"相手を加える", "Add a peer"}, [&line, arguments](const Common& common) {
        return run_operation(line, common, "peer add", "sync.add_peer",
                             json::object{{"address", arguments->address},
                                          {"link", arguments->link},
                                          {"every_seconds", arguments->every}});
      });
  add->add_option("ADDRESS", arguments->address, line.text({"宛先:ポート", "ADDRESS:PORT"}))->required();
  add->add_option("--link", arguments->link,
                  line.text({"回線", "The line: lan, mobile, satellite, or bytes per second"}));
  add->add_option("--every", arguments->every,
                  line.text({"間隔（秒。0 は手動のみ）", "Seconds between calls; 0: only by hand"}));
  CLI::App* const remove = line.town_command(
      family, "remove", {"相手を外す", "Remove a peer"}, [&line, arguments](const Common& common) {
        return run_operation(line, common, "peer remove", "sync.remove_peer",
                             json::object{{"address", arguments->address}});
      });
  remove->add_option("ADDRESS", arguments->address, line.text({"宛先:ポート", "ADDRESS:PORT"}))->required();
  line.town_command(family, "status", {"何がどこまで届いたか", "What has arrived where"},
                    [&line](const Common& common) {
                      return run_operation(line, common, "peer status", "sync.status", json::object{});
                    });
}

}  // namespace

void add_node_commands(CommandLine& line) {
  CLI::App* const family = line.family("node", {"町のノード（機械）", "The nodes of a town: its machines"});
  add_invite(line, family);
  add_join(line, family);
  line.town_command(family, "list", {"ノードの一覧", "List the nodes"}, [&line](const Common& common) {
    return run_operation(line, common, "node list", "nodes.list", json::object{});
  });
  add_revoke(line, family);
  line.town_command(
      family, "quarantine", {"判断を待つ記録", "What waits for a judgement"}, [&line](const Common& common) {
        return run_operation(line, common, "node quarantine", "nodes.quarantine", json::object{});
      });
  auto directory = std::make_shared<std::string>();
  line.command(family, "renew", {"新しい鍵のノードとして続ける", "Go on as a new node with a new key"},
               [&line, directory](const Output& output) { return renew(line, *directory, output); })
      ->add_option("DIR", *directory, line.text({"町のディレクトリ", "The town's directory"}))
      ->required();
  add_sync(line);
  add_peer(line);
}

}  // namespace sonae::app
