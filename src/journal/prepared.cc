#include "journal/prepared.h"

#include <algorithm>
#include <set>

#include "journal/frame.h"
#include "journal/header.h"

namespace sonae::journal {

namespace {

constexpr std::size_t kSaltSize = 16;

// Ids that are minted one after another begin alike (with the milliseconds since 1970, 48 bits; 80 random
// bits follow), so that the index of ids grows at its end instead of being dirtied all over.
FactId mint(HybridTime time, Random& random) {
  const Bytes when = to_big_endian(static_cast<std::uint64_t>(time.wall.milliseconds)).substr(2);
  return *FactId::from_bytes(when + random.bytes(FactId::kSize - when.size()));
}

Status check(const Draft& draft) {
  const auto refused = [&](Phrase why) { return fail(ErrorCode::invalid_input, std::move(why), draft.kind); };
  if (draft.kind.empty() || !is_utf8(draft.kind))
    return refused({"記録の種類がありません", "A fact needs a kind"});
  for (const Subject& subject : draft.subjects)
    if (subject.kind.empty() || subject.kind.find(':') != std::string::npos || !is_utf8(subject.kind) ||
        !is_utf8(subject.id))
      return refused({"主題の書き方が違います", "A subject is not written as kind:id in UTF-8"});
  if (!draft.id.is_none() && std::ranges::find(draft.supersedes, draft.id) != draft.supersedes.end())
    return refused({"自分自身を取り消す記録は書けません", "A fact cannot supersede itself"});
  return {};
}

PreparedFact prepare_fact(Draft draft, const NodeId& node, HybridClock& clock, Random& random) {
  PreparedFact fact;
  fact.stream = draft.stream;
  fact.minted_elsewhere = !draft.id.is_none();
  fact.header.time = clock.next();
  fact.header.id = fact.minted_elsewhere ? draft.id : mint(fact.header.time, random);
  fact.header.kind = std::move(draft.kind);
  fact.header.subjects = std::move(draft.subjects);
  fact.header.device = node;
  fact.header.grant = draft.grant;
  fact.header.supersedes = std::move(draft.supersedes);
  fact.header_bytes = header_text(fact.header);
  fact.salt = random.bytes(kSaltSize);
  fact.body = std::move(draft.body);
  fact.leaf = leaf_hash(fact.header_bytes, body_hash(fact.salt, fact.body));
  return fact;
}

}  // namespace

Result<PreparedBatch> prepare(Batch batch, const NodeId& node, BytesView town_key, HybridClock& clock,
                              Random& random) {
  PreparedBatch prepared;
  std::set<FactId> brought;
  for (const Draft& draft : batch.drafts) {
    TRY(check(draft));
    if (!draft.id.is_none() && !brought.insert(draft.id).second)
      return fail(ErrorCode::invalid_input,
                  {"同じ番号の記録が二つあります", "A batch holds two facts with one id"}, draft.kind);
  }
  prepared.facts.reserve(batch.drafts.size());
  for (Draft& draft : batch.drafts) {
    prepared.facts.push_back(prepare_fact(std::move(draft), node, clock, random));
    prepared.bytes += prepared.facts.back().header_bytes.size() + prepared.facts.back().body.size() + 256;
  }
  for (const Bytes& content : batch.blobs) {
    prepared.blobs.push_back({keyed_hash(town_key, content), content.size(), framed(content)});
    prepared.bytes += prepared.blobs.back().frame.size();
  }
  prepared.still_valid = std::move(batch.still_valid);
  return prepared;
}

}  // namespace sonae::journal
