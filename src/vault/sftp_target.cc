#include "vault/sftp_target.h"

#include <algorithm>
#include <filesystem>

#include "base/child_process.h"
#include "base/private_directory.h"

namespace sonae::vault {

namespace {

constexpr std::string_view kScheme = "sftp://";

std::string in_quotes(const std::string& path) {
  return '"' + path + '"';
}

class SftpTarget final : public Target {
 public:
  SftpTarget(Env& env, std::string host, std::string port, std::string root)
      : env_(env), host_(std::move(host)), port_(std::move(port)), root_(std::move(root)) {}

  Result<std::vector<std::string>> list(const std::string& folder) override {
    // A folder that is not there yet is empty: its error is passed over ("-").
    const Bytes told = TRY(run("-ls -1 " + in_quotes(folder) + "\n"));
    std::vector<std::string> names;
    for (std::string_view left = told; !left.empty();) {
      std::string_view line = left.substr(0, left.find('\n'));
      left.remove_prefix(std::min(left.size(), line.size() + 1));
      // Commands are told again behind "sftp>".
      if (!line.starts_with(folder + "/") || line.ends_with(".new")) continue;
      names.emplace_back(line.substr(folder.size() + 1));
    }
    std::ranges::sort(names);
    return names;
  }
  Result<Bytes> read(const std::string& name) override {
    const std::string file = place_.file("content");
    TRY(run("get " + in_quotes(name) + " " + in_quotes(file) + "\n"));
    Bytes content = TRY(env_.disk.read_all(file));
    TRY(env_.disk.remove(file));
    return content;
  }
  // Written beside, synced where the server can (fsync@openssh.com), and renamed over (posix-rename).
  Status write(const std::string& name, BytesView content) override {
    const std::string file = place_.file("content");
    TRY(env_.disk.write_whole(file, content, true));
    TRY(run("-mkdir " + in_quotes(name.substr(0, name.rfind('/'))) + "\nput -f " + in_quotes(file) + " " +
            in_quotes(name + ".new") + "\nrename " + in_quotes(name + ".new") + " " + in_quotes(name) +
            "\n"));
    return env_.disk.remove(file);
  }
  Status remove(const std::string& name) override {
    const auto done = run("rm " + in_quotes(name) + "\n");
    if (done || done.error().code == ErrorCode::not_found) return {};
    return std::unexpected(done.error());
  }

 private:
  std::unexpected<Error> refused(const Bytes& told) const {
    const std::string_view words(told);
    if (words.find("not found") != std::string_view::npos ||
        words.find("No such file") != std::string_view::npos)
      return fail(ErrorCode::not_found, {"控えの場所にありません", "It is not there at the target"},
                  host_ + ":" + root_);
    std::string_view last = words.substr(0, words.find_last_not_of('\n') + 1);
    last = last.substr(last.rfind('\n') + 1);
    return fail(ErrorCode::io_failure, {"SFTP で失敗しました", "SFTP failed"},
                host_ + ": " + std::string(last),
                {"sftp " + host_ + " でつながるか、空きがあるか確かめてください",
                 "See whether sftp " + host_ + " connects, and whether there is space"});
  }

  // Runs these commands in the target's folder; what sftp said.
  Result<Bytes> run(const std::string& commands) {
    if (!place_.made())
      return fail(ErrorCode::io_failure, {"一時フォルダを作れません", "No temporary directory can be made"});
    const std::string batch = place_.file("batch"), said = place_.file("said");
    TRY(env_.disk.write_whole(batch, "cd " + in_quotes(root_) + "\n" + commands, true));
    std::vector<std::string> words{
        "sftp", "-q", "-b", batch, "-o", "BatchMode=yes", "-o", "ConnectTimeout=20"};
    if (!port_.empty()) words.insert(words.end(), {"-P", port_});
    words.push_back(host_);
    auto ended = run_program({std::move(words), said});
    if (!ended && ended.error().code == ErrorCode::unsupported)
      return fail(ErrorCode::unsupported, {"sftp が入っていません", "The program sftp is not installed"},
                  "sftp", {"openssh-client を入れてください", "Install openssh-client"});
    const int exit_code = TRY(ended);
    Bytes told = TRY(env_.disk.read_all(said));
    if (exit_code != 0) return refused(told);
    return told;
  }

  Env& env_;
  PrivateDirectory place_{"sftp"};  // only encrypted content passes here
  std::string host_, port_, root_;
};

}  // namespace

Result<std::unique_ptr<Target>> open_sftp_target(Env& env, const std::string& where) {
  const auto unreadable = [&] {
    return fail(ErrorCode::invalid_input,
                {"sftp://利用者@相手:ポート/フォルダ と書いてください", "Write sftp://user@host:port/folder"},
                where);
  };
  // Letters that mean something to sftp, in its batch or as an option, have no place here.
  if (where.find_first_of("\"\\\n*?[") != std::string::npos) return unreadable();
  const std::string rest = where.substr(kScheme.size());
  const std::size_t slash = rest.find('/');
  if (slash == std::string::npos || slash == 0 || rest.starts_with('-')) return unreadable();
  std::string host = rest.substr(0, slash), port, path = rest.substr(slash);
  if (const std::size_t colon = host.find(':'); colon != std::string::npos) {
    port = host.substr(colon + 1);
    host.resize(colon);
    if (port.empty() || port.find_first_not_of("0123456789") != std::string::npos) return unreadable();
  }
  if (path.starts_with("/./")) path = path.substr(3);
  if (path.empty() || host.empty()) return unreadable();
  return std::make_unique<SftpTarget>(env, host, port, path);
}

}  // namespace sonae::vault
