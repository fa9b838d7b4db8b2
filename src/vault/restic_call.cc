#include "vault/restic_call.h"

#include <algorithm>

namespace sonae::vault {

namespace {
constexpr int kIncomplete = 3;  // restic's manual, "Exit status codes"
}

std::string Restic::tag() const {
  std::string name = system_.name;
  std::ranges::replace(name, ',', ' ');  // restic's list of tags has commas
  return name;
}

Result<Bytes> Restic::run(std::vector<std::string> words, Feed feed) {
  if (!place_.made())
    return fail(ErrorCode::io_failure, {"一時フォルダを作れません", "No temporary directory can be made"});
  words.insert(words.begin(), {"restic", "-r", system_.repository, "--password-file", system_.password_file});
  ProgramCall call{std::move(words), place_.file("said"), place_.file("errors")};
  call.feed = std::move(feed);
  call.stop = [this] { return progress_.stop_requested(); };
  auto ended = run_program(call);
  if (!ended && ended.error().code == ErrorCode::unsupported)
    return fail(ErrorCode::unsupported, {"restic が入っていません", "The program restic is not installed"},
                "restic", {"Debian の restic を入れてください", "Install Debian's restic"});
  const int code = TRY(std::move(ended));
  incomplete_ = code == kIncomplete;
  if (code != 0 && !incomplete_) return refused(TRY(env_.disk.read_all(place_.file("errors"))));
  return env_.disk.read_all(place_.file("said"));
}

std::unexpected<Error> Restic::refused(const Bytes& errors) const {
  const auto says = [&](std::string_view words) { return errors.find(words) != Bytes::npos; };
  if (says("no space left"))
    return fail(ErrorCode::disk_full, {"控えの場所に空きがありません", "The backup target is full"},
                system_.label());
  if (says("Is there a repository at"))
    return fail(ErrorCode::not_found, {"restic の置き場がありません", "There is no repository of restic"},
                system_.label(),
                {"ディスクがつながっているか確かめてください。初めてなら restic init で作ってください",
                 "See whether the disk is connected; for a first backup make it with restic init"});
  if (says("wrong password"))
    return fail(ErrorCode::forbidden, {"restic の合い言葉が違います", "The password of restic is wrong"},
                system_.label(), {"password_file を確かめてください", "See whether password_file is right"});
  const std::size_t fatal = errors.find("Fatal: ");
  std::string told = errors.substr(fatal == Bytes::npos ? 0 : fatal + 7);
  return fail(ErrorCode::io_failure, {"restic が失敗しました", "restic failed"},
              system_.label() + ": " + told.substr(0, told.find('\n')),
              {"restic -r " + system_.repository + " snapshots で様子を見てください",
               "See what restic -r " + system_.repository + " snapshots says"});
}

}  // namespace sonae::vault
