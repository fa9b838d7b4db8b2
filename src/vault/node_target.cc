#include "vault/node_target.h"

#include <charconv>

#include "base/json.h"
#include "sync/http_words.h"
#include "vault/node_request.h"

namespace sonae::vault {

namespace {

constexpr int kPatienceMs = 60'000;
constexpr std::string_view kScheme = "node://";

class NodeTarget final : public Target {
 public:
  NodeTarget(Env& env, std::string where, sync::Address address, NodeId node, const std::string& town,
             const TargetKeys& keys)
      : where_(std::move(where)),
        address_(std::move(address)),
        node_(node),
        path_(std::string(kNodePath) + town + "/"),
        own_(keys.node != nullptr ? *keys.node : SigningKey::generate(env.random)),
        recovery_(keys.recovery) {}

  Result<std::vector<std::string>> list(const std::string& folder) override {
    return from_json_text<std::vector<std::string>>(TRY(ask("GET", folder + "/", {})));
  }
  Result<Bytes> read(const std::string& name) override { return ask("GET", name, {}); }
  Status write(const std::string& name, BytesView content) override {
    TRY(ask("PUT", name, content));
    return {};
  }
  Status remove(const std::string& name) override {
    const auto done = ask("DELETE", name, {});
    if (done || done.error().code == ErrorCode::not_found) return {};
    return std::unexpected(done.error());
  }

 private:
  // Once more on a new connection where the old one has ended meanwhile.
  Result<Bytes> ask(std::string_view method, const std::string& name, BytesView body) {
    const bool was_open = stream_ != nullptr;
    auto answer = ask_once(method, name, body);
    if (answer || answer.error().code != ErrorCode::io_failure || !was_open) return answer;
    return ask_once(method, name, body);
  }

  Result<Bytes> ask_once(std::string_view method, const std::string& name, BytesView body) {
    if (!stream_) TRY(connect());
    auto message = talk(method, name, body);
    if (!message) {
      stream_.reset();
      return std::unexpected(message.error());
    }
    const int status = status_of(message->head.first_line);
    if (status / 100 == 2) return std::move(message->body);
    return refused(status);
  }

  Status connect() {
    stream_ = TRY(sync::TlsStream::connect(address_, own_, kPatienceMs));
    if (node_id_of(stream_->peer()) != node_) {
      stream_.reset();
      return fail(
          ErrorCode::forbidden, {"別の機械が応えています", "Another machine answers there"}, where_,
          {"番号（sonae node list）を確かめてください", "See whether its id is right (sonae node list)"});
    }
    rest_.clear();
    // The first request is a small one: larger bodies are taken only from those who may write. Without a
    // backup there, or where this node may read anyway, nothing is to be proven.
    const auto challenge = talk("GET", "challenge", {});
    if (!challenge) return std::unexpected(challenge.error());
    if (recovery_ == nullptr || status_of(challenge->head.first_line) != 200) return {};
    auto reader = AgeReader::open(challenge->body, *recovery_);
    if (!reader) return {};  // the key is another's: reading will say so
    const Bytes secret = TRY(reader->next());
    if (const auto told = talk("POST", "challenge", secret); !told) return std::unexpected(told.error());
    return {};
  }

  Result<sync::HttpMessage> talk(std::string_view method, const std::string& name, BytesView body) {
    TRY(sync::write_all(*stream_, sync::request_of(method, path_ + name, body), kPatienceMs));
    sync::HttpMessage message =
        TRY(sync::read_message(*stream_, kPatienceMs, kLargestObject, std::move(rest_)));
    rest_ = std::move(message.rest);
    return message;
  }

  static int status_of(std::string_view line) {
    int status = 0;
    const std::size_t at = line.find(' ') + 1;
    std::from_chars(line.data() + at, line.data() + line.size(), status);
    return status;
  }

  std::unexpected<Error> refused(int status) const {
    if (status == 404)
      return fail(ErrorCode::not_found, {"控えの場所にありません", "It is not there at the target"}, where_);
    if (status == 403)
      return fail(ErrorCode::forbidden,
                  {"相手の機械が受け付けません", "The other machine does not accept this one"}, where_,
                  {"相手の backup.toml の [[guest]] に、この機械の番号があるか確かめてください",
                   "See whether [[guest]] in its backup.toml names this machine"});
    if (status == 507)
      return fail(ErrorCode::disk_full, {"控えの場所に空きがありません", "The backup target is full"},
                  where_);
    return fail(ErrorCode::io_failure, {"控えの場所で失敗しました", "The backup target failed"},
                where_ + ": " + std::to_string(status));
  }

  const std::string where_;
  const sync::Address address_;
  const NodeId node_;
  const std::string path_;
  const SigningKey own_;
  const AgeIdentity* const recovery_;
  std::unique_ptr<sync::TlsStream> stream_;
  Bytes rest_;
};

}  // namespace

Result<std::unique_ptr<Target>> open_node_target(Env& env, const std::string& where, const TargetKeys& keys) {
  const auto unreadable = [&] {
    return fail(
        ErrorCode::invalid_input,
        {"node://相手:ポート/相手の機械の番号/町の番号 と書いてください", "Write node://host:port/NODE/TOWN"},
        where);
  };
  const std::string rest = where.substr(kScheme.size());
  const std::size_t first = rest.find('/'), second = rest.find('/', first + 1);
  if (first == std::string::npos || second == std::string::npos) return unreadable();
  const auto address = sync::parse_address(rest.substr(0, first));
  const auto node = NodeId::parse(rest.substr(first + 1, second - first - 1));
  const auto town = TownId::parse(rest.substr(second + 1));
  if (!address || !node || !town) return unreadable();
  return std::make_unique<NodeTarget>(env, where, *address, *node, town->text(), keys);
}

}  // namespace sonae::vault
