// By which ways messages reach the town: DIR/messages.toml, readable by its owner only, for it holds the
// secrets of the channels. docs/messages.md describes each key.
#pragma once

#include <optional>
#include <string>

#include "mail/smtp.h"

namespace sonae::post {

struct MailSettings {
  std::string maildir;                     // where the town's mail server puts what comes
  std::string trusted_server;              // whose Authentication-Results are believed; empty: nobody's
  std::optional<mail::SmtpSettings> smtp;  // absent: nothing is answered
};

struct LineSettings {
  std::string channel_secret;
  std::string access_token;  // empty: nothing is answered
  std::string api = "https://api.line.me";
};

struct SmsSettings {
  std::string secret;    // what the gateway shows as Authorization: Bearer ...
  std::string send_url;  // empty: nothing is answered
  std::string send_token;
};

struct Settings {
  std::optional<MailSettings> mail;
  std::optional<LineSettings> line;
  std::optional<SmsSettings> sms;
};

// No settings where there is no file. invalid_input names the key.
Result<Settings> read_settings(Env& env, const std::string& town_directory, const std::string& town_name);
Result<Settings> parse_settings(std::string_view toml, const std::string& where,
                                const std::string& town_name);

}  // namespace sonae::post
