// Sync of one town's node with its peers: answers those who call, calls those that are configured, lets
// machines join with a code, and knows what has arrived where. Any thread.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "service/town_service.h"
#include "sync/contacts.h"
#include "sync/http_words.h"
#include "sync/invitations.h"
#include "sync/link.h"

namespace sonae::sync {

// What came of one exchange.
struct Exchanged {
  NodeId node;
  std::string name;
  std::string address;
  std::uint64_t facts_taken = 0;
  std::uint64_t facts_given = 0;
  std::uint64_t blobs_taken = 0;
  std::uint64_t blobs_given = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t bytes_sent = 0;
  std::vector<std::string> problems;
};
BOOST_DESCRIBE_STRUCT(Exchanged, (),
                      (node, name, address, facts_taken, facts_given, blobs_taken, blobs_given,
                       bytes_received, bytes_sent, problems))

class Sync {
 public:
  explicit Sync(service::TownService& service);
  ~Sync();  // ends exchanges under way: what was taken stays

  // Answers peers and machines that join, on threads of its own. The port, where the address asked for any.
  Result<std::uint16_t> listen(const std::string& address);
  bool answering() const { return answers_under_way_ > 0; }
  // Calls the configured peers when their time has come.
  void call_peers();

  // One exchange with who answers there; forbidden where that is no node of the town.
  Result<Exchanged> exchange_with(const std::string& address, const LinkProfile& profile,
                                  ExchangeSettings settings = {});

  // Who answers connections whose first request is for a path that begins so; the handler ends when the peer
  // does, or soon after it is told to stop. Set before listen(). Anybody may call: it is the handler's to ask
  // who.
  using Handler = std::function<void(TlsStream& stream, HttpMessage first, const std::atomic<bool>& stop)>;
  void answer_also(std::string path, Handler handler);

  Contacts& contacts() { return contacts_; }
  Invitations& invitations() { return invitations_; }
  service::TownService& service() { return service_; }
  // Under which addresses others reach this node: given in invitations.
  void reachable_at(std::vector<std::string> addresses);
  std::vector<std::string> addresses() const;

  void add_operations(api::Catalogue& catalogue);

 private:
  // One connection that came in.
  struct Answer {
    std::atomic<bool> done = false;
    std::thread thread;
  };

  void accept_one();
  void answer(int socket);
  Result<Exchanged> run(TlsStream& stream, const std::string& address, const LinkProfile& profile,
                        ExchangeSettings settings, Bytes early);
  std::string name_of(const NodeId& node) const;
  void call_those_due();

  service::TownService& service_;
  std::map<std::string, Handler> handlers_;  // by path
  Contacts contacts_;
  Invitations invitations_;
  Unfinished unfinished_;
  std::atomic<bool> stop_ = false;
  std::unique_ptr<ListeningSocket> listening_;
  std::thread accepting_, calling_;
  std::list<Answer> answers_;  // of the accepting thread; after it ended, the destructor's
  std::atomic<int> answers_under_way_ = 0;
  mutable std::mutex addresses_mutex_;
  std::vector<std::string> addresses_;  // guarded by addresses_mutex_
};

}  // namespace sonae::sync
