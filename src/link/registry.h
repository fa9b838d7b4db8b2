// The reference side of linkage: everybody whom a row can be, in flat arrays that can be mapped from a file.
//
// One 64-byte record (features.h) and a few hundred bytes of posting lists (postings.h) for each resident.
// Const members may be called from any thread; put, remove and moves need the object alone.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/env.h"
#include "link/answer.h"
#include "link/record.h"

namespace sonae::link {

class Index;  // index.h: the arrays themselves
class Frequencies;
class KeySet;
class Places;

class Registry {
 public:
  // Opens what save wrote, by mapping it: nothing is read until it is needed. corrupt where it is not such a
  // file or of another version: then build anew, it is derived.
  static Result<Registry> open(Env& env, const std::string& path, Context context);
  // `source` says what it was built from, for whoever opens it; any number. unsupported for a registry that
  // was built for some rows.
  Status save(Env& env, const std::string& path, std::uint64_t source = 0) const;
  std::uint64_t source() const;

  Registry(Registry&&) noexcept;
  Registry& operator=(Registry&&) noexcept;
  ~Registry();

  std::size_t size() const;    // residents
  std::size_t memory() const;  // bytes held or mapped

  // The daily difference: adds the resident, or replaces the one with the same id. The answers are the same
  // as those of a registry built anew.
  void put(const Record& resident);
  bool remove(std::string_view id);  // false where there is none

  std::optional<Slot> find(std::string_view id) const;
  std::string_view id_of(Slot slot) const;

  const Index& index() const { return *index_; }
  const Context& context() const { return context_; }

 private:
  friend class RegistryBuilder;
  Registry();
  std::unique_ptr<Index> index_;
  Context context_;
};

// Builds a registry from a stream of residents, in any order. A resident whose id came before is ignored.
class RegistryBuilder {
 public:
  explicit RegistryBuilder(Context context, std::size_t expected_residents = 0);
  ~RegistryBuilder();
  RegistryBuilder(RegistryBuilder&&) noexcept;
  RegistryBuilder& operator=(RegistryBuilder&&) noexcept;
  void add(const Record& resident);
  // Takes over all of another's residents, as if they had been added after these: two threads can each fill a
  // builder of their own.
  void append(RegistryBuilder&& other);
  Registry finish(unsigned threads = 2);  // the builder is empty afterwards

  // A registry that answers these rows alone, and the same as one for all: a third of the work and memory,
  // since what none of them asks for is in no list. `as_of`: the day of the rows' ages. It cannot be saved.
  Registry finish_for(std::span<const Record> rows, Date as_of, unsigned threads = 2);

 private:
  struct State;
  Registry finish_with(const std::function<KeySet(const Frequencies&, const Places&)>& asked,
                       unsigned threads);
  std::unique_ptr<State> state_;
};

}  // namespace sonae::link
