#include "app/places.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstdlib>

namespace sonae::app {

namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string program_directory() {
  std::array<char, PATH_MAX> path{};
  const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size() - 1);
  if (length <= 0) return ".";
  const std::string whole(path.data(), static_cast<std::size_t>(length));
  return whole.substr(0, whole.rfind('/'));
}

bool is_directory(const std::string& path) {
  struct stat found{};
  return ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
}

std::string home_directory() {
  if (const std::string home = variable("HOME"); !home.empty()) return home;
  const passwd* const user = ::getpwuid(::geteuid());
  return user == nullptr ? "/" : user->pw_dir;
}

}  // namespace

town::Places default_places() {
  town::Places places;
  places.data = variable("SONAE_DATA");
  if (places.data.empty()) {
    const std::string program = program_directory();
    places.data = program + "/../share/sonae/data";
    if (!is_directory(places.data)) places.data = program + "/../../data";
  }
  places.keys = variable("SONAE_KEYS");
  if (places.keys.empty()) {
    std::string state = variable("XDG_STATE_HOME");
    if (state.empty()) state = home_directory() + "/.local/state";
    places.keys = state + "/sonae/keys";
  }
  return places;
}

std::string operating_system_user() {
  const passwd* const user = ::getpwuid(::geteuid());
  return user == nullptr ? "user" : user->pw_name;
}

Language language_of_environment() {
  for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const std::string value = variable(name); !value.empty()) return language_of_locale(value);
  return Language::english;
}

}  // namespace sonae::app
