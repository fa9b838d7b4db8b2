// Messages that come by mail, LINE and SMS, in a whole town, with recorded calls. All people are fictional.
#include "post/post.h"

#include <doctest/doctest.h>
#include <openssl/hmac.h>

#include <filesystem>
#include <fstream>

#include "journal/testing.h"
#include "town/claim/claim.h"
#include "town/notice/outgoing.h"

namespace sonae::post {

namespace {

constexpr const char* kSecret = "0123456789abcdef0123456789abcdef";

struct SentMail final : mail::Sender {
  Status send(const mail::Outgoing& mail) override {
    if (down) return fail(ErrorCode::io_failure, {"x", "x"});
    mails.push_back(mail);
    return {};
  }
  bool down = false;
  std::vector<mail::Outgoing> mails;
};
struct SentJson final : Poster {
  Status post(const std::string& url, const std::string& token, const std::string& json) override {
    calls.push_back(url + " " + token + " " + json);
    return {};
  }
  std::vector<std::string> calls;
};

std::shared_ptr<const reception::Vocabulary> vocabulary() {
  static const auto words = reception::Vocabulary::open(real_env(), SONAE_DATA_DIR).value();
  return words;
}

// A town that is opened anew, as after a crash, over one mailbox.
struct Place {
  journal::TemporaryDirectory directory;
  town::Places places{SONAE_DATA_DIR, directory.path() + "/keys"};
  std::unique_ptr<service::TownService> service;
  std::unique_ptr<Post> post;
  SentMail* mails = nullptr;
  SentJson* calls = nullptr;
  int files = 0;

  Place() {
    for (const char* const folder : {"new", "cur", "tmp"})
      std::filesystem::create_directories(maildir() + "/" + folder);
    REQUIRE(town::Town::init(real_env(), directory.path() + "/town", "304280", "串本町", true));
    open();
    REQUIRE(service->access().enrol_first("root", "root"));
  }
  std::string maildir() const { return directory.path() + "/mail"; }
  void open() {
    post.reset();
    service.reset();
    auto opened = service::TownService::open(real_env(), places, directory.path() + "/town");
    REQUIRE_MESSAGE(opened, opened.error().in(Language::english));
    service = std::move(*opened);
    auto sender = std::make_unique<SentMail>();
    auto poster = std::make_unique<SentJson>();
    mails = sender.get();
    calls = poster.get();
    Settings settings;
    settings.mail = MailSettings{maildir(), "mx.kushimoto.example", {}};
    settings.line = LineSettings{kSecret, "token", "https://api.line.example"};
    settings.sms = SmsSettings{"sms-secret", "https://sms.example/send", "sms-token"};
    post = std::make_unique<Post>(*service, vocabulary(), std::move(settings), std::move(sender),
                                  std::move(poster));
  }
  void arrives(const std::string& body, const std::string& id, const std::string& more = "",
               const std::string& from = "ichiro@example.jp") {
    std::ofstream(maildir() + "/new/1795218120." + std::to_string(++files) + ".mx")
        << "Return-Path: <" << from << ">\nFrom: " << from << "\nMessage-ID: <" << id << ">\nSubject: anpi\n"
        << more << "Content-Type: text/plain; charset=utf-8\n\n"
        << body;
  }
  std::vector<std::string> in(const std::string& folder) {
    return real_env().disk.list(maildir() + "/" + folder).value();
  }
  claim::ClaimList claims() {
    api::Call call;
    call.actor = service->access().actor("root").value();
    call.purpose = "test";
    return service->claims().list(call, claim::ListRequest{{}, {}, {}}).value();
  }
};

std::string signature_of(std::string_view body) {
  unsigned char made[32];
  unsigned size = 0;
  HMAC(EVP_sha256(), kSecret, 32, reinterpret_cast<const unsigned char*>(body.data()), body.size(), made,
       &size);
  return to_base64({reinterpret_cast<const char*>(made), size});
}

// After the Messaging API's documentation of webhook events; everybody in it is made up.
std::string line_call(const std::string& event, const std::string& text, bool again = false) {
  return R"({"destination":"U0000000000000000000000000000town","events":[{"type":"message","message":{"type":"text","id":"14353798921116","quoteToken":"q","text":")" +
         text + R"("},"webhookEventId":")" + event + R"(","deliveryContext":{"isRedelivery":)" +
         (again ? "true" : "false") +
         R"(},"timestamp":1795218120000,"source":{"type":"user","userId":"U1111111111111111111111111111resi"},"replyToken":"reply-)" +
         event + R"(","mode":"active"}]})";
}

}  // namespace

