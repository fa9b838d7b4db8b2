#include "link/spec.h"

#include <toml++/toml.h>

#include <array>
#include <utility>

namespace sonae::link {
namespace {

std::unexpected<Error> bad(Phrase what, std::string where) {
  return fail(ErrorCode::invalid_input, std::move(what), std::move(where));
}

std::optional<FieldKind> kind_named(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, FieldKind>, 5> kKinds = {
      {{"name", FieldKind::name},
       {"text", FieldKind::text},
       {"number", FieldKind::number},
       {"date", FieldKind::date},
       {"category", FieldKind::category}}};
  for (const auto& [written, kind] : kKinds)
    if (written == name) return kind;
  return std::nullopt;
}

}  // namespace

Result<Spec> Spec::parse(std::string_view text, const std::string& file) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return bad({"設定の書き方が誤っています", "This is not well-formed TOML"},
               file + ":" + std::to_string(error.source().begin.line));
  }
  Spec spec;
  const std::string id = table["id"].value_or<std::string>("id");
  spec.left_id = table["left_id"].value_or(id);
  spec.right_id = table["right_id"].value_or(id);
  spec.one_to_one = table["one_to_one"].value_or(true);
  const toml::array* fields = table["field"].as_array();
  if (!fields || fields->empty() || fields->size() > kMostFields)
    return bad({"[[field]] が一つから十六まで要ります", "One to sixteen [[field]] are needed"}, file);
  std::vector<std::string> names, exchanged;
  for (const toml::node& node : *fields) {
    const std::string where = file + " field " + std::to_string(names.size() + 1);
    const toml::table* field = node.as_table();
    if (!field) return bad({"[[field]] が表ではありません", "A [[field]] is not a table"}, where);
    const std::string name = (*field)["name"].value_or<std::string>("");
    SpecField& added = spec.fields.emplace_back();
    added.left = (*field)["left"].value_or(name);
    added.right = (*field)["right"].value_or(name);
    if (added.left.empty() || added.right.empty())
      return bad({"列の名前（name、または left と right）がありません",
                  "A column's name is missing (name, or left and right)"},
                 where);
    const auto kind = kind_named((*field)["kind"].value_or<std::string>("text"));
    if (!kind)
      return bad({"kind は name、text、number、date、category のいずれかです",
                  "kind is one of name, text, number, date, category"},
                 where);
    added.kind = *kind;
    names.push_back(added.left);
    exchanged.push_back((*field)["exchanged_with"].value_or<std::string>(""));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (exchanged[i].empty()) continue;
    for (std::size_t j = 0; j < names.size(); ++j)
      if (names[j] == exchanged[i] && j != i) spec.fields[i].exchanged_with = j;
    if (!spec.fields[i].exchanged_with)
      return bad({"exchanged_with の列がありません", "exchanged_with names no field"},
                 file + " field " + std::to_string(i + 1));
  }
  return spec;
}

}  // namespace sonae::link
