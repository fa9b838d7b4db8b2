#include "sync/segment_text.h"

#include "base/json_text.h"
#include "journal/header.h"

namespace sonae::sync {

namespace {

// The first line.
struct SegmentHead {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::string key;  // base64
  std::uint64_t first = 0;
  std::uint64_t next = 0;
  std::string checkpoint;  // the signed note's text
};
BOOST_DESCRIBE_STRUCT(SegmentHead, (), (node, stream, key, first, next, checkpoint))

// Each following line. Header and body stand as strings: their exact bytes are what is signed. Where they are
// no UTF-8 they stand in base64.
struct SegmentLine {
  std::uint64_t position = 0;
  std::optional<std::string> header;
  std::optional<std::string> header_base64;
  std::optional<std::string> salt;  // hex; with the body, and absent where it was erased
  std::optional<std::string> body;
  std::optional<std::string> body_base64;
  std::optional<Hash> body_hash;
};
BOOST_DESCRIBE_STRUCT(SegmentLine, (), (position, header, header_base64, salt, body, body_base64, body_hash))

void put(const Bytes& bytes, std::optional<std::string>& plain, std::optional<std::string>& base64) {
  if (journal::is_utf8(bytes))
    plain = bytes;
  else
    base64 = to_base64(bytes);
}

Result<Bytes> get(const std::optional<std::string>& plain, const std::optional<std::string>& base64) {
  if (base64) return from_base64(*base64);
  return plain.value_or("");
}

Result<journal::LogEntry> read_line(std::string_view text, std::uint64_t position) {
  const SegmentLine line = TRY(read_json_text<SegmentLine>(text));
  if (line.position != position)
    return fail(ErrorCode::invalid_input, {"行の順番が違います", "This line is out of its place"});
  journal::LogEntry entry;
  entry.header = TRY(get(line.header, line.header_base64));
  if (line.salt) entry.salt = TRY(from_hex(*line.salt));
  entry.body = TRY(get(line.body, line.body_base64));
  entry.body_hash = line.body_hash;
  return entry;
}

std::unexpected<Error> at_line(std::size_t number, Error error) {
  error.where = "line " + std::to_string(number) + " " + error.where;
  return std::unexpected(std::move(error));
}

}  // namespace

Bytes segment_text(const journal::LogRange& range) {
  const std::uint64_t next = range.first + range.entries.size();
  Bytes text = to_text(to_json(SegmentHead{range.log.node, range.log.stream, to_base64(range.key.bytes()),
                                           range.first, next, range.checkpoint})) +
               "\n";
  std::uint64_t position = range.first;
  for (const journal::LogEntry& entry : range.entries) {
    SegmentLine line;
    line.position = position++;
    put(entry.header, line.header, line.header_base64);
    line.body_hash = entry.body_hash;
    if (!entry.body_hash) {
      line.salt = to_hex(entry.salt);
      put(entry.body, line.body, line.body_base64);
    }
    add_json_text(text, line);
    text += "\n";
  }
  return text;
}

Result<journal::LogRange> read_segment_text(std::string_view text) {
  journal::LogRange range;
  std::uint64_t next = 0;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (number == 1) {
      const auto head = from_json_text<SegmentHead>(line);
      if (!head) return at_line(number, head.error());
      range.log = {head->node, head->stream};
      const auto key = from_base64(head->key);
      if (!key) return at_line(number, key.error());
      range.key = TRY(PublicKey::from_bytes(*key));
      range.first = head->first;
      next = head->next;
      range.checkpoint = head->checkpoint;
      continue;
    }
    auto entry = read_line(line, range.first + range.entries.size());
    if (!entry) return at_line(number, entry.error());
    range.entries.push_back(std::move(*entry));
  }
  if (range.entries.empty() || range.first + range.entries.size() != next)
    return fail(ErrorCode::invalid_input,
                {"記録の数が見出しと違います", "The number of lines is not as stated"});
  return range;
}

}  // namespace sonae::sync
