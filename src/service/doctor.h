// The doctor: whether this machine and this town are fit for the work, and what to do where they are not.
// It reads only, and shows nobody's data.
#pragma once

#include <boost/describe.hpp>

#include <string>
#include <vector>

#include "base/env.h"
#include "base/phrase.h"
#include "town/town.h"

namespace sonae::service {

enum class Health : std::uint8_t { good, warning, problem };
BOOST_DESCRIBE_ENUM(Health, good, warning, problem)

struct Checked {
  Health health = Health::good;
  std::string what;  // in the caller's language
  std::string finding;
  std::string advice;  // empty where all is good
};
BOOST_DESCRIBE_STRUCT(Checked, (), (health, what, finding, advice))

struct DoctorReport {
  std::int64_t problems = 0;
  std::int64_t warnings = 0;
  std::vector<Checked> checks;
};
BOOST_DESCRIBE_STRUCT(DoctorReport, (), (problems, warnings, checks))

DoctorReport examine(Env& env, const town::Places& places, const std::string& directory, Language language);

}  // namespace sonae::service
