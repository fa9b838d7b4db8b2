// Messages as claims: once each, and together with what the same sender said before.
#include "base/hash.h"
#include "text/date.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "town/claim/inside.h"

namespace sonae::claim {

namespace {

// A family writes from one telephone, and again when something was missing.
constexpr inquiry::Allowance kOfASender{12, 300'000, 30'000, 3'600'000};
constexpr std::int64_t kOneStory =
    86'400'000;  // ms: what a sender adds within a day is about the same person
constexpr std::size_t kLongestItem = 200, kLongestMessage = 3000;  // bytes

template <class Id>
Id id_of(std::string_view purpose, const Message& message) {
  Sha256 hash;
  hash.add(purpose);
  for (const std::string_view piece :
       {std::string_view(boost::describe::enum_to_string(message.via, "")), std::string_view(message.id)}) {
    hash.add(to_big_endian(piece.size()));
    hash.add(piece);
  }
  return *Id::from_bytes(hash.finish().bytes().substr(0, Id::kSize));
}

// Cut between characters.
std::string shortened(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U)
    --most;
  text.resize(most);
  return text + "…";
}

Made made_of(const Message& message, const ClaimId& id) {
  const MakeRequest& said = message.said;
  const auto item = [](const std::string& text) { return shortened(text, kLongestItem); };
  return Made{id,
              item(said.name),
              item(said.kana),
              item(said.birth_date),
              item(said.phone),
              item(said.address),
              said.condition,
              said.stay,
              item(said.where),
              shortened(said.message, kLongestMessage),
              said.consent,
              message.via,
              item(message.sender)};
}

// Fills what the older left open; false where the newer speaks of somebody else.
bool complete(const text::Tables& tables, Date today, Made& older, const Made& newer) {
  const auto differ = [&](const std::string& one, const std::string& other) {
    return !one.empty() && !other.empty() && text::fold_name(tables, one) != text::fold_name(tables, other);
  };
  const auto day = [&](const std::string& written) {
    const auto date = text::parse_date(written, today);
    return written.empty() || !date ? std::string() : text::to_text(date->date);
  };
  if (differ(older.name, newer.name) || differ(day(older.birth_date), day(newer.birth_date))) return false;
  for (std::string Made::* const member :
       {&Made::name, &Made::kana, &Made::birth_date, &Made::phone, &Made::address, &Made::where})
    if ((older.*member).empty()) older.*member = newer.*member;
  if (older.stay == reception::StayKind::elsewhere) older.stay = newer.stay;
  if (older.condition == reception::Condition::well) older.condition = newer.condition;
  if (older.consent.empty()) older.consent = newer.consent;
  if (!newer.message.empty())
    older.message = shortened(older.message + "\n――\n" + newer.message, kLongestMessage);
  return true;
}

std::optional<ClaimRow> newest_waiting(store::Connection& connection, const std::string& sender) {
  const auto row = connection.query(
      "SELECT row FROM claim_made WHERE sender = $1 AND state = 'waiting' ORDER BY made DESC LIMIT 1",
      sender);
  if (!row->next()) return std::nullopt;
  auto read = from_json_text<ClaimRow>(row->text(0));
  return read ? std::optional(std::move(*read)) : std::nullopt;
}

}  // namespace

std::string sender_key(Channel via, const std::string& sender) {
  return sender.empty() ? "" : std::string(boost::describe::enum_to_string(via, "")) + ":" + sender;
}

Result<Taken> Claims::take(const Message& message) {
  Inside& in = *inside_;
  const std::lock_guard lock(in.taking);
  const auto connection = in.town.journal().reader();
  const FactId fact = id_of<FactId>("sonae message", message);
  if (const auto before = journal::fact(*connection, fact); before && !before->erased) {
    const Made made = TRY(before->as<Made>());
    const auto row = find_claim(*connection, made.claim);
    TRY(in.town.journal().settle());
    return Taken{made.claim, true, row ? row->claim : made};
  }
  const Instant now = in.town.env().clock.now();
  const std::string key = sender_key(message.via, message.sender);
  if (const auto verdict = in.limits.ask("sender " + key, kOfASender, now); verdict.seconds != 0)
    return fail(ErrorCode::too_many, {"この相手からの届けが続いています", "This sender writes often"});

  Made made = made_of(message, id_of<ClaimId>("sonae claim of message", message));
  std::vector<FactId> replaced;
  if (const auto row = key.empty() ? std::nullopt : newest_waiting(*connection, key);
      row && now.milliseconds - row->at.milliseconds < kOneStory) {
    Made together = row->claim;
    if (complete(in.town.tables(), in.town.today(), together, made)) {
      made = std::move(together);
      for (const journal::Fact& one : journal::facts_about(*connection, {"claim", made.claim.text()}))
        if (one.header.kind == "claim.made" && !one.superseded) replaced.push_back(one.header.id);
    }
  }
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::urgent, "claim.made", {{"claim", made.claim.text()}},
                                        api::Actor{}.grant, made));
  batch.drafts.back().id = fact;
  batch.drafts.back().supersedes = std::move(replaced);
  TRY(in.town.journal().append(std::move(batch)));
  return Taken{made.claim, false, std::move(made)};
}

}  // namespace sonae::claim