TEST_CASE("post: a mail becomes a claim and is answered once; what was missing is added by the next") {
  Place place;
  place.arrives("潮崎一郎です。無事です。大島小学校にいます。\n", "1@example.jp");
  CHECK(place.post->work_once());
  REQUIRE(place.claims().total == 1);
  auto row = place.claims().claims.front();
  CHECK(row.claim.name == "潮崎一郎");
  CHECK(row.claim.via == claim::Channel::mail);
  CHECK(row.claim.sender == "ichiro@example.jp");
  CHECK(row.claim.where == "大島小学校");
  REQUIRE(place.mails->mails.size() == 1);
  CHECK(place.mails->mails[0].to == "ichiro@example.jp");
  CHECK(place.mails->mails[0].text.find("生年月日、電話番号") != std::string::npos);
  CHECK(place.mails->mails[0].text.find("潮崎") == std::string::npos);
  CHECK(place.in("new").empty());
  CHECK(place.in("cur").front().ends_with(":2,RS"));

  place.arrives("生年月日：昭和23年3月11日\n電話：0735-62-0001\n\n> 生年月日：\n", "2@example.jp");
  place.post->work_once();
  REQUIRE(place.claims().total == 1);  // the same claim, complete now
  row = place.claims().claims.front();
  CHECK(row.claim.name == "潮崎一郎");
  CHECK(row.claim.birth_date == "昭和23年3月11日");
  CHECK(place.mails->mails.back().text.find("分からない") == std::string::npos);

  place.arrives("名前：潮崎和子\n無事\n", "3@example.jp");  // another of the family, from the same address
  place.post->work_once();
  CHECK(place.claims().total == 2);
}

TEST_CASE("post: the same mail twice, and a program that was killed between claim and answer") {
  Place place;
  place.arrives("潮崎一郎です\n", "1@example.jp");
  place.mails->down = true;
  place.post->work_once();
  CHECK(place.claims().total == 1);
  CHECK(place.in("cur").front().ends_with(":2,"));
  CHECK(place.post->status().mail.waiting == 1);
  CHECK_FALSE(place.post->status().mail.trouble.empty());
  place.open();
  place.arrives("潮崎一郎です\n", "1@example.jp");  // delivered once more
  place.post->work_once();
  CHECK(place.claims().total == 1);
  CHECK(place.mails->mails.size() == 1);
  CHECK(place.post->status().mail.repeated == 2);
}

TEST_CASE("post: machines, bounces and disowned senders get no answer; odd mail is kept") {
  Place place;
  place.arrives("auto\n", "a@x", "Auto-Submitted: auto-replied\n");
  place.arrives("list\n", "b@x", "List-Id: <x>\n");
  place.arrives("潮崎一郎です\n", "c@x", "Authentication-Results: mx.kushimoto.example; dmarc=fail\n");
  place.arrives("", "d@x", "", "hanako@example.jp");
  place.post->work_once();
  CHECK(place.claims().total == 2);
  REQUIRE(place.mails->mails.size() == 1);
  CHECK(place.mails->mails[0].to == "hanako@example.jp");
  CHECK(place.post->status().mail.passed_over == 2);
  CHECK(place.in("new").empty());
}

TEST_CASE("post: a sender who writes without end is answered a few times, and its mail waits") {
  Place place;
  for (int i = 0; i < 20; ++i)
    place.arrives("潮崎一郎です\n", std::to_string(i) + "@x");
  place.post->work_once();
  CHECK(place.mails->mails.size() == 8);
  CHECK(place.in("new").size() == 8);  // not lost: taken when the sender may write again
}

