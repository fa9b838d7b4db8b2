#include "post/settings.h"

#include <toml++/toml.h>

#include <initializer_list>

namespace sonae::post {

namespace {

std::unexpected<Error> wrong(const std::string& where, const Phrase& what) {
  return fail(ErrorCode::invalid_input, what, where,
              {"docs/messages.md を見て直してください", "See docs/messages.md"});
}

struct Key {
  const char* name;
  std::string* into;
  bool needed = false;
};

// The texts of one table; a key that nobody knows is refused, for it may be a misspelt one.
Status read_keys(const toml::table& table, const std::string& where, std::initializer_list<Key> keys) {
  for (const Key& key : keys) {
    const toml::node* const node = table.get(key.name);
    if (node != nullptr) {
      const auto text = node->value_exact<std::string>();
      if (!text) return wrong(where + "." + key.name, {"文字列が必要です", "a string is expected"});
      *key.into = *text;
    }
    if (key.needed && key.into->empty())
      return wrong(where + "." + key.name, {"この項目が必要です", "this key is needed"});
  }
  for (const auto& [name, node] : table) {
    bool known = false;
    for (const Key& key : keys)
      known = known || name.str() == key.name;
    if (!known)
      return wrong(where + "." + std::string(name.str()), {"知らない項目です", "this key is not known"});
  }
  return {};
}

Result<MailSettings> read_mail(const toml::table& table, const std::string& where, const std::string& town) {
  MailSettings mail;
  mail::SmtpSettings smtp;
  std::string tls;
  TRY(read_keys(table, where,
                {{"maildir", &mail.maildir, true},
                 {"trusted_server", &mail.trusted_server},
                 {"address", &smtp.from},
                 {"smtp", &smtp.url},
                 {"user", &smtp.user},
                 {"password", &smtp.password},
                 {"tls", &tls}}));
  if (!tls.empty() && tls != "required")
    return wrong(where + ".tls", {"required だけです", "only \"required\" is known"});
  smtp.require_tls = tls == "required";
  smtp.from_name = town;
  if (!smtp.url.empty()) mail.smtp = std::move(smtp);
  return mail;
}

}  // namespace

Result<Settings> parse_settings(std::string_view toml, const std::string& where,
                                const std::string& town_name) {
  Settings settings;
  toml::table root;
  try {
    root = toml::parse(toml);
  } catch (const toml::parse_error& error) {
    return wrong(where + ":" + std::to_string(error.source().begin.line),
                 {"TOML として読めません", "this is not TOML"});
  }
  for (const auto& [name, node] : root) {
    const std::string part(name.str());
    const std::string at = where + " " + part;
    const toml::table* const table = node.as_table();
    if (table == nullptr) return wrong(at, {"表が必要です", "a table is expected"});
    if (part == "mail") {
      settings.mail = TRY(read_mail(*table, at, town_name));
    } else if (part == "line") {
      LineSettings line;
      TRY(read_keys(*table, at,
                    {{"channel_secret", &line.channel_secret, true},
                     {"access_token", &line.access_token},
                     {"api", &line.api}}));
      settings.line = std::move(line);
    } else if (part == "sms") {
      SmsSettings sms;
      TRY(read_keys(
          *table, at,
          {{"secret", &sms.secret, true}, {"send_url", &sms.send_url}, {"send_token", &sms.send_token}}));
      settings.sms = std::move(sms);
    } else {
      return wrong(at, {"知らない表です", "this table is not known"});
    }
  }
  return settings;
}

Result<Settings> read_settings(Env& env, const std::string& town_directory, const std::string& town_name) {
  const std::string path = town_directory + "/messages.toml";
  if (!env.disk.status(path)) return Settings{};
  return parse_settings(TRY(env.disk.read_all(path)), path, town_name);
}

}  // namespace sonae::post
