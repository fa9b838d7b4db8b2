// The forms of /safety without scripts, the subscription's among them: whatever a browser or a machine sends,
// the form becomes that operation's input or is refused, and nothing that was sent or answered can end the
// page's text and begin markup.
#include <cstdint>
#include <cstdlib>

#include "town/subscription/subscription.h"
#include "web/public_forms.h"

namespace {

using namespace sonae;

void require(bool held) {
  if (!held) std::abort();
}

const text::Tongues& tongues() {
  static const text::Tongues opened = text::Tongues::open(real_env(), SONAE_DATA_DIR).value();
  return opened;
}

// Our own markup has no script; what was sent has none that is not escaped.
void require_page(const web::Response& response) {
  require(response.body.starts_with("<!doctype html>"));
  require(response.body.ends_with("</html>"));
  require(response.body.find("<script") == std::string::npos);
  require(response.body.find("<img") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  web::Request request;
  request.method = "POST";
  request.path = "/safety/subscription.make";
  request.body = bytes;
  request.fields.push_back({"Accept-Language", std::string(bytes.substr(0, 40))});
  const web::FormTongue in = web::form_tongue(tongues(), request);
  require(in.name == "en" || (tongues().has(in.name) && in.name != "ja"));
  require(in.path == "/safety" || in.path == "/safety/" + in.name);

  const std::string_view operation = web::form_operation(request.path);
  require(operation == "subscription.make");
  if (const auto input = web::form_input(operation, bytes, in)) {
    const json::object& to = input->at("to").as_object();
    const bool mail = to.at("to").as_string().find('@') != json::string::npos;
    require(to.at("channel").as_string() == (mail ? "mail" : "sms"));
    require(input->at("language").as_string() == in.name);
    require(!input->as_object().contains("tongue"));
    (void)from_json<subscription::MakeRequest>(*input);
  }

  // The answer quotes what the operation says: here, what was sent.
  web::Response answered;
  for (const int status : {200, 429, 400})
    for (const char* const member : {"subscription", "claim", "message", "words", "easy"}) {
      answered.status = status;
      answered.body = to_text(json::object{{member, bytes}, {"what_to_do", bytes}});
      require_page(web::form_answer(answered, in));
    }
  answered.body = bytes;
  require_page(web::form_answer(answered, in));
  return 0;
}