TEST_CASE("post: LINE, signed, delivered twice, answered once") {
  Place place;
  const std::string body = line_call("01HA1", R"(名前：潮崎一郎\n無事です)");
  CHECK(place.post->line_called(body, signature_of(body)) == 200);
  const std::string again = line_call("01HA1", R"(名前：潮崎一郎\n無事です)", true);
  CHECK(place.post->line_called(again, signature_of(again)) == 200);
  place.post->work_once();
  REQUIRE(place.claims().total == 1);
  CHECK(place.claims().claims.front().claim.via == claim::Channel::line);
  REQUIRE(place.calls->calls.size() == 1);
  CHECK(place.calls->calls[0].starts_with(
      R"(https://api.line.example/v2/bot/message/reply token {"replyToken":"reply-01HA1","messages":[{"type":"text","text":)"));
  // Not the channel's: forged, altered, unsigned.
  CHECK(place.post->line_called(body, "") == 401);
  CHECK(place.post->line_called(body + " ", signature_of(body)) == 401);
  CHECK(place.post->line_called("{", signature_of("{")) == 400);
  // LINE asks whether the address is right with a call without events.
  const std::string verify = R"({"destination":"U0","events":[]})";
  CHECK(place.post->line_called(verify, signature_of(verify)) == 200);
  // A sticker, and a group, say nothing.
  const std::string others =
      R"({"destination":"U0","events":[{"type":"message","mode":"active","message":{"type":"sticker","id":"1"},"webhookEventId":"x","source":{"type":"user","userId":"U2"}},)"
      R"({"type":"message","mode":"active","message":{"type":"text","id":"2","text":"潮崎"},"webhookEventId":"y","source":{"type":"group","groupId":"C1"}},)"
      R"({"type":"follow","mode":"active","webhookEventId":"z","source":{"type":"user","userId":"U3"},"replyToken":"r"}]})";
  CHECK(place.post->line_called(others, signature_of(others)) == 200);
  CHECK(place.claims().total == 1);
}

TEST_CASE("post: SMS with the shared secret; its number is the telephone where none is written") {
  Place place;
  const std::string body = R"({"id":"sms-1","from":"09012345678","text":"潮崎一郎 昭和23年3月11日 無事"})";
  CHECK(place.post->sms_called(body, "Bearer wrong") == 401);
  CHECK(place.post->sms_called(body, "Bearer sms-secret") == 200);
  CHECK(place.post->sms_called(body, "Bearer sms-secret") == 200);
  CHECK(place.post->sms_called("{}", "Bearer sms-secret") == 400);
  place.post->work_once();
  REQUIRE(place.claims().total == 1);
  CHECK(place.claims().claims.front().claim.phone == "09012345678");
  REQUIRE(place.calls->calls.size() == 1);
  CHECK(place.calls->calls[0].find(R"("to":"09012345678")") != std::string::npos);
  CHECK(place.calls->calls[0].find("次も送って") == std::string::npos);  // nothing is missing
}

// As people send them; all are made up. What is answered beside the number, and what is asked for.
TEST_CASE("post: SMS and LINE are answered in the language in which they are written") {
  struct Recorded {
    const char *text, *said, *asks;
  };
  for (const Recorded& one : {
           Recorded{"潮崎一郎です。無事です", "安否の届けを受け取りました",
                    "次も送ってください：生年月日・年齢"},
           {"I am safe. My name is Maria Santos.", "Received (no. ", "Please also send: "},
           {"我很平安，我在大島小学校。", "已收到（号码 ", "请补充：姓名、"},
           {"무사합니다. 大島小学校에 있습니다.", "접수되었습니다(번호 ", "더 보내 주세요: 이름, "},
           {"Estou bem, no abrigo Oshima. Meu nome é Maria.", "Recebido (nº ", "Envie também: "},
           {"Tôi bình an, tôi đang ở 大島小学校.", "Đã nhận (mã số ", "Xin gửi thêm: Họ tên, "},
           {"Ligtas po ako at ang pamilya ko.", "Natanggap po (no. ", "Pakipadala rin po: Pangalan, "},
           {"म सकुशल छु।", "प्राप्त भयो (नम्बर ", "यो पनि पठाउनुहोस्: नाम, "},
           {"潮崎一郎 無事", "届けを受け取りました", " / Received. Please also send: "},
       }) {
    CAPTURE(one.text);
    Place place;
    const std::string line = line_call("01HB1", one.text);
    CHECK(place.post->line_called(line, signature_of(line)) == 200);
    CHECK(place.post->sms_called(
              to_text(json::object{{"id", "sms-1"}, {"from", "+819012345678"}, {"text", one.text}}),
              "Bearer sms-secret") == 200);
    place.post->work_once();
    REQUIRE(place.calls->calls.size() == 2);
    for (const std::string& call : place.calls->calls) {
      CHECK_MESSAGE(call.find(one.said) != std::string::npos, call);
      CHECK_MESSAGE(call.find(one.asks) != std::string::npos, call);
    }
  }
}

