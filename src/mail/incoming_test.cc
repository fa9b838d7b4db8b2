// Mail as it comes: what Japanese telephones and programs write, what machines send, and what is hostile.
#include "mail/incoming.h"

#include <doctest/doctest.h>

#include "base/fake_env.h"
#include "mail/decode.h"
#include "mail/outgoing.h"
#include "text/encoding.h"

namespace sonae::mail {

namespace {

Incoming read_mail(const std::string& bytes) {
  auto mail = read(bytes, "mx.kushimoto.example");
  REQUIRE(mail);
  return std::move(*mail);
}

std::string plain(const std::string& charset, const std::string& body, const std::string& more = "") {
  return "Return-Path: <ichiro@example.jp>\nFrom: \"Ichiro\" <ichiro@example.jp>\nTo: "
         "anpi@kushimoto.example\n"
         "Message-ID: <1@example.jp>\nSubject: =?ISO-2022-JP?B?GyRCTDU7dhsoQg==?=\n" +
         more + "Content-Type: text/plain; charset=" + charset + "\n\n" + body;
}

// Seven-bit codes of JIS X 0208 from those of CP932.
std::string jis(std::string_view utf8) {
  std::string made = "\x1b$B";
  const std::string shifted = text::encode(utf8, text::Encoding::cp932).bytes;
  for (std::size_t at = 0; at + 1 < shifted.size(); at += 2) {
    unsigned lead = static_cast<unsigned char>(shifted[at]),
             trail = static_cast<unsigned char>(shifted[at + 1]);
    lead = (lead < 0xA0 ? lead - 0x70 : lead - 0xB0) * 2 - 1;
    if (trail >= 0x9F) {
      ++lead;
      trail -= 0x7E;
    } else {
      trail -= trail >= 0x80 ? 0x20 : 0x1F;
    }
    made += static_cast<char>(lead);
    made += static_cast<char>(trail);
  }
  return made + "\x1b(B";
}

}  // namespace

TEST_CASE("mail: the character sets of Japanese mail, labelled rightly, wrongly and not at all") {
  CHECK(decode(jis("名前：潮崎一郎①"), "iso-2022-jp") == "名前：潮崎一郎①");
  CHECK(decode(jis("無事です"), "utf-8") == "無事です");  // the escapes speak for themselves
  const std::string shifted = text::encode("髙橋　無事", text::Encoding::cp932).bytes;
  for (const char* const label : {"Shift_JIS", "windows-31j", "cp932", "", "us-ascii", "x-unknown"})
    CHECK(decode(shifted, label) == "髙橋　無事");
  CHECK(decode("\xcc\xb5\xbb\xf6", "EUC-JP") == "無事");
  CHECK(decode("無事", "Shift_JIS") == "無事");  // says one thing and is another
  CHECK(decode("caf\xe9", "iso-8859-1") == "café");
  CHECK(decode("\x1b(I\x31\x32\x1b(B", "iso-2022-jp") == "ｱｲ");
}

TEST_CASE("mail: carriers' pictograms become a mark, and the words stay") {
  CHECK(decode(text::encode("無事", text::Encoding::cp932).bytes + "\xF8\x9F", "shift_jis") == "無事〓");
  CHECK(decode(text::encode("無事", text::Encoding::cp932).bytes + "\x1b$Gj\x0f", "shift_jis") == "無事");
  CHECK(decode(std::string("\x1b$B\x75\x41\x1b(B"), "iso-2022-jp").starts_with("〓"));
}

TEST_CASE("mail: what was written now, without what it answers and without the signature") {
  const Incoming mail =
      read_mail(plain("iso-2022-jp", jis("無事です") + "\n\nOn Sat, 21 Nov 2026 09:00, Town wrote:\n> " +
                                         jis("名前：") + "\n"));
  CHECK(mail.text == "無事です\n\n");
  CHECK(mail.text_with_quoted.find("> 名前") != std::string::npos);
  CHECK(mail.subject == "無事");
  CHECK(mail.from == "ichiro@example.jp");
  CHECK(mail.answer_to == "ichiro@example.jp");
  CHECK(mail.id == "1@example.jp");
  CHECK(without_quoted("a\nOn Sat, somebody wrote:\n> b\n") == "a\n");
  CHECK(without_quoted("a\n2026年11月21日(土) 9:00 町 <anpi@kushimoto.example>:\n> 名前：\n") == "a\n");
  CHECK(without_quoted("a\n-- \nTel. 1\n") == "a\n");
}

TEST_CASE("mail: HTML alone is read; scripts and tags are not") {
  const Incoming mail = read_mail(
      "From: a@example.jp\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: "
      "text/plain\n\n \n"
      "--b\nContent-Type: text/html; charset=utf-8\n\n<html><head><title>x</title><style>p{}</style></head>"
      "<body><p>名前：潮崎一郎<br>電話&#65306;0735&amp;</p><script>alert(1)</script></body></html>\n--b--\n");
  CHECK(mail.text.find("名前：潮崎一郎\n電話：0735&") != std::string::npos);
  CHECK(mail.text.find("alert") == std::string::npos);
}

TEST_CASE("mail: attachments of any size stand behind the text and are not read") {
  std::string big =
      "From: a@example.jp\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; "
      "charset=utf-8\n\n無事です\n--b\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n";
  big.append(std::size_t{50} << 20, 'A');
  CHECK(read_mail(big).text == "無事です\n");
}

TEST_CASE("mail: machines are not answered, and forged senders neither") {
  for (const char* const line :
       {"Auto-Submitted: auto-replied\n", "Auto-Submitted: auto-generated (vacation)\n", "Precedence: bulk\n",
        "List-Id: <x.example>\n", "X-Failed-Recipients: a@example.jp\n"}) {
    const Incoming mail = read_mail(plain("utf-8", "x", line));
    CHECK(mail.automatic);
    CHECK(mail.answer_to.empty());
  }
  CHECK_FALSE(read_mail(plain("utf-8", "x", "Auto-Submitted: no\n")).automatic);
  CHECK(read_mail("Return-Path: <>\nFrom: a@example.jp\n\nx").automatic);
  CHECK(read_mail("From: MAILER-DAEMON@example.jp\n\nx").automatic);
  const auto results = [](const char* text) {
    return read_mail(plain("utf-8", "x", std::string("Authentication-Results: ") + text + "\n")).disowned;
  };
  CHECK(results("mx.kushimoto.example; spf=pass; dmarc=fail"));
  CHECK(results("mx.kushimoto.example; spf=fail smtp.mailfrom=x"));
  CHECK_FALSE(results("mx.kushimoto.example; spf=fail; dkim=pass"));
  CHECK_FALSE(results("somebody.else.example; dmarc=fail"));
}

TEST_CASE("mail: an answer goes to plain addresses only") {
  CHECK(is_address("a.b+c@example.jp"));
  CHECK(is_address("a..b.@docomo.example"));  // old telephones have such
  for (const char* const bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nBcc: x", "<a@b>", "-x@b"})
    CHECK_FALSE(is_address(bad));
  CHECK(read_mail("Return-Path: <\"x\r\n y\"@b>\nFrom: a@example.jp\n\nx").answer_to.empty());
}

TEST_CASE("mail: parts in parts in parts, and what is no mail") {
  std::string deep = "From: a@example.jp\n";
  for (int level = 0; level < 20000; ++level)
    deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(level) + "\n\n--b" +
            std::to_string(level) + "\n";
  (void)read(deep, "");
  (void)read("", "");
  (void)read(std::string(1000, '\0'), "");
  CHECK(read("From: a@example.jp\n\n無事", "")->text == "無事\n");
}

TEST_CASE("mail: what is written is read again, marked as a machine's") {
  FakeClock clock;
  SeededRandom random(1);
  MemoryDisk disk;
  Env env{clock, random, disk};
  Outgoing mail;
  mail.to = "ichiro@example.jp";
  mail.subject = "【串本町】安否の届けを受け取りました。とても長い件名でも切れて化けることはありません";
  mail.text = "番号 abcd\n次のように書いてください。\n";
  mail.automatic_answer_to = "1@example.jp";
  const std::string bytes = write(env, mail, "串本町", "anpi@kushimoto.example");
  const Incoming again = read_mail(bytes);
  CHECK(again.subject == mail.subject);
  CHECK(again.text == mail.text);
  CHECK(again.from_name == "串本町");
  CHECK(again.automatic);  // so two such servers never write to each other
  CHECK(bytes.find("In-Reply-To: <1@example.jp>") != std::string::npos);
  for (std::size_t at = 0, end; (end = bytes.find("\r\n", at)) != std::string::npos; at = end + 2)
    CHECK(end - at <= 78);
}

}  // namespace sonae::mail
