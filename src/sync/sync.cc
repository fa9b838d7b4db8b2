#include "sync/sync.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "store/caught.h"
#include "sync/http_words.h"
#include "sync/join.h"
#include "town/nodes/nodes.h"

namespace sonae::sync {

namespace {

constexpr int kPatienceMs = 20'000, kTickMs = 200, kMostAnswersAtOnce = 64;

std::unexpected<Error> no_node_of_ours(const std::string& address) {
  return fail(
      ErrorCode::forbidden,
      {"相手はこの町の登録されたノードではありません", "That is not an enrolled node of this town"}, address,
      {"ノードの一覧（sonae node list）を確かめてください", "See the list of nodes (sonae node list)"});
}

}  // namespace

Sync::Sync(service::TownService& service)
    : service_(service),
      contacts_(service.town().database()),
      invitations_(service.town().env(), service.town().directory()) {}

Sync::~Sync() {
  stop_ = true;
  if (accepting_.joinable()) accepting_.join();
  if (calling_.joinable()) calling_.join();
  for (Answer& one : answers_)
    one.thread.join();
}

void Sync::reachable_at(std::vector<std::string> addresses) {
  const std::lock_guard lock(addresses_mutex_);
  addresses_ = std::move(addresses);
}

std::vector<std::string> Sync::addresses() const {
  const std::lock_guard lock(addresses_mutex_);
  return addresses_;
}

std::string Sync::name_of(const NodeId& node) const {
  const auto found = service_.nodes().find(node);
  return found ? found->name : "";
}

Result<std::uint16_t> Sync::listen(const std::string& address) {
  listening_ = TRY(ListeningSocket::open(TRY(parse_address(address))));
  accepting_ = std::thread([this] {
    while (!stop_)
      accept_one();
  });
  return listening_->port();
}

void Sync::answer_also(std::string path, Handler handler) {
  handlers_.emplace(std::move(path), std::move(handler));
}

void Sync::accept_one() {
  const int socket = listening_->accept(kTickMs);
  for (auto one = answers_.begin(); one != answers_.end();) {
    const auto next = std::next(one);
    if (one->done) {
      one->thread.join();
      answers_.erase(one);
    }
    one = next;
  }
  if (socket < 0) return;
  if (answers_under_way_ >= kMostAnswersAtOnce) {
    ::close(socket);
    return;
  }
  ++answers_under_way_;
  Answer& made = answers_.emplace_back();
  made.thread = std::thread([this, &made, socket] {
    // Without the database nobody can be answered; whoever asked comes again.
    static_cast<void>(store::caught([&]() -> Status {
      answer(socket);
      return {};
    }));
    --answers_under_way_;
    made.done = true;
  });
}

// One connection that came in: whoever joins needs a code, whoever exchanges must be enrolled.
void Sync::answer(int socket) {
  town::Town& town = service_.town();
  auto stream = TlsStream::accept(socket, town.journal_options().node_key, kPatienceMs);
  if (!stream) return;  // no TLS, or nobody there: there is no one to tell
  const auto message = read_message(**stream, kPatienceMs);
  if (!message) return;
  const std::string& line = message->head.first_line;
  const std::size_t path = line.find(' ') + 1;
  const auto other = std::ranges::find_if(
      handlers_, [&](const auto& one) { return line.compare(path, one.first.size(), one.first) == 0; });
  if (other != handlers_.end()) {
    other->second(**stream, *message, stop_);
  } else if (message->head.first_line.starts_with("POST /sonae/join ")) {
    const auto body = answer_join(service_, invitations_, (*stream)->peer(), message->body);
    // To the machine that asks, every refusal looks the same.
    write_all(**stream, body ? sync::answer(200, "OK", *body) : sync::answer(403, "Forbidden", "{}"),
              kPatienceMs);
  } else if (!message->head.first_line.starts_with("GET /sonae/sync ")) {
    write_all(**stream, sync::answer(404, "Not Found", "{}"), kPatienceMs);
  } else if (!service_.nodes().may_exchange((*stream)->peer())) {
    write_all(**stream, sync::answer(403, "Forbidden", "{}"), kPatienceMs);
  } else if (write_all(**stream, answer_upgraded(), kPatienceMs)) {
    static_cast<void>(run(**stream, (*stream)->peer_address(), {}, {}, message->rest));
  }
  (*stream)->close();
}

Result<Exchanged> Sync::run(TlsStream& stream, const std::string& address, const LinkProfile& profile,
                            ExchangeSettings settings, Bytes early) {
  town::Town& town = service_.town();
  settings.ask_again_us = std::int64_t{profile.silence_ms} * 500;  // the stream itself loses nothing
  if (profile.bytes_per_second != 0 && profile.bytes_per_second < 32 * 1024) settings.level = 19;
  settings.unfinished = &unfinished_;
  Exchange exchange(town.env(), town.journal(), town.journal_options(), settings);
  const NodeId peer = node_id_of(stream.peer());
  exchange.expect(peer);
  const auto carried = carry(town.env(), exchange, stream, profile, std::move(early), stop_);
  if (exchange.peer()) contacts_.heard(peer, town.env().clock.now(), address, exchange.peer_heads());
  TRY(service_.nodes().tell());
  if (!carried) return std::unexpected(carried.error());
  const ExchangeReport& report = exchange.report();
  return Exchanged{peer,
                   name_of(peer),
                   address,
                   report.facts_taken,
                   report.facts_given,
                   report.blobs_taken,
                   report.blobs_given,
                   carried->bytes_received,
                   carried->bytes_sent,
                   report.problems};
}

Result<Exchanged> Sync::exchange_with(const std::string& address, const LinkProfile& profile,
                                      ExchangeSettings settings) {
  const auto stream = TRY(TlsStream::connect(TRY(parse_address(address)),
                                             service_.town().journal_options().node_key, kPatienceMs));
  if (!service_.nodes().may_exchange(stream->peer())) return no_node_of_ours(address);
  TRY(write_all(*stream, request_to_sync(), kPatienceMs));
  HttpMessage message = TRY(read_message(*stream, kPatienceMs));
  if (message.head.first_line.find(" 101 ") == std::string::npos)
    return fail(
        ErrorCode::forbidden,
        {"相手のノードは、このノードと同期しません", "The other node does not exchange with this one"},
        address,
        {"このノードの登録が相手に届いているか、取り消されていないか確かめてください",
         "See whether the other node knows this one, and has not revoked it"});
  auto exchanged = run(*stream, address, profile, std::move(settings), std::move(message.rest));
  stream->close();
  return exchanged;
}

void Sync::call_peers() {
  calling_ = std::thread([this] {
    while (!stop_) {
      // Where the database is gone for a while, peers are called when it is back.
      static_cast<void>(store::caught([&]() -> Status {
        call_those_due();
        return {};
      }));
      for (int waited = 0; waited < 1000 && !stop_; waited += kTickMs)
        std::this_thread::sleep_for(std::chrono::milliseconds(kTickMs));
    }
  });
}

void Sync::call_those_due() {
  Env& env = service_.town().env();
  for (const ConfiguredPeer& peer : contacts_.peers()) {
    const Instant now = env.clock.now();
    // A clock that was set back must not silence a peer for years.
    const bool due = peer.every_seconds > 0 &&
                     (!peer.last_try || now < *peer.last_try ||
                      now.milliseconds - peer.last_try->milliseconds >= peer.every_seconds * 1000);
    if (!due || stop_) continue;
    const auto profile = link_profile(peer.link);
    const auto done = profile ? exchange_with(peer.address, *profile) : std::unexpected(profile.error());
    contacts_.tried(peer.address, env.clock.now(), done ? std::optional(done->node) : std::nullopt,
                    done ? "" : done.error().what.english);
  }
}

}  // namespace sonae::sync
