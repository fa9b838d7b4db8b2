// Names of people as shelter lists and registers write them, taken apart without a dictionary: family and
// given name where a space or a comma parts them, titles, readings in brackets, former and everyday names,
// remarks. Nothing is corrected: every piece is as written, without surrounding space. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace sonae::text {

struct WrittenName {
  std::string whole;   // the name without title, reading and remarks; parts joined by one space
  std::string family;  // empty where nothing parts them ("山田太郎") and where only relative_of is known
  std::string given;   // may hold several (ジョン マイケル)

  std::string kana;           // a reading beside the name: in brackets, after a slash, or as further parts
  std::string former_family;  // 旧姓, 旧氏
  std::string everyday_name;  // 通称
  std::string title;          // さん, 様, 君, 先生
  std::string relative_of;    // "佐藤さんの孫": 佐藤; whole is empty then, for the name was not written
  std::string relation;       // 孫
  std::string others;         // "他2名": companions who are not named
  std::string note;           // other remarks, joined by spaces

  // "Taro YAMADA": the order was understood to be given name first. family and given are right already.
  bool given_name_first = false;
  // One part of a name only, as "佐藤さん": no space, at most two kanji.
  bool one_part_only = false;
};

WrittenName parse_name(std::string_view written);

}  // namespace sonae::text