TEST_CASE("post: a gateway may say what its sender reads, and a mail's own language comes first") {
  Place place;
  CHECK(
      place.post->sms_called(R"({"id":"1","from":"09012345678","text":"1990-01-02 MAI","language":"vi-VN"})",
                             "Bearer sms-secret") == 200);
  place.arrives("Estou bem. Meu nome é Maria.\n", "1@x");
  place.post->work_once();
  REQUIRE(place.calls->calls.size() == 1);
  CHECK(place.calls->calls[0].find("Đã nhận (mã số ") != std::string::npos);
  REQUIRE(place.mails->mails.size() == 1);
  CHECK(place.mails->mails[0].text.starts_with("Recebido."));
}

TEST_CASE("post: notices that are due leave by mail and SMS, once") {
  Place place;
  journal::Batch batch;
  for (const auto& [channel, to] :
       {std::pair{notice::Channel::mail, "megumi@example.jp"}, {notice::Channel::sms, "09000000000"}}) {
    notice::Due due{
        real_env().random.id<notice::NoticeId>(), {channel, to}, "test", "知らせ", "News", "本文", "text"};
    batch.drafts.push_back(notice::draft_of(due, GrantId{}));
  }
  REQUIRE(place.service->town().journal().append(std::move(batch)));
  place.post->work_once();
  place.post->work_once();  // nothing is due any more
  REQUIRE(place.mails->mails.size() == 1);
  CHECK(place.mails->mails[0].automatic);
  CHECK(place.mails->mails[0].text == "本文\n\ntext\n");
  CHECK(place.calls->calls.size() == 1);
  CHECK(place.post->status().mail.told == 1);
}

TEST_CASE("post: a notice that could not leave stays due, and waits") {
  Place place;
  notice::Due due{real_env().random.id<notice::NoticeId>(),
                  {notice::Channel::mail, "megumi@example.jp"},
                  "test",
                  "知らせ",
                  "News",
                  "本文",
                  "text"};
  journal::Batch batch;
  batch.drafts.push_back(notice::draft_of(due, GrantId{}));
  REQUIRE(place.service->town().journal().append(std::move(batch)));
  place.mails->down = true;
  place.post->work_once();
  place.mails->down = false;
  place.post->work_once();  // a minute has not passed
  CHECK(place.mails->mails.empty());
  const auto rows = notice::Outgoing(place.service->town()).about("test");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].state == notice::State::due);
  CHECK(rows[0].because == "io_failure");
}

TEST_CASE("post: settings name what is wrong; channels that are not there are not there") {
  const auto wrong = [](const char* toml) {
    return parse_settings(toml, "messages.toml", "串本町").error().where;
  };
  CHECK(wrong("[mail]\nmaildir = 1") == "messages.toml mail.maildir");
  CHECK(wrong("[mail]\naddress = 'a@b'") == "messages.toml mail.maildir");
  CHECK(wrong("[line]\nchannel_secret = 'x'\nacces_token = 'y'") == "messages.toml line.acces_token");
  CHECK(wrong("[fax]\n") == "messages.toml fax");
  CHECK(wrong("=").starts_with("messages.toml:1"));
  CHECK(parse_settings("", "messages.toml", "串本町"));
  Place place;
  Post none(*place.service, vocabulary(), {}, nullptr, std::make_unique<SentJson>());
  CHECK(none.line_called("{}", "") == 404);
  CHECK(none.sms_called("{}", "") == 404);
  CHECK_FALSE(none.work_once());
}

}  // namespace sonae::post
