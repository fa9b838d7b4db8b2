#include "web/server.h"

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "web/test_client.h"

using namespace sonae;
using web::test::Client;

namespace {

// Answers with what it was asked; bodies up to 1,000 bytes.
class Echo : public web::Handler {
 public:
  web::Admission admit(const web::Request&) override {
    web::Admission admission;
    admission.body_bytes = 1000;
    return admission;
  }
  void handle(web::Request request, web::Reply reply) override {
    ++handled;
    if (request.path == "/never") return;  // drops the reply
    if (request.path == "/later") {
      std::thread([reply = std::move(reply)]() mutable {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        web::Response response;
        response.body = "late";
        reply(std::move(response));
      }).detach();
      return;
    }
    web::Response response;
    if (request.path == "/events") {
      response.fields.emplace_back("Content-Type", "text/event-stream");
      response.events = [this](std::shared_ptr<web::EventStream> stream) {
        stream->send("greeting", "hello");
        const std::lock_guard lock(mutex);
        streams.push_back(std::move(stream));
      };
    }
    response.fields.emplace_back("X-Query", request.query);
    response.body = request.method + " " + request.path + " " + request.body;
    reply(std::move(response));
  }
  web::Response too_large(const web::Request&) override {
    web::Response response;
    response.status = 413;
    response.close = true;
    return response;
  }
  std::atomic<int> handled = 0;
  std::mutex mutex;
  std::vector<std::shared_ptr<web::EventStream>> streams;
};

web::ServerSettings quick() {
  web::ServerSettings settings;
  settings.threads = 2;
  settings.limits.head = std::chrono::seconds(1);
  settings.limits.idle = std::chrono::seconds(1);
  settings.limits.body_stall = std::chrono::seconds(1);
  settings.limits.stop = std::chrono::seconds(2);
  return settings;
}

struct Running {
  explicit Running(const web::ServerSettings& settings = quick())
      : server(*web::Server::start(settings, echo)) {}
  Echo echo;
  std::unique_ptr<web::Server> server;
};

}  // namespace

TEST_CASE("server: keeps a connection over several requests, pipelined too") {
  Running running;
  Client client(running.server->port());
  CHECK(client.ask("GET", "/one?a=b").body == "GET /one ");
  CHECK(client.ask("POST", "/two", "hello").body == "POST /two hello");
  client.send(
      "GET /three HTTP/1.1\r\nHost: x\r\n\r\nPOST /four HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
      "GET /five HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(client.receive().body == "GET /three ");
  CHECK(client.receive().body == "POST /four hi");
  const auto last = client.receive();
  CHECK(last.body == "GET /five ");
  CHECK(last.field("Connection") == "close");
  CHECK(client.ended());
}

TEST_CASE("server: HEAD has the length and no body; chunked bodies are read; a field cannot be smuggled in") {
  Running running;
  Client client(running.server->port());
  const auto head = client.ask("HEAD", "/page");
  CHECK(head.status == 200);
  CHECK(head.field("Content-Length") == std::to_string(std::string("HEAD /page ").size()));
  client.send(
      "POST /chunks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
  CHECK(client.receive().body == "POST /chunks abcde");
  client.send("POST /expect HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  CHECK(client.receive(true).status == 100);
  client.send("yes");
  CHECK(client.receive().body == "POST /expect yes");
}

TEST_CASE("server: answers that come later, from other threads, or never") {
  Running running;
  Client client(running.server->port());
  CHECK(client.ask("GET", "/later").body == "late");
  CHECK(client.ask("GET", "/never").status == 500);
}

TEST_CASE("server: hostile requests are refused and harm nobody else") {
  Running running;
  const auto answer_to = [&](const std::string& bytes) {
    Client client(running.server->port());
    client.send(bytes);
    return client.receive().status;
  };
  CHECK(answer_to("\x16\x03\x01\x02\x01\x01\xfc\x03\x03 not http at all\r\n\r\n") == 400);
  CHECK(answer_to("GET / HTTP/9.9\r\n\r\n") == 400);
  CHECK(answer_to("GET / HTTP/1.1\r\nno colon here\r\n\r\n") == 400);
  CHECK(answer_to("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello") ==
        400);
  CHECK(
      answer_to(
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") ==
      400);
  CHECK(answer_to("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n") == 400);
  CHECK(answer_to("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n") == 400);
  CHECK(answer_to("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n") == 413);
  CHECK(answer_to("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n" +
                  std::string(5000, 'x')) == 413);
  CHECK(answer_to("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n") == 400);
  CHECK(answer_to("GET / HTTP/1.1\r\nX: " + std::string(20000, 'x') + "\r\n\r\n") == 431);
  std::string many = "GET / HTTP/1.1\r\n";
  for (int index = 0; index < 3000; ++index)
    many += "X-" + std::to_string(index) + ": y\r\n";
  CHECK(answer_to(many + "\r\n") == 431);
  CHECK(answer_to("GET /" + std::string(20000, 'a') + " HTTP/1.1\r\n\r\n") == 431);
  CHECK(running.echo.handled == 0);
  Client client(running.server->port());
  CHECK(client.ask("GET", "/").status == 200);
}

TEST_CASE("server: those who hold connections open are let go") {
  Running running;
  Client slow_head(running.server->port());
  slow_head.send("GET / HTTP/1.1\r\nHos");
  Client idle(running.server->port());
  Client slow_body(running.server->port());
  slow_body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  const auto began = std::chrono::steady_clock::now();
  CHECK(slow_head.ended());
  CHECK(idle.ended());
  CHECK(slow_body.ended());
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
  CHECK(running.echo.handled == 0);
}

TEST_CASE("server: events reach the browser as they happen; a browser that leaves is noticed") {
  Running running;
  auto client = std::make_unique<Client>(running.server->port());
  client->send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client->receive_until("data: hello\n\n").find("event: greeting") != std::string::npos);
  const auto stream = [&] {
    const std::lock_guard lock(running.echo.mutex);
    return running.echo.streams.at(0);
  }();
  CHECK(stream->send("news", "one"));
  CHECK(client->receive_until("data: one\n\n").find("event: news") != std::string::npos);
  client.reset();
  bool gone = false;
  for (int tries = 0; tries < 100 && !gone; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    gone = !stream->send("news", "two");
  }
  CHECK(gone);
}

TEST_CASE("server: stops gracefully: what is under way is answered, what idles is closed") {
  Running running;
  Client idle(running.server->port());
  CHECK(idle.ask("GET", "/").status == 200);
  Client busy(running.server->port());
  busy.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
  while (running.echo.handled < 2)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const std::uint16_t port = running.server->port();
  running.server->stop();
  CHECK(busy.receive().body == "late");
  CHECK(busy.ended());
  CHECK(idle.ended());
  Client afterwards(port);
  CHECK_FALSE(afterwards.connected());
}

TEST_CASE("server: a port that is taken is said so, though the kernel would share it") {
  Running running;
  Echo echo;
  web::ServerSettings settings = quick();
  settings.port = running.server->port();
  const auto second = web::Server::start(settings, echo);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::io_failure);
  settings.address = "not an address";
  CHECK_FALSE(web::Server::start(settings, echo));
}
