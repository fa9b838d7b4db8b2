#include "text/tables.h"

#include "text/variants.h"

namespace sonae::text {

Tables::Tables() = default;
Tables::~Tables() = default;

Result<std::shared_ptr<const Tables>> Tables::open(Env& env, const std::string& directory) {
  const auto read = [&](const std::string& name) { return env.disk.read_all(directory + "/" + name); };

  const std::string own = TRY(read("text/confusables.tsv"));
  const Confusables confusables = TRY(parse_confusables(own, "text/confusables.tsv"));
  const std::string standard = TRY(read("text/unicode/standard.tsv"));
  const auto in_use = TRY(parse_standard_characters(standard, "text/unicode/standard.tsv"));

  std::vector<VariantLink> links;
  const auto add = [&](const std::string& name, const Bytes& content) -> Status {
    const auto more = TRY(parse_variant_links(content, name));
    links.insert(links.end(), more.begin(), more.end());
    return {};
  };
  for (const char* const name : {"text/unicode/variants.tsv", "text/cjkvi/variants.tsv",
                                 "text/skk/variants.tsv", "text/nyukan/variants.tsv"})
    TRY(add(name, TRY(read(name))));

  std::shared_ptr<Tables> tables(new Tables);
  for (const char* const name : {"share-alike/mj/variants.tsv"}) {
    const auto content = read(name);
    if (content) {
      TRY(add(name, *content));
    } else if (content.error().code == ErrorCode::not_found) {
      tables->missing_.emplace_back(name);
    } else {
      return std::unexpected(content.error());
    }
  }
  tables->variants_ = std::make_unique<Variants>(in_use, links, confusables);
  return std::shared_ptr<const Tables>(std::move(tables));
}

}  // namespace sonae::text
