#include "text/address.h"

#include <algorithm>

#include "text/address_block.h"
#include "text/address_place.h"

namespace sonae::text {

namespace {

using Index = Gazetteer::Index;

constexpr std::size_t kLongestLocality = 12;  // pieces
constexpr std::size_t kLongestUnknownTown = 16;

class Reader {
 public:
  Reader(const Index& index, std::string_view written) : index_(index), written_(written) {
    index.notation.read(written, pieces_);
  }

  Address read() {
    std::size_t at = skip_label(read_postcode(skip_label(0)));
    const PlaceFound found = find_place(index_, pieces_, at);
    take_place(found);
    at = found.end;
    if (found.town) {
      if (index_.municipalities[*found.municipality].has_street_names && found.street_end == 0)
        at = take_street(at);
      read_after_town(at);
    } else {
      read_unknown_town(at, found.prefecture || found.municipality);
    }
    return std::move(address_);
  }

 private:
  // 住所：, 現住所, 「, ( and the like in front.
  std::size_t skip_label(std::size_t at) const {
    for (;; ++at) {
      const Symbol symbol = pieces_.at(at);
      const std::size_t label = pieces_.at(at) == U'現' || pieces_.at(at) == U'御' ? at + 1 : at;
      if (pieces_.at(label) == U'住' && pieces_.at(label + 1) == U'所')
        at = label + 1;
      else if (!is_mark(symbol))
        return at;
    }
  }

  static bool is_mark(Symbol symbol) {
    constexpr std::u32string_view kMarks = U":;()[]{}<>\"'「」『』【】〈〉《》・。.*※";
    return symbol != Pieces::kNothing &&
           kMarks.find(static_cast<char32_t>(symbol)) != std::u32string_view::npos;
  }

  // 〒649-3503, 649-3503 or 6493503 in front.
  std::size_t read_postcode(std::size_t at) {
    const bool marked = pieces_.at(at) == U'〒';
    if (marked) ++at;
    const auto digits = [&](std::size_t piece) {
      std::string text;
      for (std::size_t i = pieces_[piece].begin; i < pieces_[piece].end; ++i) {
        const unsigned char byte = static_cast<unsigned char>(written_[i]);
        if (byte >= '0' && byte <= '9') text += static_cast<char>(byte);
        if (byte == 0xEF) text += static_cast<char>(static_cast<unsigned char>(written_[i + 2]) - 0x90 + '0');
      }
      return text;
    };
    std::string postcode;
    std::size_t end = at;
    if (is_number(pieces_.at(at))) {
      postcode = digits(at);
      end = at + 1;
      if (postcode.size() == 3 && pieces_.at(at + 1) == '-' && is_number(pieces_.at(at + 2))) {
        postcode += digits(at + 2);
        end = at + 3;
      }
    }
    // Not the front of a longer number; but 二色 is a town.
    const bool goes_on = is_number(pieces_.at(end)) && !pieces_[end].kanji_number && !pieces_.gap_before(end);
    if (postcode.size() != 7 || goes_on || pieces_.at(end) == '-') return at;
    address_.postcode = std::move(postcode);
    return end;
  }

  void take_place(const PlaceFound& found) {
    address_.prefecture_written = found.prefecture_written;
    address_.municipality_written = found.municipality_written;
    if (found.prefecture) address_.prefecture = index_.prefectures[*found.prefecture];
    if (found.municipality) {
      const Index::Municipality& municipality = index_.municipalities[*found.municipality];
      address_.municipality = municipality.name;
      address_.municipality_code = municipality.code;
    }
    if (found.town) {
      address_.town = index_.towns[*found.town].name;
      address_.town_known = true;
    }
    if (found.locality) address_.locality = index_.localities[*found.locality].name;
    if (found.street_end > found.street_begin)
      address_.left_over = text_of(found.street_begin, found.street_end);
  }

  // 京都: the street may stand after the town, too.
  std::size_t take_street(std::size_t at) {
    const std::size_t after = after_street(pieces_, at);
    if (after > at) address_.left_over = text_of(at, after);
    return after;
  }

