#include "town/message/answer.h"

namespace sonae::message {

namespace {

Phrase name_of(Missing one) {
  switch (one) {
    case Missing::name:
      return {"名前", "name"};
    case Missing::birth_date:
      return {"生年月日", "birth date"};
    case Missing::phone:
      return {"電話番号", "phone number"};
  }
  return {};
}

std::string listed(std::span<const Missing> missing, Language language) {
  std::string text;
  for (const Missing one : missing)
    text += (text.empty() ? "" : language == Language::japanese ? "、" : ", ") + name_of(one).in(language);
  return text;
}

const char* key_of(Missing one) {
  switch (one) {
    case Missing::name:
      return "form.name";
    case Missing::birth_date:
      return "form.birth";
    case Missing::phone:
      return "form.phone";
  }
  return "";
}

// "Đã nhận. ... Số: abcdefgh"
std::string in_tongue(const text::Tongues& tongues, const std::string& tongue, const std::string& number,
                      std::span<const Missing> missing) {
  std::string words;
  text::add_sentence(words, tongue, tongues.say(tongue, "safety.received"));
  text::add_sentence(words, tongue, tongues.say(tongue, "safety.number") + ": " + number);
  if (missing.empty()) return words + "\n";
  words += "\n" + tongues.say(tongue, "mail.missing");
  for (const Missing one : missing)
    words += (one == missing.front() ? " " : ", ") + tongues.say(tongue, key_of(one));
  return words + "\n";
}

bool is_further(std::string_view tongue) {
  return tongue != "ja" && tongue != "easy" && tongue != "en";
}

std::string note_in(const text::Tongues& tongues, const std::string& tongue, const std::string& number,
                    std::span<const Missing> missing) {
  std::string words = tongues.say(tongue, "sms.received", number);
  if (missing.empty() || words.empty()) return words;
  const std::string please = tongues.say(tongue, "sms.missing");
  const bool wide = please.ends_with("：");  // signs that bring their own space
  text::add_sentence(words, tongue, please + (wide ? "" : " "));
  for (const Missing one : missing)
    words += (one == missing.front() ? "" : wide ? "、" : ", ") + tongues.say(tongue, key_of(one));
  return words + (wide ? "。" : ".");
}

constexpr const char* kForm =
    "名前：\n"
    "かな：\n"
    "生年月日：\n"
    "電話：\n"
    "いまいる所：\n"
    "知らせてよい相手（家族・知人・だれでも）：\n";

}  // namespace

std::string answer_subject(const std::string& town) {
  return "【" + town + "】安否の届けを受け取りました / Received";
}

std::string tongue_of(const text::Tongues& tongues, std::string_view written, std::string_view program_says) {
  std::string read = tongues.recognised(written);
  if (is_further(read) && !read.empty()) return read;
  // Some write in Japanese or English for want of a better one.
  std::string said = tongues.preferred(program_says);
  return !said.empty() && is_further(said) ? said : read.empty() ? said : read;
}

std::string answer_words(const text::Tongues& tongues, const std::string& town, const claim::ClaimId& claim,
                         std::span<const Missing> missing, Length length, std::string_view preferred) {
  const std::string number = claim.text().substr(0, 8);
  const std::string lacks = listed(missing, Language::japanese),
                    lacks_english = listed(missing, Language::english);
  const std::string first = tongues.preferred(preferred);
  if (length == Length::note) {
    if (const std::string words = first.empty() ? "" : note_in(tongues, first, number, missing);
        !words.empty())
      return "【" + town + "】" + words;
    return "【" + town + "】安否の届けを受け取りました（番号 " + number + "）。役場が確かめます。" +
           (missing.empty() ? "" : "次も送ってください：" + lacks + "。") + " / Received" +
           (missing.empty() ? "." : ". Please also send: " + lacks_english + ".");
  }
  std::string text =
      !first.empty() && is_further(first) ? in_tongue(tongues, first, number, missing) + "\n" : "";
  text +=
      town + "です。安否の届けを受け取りました。番号は " + number + " です。役場が確かめてから使います。\n";
  if (!missing.empty())
    text += "\nまだ分からないこと：" + lacks +
            "\nこのメールに返信して、次のように書いて送ってください。\n\n" + kForm;
  text += "\n【やさしい日本語】あなたの メールが 届きました。番号：" + number + "\n";
  if (!missing.empty()) text += lacks + "を 書いて、もう一度 送ってください。\n";
  text += "\nThe town has received your message. Number: " + number + ". It is checked before it is used.\n";
  if (!missing.empty())
    text += "Still missing: " + lacks_english +
            ". Please answer this mail and write:\n\nName:\nBirth date:\nPhone:\nWhere:\n";
  for (const std::string& tongue : tongues.all())
    if (is_further(tongue) && tongue != first) text += "\n" + in_tongue(tongues, tongue, number, missing);
  text +=
      "\nけが人がいる、閉じ込められているなど急ぐときは 119 番へ。In danger call 119.\n"
      "このメールは自動でお送りしています。An automatic answer.\n";
  return text;
}

}  // namespace sonae::message
