#include "link/index_file.h"

#include <cstring>

#include "link/keys.h"

namespace sonae::link {
namespace {

constexpr std::size_t kSections = 8;
constexpr std::uint32_t kVersion = 5;  // also raised when folding or the keys change

struct Header {
  char magic[8] = {'S', 'O', 'N', 'A', 'E', 'L', 'N', 'K'};
  std::uint32_t version = kVersion;
  std::uint32_t sections = kSections;
  std::uint64_t residents = 0;
  std::uint64_t source = 0;
  std::uint64_t bytes = 0;  // of the whole file
  struct {
    std::uint64_t offset = 0, bytes = 0;
  } section[kSections];
  std::uint64_t check = 0;  // hash of all before it

  std::uint64_t own_check() const {
    return hash_text({reinterpret_cast<const char*>(this), offsetof(Header, check)});
  }
};

template <class T>
BytesView as_bytes(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

template <class T>
std::span<const T> as_values(BytesView bytes) {
  return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
}

std::unexpected<Error> not_an_index(const std::string& path) {
  return fail(ErrorCode::corrupt,
              {"照合用の索引として読めません", "This cannot be read as an index for matching"}, path,
              {"索引を作り直してください", "Build the index anew"});
}

}  // namespace

Status save_index(Env& env, const std::string& path, const Index& index, std::uint64_t source) {
  const Index::Base& base = index.base();
  const Postings::Arrays& postings = base.postings.arrays();
  const BytesView parts[kSections] = {as_bytes(base.features),
                                      as_bytes(base.id_ends),
                                      base.id_text,
                                      as_bytes(postings.starts),
                                      as_bytes(postings.slots),
                                      as_bytes(postings.marks),
                                      as_bytes(index.frequencies().counts()),
                                      as_bytes(index.places().entries())};
  Header header;
  header.residents = base.residents;
  header.source = source;
  std::uint64_t offset = (sizeof(Header) + 63) / 64 * 64;
  for (std::size_t i = 0; i < kSections; ++i) {
    header.section[i] = {offset, parts[i].size()};
    offset = (offset + parts[i].size() + 63) / 64 * 64;
  }
  header.bytes = offset;
  header.check = header.own_check();

  const std::string beside = path + ".new";
  {
    const auto file = TRY(env.disk.open(beside, Disk::Open::create));
    std::uint64_t written = sizeof(Header);
    TRY(file->write({reinterpret_cast<const char*>(&header), sizeof header}));
    const std::string padding(64, '\0');
    for (std::size_t i = 0; i < kSections; ++i) {
      TRY(file->write(BytesView(padding).substr(0, header.section[i].offset - written)));
      TRY(file->write(parts[i]));
      written = header.section[i].offset + parts[i].size();
    }
    TRY(file->write(BytesView(padding).substr(0, header.bytes - written)));
    TRY(file->sync());
  }
  return env.disk.rename(beside, path);
}

Result<Index> open_index(Env& env, const std::string& path) {
  std::shared_ptr<const Mapping> mapping = TRY(env.disk.map(path));
  const BytesView content = mapping->bytes();
  Header header;
  if (content.size() < sizeof header) return not_an_index(path);
  std::memcpy(&header, content.data(), sizeof header);
  if (std::memcmp(header.magic, Header{}.magic, sizeof header.magic) != 0 || header.version != kVersion ||
      header.check != header.own_check() || header.bytes != content.size())
    return not_an_index(path);
  const auto part = [&](std::size_t i) {
    return content.substr(header.section[i].offset, header.section[i].bytes);
  };
  Index::Base base;
  base.features = as_values<Features>(part(0));
  if (reinterpret_cast<std::uintptr_t>(base.features.data()) % alignof(Features) != 0) {
    base.owned_features.resize(header.section[0].bytes / sizeof(Features));  // held in memory, not mapped
    std::memcpy(static_cast<void*>(base.owned_features.data()), part(0).data(), header.section[0].bytes);
    base.features = base.owned_features;
  }
  base.id_ends = as_values<std::uint64_t>(part(1));
  base.id_text = part(2);
  base.postings = Postings({as_values<std::uint32_t>(part(3)), as_values<std::uint32_t>(part(4)),
                            as_values<std::uint8_t>(part(5))});
  base.residents = header.residents;
  base.source = header.source;
  base.mapping = mapping;
  return Index(std::move(base), Frequencies(as_values<std::uint32_t>(part(6))),
               Places(as_values<Places::Entry>(part(7))));
}

}  // namespace sonae::link
