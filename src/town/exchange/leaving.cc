// What leaves: files for people, the feed and answers for partners.
#include <fmt/format.h>

#include <algorithm>

#include "text/fold.h"
#include "town/exchange/inside.h"
#include "town/exchange/pfif_writer.h"

namespace sonae::exchange {

namespace {

constexpr std::int64_t kMostOfAFeed = 200, kUsualOfAFeed = 10;  // as Person Finder has them
constexpr std::int64_t kMostSkipped = 100'000;
constexpr std::size_t kWrittenAtOnce = 1 << 20;
constexpr const char* kAtom = "application/atom+xml; charset=utf-8";
constexpr const char* kXml = "application/xml; charset=utf-8";

std::string as_shown(const Row& row) {
  if (row.entry) return access::shown(*row.entry);
  return (row.kind == pfif::Kind::person ? "pfif_person:" : "pfif_note:") + row.record;
}

// Rows in pages of the table, so that no statement stays open while records are read and written.
std::vector<Row> rows(store::Connection& connection, const std::string& where, const std::string& order,
                      std::int64_t limit, std::string_view first, std::string_view second,
                      std::string_view third) {
  std::vector<Row> all;
  const auto cursor = connection.query(std::string("SELECT ") + kRowColumns + " FROM exchange_record WHERE " +
                                           where + " ORDER BY " + order + " LIMIT $4",
                                       first, second, third, limit);
  while (cursor->next())
    all.push_back(row_of(*cursor));
  return all;
}

// A page of all records of a kind in the order in which they came in, or the other way round. `where` speaks
// of $1 and $2. The index has ours and those of others apart: the page is merged from the beginnings of both.
struct Page {
  pfif::Kind kind = pfif::Kind::person;
  bool received = false;  // those of others too
  bool newest_first = false;
  std::string where;
  std::string first, second;
  std::int64_t limit = 0, skip = 0;
  std::string person{};  // the notes about this one only
};
std::vector<Row> in_order(store::Connection& connection, const Page& page) {
  const auto place = [](const Row& row) { return std::tie(row.entered, row.record); };
  const auto before = [&](const Row& one, const Row& other) {
    return page.newest_first ? place(other) < place(one) : place(one) < place(other);
  };
  // The notes about one person are few: found by the person and sorted, not in the order of the whole feed.
  const std::string where =
      std::string("kind = '") + boost::describe::enum_to_string(page.kind, "") + "' AND " + page.where +
      (page.person.empty() ? " AND $3 = '' AND own = " : " AND person = $3 AND +own = ");
  std::vector<Row> all;
  for (const char* const own : {"1", "0"}) {
    if (own[0] == '0' && !page.received) break;
    std::vector<Row> some =
        rows(connection, where + own, page.newest_first ? "entered DESC, record DESC" : "entered, record",
             page.limit + page.skip, page.first, page.second, page.person);
    const auto middle = static_cast<std::ptrdiff_t>(all.size());
    std::ranges::move(some, std::back_inserter(all));
    std::inplace_merge(all.begin(), all.begin() + middle, all.end(), before);
  }
  const auto size = static_cast<std::int64_t>(all.size());
  all.erase(all.begin() + std::min(size, page.skip + page.limit), all.end());
  all.erase(all.begin(), all.begin() + std::min(size, page.skip));
  return all;
}
constexpr const char* kAfterBoth = "(entered, record) > ($1, $2)";

// "entered record" of the last row of a page.
std::optional<std::pair<std::string, std::string>> read_after(const std::string& text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string::npos) return std::nullopt;
  return std::pair(text.substr(0, blank), text.substr(blank + 1));
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char one : text)
    if ((one >= '0' && one <= '9') || (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z'))
      encoded += one;
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(one));
  return encoded;
}

std::string like(std::string_view text) {
  std::string pattern = "%";
  for (const char one : text)
    if (one != '%' && one != '_' && one != '\\') pattern += one;
  return pattern + "%";
}

}  // namespace

std::optional<pfif::Record> Exchange::Inside::leaving(store::Connection& connection, const OwnRecords& own,
                                                      const Row& row) const {
  const bool person = row.kind == pfif::Kind::person;
  const auto placeholder = [&](Instant source, Instant expiry) -> std::optional<pfif::Record> {
    if (!person) return std::nullopt;
    return pfif::placeholder_of(row.record, source, row.entered.wall, expiry);
  };
  const Instant now = town.env().clock.now();
  // Of ours the placeholder is the newest state: both of its dates are the time of its making. Those of
  // others keep the date that their home gave.
  if (row.standing == Standing::ended)
    return placeholder(row.own ? row.entered.wall : row.source_date, row.expiry_date.value_or(now));
  // Expired, though nobody has recorded it yet.
  if (row.expiry_date && *row.expiry_date <= now)
    return placeholder(row.own ? row.entered.wall : row.source_date, *row.expiry_date);
  std::optional<pfif::Record> record;
  if (row.standing == Standing::published) {
    const auto found = own.by_id.find(person ? row.record : row.person);
    if (found == own.by_id.end()) return placeholder(now, now);
    record = person ? found->second.person : found->second.note;
    record->set("source_date", pfif::write_date(row.source_date));
    if (person) record->set("expiry_date", pfif::write_date(*row.expiry_date));
  } else {
    const auto subject = person ? std::optional(row) : find_row(connection, pfif::Kind::person, row.person);
    if (subject && subject->standing == Standing::ended) return std::nullopt;
    if (subject && subject->expiry_date && *subject->expiry_date <= now) return std::nullopt;
    const auto received = received_of(connection, row);
    if (!received) return std::nullopt;
    // Whom a note is about matters only where some name is kept out.
    const bool compared = !person && subject && !own.names_kept_out.empty();
    const auto about = person ? received : compared ? received_of(connection, *subject) : std::nullopt;
    if (about && bears_name(town.tables(), own.names_kept_out, about->record)) return std::nullopt;
    record = received->record;
  }
  record->set("entry_date", pfif::write_date(row.entered.wall));
  return record;
}

