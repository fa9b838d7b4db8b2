#include "vault/restic_sample.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace sonae::vault {

namespace {

constexpr std::size_t kMostFiles = 20;
constexpr std::uint64_t kMostBytes = std::uint64_t{256} << 20;  // of the whole sample

// A line of `restic ls --json`.
struct Listed {
  std::string struct_type;
  std::string type;
  std::string path;
  std::optional<std::uint64_t> size;
  std::optional<std::string> mtime;
};
BOOST_DESCRIBE_STRUCT(Listed, (), (struct_type, type, path, size, mtime))

std::optional<std::int64_t> changed_at(const std::string& path) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(path, error);
  if (error) return std::nullopt;
  return std::chrono::floor<std::chrono::milliseconds>(
             std::chrono::file_clock::to_sys(time).time_since_epoch())
      .count();
}

// restic 0.14 takes these letters in what is to be restored for a pattern.
bool is_plain(const std::string& path) {
  return path.find_first_of("*?[\\") == std::string::npos;
}

bool as_listed(Env& env, const Listed& listed) {
  const auto status = env.disk.status(listed.path);
  const auto time = parse_rfc3339(listed.mtime.value_or(""));
  return status && time && status->bytes == listed.size && changed_at(listed.path) == time->milliseconds;
}

// Each file with the same chance (reservoir sampling: Vitter, "Random Sampling with a Reservoir", 1985).
std::vector<Listed> drawn_from(Env& env, std::string_view lines) {
  std::vector<Listed> drawn;
  std::uint64_t seen = 0;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    auto listed = from_json_text<Listed>(line);
    if (!listed || listed->type != "file" || !is_plain(listed->path) ||
        listed->size.value_or(kMostBytes) > kMostBytes / 4)
      continue;
    ++seen;
    if (drawn.size() < kMostFiles) {
      drawn.push_back(std::move(*listed));
      continue;
    }
    std::uint64_t number = 0;
    env.random.fill(reinterpret_cast<char*>(&number), sizeof number);
    if (number % seen < kMostFiles) drawn[number % seen] = std::move(*listed);
  }
  return drawn;
}

}  // namespace

Result<Hash> digest_of_file(Env& env, const std::string& path) {
  const auto file = TRY(env.disk.open(path, Disk::Open::read));
  Sha256 digest;
  for (std::vector<char> piece(std::size_t{1} << 20);;) {
    const std::size_t got = TRY(file->read(piece.data(), piece.size()));
    if (got == 0) return digest.finish();
    digest.add({piece.data(), got});
  }
}

Result<Sample> draw_sample(Env& env, Restic& restic, const std::string& snapshot) {
  Sample sample;
  sample.snapshot = snapshot;
  const Bytes lines = TRY(restic.run({"--json", "ls", snapshot}));
  std::uint64_t bytes = 0;
  for (const Listed& one : drawn_from(env, lines)) {
    if (bytes + *one.size > kMostBytes || !as_listed(env, one)) continue;
    const auto digest = digest_of_file(env, one.path);
    if (!digest || !as_listed(env, one)) continue;  // somebody works on it
    bytes += *one.size;
    sample.files.push_back({one.path, *one.size, *digest});
  }
  return sample;
}

Status note_sample(Restic& restic, const Sample& sample) {
  const std::string text = to_text(to_json(sample)) + "\n";
  std::size_t given = 0;
  TRY(restic.run({"--json", "backup", "--stdin", "--stdin-filename", std::string(kSampleFile), "--host",
                  "sonae", "--tag", restic.sample_tag()},
                 [&](char* into, std::size_t at_most) -> Result<std::size_t> {
                   const std::size_t count = std::min(at_most, text.size() - given);
                   std::copy_n(text.data() + given, count, into);
                   given += count;
                   return count;
                 }));
  return {};
}

}  // namespace sonae::vault
