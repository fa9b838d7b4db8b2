#include "text/variants.h"

#include "text/fold.h"
#include "text/test_tables.h"
#include "text/tsv.h"
#include "text/variant_groups.h"

using namespace sonae;
using namespace sonae::text;

namespace {

struct PairCount {
  int used = 0;
  int agreed = 0;
  std::string disagreed;
};

PairCount count_pairs(const Tables& tables, std::string_view kind) {
  const auto pairs = real_env().disk.read_all(SONAE_SOURCE_DIR "/src/text/variant_pairs.tsv");
  REQUIRE(pairs);
  PairCount count;
  for_each_tsv_row(*pairs, [&](const TsvCells& cells, std::uint64_t) {
    REQUIRE(cells.size() == 3);
    if (cells[2] != kind) return true;
    ++count.used;
    const bool alike = fold_name(tables, cells[0]) == fold_name(tables, cells[1]);
    if (alike == (kind == "alike")) {
      ++count.agreed;
    } else {
      count.disagreed += std::string(cells[0]) + "/" + std::string(cells[1]) + " ";
    }
    return true;
  });
  return count;
}

// A disk on which the share-alike tables are not there.
class PermissiveOnly final : public Disk {
 public:
  Result<Bytes> read_all(const std::string& path) override {
    if (path.find("share-alike") != std::string::npos) return fail(ErrorCode::not_found, {}, path);
    return real_env().disk.read_all(path);
  }
  Result<std::unique_ptr<File>> open(const std::string& path, Open how) override {
    return real_env().disk.open(path, how);
  }
  Status write_whole(const std::string& path, BytesView content, bool private_file) override {
    return real_env().disk.write_whole(path, content, private_file);
  }
  Result<FileStatus> status(const std::string& path) override { return real_env().disk.status(path); }
  Result<std::vector<std::string>> list(const std::string& path) override {
    return real_env().disk.list(path);
  }
  Status make_directories(const std::string& path, bool private_directory) override {
    return real_env().disk.make_directories(path, private_directory);
  }
  Status remove(const std::string& path) override { return real_env().disk.remove(path); }
  Status rename(const std::string& from, const std::string& to) override {
    return real_env().disk.rename(from, to);
  }
  Result<std::uint64_t> free_bytes(const std::string& path) override {
    return real_env().disk.free_bytes(path);
  }
};

}  // namespace

TEST_CASE("forms of one character fold alike, different characters do not") {
  for (const std::string kind : {"alike", "apart"}) {
    const PairCount count = count_pairs(test_tables(), kind);
    MESSAGE(kind << ": " << count.used << " pairs used, " << count.agreed
                 << " agreed; not: " << count.disagreed);
    CHECK(count.agreed == count.used);
  }
  CHECK(test_tables().missing().empty());
}

TEST_CASE("without the share-alike tables the common forms still fold, and what is missing is named") {
  PermissiveOnly disk;
  Env env{real_env().clock, real_env().random, disk};
  const auto tables = Tables::open(env, SONAE_DATA_DIR);
  REQUIRE(tables);
  CHECK((*tables)->missing() == std::vector<std::string>{"share-alike/mj/variants.tsv"});
  const PairCount alike = count_pairs(**tables, "alike");
  MESSAGE("without MJ: " << alike.used << " pairs used, " << alike.agreed
                         << " agreed; not: " << alike.disagreed);
  CHECK(alike.agreed == alike.used);
}

TEST_CASE("a missing permissive table is an error that names the file") {
  const auto tables = Tables::open(real_env(), SONAE_SOURCE_DIR "/src");
  REQUIRE_FALSE(tables);
  CHECK(tables.error().where.find("confusables.tsv") != std::string::npos);
}

TEST_CASE("two centres are joined by an official link only") {
  const std::vector<VariantLink> links = {
      {U'齋', U'斎', 1}, {U'齊', U'斉', 1}, {U'齋', U'齊', 2}, {U'亝', U'齊', 2}};
  std::string groups;
  for (const auto& group : group_variants({U'斎', U'斉'}, links, {}))
    groups += std::to_string(group.character) + ">" + std::to_string(group.representative) + " ";
  const auto line = [](char32_t one, char32_t other) {
    return std::to_string(one) + ">" + std::to_string(other) + " ";
  };
  CHECK(groups == line(U'亝', U'斉') + line(U'齊', U'斉') + line(U'齋', U'斎'));
}

TEST_CASE("lines of a table that cannot be read are named") {
  CHECK(parse_variant_links("# x\n邉\t辺\t0\n邉辺\t辺\t1\n", "t.tsv").error().where == "t.tsv:3");
  CHECK(parse_confusables("斎\t斉\tnear\t0.9\n", "c.tsv").error().where == "c.tsv:1");
  CHECK(parse_confusables("斎\t斉\tlooks\t1.9\n", "c.tsv").error().where == "c.tsv:1");
  CHECK(parse_confusables("斎\t斉\tlooks\t0.9\n", "c.tsv")->near.size() == 1);
}

TEST_CASE("nearness is of folded characters, whichever way round") {
  const Variants& variants = test_tables().variants();
  CHECK(variants.nearness(U'斎', U'斉') == doctest::Approx(0.9));
  CHECK(variants.nearness(U'斉', U'斎') == doctest::Approx(0.9));
  CHECK(variants.nearness(U'斉', U'斉') == 1);
  CHECK(variants.nearness(U'斉', U'山') == 0);
}
