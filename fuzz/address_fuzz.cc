// Any text as an address, and two of them compared: nothing fails, what is handed out stands in what was
// written, and a comparison is symmetric.
#include <cstdlib>

#include "text/address_similarity.h"
#include "text/tables.h"

namespace {

using namespace sonae::text;

const Tables& tables() {
  static const auto opened = Tables::open(sonae::real_env(), SONAE_DATA_DIR);
  if (!opened) std::abort();
  return **opened;
}

const Gazetteer& kushimoto() {
  static const auto opened = Gazetteer::open(sonae::real_env(), SONAE_DATA_DIR, tables(), "304280");
  if (!opened) std::abort();
  return *opened;
}

void require(bool held) {
  if (!held) std::abort();
}

Address read(std::string_view text) {
  const Address address = parse_address(kushimoto(), tables(), text);
  require(text.find(address.building) != std::string_view::npos);
  require(address.town_known || text.find(address.town) != std::string_view::npos);
  require(address.postcode.empty() || address.postcode.size() == 7);
  require(!address.town_known || (!address.town.empty() && !address.municipality_code.empty()));
  place(kushimoto(), address);
  // The usual notation is read as the same place.
  const Address again = parse_address(kushimoto(), tables(), to_text(address));
  require(!address.town_known || again.municipality_code == address.municipality_code);
  return address;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  kushimoto();  // opening takes longer than a single input may
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* content, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(content), size);
  const Address one = read(text.substr(0, size / 2)), other = read(text.substr(size / 2)), whole = read(text);
  for (const Address* address : {&other, &whole}) {
    const AddressComparison comparison = compare_addresses(tables(), one, *address);
    require(comparison == compare_addresses(tables(), *address, one));
    require(comparison.agreement <= comparison.possible);
    const double similarity = address_similarity(comparison);
    require(similarity >= 0 && similarity <= 1);
  }
  const AddressComparison itself = compare_addresses(tables(), whole, whole);
  require(!itself.contradicts());
  return 0;
}
