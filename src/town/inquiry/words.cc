// What the clerk reads out.
#include "base/time.h"
#include "town/inquiry/inside.h"

namespace sonae::inquiry {

namespace {

Words condition_words(reception::Condition condition) {
  using enum reception::Condition;
  switch (condition) {
    case well:
      return {{"ご無事です。", "The person is safe."}, "その人は だいじょうぶです。", {{"said.well", {}}}};
    case ill:
      return {{"体調を崩しておられます。", "The person is unwell."},
              "その人は びょうきです。",
              {{"said.ill", {}}}};
    case injured:
      return {{"けがをしておられます。", "The person is injured."},
              "その人は けがを しています。",
              {{"said.injured", {}}}};
    case not_stated:
    case missing:
    case dead:
      break;
  }
  return {{"けがや病気の届けはありません。", "No injury or illness was written down."},
          "けがや びょうきとは 聞いていません。",
          {{"said.no_injury", {}}}};
}

Words whereabouts_words(const reception::Entry& entry) {
  using enum reception::StayKind;
  switch (entry.person.stay) {
    case shelter:
      return {{"避難所「" + entry.shelter + "」におられます。",
               "The person is at the shelter \"" + entry.shelter + "\"."},
              "「" + entry.shelter + "」という 避難所（にげる ところ）に います。",
              {{"said.in_shelter", entry.shelter}}};
    case home:
      return {
          {"自宅におられます。", "The person is at home."}, "自分の 家に います。", {{"said.at_home", {}}}};
    case car:
      return {{"車で過ごしておられます。", "The person stays in a car."},
              "車の 中に います。",
              {{"said.in_car", {}}}};
    case relatives:
      return {{"ご親族かお知り合いの家におられます。", "The person stays with relatives or friends."},
              "家族か 友だちの 家に います。",
              {{"said.with_relatives", {}}}};
    case hospital:
      return {{"病院か施設におられます。", "The person is in a hospital or a home."},
              "病院か 施設に います。",
              {{"said.in_hospital", {}}}};
    case left:
      return {{"避難所を出られました。", "The person has left the shelter."},
              "避難所から 出ました。",
              {{"said.left", {}}}};
    case elsewhere:
      break;
  }
  return {{"避難所ではない所におられます。", "The person is not at a shelter."},
          "避難所では ない ところに います。",
          {{"said.elsewhere", {}}}};
}

Words item_words(const reception::Entry& entry, Item item) {
  switch (item) {
    case Item::held:
      return {{"お尋ねの方の安否の情報があります。", "We hold information on the person's safety."},
              "その人の ことを 聞いています。",
              {{"said.held", {}}}};
    case Item::condition:
      return condition_words(entry.person.condition);
    case Item::whereabouts:
      return whereabouts_words(entry);
    case Item::contact: {
      const std::string& phone = entry.since.contact && !entry.since.contact->phone.empty()
                                     ? entry.since.contact->phone
                                     : entry.person.phone;
      if (phone.empty())
        return {{"連絡先は伺っていません。", "No contact was left."},
                "電話番号は 聞いていません。",
                {{"said.no_contact", {}}}};
      return {{"連絡先は " + phone + " です。", "The contact is " + phone + "."},
              "電話番号は " + phone + " です。",
              {{"said.contact", phone}}};
    }
    case Item::other:
      break;
  }
  const std::string at = to_japan_time(entry.written.wall);
  return {{at + " に受け付けました。", "Written down at " + at + " (JST)."},
          at + " に 聞きました。",
          {{"said.written", at}}};
}

}  // namespace

Words words_for(const reception::Entry& entry, const std::vector<Item>& told) {
  Words all;
  for (const Item item : told) {
    const Words one = item_words(entry, item);
    all.plain.japanese += one.plain.japanese;
    all.plain.english += (all.plain.english.empty() ? "" : " ") + one.plain.english;
    all.easy += (all.easy.empty() ? "" : " ") + one.easy;
    all.said.insert(all.said.end(), one.said.begin(), one.said.end());
  }
  return all;
}

const Words& words_of_nothing() {
  static const Words words{
      {"お尋ねの方について、いまお伝えできる情報はありません。ご無事でないという意味ではありません。"
       "時間をおいてお尋ねください。",
       "There is nothing that we can tell you about this person now. That does not mean that the person is "
       "not safe. Please ask again later."},
      "その人の ことで、いま 言えることは ありません。その人が あぶないという 意味では ありません。"
      "あとで もう一度 聞いてください。",
      {{"said.nothing", {}}}};
  return words;
}

const Words& words_of_referral() {
  static const Words words{{"担当者からお返事します。折り返しのお電話番号を確かめさせてください。",
                            "Somebody in charge will answer you. Please let me check your telephone number."},
                           "あとで べつの 人が 電話します。あなたの 電話番号を もう一度 教えてください。",
                           {}};
  return words;
}

}  // namespace sonae::inquiry
