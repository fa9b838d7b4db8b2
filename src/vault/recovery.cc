#include "vault/recovery.h"

#include <algorithm>

namespace sonae::vault {

namespace {

struct AddKey {
  std::string recipient;
  Holder holder = Holder::officers;
  std::optional<std::string> set;
  std::optional<std::int64_t> shares;
  std::optional<std::int64_t> need;
};
BOOST_DESCRIBE_STRUCT(AddKey, (), (recipient, holder, set, shares, need))

struct NoteTest {
  std::string recipient;
  std::string set;
  std::vector<std::int64_t> indexes;
};
BOOST_DESCRIBE_STRUCT(NoteTest, (), (recipient, set, indexes))

Result<api::Nothing> append(town::Town& town, journal::Draft draft) {
  journal::Batch batch;
  batch.drafts.push_back(std::move(draft));
  TRY(town.journal().append(std::move(batch)));
  return api::Nothing{};
}

Result<api::Nothing> add_key(town::Town& town, const api::Call& call, const AddKey& request) {
  TRY(AgeRecipient::parse(request.recipient));
  journal::Draft draft =
      journal::draft(journal::Stream::urgent, "recovery.key_added", {kRecoveryKeys}, call.actor.grant,
                     KeyAdded{request.recipient, request.holder, request.set, request.shares, request.need,
                              call.actor.person});
  for (const journal::Fact& fact : journal::facts_about(*town.journal().reader(), kRecoveryKeys))
    if (const auto body = fact.as<KeyAdded>();
        fact.header.kind == draft.kind && !fact.superseded && body && body->holder == request.holder)
      draft.supersedes.push_back(fact.header.id);
  return append(town, std::move(draft));
}

Result<api::Nothing> note_test(town::Town& town, const api::Call& call, const NoteTest& request) {
  const auto keys = recovery_keys(*town.journal().reader()).keys;
  if (std::ranges::find(keys, request.recipient, &RecoveryKey::recipient) == keys.end())
    return fail(
        ErrorCode::conflict,
        {"これは今の復旧鍵の分散鍵ではありません", "These are not shares of the present recovery key"},
        request.set, {"古い紙を新しい紙に替えてください", "Replace the old sheets by the new ones"});
  return append(
      town,
      journal::draft(journal::Stream::urgent, "recovery.shares_tested", {kRecoveryKeys}, call.actor.grant,
                     SharesTested{request.recipient, request.set, request.indexes, call.actor.person}));
}

}  // namespace

RecoveryKeys recovery_keys(store::Connection& connection) {
  RecoveryKeys answer;
  const std::vector<journal::Fact> facts = journal::facts_about(connection, kRecoveryKeys);
  for (const journal::Fact& fact : facts)
    if (fact.header.kind == "recovery.key_added" && !fact.erased && !fact.superseded)
      if (const auto body = fact.as<KeyAdded>())
        answer.keys.push_back({body->recipient, body->holder, body->set, body->shares, body->need,
                               fact.header.time.wall, std::nullopt});
  for (const journal::Fact& fact : facts)
    if (fact.header.kind == "recovery.shares_tested" && !fact.erased)
      if (const auto body = fact.as<SharesTested>())
        for (RecoveryKey& key : answer.keys)
          if (key.recipient == body->recipient) key.tested = fact.header.time.wall;
  return answer;
}

Result<std::vector<AgeRecipient>> backup_recipients(store::Connection& connection) {
  const std::vector<RecoveryKey> keys = recovery_keys(connection).keys;
  if (std::ranges::find(keys, Holder::officers, &RecoveryKey::holder) == keys.end())
    return fail(ErrorCode::not_found, {"復旧鍵がまだありません", "There is no recovery key yet"}, {},
                {"sonae recovery make で作り、紙を職員に分けてください",
                 "Make one with `sonae recovery make` and hand the sheets to officers"});
  std::vector<AgeRecipient> recipients;
  for (const RecoveryKey& key : keys)
    recipients.push_back(TRY(AgeRecipient::parse(key.recipient)));
  return recipients;
}

void add_recovery_operations(service::TownService& service, api::Catalogue& catalogue) {
  using api::Call;
  using api::Nothing;
  using enum api::Permission;
  town::Town& town = service.town();
  catalogue.add(api::operation<Nothing, RecoveryKeys>(
                    "recovery.keys", {"復旧鍵の一覧", "Keys that open the backups"}, administer,
                    [&town](Call&, const Nothing&) -> Result<RecoveryKeys> {
                      return recovery_keys(*town.journal().reader());
                    })
                    .openly());
  catalogue.add(api::operation<AddKey, Nothing>(
                    "recovery.add_key", {"復旧鍵の登録", "Record a recovery key"}, administer,
                    [&town](Call& call, const AddKey& request) { return add_key(town, call, request); })
                    .writing());
  catalogue.add(api::operation<NoteTest, Nothing>(
                    "recovery.note_test", {"分散鍵の確認の記録", "Record that shares were tested"},
                    administer,
                    [&town](Call& call, const NoteTest& request) { return note_test(town, call, request); })
                    .writing());
}

}  // namespace sonae::vault
