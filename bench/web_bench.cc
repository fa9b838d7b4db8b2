// API inquiries a second beside nginx serving a static file, in the same run, on 127.0.0.1.
//
//   web_bench [--seconds 5] [--connections 32]
//
// Runs wrk (one thread) against: nginx with a file of 1 KB; a signed-in inquiry that is answered at once
// (GET /api/session); one that goes through the work pool as every operation does (POST, JSON in and out); a
// static page of Sonae. The operation itself does nothing, so what is measured is the carrying: parsing,
// session, permission, queue, JSON, answer. Servers get as many threads as the machine has processors, and
// share them with wrk.
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

#include "web/application.h"

using namespace sonae;
namespace fs = std::filesystem;

namespace {

struct Question {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Question, (), (text))
struct Reply {
  std::vector<std::string> names;
};
BOOST_DESCRIBE_STRUCT(Reply, (), (names))

api::Actor clerk() {
  api::Actor actor;
  actor.person = *PersonId::from_bytes("0123456789abcdef");
  actor.login = actor.name = "clerk";
  actor.permissions = {api::Permission::signed_in, api::Permission::see_people};
  return actor;
}

web::Door door() {
  web::Door open;
  open.sign_in = [](const std::string&, std::string_view, const std::string&) {
    return Result<api::Actor>(clerk());
  };
  open.signed_out = [](const api::Actor&, const std::string&) { return Status(); };
  open.refresh = [](const PersonId&) { return Result<api::Actor>(clerk()); };
  return open;
}

std::string output_of(const std::string& command) {
  std::string text;
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  char piece[4096];
  while (const std::size_t count = fread(piece, 1, sizeof piece, pipe))
    text.append(piece, count);
  pclose(pipe);
  return text;
}

double number_after(const std::string& text, const std::string& label) {
  const std::size_t at = text.find(label);
  return at == std::string::npos ? 0 : std::atof(text.c_str() + at + label.size());
}

class Nginx {
 public:
  Nginx(const fs::path& home, int port) {
    std::ofstream(home / "page.html") << std::string(1024, 'x');
    std::ofstream(home / "nginx.conf") << fmt::format(
        "worker_processes auto;\ndaemon off;\nerror_log {0}/error.log;\npid {0}/nginx.pid;\n"
        "events {{ worker_connections 1024; }}\n"
        "http {{ access_log off; sendfile on; keepalive_requests 1000000000; open_file_cache max=100;\n"
        "  client_body_temp_path {0}/a; proxy_temp_path {0}/b; fastcgi_temp_path {0}/c; uwsgi_temp_path "
        "{0}/d;\n"
        "  scgi_temp_path {0}/e;\n  server {{ listen 127.0.0.1:{1} reuseport; root {0}; }} }}\n",
        home.string(), port);
    const std::string config = (home / "nginx.conf").string();
    child_ = fork();
    if (child_ == 0) {
      execl("/usr/sbin/nginx", "nginx", "-c", config.c_str(), static_cast<char*>(nullptr));
      _exit(127);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
  }
  ~Nginx() {
    kill(child_, SIGTERM);
    waitpid(child_, nullptr, 0);
  }

 private:
  pid_t child_;
};

struct Measured {
  double per_second;
  std::string p99;
  double errors;
};

Measured measure(const std::string& url, const std::string& more, int seconds, int connections) {
  const std::string text =
      output_of(fmt::format("wrk -t1 -c{} -d{}s --latency {} '{}' 2>&1", connections, seconds, more, url));
  const std::size_t at = text.find("99%");
  std::string p99 = at == std::string::npos ? "?" : text.substr(at + 3, text.find('\n', at) - at - 3);
  p99.erase(0, p99.find_first_not_of(' '));
  return {number_after(text, "Requests/sec:"), p99, number_after(text, "Non-2xx or 3xx responses:")};
}

}  // namespace

int main(int argc, char** argv) {
  int seconds = 5;
  int connections = 32;
  for (int index = 1; index + 1 < argc; index += 2) {
    if (std::string_view(argv[index]) == "--seconds") seconds = std::atoi(argv[index + 1]);
    if (std::string_view(argv[index]) == "--connections") connections = std::atoi(argv[index + 1]);
  }
  char pattern[] = "/tmp/sonae_web_bench.XXXXXX";
  const fs::path home = mkdtemp(pattern);
  fs::permissions(
      home, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec | fs::perms::others_read);

  api::Catalogue catalogue;
  catalogue.add(api::operation<Question, Reply>("bench.ask", {"問い合わせ", "Ask"},
                                                api::Permission::see_people,
                                                [](api::Call&, const Question& question) -> Result<Reply> {
                                                  return Reply{{question.text, "串本 花子"}};
                                                }));
  static const std::string page(1024, 'x');
  static const web::Page pages[] = {{"/page.html", "text/html", page, "", "\"1\""}};
  web::ApplicationSettings settings;
  settings.town = {"304280", "串本町", true};
  settings.spool_directory = (home / "spool").string();
  settings.pages = pages;
  web::Application application(real_env(), catalogue, door(), settings);
  auto server = *web::Server::start({}, application);

  const std::string base = fmt::format("http://127.0.0.1:{}", server->port());
  const std::string signed_in = output_of(
      fmt::format("curl -s -i -H 'X-Sonae: 1' -H 'Content-Type: application/json' "
                  "-d '{{\"login\":\"a\",\"password\":\"b\",\"purpose\":\"bench\"}}' {}/api/sign_in",
                  base));
  const std::size_t at = signed_in.find("sonae_session=");
  if (at == std::string::npos) return fmt::print(stderr, "sign-in failed; is curl installed?\n"), 1;
  const std::string cookie = signed_in.substr(at, signed_in.find(';', at) - at);
  const std::string headers = "-H 'Cookie: " + cookie + "'";
  const fs::path script = home / "post.lua";
  std::ofstream(script) << "wrk.method = 'POST'\nwrk.body = '{\"text\":\"さとう\"}'\n"
                           "wrk.headers['Content-Type'] = 'application/json'\nwrk.headers['X-Sonae'] = '1'\n"
                           "wrk.headers['Cookie'] = '"
                        << cookie << "'\n";

  const int nginx_port = server->port() == 40000 ? 40001 : 40000;
  double nginx_rate = 0;
  {
    const Nginx nginx(home, nginx_port);
    const Measured nginx_static =
        measure(fmt::format("http://127.0.0.1:{}/page.html", nginx_port), "", seconds, connections);
    nginx_rate = nginx_static.per_second;
    fmt::print("{:<44}{:>10.0f}/s   p99 {}\n", "nginx, static file of 1 KB", nginx_rate, nginx_static.p99);
  }
  const auto show = [&](const char* name, const Measured& one) {
    fmt::print("{:<44}{:>10.0f}/s   p99 {:<9} {:.2f} of nginx{}\n", name, one.per_second, one.p99,
               nginx_rate > 0 ? one.per_second / nginx_rate : 0,
               one.errors > 0 ? fmt::format("   {} REFUSED", one.errors) : "");
  };
  show("Sonae, static page of 1 KB", measure(base + "/page.html", "", seconds, connections));
  show("Sonae, GET /api/session, signed in", measure(base + "/api/session", headers, seconds, connections));
  show("Sonae, POST of an operation, signed in",
       measure(base + "/api/bench.ask", "-s " + script.string(), seconds, connections));
  server->stop();
  fs::remove_all(home);
  return nginx_rate > 0 ? 0 : 1;
}
