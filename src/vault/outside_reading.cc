#include "vault/outside_reading.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/child_process.h"
#include "journal/frame.h"
#include "journal/header.h"
#include "journal/reading.h"
#include "town/reading.h"

namespace sonae::vault {

namespace {

constexpr std::size_t kReadAtOnce = std::size_t{8} << 20;

// "NODE-STREAM-FIRST.jsonl.zst"
struct Segment {
  std::string file;
  std::string log;  // NODE-STREAM
  std::uint64_t first = 0;
};

Segment segment_of(const std::string& file) {
  Segment made{file, {}, 0};
  const std::string name = file.substr(0, file.find('.'));
  const std::size_t dash = name.rfind('-');
  made.log = name.substr(0, dash);
  std::from_chars(name.data() + dash + 1, name.data() + name.size(), made.first);
  return made;
}

class Reading {
 public:
  Reading(Env& env, Target& target, const RestoreReport& restored, std::string place,
          store::Connection& connection)
      : env_(env), target_(target), restored_(restored), place_(std::move(place)), connection_(connection) {}

  Result<OutsideReading> run(const AgeIdentity& identity) {
    for (const char* const program : {"age", "tar", "zstd", "jq"})
      TRY(run_program({{program, "--version"}, file("said")}));
    TRY(env_.disk.write_whole(file("key"), identity.text() + "\n", true));
    const Bytes note = TRY(target_.read(restored_.manifest));
    const Manifest manifest = TRY(read_document<Manifest>(note));
    for (const ObjectEntry& object : manifest.objects)
      if (!object.logs.empty()) TRY(look_at(object));
    return std::move(reading_);
  }

 private:
  std::string file(const std::string& name) const { return place_ + "/" + name; }

  Status look_at(const ObjectEntry& object) {
    const auto content = target_.read(std::string(kObjects) + "/" + object.name + ".age");
    if (!content) return differs(object);  // lost, as the restore says too
    TRY(env_.disk.write_whole(file("object.age"), *content, true));
    const std::string out = file("object");
    TRY(env_.disk.make_directories(out, true));
    const bool unpacked =
        TRY(run_program({{"age", "-d", "-i", file("key"), "-o", file("object.tar"), file("object.age")},
                         file("said")})) == 0 &&
        TRY(run_program({{"tar", "-xf", file("object.tar"), "-C", out}, file("said")})) == 0;
    if (!unpacked || TRY(facts_outside(object, out)) != facts_inside(object) ||
        TRY(blobs_outside(out)) != TRY(blobs_inside(out)))
      TRY(differs(object));
    std::error_code ignored;
    std::filesystem::remove_all(out, ignored);
    return {};
  }

  Status differs(const ObjectEntry& object) {
    reading_.differing.push_back(object.name);
    return {};
  }

  // What a pipe of programs makes of these files, as a digest.
  Result<Hash> digest_of(const std::string& pipe, const std::vector<std::string>& files) {
    ProgramCall call{{"sh", "-c", pipe, "sh"}, file("text"), file("said")};
    call.words.insert(call.words.end(), files.begin(), files.end());
    TRY(run_program(call));
    const auto text = TRY(env_.disk.map(file("text")));
    return sha256(text->bytes());
  }

  // Headers and bodies in the order of the logs. Bodies that were erased since the backup was made are only
  // there outside: then headers alone.
  Result<Hash> facts_outside(const ObjectEntry& object, const std::string& out) {
    std::vector<Segment> segments;
    for (const std::string& name : TRY(env_.disk.list(out + "/segments")))
      segments.push_back(segment_of(name));
    std::ranges::sort(segments, {}, &Segment::first);
    std::vector<std::string> files;
    for (const LogStretch& stretch : object.logs)
      for (const Segment& segment : segments)
        if (segment.log == stretch.node.text() + "-" + std::string(journal::stream_name(stretch.stream)))
          files.push_back(out + "/segments/" + segment.file);
    const std::string members = bodies_too() ? ".header, (.body // empty)" : ".header";
    return digest_of("zstd -dcq \"$@\" | jq -r 'select(.header) | " + members + "'", files);
  }

  bool bodies_too() const { return restored_.erased_again == 0; }

  Hash facts_inside(const ObjectEntry& object) {
    Sha256 digest;
    for (const LogStretch& stretch : object.logs) {
      const auto log = journal::log_here(connection_, {stretch.node, stretch.stream});
      if (!log) continue;
      for (std::uint64_t at = stretch.first; at < stretch.next;) {
        const auto entries = journal::read_entries(connection_, log->number, at, stretch.next, kReadAtOnce);
        if (entries.empty()) break;
        for (const journal::LogEntry& entry : entries) {
          // What is no UTF-8 stands in other members.
          if (!journal::is_utf8(entry.header)) continue;
          digest.add(entry.header);
          digest.add("\n");
          if (!bodies_too() || entry.body_hash || !journal::is_utf8(entry.body)) continue;
          digest.add(entry.body);
          digest.add("\n");
        }
        at += entries.size();
        reading_.facts += entries.size();
      }
    }
    return digest.finish();
  }

  Result<std::vector<std::string>> blob_names(const std::string& out) {
    auto names = env_.disk.list(out + "/blobs");
    if (!names && names.error().code == ErrorCode::not_found) return std::vector<std::string>{};
    return names;
  }

  Result<Hash> blobs_outside(const std::string& out) {
    std::vector<std::string> files;
    for (const std::string& name : TRY(blob_names(out)))
      files.push_back(out + "/blobs/" + name);
    if (files.empty()) return sha256({});
    return digest_of("zstd -dcq \"$@\"", files);
  }

  Result<Hash> blobs_inside(const std::string& out) {
    Sha256 digest;
    for (const std::string& name : TRY(blob_names(out))) {
      const Hash address = TRY(Hash::from_bytes(TRY(from_hex(name.substr(0, name.find('.'))))));
      const auto row = connection_.query("SELECT size, content FROM journal_blob WHERE address = $1",
                                         store::Blob{address.bytes()});
      if (!row->next()) continue;
      const auto content = journal::unframed(row->bytes(1), static_cast<std::uint64_t>(row->integer(0)));
      if (content) digest.add(*content);
      ++reading_.blobs;
    }
    return digest.finish();
  }

  Env& env_;
  Target& target_;
  const RestoreReport& restored_;
  const std::string place_;
  store::Connection& connection_;
  OutsideReading reading_;
};

}  // namespace

Result<OutsideReading> read_outside(Env& env, Target& target, const RestoreReport& restored,
                                    const AgeIdentity& identity, const std::string& town,
                                    const std::string& place) {
  TRY(env.disk.make_directories(place, true));
  const town::ReadOnlyTown opened = TRY(town::open_for_reading(env, town));
  try {
    const auto connection = opened.database->connect();
    const store::Transaction snapshot(*connection, store::Transaction::Kind::read);
    return Reading(env, target, restored, place, *connection).run(identity);
  } catch (const store::StoreError& failure) {
    return std::unexpected(failure.error());
  }
}

}  // namespace sonae::vault
