#include "store/postgres_values.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "base/bytes.h"

namespace sonae::store {

namespace {

constexpr std::string_view kMark = "\xEF\xBF\xBE";  // U+FFFE

std::string big_endian(std::uint64_t number, std::size_t bytes) {
  std::string text(bytes, '\0');
  for (std::size_t i = bytes; i-- > 0; number >>= 8)
    text[i] = static_cast<char>(number & 0xff);
  return text;
}

std::uint64_t unsigned_at(const char* start, std::size_t bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i)
    number = number << 8 | static_cast<unsigned char>(start[i]);
  return number;
}

std::size_t width_of(unsigned type) {
  switch (type) {
    case kBool:
      return 1;
    case kInt2:
      return 2;
    case kInt4:
    case kOid:
      return 4;
    case kInt8:
      return 8;
    default:
      return 0;  // no integer
  }
}

[[noreturn]] void mistake(Phrase what, std::size_t at) {
  throw StoreError({ErrorCode::internal, std::move(what), "$" + std::to_string(at + 1), {}});
}

// What SUM gives: digits to the base 10,000, the first of weight 10,000^weight.
double numeric_value(const char* start) {
  const auto count = static_cast<std::int16_t>(unsigned_at(start, 2));
  const auto weight = static_cast<std::int16_t>(unsigned_at(start + 2, 2));
  const bool negative = unsigned_at(start + 4, 2) == 0x4000;
  double value = 0;
  for (int i = 0; i < count; ++i)
    value += static_cast<double>(unsigned_at(start + 8 + 2 * i, 2)) * std::pow(10'000.0, weight - i);
  return negative ? -value : value;
}

}  // namespace

void PostgresParameters::set(const std::vector<unsigned>& types, std::initializer_list<Value> values) {
  if (values.size() < types.size())
    mistake({"SQL の値が足りません", "A statement has a placeholder without a value"}, values.size());
  values_.assign(types.size(), nullptr);
  lengths_.assign(types.size(), 0);
  formats_.assign(types.size(), 1);
  if (kept_.size() < types.size()) kept_.resize(types.size());
  for (std::size_t i = 0; i < types.size(); ++i)
    put(i, types[i], values.begin()[i]);
}

void PostgresParameters::keep(std::size_t at, std::string bytes) {
  kept_[at] = std::move(bytes);
  values_[at] = kept_[at].data();
  lengths_[at] = static_cast<int>(kept_[at].size());
}

void PostgresParameters::put(std::size_t at, unsigned type, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    if (const std::size_t width = width_of(type); width != 0)
      return keep(at, big_endian(static_cast<std::uint64_t>(*number), width));
    if (type == kFloat8)
      return keep(at, big_endian(std::bit_cast<std::uint64_t>(static_cast<double>(*number)), 8));
  } else if (const auto* real = std::get_if<double>(&value)) {
    if (type == kFloat8) return keep(at, big_endian(std::bit_cast<std::uint64_t>(*real), 8));
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    if (type == kText || type == kVarchar || type == kName) {
      if (needs_escape(*text)) return keep(at, escaped(*text));
      values_[at] = text->empty() ? "" : text->data();
      lengths_[at] = static_cast<int>(text->size());
      return;
    }
  } else if (const auto* blob = std::get_if<Blob>(&value)) {
    if (type == kBytea) {
      values_[at] = blob->bytes.empty() ? "" : blob->bytes.data();
      lengths_[at] = static_cast<int>(blob->bytes.size());
      return;
    }
  } else {
    return;  // null
  }
  mistake({"SQL の値の種類が違います", "A value is of another kind than its placeholder"}, at);
}

char postgres_kind(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) return 'n';
  switch (PQftype(result, column)) {
    case kBool:
    case kInt2:
    case kInt4:
    case kInt8:
    case kOid:
    case kNumeric:
      return 'i';
    case kFloat4:
    case kFloat8:
      return 'r';
    case kBytea:
      return 'b';
    default:
      return 't';
  }
}

std::int64_t postgres_integer(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) return 0;
  const char* const start = PQgetvalue(result, row, column);
  switch (PQftype(result, column)) {
    case kBool:
      return *start;
    case kInt2:
      return static_cast<std::int16_t>(unsigned_at(start, 2));
    case kInt4:
      return static_cast<std::int32_t>(unsigned_at(start, 4));
    case kOid:
      return static_cast<std::int64_t>(unsigned_at(start, 4));
    case kInt8:
      return static_cast<std::int64_t>(unsigned_at(start, 8));
    default:
      return static_cast<std::int64_t>(postgres_real(result, row, column));
  }
}

double postgres_real(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) return 0;
  const char* const start = PQgetvalue(result, row, column);
  switch (PQftype(result, column)) {
    case kFloat4:
      return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(unsigned_at(start, 4))));
    case kFloat8:
      return std::bit_cast<double>(unsigned_at(start, 8));
    case kNumeric:
      return numeric_value(start);
    default:
      return static_cast<double>(postgres_integer(result, row, column));
  }
}

bool needs_escape(std::string_view text) {
  return text.find('\0') != std::string_view::npos || text.find(kMark) != std::string_view::npos;
}

std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (text.starts_with(kMark)) {
      out.append(kMark).append(kMark);
      text.remove_prefix(kMark.size());
    } else if (text.front() == '\0') {
      out.append(kMark).append("0");
      text.remove_prefix(1);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = text.find(kMark); at != std::string_view::npos; at = text.find(kMark)) {
    out += text.substr(0, at);
    text.remove_prefix(at + kMark.size());
    if (text.starts_with("0")) {
      out += '\0';
      text.remove_prefix(1);
    } else {
      out += kMark;
      if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
    }
  }
  return out.append(text);
}

}  // namespace sonae::store
