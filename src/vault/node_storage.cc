#include "vault/node_storage.h"

#include <algorithm>

#include "vault/manifest.h"
#include "vault/node_request.h"
#include "vault/node_target.h"
#include "vault/proofs.h"

namespace sonae::vault {

namespace {

constexpr int kSilenceMs = 60'000, kTickMs = 200;
constexpr std::size_t kSecretBytes = 32;
struct Answer {
  int status = 200;
  Bytes body = {};
};

Answer answer_of(const Error& error) {
  if (error.code == ErrorCode::not_found) return {404};
  if (error.code == ErrorCode::disk_full) return {507};
  return {500};
}

// One connection of a guest, or of somebody who has its recovery key.
class Visit {
 public:
  Visit(Env& env, const Guest& guest, std::unique_ptr<Target> target, const std::string& node)
      : env_(env),
        guest_(guest),
        target_(std::move(target)),
        writes_(std::ranges::find(guest.nodes, node) != guest.nodes.end()),
        proves_(std::ranges::find(guest.provers, node) != guest.provers.end()),
        reads_(writes_) {}

  Answer answer(const NodeRequest& request, BytesView body) {
    if (request.name == "challenge") return request.method == "POST" ? prove(body) : challenge();
    const bool looks = request.method == "GET";
    if (!(looks ? reads_ : may_write(request.name))) return {403};
    if (looks && is_folder_of_target(request.name)) {
      const auto names = target_->list(request.name.substr(0, request.name.size() - 1));
      return names ? Answer{200, to_text(to_json(*names))} : answer_of(names.error());
    }
    if (!is_name_at_target(request.name)) return {400};
    if (looks) {
      auto content = target_->read(request.name);
      return content ? Answer{200, std::move(*content)} : answer_of(content.error());
    }
    if (request.method == "DELETE") return told(target_->remove(request.name));
    if (request.method != "PUT") return {400};
    return write(request.name, body);
  }
  bool is_guest() const { return writes_ || proves_; }

 private:
  bool may_write(std::string_view name) const {
    return writes_ || (proves_ && name.starts_with(std::string(kProofs) + "/"));
  }
  static Answer told(const Status& done) { return done ? Answer{204} : answer_of(done.error()); }

  Answer write(const std::string& name, BytesView body) {
    if (!bytes_) bytes_ = bytes_here();
    if (*bytes_ + body.size() > guest_.limit_bytes) return {507};
    *bytes_ += body.size();
    return told(target_->write(name, body));
  }

  std::uint64_t bytes_here() const {
    std::uint64_t bytes = 0;
    for (const std::string_view folder : kTargetFolders) {
      const std::string path = guest_.folder + "/" + std::string(folder);
      for (const std::string& name : env_.disk.list(path).value_or(std::vector<std::string>{}))
        if (const auto status = env_.disk.status(path + "/" + name)) bytes += status->bytes;
    }
    return bytes;
  }

  // Encrypted to those for whom the newest backup is. Only who may write has put that there.
  Answer challenge() {
    if (reads_) return {204};  // nothing is to be proven
    std::vector<std::string> problems;
    const auto manifests = read_manifests(*target_, problems);
    if (!manifests || manifests->empty()) return {404};
    std::vector<AgeRecipient> recipients;
    for (const std::string& text : manifests->front().manifest.recipients)
      if (const auto recipient = AgeRecipient::parse(text)) recipients.push_back(*recipient);
    if (recipients.empty()) return {404};
    secret_ = env_.random.bytes(kSecretBytes);
    Answer made;
    auto writer = AgeWriter::begin(env_.random, recipients, [&](BytesView bytes) -> Status {
      made.body.append(bytes);
      return {};
    });
    if (!writer || !writer->write(secret_) || !writer->finish()) return {500};
    return made;
  }

  Answer prove(BytesView said) {
    const Bytes secret = std::exchange(secret_, {});
    reads_ = reads_ || (secret.size() == kSecretBytes && sha256(said) == sha256(secret));
    return {reads_ ? 204 : 403};
  }

  Env& env_;
  const Guest guest_;
  const std::unique_ptr<Target> target_;
  const bool writes_, proves_;
  bool reads_;
  Bytes secret_;
  std::optional<std::uint64_t> bytes_;
};

// The beginning of the next request. False where none came in time, or this machine is told to stop.
bool wait_for_more(sync::TlsStream& stream, Bytes& begun, const std::atomic<bool>& stop) {
  for (int waited = 0; begun.empty() && waited < kSilenceMs && !stop && !stream.closed(); waited += kTickMs) {
    char piece[4096];
    const auto got = stream.read(piece, sizeof piece);
    if (!got) return false;
    begun.append(piece, *got);
    if (begun.empty()) stream.wait(false, kTickMs);
  }
  return !begun.empty();
}

std::string_view reason_of(int status) {
  return status / 100 == 2 ? "OK" : status == 507 ? "Insufficient Storage" : "Refused";
}

}  // namespace

void NodeStorage::answer_at(sync::Sync& sync) {
  sync.answer_also(std::string(kNodePath),
                   [this](sync::TlsStream& stream, sync::HttpMessage first, const std::atomic<bool>& stop) {
                     answer(stream, std::move(first), stop);
                   });
}

void NodeStorage::answer(sync::TlsStream& stream, sync::HttpMessage message, const std::atomic<bool>& stop) {
  const auto refuse = [&](int status) {
    static_cast<void>(sync::write_all(stream, sync::answer(status, reason_of(status), ""), kSilenceMs));
  };
  const auto begun = read_node_request(message.head.first_line);
  if (!begun) return refuse(404);
  const std::string& town = begun->town;
  const Plan plan = read_plan(env_, directory_).value_or(Plan{});
  const auto guest =
      std::ranges::find_if(plan.guests, [&](const Guest& one) { return one.town.text() == town; });
  if (guest == plan.guests.end()) return refuse(403);
  auto target = open_target(env_, guest->folder);
  if (!target) return refuse(500);
  Visit visit(env_, *guest, std::move(*target), node_id_of(stream.peer()).text());
  for (;;) {
    const auto request = read_node_request(message.head.first_line);
    if (!request || request->town != town) return refuse(403);
    const Answer answer = visit.answer(*request, message.body);
    if (!sync::write_all(stream, sync::answer_kept(answer.status, reason_of(answer.status), answer.body),
                         kSilenceMs))
      return;
    if (!wait_for_more(stream, message.rest, stop)) return;
    auto next = sync::read_message(stream, kSilenceMs, visit.is_guest() ? kLargestObject : sync::kSmallBody,
                                   std::move(message.rest));
    if (!next) return;
    message = std::move(*next);
  }
}

}  // namespace sonae::vault