  void read_after_town(std::size_t at) {
    if (begins_block(pieces_, at)) return read_block_and_building(at);
    at = skip_aza(at);
    const std::size_t block = next_block(at, kLongestLocality);
    if (block > at) {
      if (!address_.locality.empty()) address_.locality += ' ';
      address_.locality += text_of(at, block);
      return read_block_and_building(block);
    }
    read_rest(at);
  }

  void read_unknown_town(std::size_t at, bool something_known) {
    at = skip_aza(at);
    if (something_known && begins_block(pieces_, at)) return read_block_and_building(at);
    const std::size_t block = next_block(at, kLongestUnknownTown);
    if (block == at) return read_rest(at);
    address_.town = text_of(at, block);
    read_block_and_building(block);
  }

  std::size_t skip_aza(std::size_t at) const {
    if ((pieces_.at(at) == U'大' || pieces_.at(at) == U'小') && pieces_.at(at + 1) == U'字') return at + 2;
    return pieces_.at(at) == U'字' ? at + 1 : at;
  }

  // The block that follows a name of at most `longest` pieces; `at` itself where there is none.
  std::size_t next_block(std::size_t at, std::size_t longest) const {
    for (std::size_t i = at; i < pieces_.size() && i <= at + longest; ++i) {
      if (i > at && begins_block(pieces_, i)) return i;
      if (is_building_word(index_, pieces_, i)) return at;
      const bool of_a_name =
          pieces_[i].kanji_number || pieces_.at(i + 1) == U'条' || pieces_.at(i + 1) == U'線';
      if (is_number(pieces_[i].symbol) && !of_a_name) return at;
    }
    return at;
  }

  void read_block_and_building(std::size_t at) {
    const bool counted = address_.town_known && address_.town.ends_with("丁目");
    Block block = read_block(pieces_, at, counted ? 2 : 3);
    address_.block = std::move(block.text);
    address_.building = rest_from(block.end);
  }

  // Without a block: a building where a word says so, else what was not understood.
  void read_rest(std::size_t at) {
    std::string rest = rest_from(at);
    if (rest.empty()) return;
    bool building = false;
    for (std::size_t i = at; i < pieces_.size() && !building; ++i)
      building = is_building_word(index_, pieces_, i);
    if (building) {
      address_.building = std::move(rest);
    } else {
      if (!address_.left_over.empty()) address_.left_over += ' ';
      address_.left_over += rest;
    }
  }

  std::string text_of(std::size_t begin, std::size_t end) const {
    return std::string(written_.substr(pieces_[begin].begin, pieces_[end - 1].end - pieces_[begin].begin));
  }

  // All that was written from a piece on, without a dash before it and white space after it.
  std::string rest_from(std::size_t at) const {
    if (pieces_.at(at) == '-') ++at;
    std::size_t marks = at;
    while (is_mark(pieces_.at(marks)))
      ++marks;
    if (marks == pieces_.size() && pieces_.read_bytes == written_.size()) return {};
    const std::size_t begin = pieces_.begin_of(at);
    if (pieces_.read_bytes == written_.size()) return at < pieces_.size() ? text_of(at, pieces_.size()) : "";
    return std::string(written_.substr(begin));
  }

  const Index& index_;
  const std::string_view written_;
  Pieces pieces_;
  Address address_;
};

}  // namespace

Address parse_address(const Gazetteer& gazetteer, const Tables&, std::string_view written) {
  return Reader(gazetteer.index(), written).read();
}

std::optional<Gazetteer::Placed> place(const Gazetteer& gazetteer, const Address& address) {
  const Index& index = gazetteer.index();
  const auto municipality = index.municipality_of_code(address.municipality_code);
  const auto& home = index.home_parts;
  if (!address.town_known || !municipality ||
      std::find(home.begin(), home.end(), *municipality) == home.end())
    return std::nullopt;
  return index.place(*municipality, address.town, address.block);
}

std::string to_text(const Address& address) {
  std::string text =
      address.prefecture + address.municipality + address.town + address.locality + address.block;
  if (!address.building.empty()) text += ' ' + address.building;
  return text;
}

}  // namespace sonae::text
