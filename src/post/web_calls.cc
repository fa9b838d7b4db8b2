#include "post/web_calls.h"

#include "base/json.h"

namespace sonae::post {

namespace {

struct LineContent {
  std::string type;
  std::optional<std::string> id;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(LineContent, (), (type, id, text))
struct LineSource {
  std::string type;
  std::optional<std::string> userId;
};
BOOST_DESCRIBE_STRUCT(LineSource, (), (type, userId))
struct LineEvent {
  std::string type;
  std::optional<std::string> mode;
  std::optional<std::string> webhookEventId;
  std::optional<std::string> replyToken;
  std::optional<LineSource> source;
  std::optional<LineContent> message;
};
BOOST_DESCRIBE_STRUCT(LineEvent, (), (type, mode, webhookEventId, replyToken, source, message))
struct LineCall {
  std::vector<LineEvent> events;
};
BOOST_DESCRIBE_STRUCT(LineCall, (), (events))

struct SmsCall {
  std::string id;
  std::string from;
  std::string text;
  std::optional<std::string> language;
};
BOOST_DESCRIBE_STRUCT(SmsCall, (), (id, from, text, language))

}  // namespace

Result<std::vector<Came>> read_line(std::string_view body) {
  const LineCall call = TRY(from_json_text<LineCall>(body));
  std::vector<Came> came;
  for (const LineEvent& event : call.events) {
    if (event.type != "message" || !event.message || event.message->type != "text" || !event.message->text)
      continue;
    if (!event.source || event.source->type != "user" || !event.source->userId) continue;
    const std::string id = event.webhookEventId.value_or(event.message->id.value_or(""));
    if (id.empty()) continue;
    // In standby another program of the town answers this person.
    const bool ours = event.mode.value_or("active") == "active";
    came.push_back(
        {id, *event.source->userId, *event.message->text, ours ? event.replyToken.value_or("") : "", {}});
  }
  return came;
}

Result<Came> read_sms(std::string_view body) {
  SmsCall call = TRY(from_json_text<SmsCall>(body));
  if (call.id.empty() || call.from.empty())
    return fail(ErrorCode::invalid_input, {"id と from が必要です", "id and from are needed"});
  return Came{std::move(call.id), std::move(call.from), std::move(call.text), {}, call.language.value_or("")};
}

}  // namespace sonae::post
