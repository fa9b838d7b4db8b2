// Support for tests: a town with a recovery key of 2 of 3 shares, and a disk for its backups.
#pragma once

#include "sync/test_nodes.h"
#include "vault/backup_state.h"
#include "vault/recovery.h"
#include "vault/restore.h"

namespace sonae::vault {

using sync::TestNode;

struct TownWithKey {
  journal::TemporaryDirectory root;
  TestNode hall{root.path() + "/hall"};
  std::string place = root.path() + "/disk";
  std::optional<MadeKey> key;

  TownWithKey() {
    REQUIRE(real_env().disk.make_directories(place));
    hall.found();
    add_recovery_operations(*hall.service, hall.service->catalogue());
    const town::TownProfile& profile = hall.service->town().profile();
    key = *make_recovery_key(real_env().random, {profile.id, *profile.founder}, 2, 3);
    hall.must("recovery.add_key", R"({"recipient":")" + key->recipient.text() +
                                      R"(","holder":"officers","set":"abcd","shares":3,"need":2})");
  }
  void receive(const std::string& shelter, int people) {
    std::string list = "氏名,年齢,住所\n";
    for (int i = 0; i < people; ++i)
      list += "架空 " + std::to_string(i) + "," + std::to_string(20 + i % 60) + ",串本" + std::to_string(i) +
              "番地\n";
    hall.must("reception.import", R"({"shelter":")" + shelter + R"("})", api::InputFile{"list.csv", list});
  }
  Result<BackupReport> try_backup(Env& env = real_env(), BackupSettings settings = {}) {
    return back_up_to(env, hall.places, hall.path, place, settings, no_progress());
  }
  BackupReport backup(BackupSettings settings = {}) {
    auto done = try_backup(real_env(), settings);
    REQUIRE_MESSAGE(done, done.error().in(Language::english));
    return *done;
  }
  std::vector<std::string> files(const std::string& folder) {
    return real_env().disk.list(place + "/" + folder).value_or(std::vector<std::string>{});
  }
  JoinedKey opened() const { return *join_recovery_key({key->shares[2], key->shares[0]}); }
  Result<RestoreReport> restore_to(const std::string& directory, RestoreSettings settings = {}) {
    const JoinedKey joined = opened();
    const auto target = *open_target(real_env(), place);
    return restore(real_env(), {SONAE_DATA_DIR, directory + ".keys"}, *target, directory,
                   {joined.identity, &joined}, settings, no_progress());
  }
};

}  // namespace sonae::vault
