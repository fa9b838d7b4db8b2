#include "sync/invitations.h"

#include <algorithm>

namespace sonae::sync {

namespace {

constexpr std::size_t kSecretBytes = 10;
constexpr std::int64_t kMinutes = 10, kMostFailures = 5;
constexpr std::string_view kScheme = "sonae-join:";

struct InvitationFile {
  std::vector<Invitation> invitations;
};
BOOST_DESCRIBE_STRUCT(InvitationFile, (), (invitations))

std::unexpected<Error> no_code() {
  return fail(ErrorCode::invalid_input, {"参加の符号として読めません", "This is not a code to join with"}, {},
              {"16文字の符号か、sonae-join: で始まる文字列をそのまま入れてください",
               "Give the sixteen letters, or the text that begins with sonae-join:"});
}

std::unexpected<Error> does_not_hold() {
  return fail(ErrorCode::forbidden, {"この符号は使えません", "This code does not hold"}, {},
              {"期限（10分）が過ぎたか、使用済みです。新しい符号を出してください",
               "It has expired (ten minutes) or was used: have a new one made"});
}

Result<Bytes> read_code(std::string_view text) {
  std::string letters;
  for (const char c : text)
    if (c != '-' && c != ' ') letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  const auto secret = from_base32(letters);
  if (!secret || secret->size() != kSecretBytes) return no_code();
  return *secret;
}

}  // namespace

std::string write_code(BytesView secret) {
  std::string code = to_base32(secret);
  for (const std::size_t at : {12, 8, 4})
    code.insert(at, 1, '-');
  return code;
}

std::string number_of_code(BytesView secret) {
  return to_base32(sha256({"sonae invitation", secret}).bytes().substr(0, 5));
}

std::string write_join_text(const JoinText& text) {
  std::string made = std::string(kScheme) + write_code(text.secret) + "@";
  for (std::size_t i = 0; i < text.addresses.size(); ++i)
    made += (i == 0 ? "" : ",") + text.addresses[i];
  if (text.node) made += "#" + text.node->text();
  return made;
}

Result<JoinText> read_join_text(const std::string& text) {
  std::string_view left = text;
  if (!left.starts_with(kScheme)) return JoinText{TRY(read_code(left)), {}, std::nullopt};
  left.remove_prefix(kScheme.size());
  JoinText read;
  if (const std::size_t hash = left.find('#'); hash != std::string_view::npos) {
    read.node = TRY(NodeId::parse(left.substr(hash + 1)));
    left = left.substr(0, hash);
  }
  const std::size_t at = left.find('@');
  read.secret = TRY(read_code(left.substr(0, at)));
  if (at == std::string_view::npos) return read;
  for (left.remove_prefix(at + 1); !left.empty();) {
    const std::size_t comma = left.find(',');
    read.addresses.emplace_back(left.substr(0, comma));
    left = comma == std::string_view::npos ? std::string_view{} : left.substr(comma + 1);
  }
  return read;
}

Result<std::vector<Invitation>> Invitations::read() {
  const auto content = env_.disk.read_all(path_);
  if (!content && content.error().code == ErrorCode::not_found) return std::vector<Invitation>{};
  if (!content) return std::unexpected(content.error());
  InvitationFile file = TRY(from_json_text<InvitationFile>(*content));
  const Instant now = env_.clock.now();
  std::erase_if(file.invitations, [&](const Invitation& one) { return one.until <= now; });
  return std::move(file.invitations);
}

Status Invitations::write(const std::vector<Invitation>& all) {
  return env_.disk.write_whole(path_, to_text(to_json(InvitationFile{all})) + "\n", true);
}

Result<Bytes> Invitations::issue(const std::string& name, const std::string& place, const PersonId& by,
                                 const GrantId& under) {
  const std::lock_guard lock(mutex_);
  std::vector<Invitation> all = TRY(read());
  const Bytes secret = env_.random.bytes(kSecretBytes);
  const Instant until{env_.clock.now().milliseconds + kMinutes * 60 * 1000};
  all.push_back({number_of_code(secret), to_base64(secret), name, place, by, under, until, 0, std::nullopt});
  TRY(write(all));
  return secret;
}

Result<Invitation> Invitations::find(const std::string& number) {
  const std::lock_guard lock(mutex_);
  for (Invitation& one : TRY(read()))
    if (one.number == number && one.failures < kMostFailures) return std::move(one);
  return does_not_hold();
}

Status Invitations::note_failure(const std::string& number) {
  const std::lock_guard lock(mutex_);
  std::vector<Invitation> all = TRY(read());
  for (Invitation& one : all)
    if (one.number == number) ++one.failures;
  return write(all);
}

Status Invitations::note_use(const std::string& number, const NodeId& node) {
  const std::lock_guard lock(mutex_);
  std::vector<Invitation> all = TRY(read());
  const auto found = std::ranges::find(all, number, &Invitation::number);
  // The same machine may ask again: its answer may have been lost.
  if (found == all.end() || (found->used_by && *found->used_by != node)) return does_not_hold();
  found->used_by = node;
  return write(all);
}

}  // namespace sonae::sync