Result<api::FileAnswer> Exchange::feed(api::Call& call, const FeedRequest& request) {
  Inside& in = *inside_;
  const KnownPartner partner = TRY(in.partner(call, request.key, Right::read));
  const auto own = TRY(in.own(call.progress));
  const auto connection = in.town.journal().reader();
  const bool received = partner.has(Right::read_received);
  Page asked;
  asked.kind = request.kind;
  asked.received = received;
  asked.limit = std::clamp<std::int64_t>(request.max_results.value_or(kUsualOfAFeed), 1, kMostOfAFeed);
  asked.skip = std::clamp<std::int64_t>(request.skip.value_or(0), 0, kMostSkipped);
  if (request.kind == pfif::Kind::note) asked.person = request.person_record_id.value_or("");
  if (request.after) {
    const auto after = read_after(*request.after);
    if (!after) return fail(ErrorCode::invalid_input, {}, "after");
    std::tie(asked.first, asked.second) = *after;
    asked.where = kAfterBoth;
  } else if (request.min_entry_date) {
    const auto since = pfif::read_date(*request.min_entry_date);
    if (!since)
      return fail(ErrorCode::invalid_input, {"yyyy-mm-ddThh:mm:ssZ", "yyyy-mm-ddThh:mm:ssZ"},
                  "min_entry_date");
    asked.first = to_rfc3339(*since);
    asked.where = "entered >= $1 AND $2 = ''";
  } else {
    asked.newest_first = true;
    asked.where = "$1 = '' AND $2 = ''";
  }
  const std::vector<Row> page = in_order(*connection, asked);

  pfif::FeedHead head;
  head.title = in.town.profile().name;
  head.self = request.self.value_or("urn:sonae:feed");
  head.updated = in.town.env().clock.now();
  const bool forward = request.after || request.min_entry_date;
  if (forward && static_cast<std::int64_t>(page.size()) == asked.limit) {
    head.next = head.self + "?max_results=" + std::to_string(asked.limit) +
                "&after=" + percent_encoded(to_text(page.back().entered) + " " + page.back().record);
    if (!asked.person.empty()) head.next += "&person_record_id=" + percent_encoded(asked.person);
  }
  Bytes out;
  pfif::begin_feed(out, head);
  std::vector<std::string> shown;
  for (const Row& row : page) {
    const auto record = in.leaving(*connection, *own, row);
    if (!record) continue;
    shown.push_back(as_shown(row));
    if (row.kind == pfif::Kind::note) {
      pfif::write_note_entry(out, *record);
      continue;
    }
    std::vector<pfif::Record> notes;
    if (!request.omit_notes.value_or(false) && !pfif::is_placeholder(*record))
      for (const Row& note : notes_of(*connection, row.record))
        if (note.own || received)
          if (auto one = in.leaving(*connection, *own, note)) notes.push_back(std::move(*one));
    pfif::write_person_entry(out, *record, notes);
  }
  out += pfif::kFeedEnd;
  const auto count = static_cast<std::int64_t>(shown.size());
  TRY(in.access.record_look(call, "exchange.feed", std::move(shown)));
  if (call.output != nullptr) TRY(call.output->write(out));
  return api::FileAnswer{"feed.xml", kAtom, count};
}

namespace {

// A person with its notes, for read, search and export. What was written is counted in `shown`.
struct Writing {
  const std::function<std::optional<pfif::Record>(const Row&)>& leaving;
  store::Connection& connection;
  bool received;  // what came in from elsewhere too
  std::vector<std::string> shown{};

  void add(Bytes& out, const Row& row) {
    const auto person = leaving(row);
    if (!person) return;
    std::vector<pfif::Record> notes;
    if (!pfif::is_placeholder(*person))
      for (const Row& note : notes_of(connection, row.record))
        if (note.own || received)
          if (auto one = leaving(note)) notes.push_back(std::move(*one));
    pfif::write_person(out, *person, notes);
    shown.push_back(as_shown(row));
  }
};

}  // namespace

