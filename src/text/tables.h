// The tables of data/ that folding and reading need, opened once and shared: kanji variants, confusables,
// eras. Immutable after opening; every thread may use them.
#pragma once

#include <memory>
#include <string>

#include "base/env.h"

namespace sonae::text {

class Variants;

class Tables {
 public:
  // `directory` is the data/ folder. Permissive tables are required; the share-alike ones (data/share-alike/,
  // mapped at run time) are optional: without them folding knows fewer variants, and missing() names what is
  // not there.
  static Result<std::shared_ptr<const Tables>> open(Env& env, const std::string& directory);
  ~Tables();

  const Variants& variants() const { return *variants_; }
  const std::vector<std::string>& missing() const { return missing_; }

 private:
  Tables();
  std::unique_ptr<Variants> variants_;
  std::vector<std::string> missing_;
};

}  // namespace sonae::text
