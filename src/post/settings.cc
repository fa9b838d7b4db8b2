#include "post/settings.h"

#include "base/toml_keys.h"

namespace sonae::post {

namespace {

constexpr const char* kDocument = "docs/messages.md";

Result<MailSettings> read_mail(TomlKeys& keys, const std::string& town) {
  MailSettings mail;
  mail::SmtpSettings smtp;
  mail.maildir = TRY(keys.text("maildir", true));
  mail.trusted_server = TRY(keys.text("trusted_server"));
  smtp.from = TRY(keys.text("address"));
  smtp.url = TRY(keys.text("smtp"));
  smtp.user = TRY(keys.text("user"));
  smtp.password = TRY(keys.text("password"));
  const std::string tls = TRY(keys.text("tls"));
  if (!tls.empty() && tls != "required")
    return keys.wrong(keys.at("tls"), {"required だけです", "only \"required\" is known"});
  smtp.require_tls = tls == "required";
  smtp.from_name = town;
  if (!smtp.url.empty()) mail.smtp = std::move(smtp);
  return mail;
}

Result<LineSettings> read_line(TomlKeys& keys) {
  LineSettings line;
  line.channel_secret = TRY(keys.text("channel_secret", true));
  line.access_token = TRY(keys.text("access_token"));
  if (std::string api = TRY(keys.text("api")); !api.empty()) line.api = std::move(api);
  return line;
}

Result<SmsSettings> read_sms(TomlKeys& keys) {
  SmsSettings sms;
  sms.secret = TRY(keys.text("secret", true));
  sms.send_url = TRY(keys.text("send_url"));
  sms.send_token = TRY(keys.text("send_token"));
  return sms;
}

}  // namespace

Result<Settings> parse_settings(std::string_view toml, const std::string& where,
                                const std::string& town_name) {
  Settings settings;
  const toml::table root = TRY(parse_toml(toml, where, kDocument));
  for (const auto& [name, node] : root) {
    const std::string part(name.str());
    const toml::table* const table = node.as_table();
    TomlKeys keys(table != nullptr ? *table : root, where + " " + part, kDocument);
    if (table == nullptr) return keys.wrong_here({"表が必要です", "a table is expected"});
    if (part == "mail")
      settings.mail = TRY(read_mail(keys, town_name));
    else if (part == "line")
      settings.line = TRY(read_line(keys));
    else if (part == "sms")
      settings.sms = TRY(read_sms(keys));
    else
      return keys.wrong_here({"知らない表です", "this table is not known"});
    TRY(keys.no_others());
  }
  return settings;
}

Result<Settings> read_settings(Env& env, const std::string& town_directory, const std::string& town_name) {
  const std::string path = town_directory + "/messages.toml";
  if (!env.disk.status(path)) return Settings{};
  return parse_settings(TRY(env.disk.read_all(path)), path, town_name);
}

}  // namespace sonae::post