Result<api::FileAnswer> Exchange::read(api::Call& call, const ReadRequest& request) {
  Inside& in = *inside_;
  const KnownPartner partner = TRY(in.partner(call, request.key, Right::read));
  const auto own = TRY(in.own(call.progress));
  const auto connection = in.town.journal().reader();
  const std::function leaving = [&](const Row& row) { return in.leaving(*connection, *own, row); };
  Writing writing{leaving, *connection, partner.has(Right::read_received)};
  Bytes out(pfif::kBegin);
  if (const auto row = find_row(*connection, pfif::Kind::person, request.id);
      row && (row->own || writing.received))
    writing.add(out, *row);
  if (writing.shown.empty())
    return fail(ErrorCode::not_found, {"この記録はありません", "There is no such record"}, "id");
  out += pfif::kEnd;
  TRY(in.access.record_look(call, "exchange.read", std::move(writing.shown)));
  if (call.output != nullptr) TRY(call.output->write(out));
  return api::FileAnswer{"record.xml", kXml, 1};
}

Result<api::FileAnswer> Exchange::search(api::Call& call, const SearchRequest& request) {
  Inside& in = *inside_;
  const KnownPartner partner = TRY(in.partner(call, request.key, Right::search));
  if (request.q.size() < 2 || request.q.size() > 200)
    return fail(ErrorCode::invalid_input, {"名前を入れてください", "Give a name"}, "q");
  const auto own = TRY(in.own(call.progress));
  const auto connection = in.town.journal().reader();
  const std::function leaving = [&](const Row& row) { return in.leaving(*connection, *own, row); };
  Writing writing{leaving, *connection, partner.has(Right::read_received)};
  const auto most =
      static_cast<std::size_t>(std::clamp<std::int64_t>(request.max_results.value_or(100), 1, kMostOfAFeed));
  Bytes out(pfif::kBegin);
  // Ours in any spelling, those of others as they are written.
  const std::string folded = text::fold_name(in.town.tables(), request.q);
  for (const auto& [id, record] : own->by_id) {
    if (writing.shown.size() >= most) break;
    const bool named =
        text::fold_name(in.town.tables(), record.person.at("full_name")).find(folded) != std::string::npos ||
        text::fold_kana(record.person.at("alternate_names")).find(text::fold_kana(request.q)) !=
            std::string::npos;
    if (const auto row = named ? find_row(*connection, pfif::Kind::person, id) : std::nullopt)
      writing.add(out, *row);
  }
  if (writing.received)
    for (const Row& row : rows(*connection, "kind = $1 AND standing = $2 AND name LIKE $3", "record",
                               static_cast<std::int64_t>(most), "person", "received", like(request.q)))
      if (writing.shown.size() < most) writing.add(out, row);
  out += pfif::kEnd;
  const auto count = static_cast<std::int64_t>(writing.shown.size());
  TRY(in.access.record_look(call, "exchange.search", std::move(writing.shown)));
  if (call.output != nullptr) TRY(call.output->write(out));
  return api::FileAnswer{"found.xml", kXml, count};
}

Result<api::FileAnswer> Exchange::export_records(api::Call& call, const ExportRequest& request) {
  Inside& in = *inside_;
  const auto own = TRY(in.own(call.progress));
  const auto connection = in.town.journal().reader();
  const std::function leaving = [&](const Row& row) { return in.leaving(*connection, *own, row); };
  const bool received = request.received.value_or(false);
  Writing writing{leaving, *connection, received};
  const std::string folded = text::fold_name(in.town.tables(), request.text.value_or(""));
  Sha256 digest;
  std::int64_t count = 0;
  Bytes out(pfif::kBegin);
  const auto leave = [&](bool all) -> Status {
    if (!all && out.size() < kWrittenAtOnce) return {};
    digest.add(out);
    if (call.output != nullptr) TRY(call.output->write(out));
    out.clear();
    return {};
  };
  Page asked{pfif::Kind::person, received, false, kAfterBoth, {}, {}, kMostOfAFeed * 5, 0};
  for (;;) {
    const std::vector<Row> page = in_order(*connection, asked);
    if (page.empty()) break;
    asked.first = to_text(page.back().entered);
    asked.second = page.back().record;
    for (const Row& row : page) {
      if (!folded.empty()) {
        const auto one = leaving(row);
        if (!one || text::fold_name(in.town.tables(), one->at("full_name")).find(folded) == std::string::npos)
          continue;
      }
      writing.add(out, row);
      TRY(leave(false));
    }
    count = static_cast<std::int64_t>(writing.shown.size());
    call.progress.report({"書き出し", "Writing records"}, static_cast<std::uint64_t>(count), 0);
    if (call.progress.stop_requested()) return fail(ErrorCode::cancelled, {});
  }
  out += pfif::kEnd;
  TRY(leave(true));
  // The file names those from elsewhere; those of this town are named one by one.
  std::erase_if(writing.shown, [](const std::string& one) { return !one.starts_with("entry:"); });
  TRY(in.access.record_export(call, "exchange.export", count, digest.finish(), std::move(writing.shown)));
  return api::FileAnswer{"persons.xml", kXml, count};
}

}  // namespace sonae::exchange
