// What the clerk reads out.
#include "base/time.h"
#include "town/inquiry/inside.h"

namespace sonae::inquiry {

namespace {

Phrase condition_words(reception::Condition condition) {
  using enum reception::Condition;
  switch (condition) {
    case well:
      return {"ご無事です。", "The person is safe."};
    case ill:
      return {"体調を崩しておられます。", "The person is unwell."};
    case injured:
      return {"けがをしておられます。", "The person is injured."};
    case not_stated:
    case missing:
    case dead:
      break;
  }
  return {"けがや病気の届けはありません。", "No injury or illness was written down."};
}

Phrase whereabouts_words(const reception::Entry& entry) {
  using enum reception::StayKind;
  switch (entry.person.stay) {
    case shelter:
      return {"避難所「" + entry.shelter + "」におられます。",
              "The person is at the shelter \"" + entry.shelter + "\"."};
    case home:
      return {"自宅におられます。", "The person is at home."};
    case car:
      return {"車で過ごしておられます。", "The person stays in a car."};
    case relatives:
      return {"ご親族かお知り合いの家におられます。", "The person stays with relatives or friends."};
    case hospital:
      return {"病院か施設におられます。", "The person is in a hospital or a home."};
    case left:
      return {"避難所を出られました。", "The person has left the shelter."};
    case elsewhere:
      break;
  }
  return {"避難所ではない所におられます。", "The person is not at a shelter."};
}

Phrase item_words(const reception::Entry& entry, Item item) {
  switch (item) {
    case Item::held:
      return {"お尋ねの方の安否の情報があります。", "We hold information on the person's safety."};
    case Item::condition:
      return condition_words(entry.person.condition);
    case Item::whereabouts:
      return whereabouts_words(entry);
    case Item::contact: {
      const std::string& phone = entry.since.contact && !entry.since.contact->phone.empty()
                                     ? entry.since.contact->phone
                                     : entry.person.phone;
      if (phone.empty()) return {"連絡先は伺っていません。", "No contact was left."};
      return {"連絡先は " + phone + " です。", "The contact is " + phone + "."};
    }
    case Item::other:
      break;
  }
  const std::string at = to_japan_time(entry.written.wall);
  return {at + " に受け付けました。", "Written down at " + at + " (JST)."};
}

}  // namespace

Phrase words_for(const reception::Entry& entry, const std::vector<Item>& told) {
  Phrase all;
  for (const Item item : told) {
    const Phrase one = item_words(entry, item);
    all.japanese += one.japanese;
    all.english += (all.english.empty() ? "" : " ") + one.english;
  }
  return all;
}

const Phrase& words_of_nothing() {
  static const Phrase words{
      "お尋ねの方について、いまお伝えできる情報はありません。ご無事でないという意味ではありません。時間をおい"
      "て"
      "お尋ねください。",
      "There is nothing that we can tell you about this person now. That does not mean that the person is "
      "not "
      "safe. Please ask again later."};
  return words;
}

const Phrase& words_of_referral() {
  static const Phrase words{"担当者からお返事します。折り返しのお電話番号を確かめさせてください。",
                            "Somebody in charge will answer you. Please let me check your telephone number."};
  return words;
}

}  // namespace sonae::inquiry
