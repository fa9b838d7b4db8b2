#include "text/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "text/gaiji.h"
#include "text/script.h"
#include "text/utf8.h"
#include "text/variants.h"

namespace sonae::text {

namespace {

using Step = FoldTable::Step;

// Spellings that sound alike become one while katakana is appended.
class KanaFold {
 public:
  explicit KanaFold(std::u32string& out) : out_(out) {}

  // `kana` is full-width katakana, marks joined.
  void add(char32_t kana) {
    if (const char32_t after_vu = after_vu_ && out_.back() == U'ブ' ? ba_row(kana) : 0) {
      out_.back() = after_vu;
      after_vu_ = false;
      return;
    }
    after_vu_ = kana == U'ヴ';
    kana = plain(large_kana(kana));
    const char32_t before = out_.empty() ? 0 : vowel_of(out_.back());
    if (before == U'エ' && kana == U'エ') kana = U'イ';
    const bool repeats = kana == before || (before == U'オ' && kana == U'ウ');
    if (!repeats) out_.push_back(kana);
  }

  // 長音: heard as イ after エ段 (ケーコ, ケイコ), else as the vowel before it, which is reduced.
  void add_long_vowel() {
    if (!out_.empty() && vowel_of(out_.back()) == U'エ') out_.push_back(U'イ');
  }

 private:
  static char32_t ba_row(char32_t small_vowel) {
    switch (small_vowel) {
      case U'ァ':
        return U'バ';
      case U'ィ':
        return U'ビ';
      case U'ェ':
        return U'ベ';
      case U'ォ':
        return U'ボ';
      default:
        return 0;
    }
  }
  static char32_t plain(char32_t kana) {
    switch (kana) {
      case U'ヂ':
        return U'ジ';
      case U'ヅ':
        return U'ズ';
      case U'ヴ':
        return U'ブ';
      case U'ヰ':
        return U'イ';
      case U'ヱ':
        return U'エ';
      case U'ヲ':
        return U'オ';
      case U'ヷ':
        return U'バ';
      case U'ヸ':
        return U'ビ';
      case U'ヹ':
        return U'ベ';
      case U'ヺ':
        return U'ボ';
      default:
        return kana;
    }
  }

  std::u32string& out_;
  bool after_vu_ = false;
};

std::u32string nfkc(std::u32string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const auto whole = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()),
                                                   static_cast<int32_t>(text.size()));
  const icu::UnicodeString composed = icu::Normalizer2::getNFKCInstance(error)->normalize(whole, error);
  std::u32string result;
  for (int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1))
    result.push_back(static_cast<char32_t>(composed.char32At(i)));
  return result;
}

// One pass over a text. `table` says what each character becomes; NFKC through ICU is needed for the few
// characters that become several.
class Fold {
 public:
  Fold(const FoldTable& table, const Gaiji* gaiji, std::u32string& out)
      : table_(table), gaiji_(gaiji), out_(out), kana_(out) {}

  void text(std::string_view written) {
    for (std::size_t at = 0; at < written.size();) {
      const char32_t c = next_character(written, at);
      const FoldTable::Entry entry = table_.at(c);
      switch (entry.step) {
        case Step::kana:
          kana(entry.character, written, at);
          break;
        case Step::normalise: {
          // From here on all at once: characters that join with their neighbours are seen together.
          std::size_t end = at;
          std::u32string rest{c};
          while (end < written.size())
            rest.push_back(next_character(written, end));
          for (const char32_t normal : nfkc(rest))
            one(normal, table_.at(normal), false);
          return;
        }
        default:
          one(c, entry, true);
      }
    }
  }

 private:
  void one(char32_t c, FoldTable::Entry entry, bool may_nest) {
    switch (entry.step) {
      case Step::keep:
        kept(entry.character);
        break;
      case Step::drop:
        break;
      case Step::kana:
        kana_.add(entry.character);
        break;
      case Step::dash:
        kana_.add_long_vowel();
        break;
      case Step::iterate_kanji:
        if (!out_.empty() && is_kanji(out_.back())) c = out_.back();
        out_.push_back(c);
        break;
      case Step::iterate_kana:
        if (!out_.empty() && is_katakana(out_.back())) kana_.add(unvoiced(out_.back()));
        break;
      case Step::iterate_voiced:
        if (!out_.empty() && is_katakana(out_.back())) {
          const char32_t base = unvoiced(out_.back());
          kana_.add(voiced(base) != 0 ? voiced(base) : base);
        }
        break;
      case Step::private_use:
        stands_for(c, may_nest);
        break;
      case Step::normalise:
        out_.push_back(c);
        break;
    }
  }

  // Joins a voiced mark that follows, then folds the sound.
  void kana(char32_t katakana, std::string_view written, std::size_t& at) {
    if (at < written.size() && static_cast<unsigned char>(written[at]) >= 0xE3) {
      std::size_t after = at;
      const char32_t mark = next_character(written, after);
      const char32_t joined = is_voiced_mark(mark)        ? voiced(katakana)
                              : is_half_voiced_mark(mark) ? half_voiced(katakana)
                                                          : 0;
      if (joined != 0) katakana = joined, at = after;
    }
    kana_.add(katakana);
  }

  // 龍ケ崎, 龍ヶ崎, 龍が崎: one character between two kanji.
  void kept(char32_t c) {
    const std::size_t length = out_.size();
    if (length >= 2 && is_kanji(c) && is_kanji(out_[length - 2]) &&
        (out_[length - 1] == U'ガ' || out_[length - 1] == U'カ'))
      out_[length - 1] = U'ケ';
    out_.push_back(c);
  }

  void stands_for(char32_t c, bool may_nest) {
    const GaijiEntry* const entry = gaiji_ != nullptr && may_nest ? gaiji_->find(c) : nullptr;
    if (entry == nullptr || entry->stands_for.empty()) return out_.push_back(c);
    for (const char32_t known : entry->stands_for)
      one(known, table_.at(known), false);
  }

  const FoldTable& table_;
  const Gaiji* gaiji_;
  std::u32string& out_;
  KanaFold kana_;
};

}  // namespace

std::u32string fold_name_characters(const Tables& tables, std::string_view written, const Gaiji* gaiji) {
  std::u32string folded;
  folded.reserve(written.size() / 3 + 1);
  Fold(tables.variants().fold_table(), gaiji, folded).text(written);
  return folded;
}

std::string fold_name(const Tables& tables, std::string_view written, const Gaiji* gaiji) {
  return to_utf8(fold_name_characters(tables, written, gaiji));
}

std::u32string fold_kana_characters(std::string_view written) {
  std::u32string folded;
  folded.reserve(written.size() / 3 + 1);
  Fold(plain_fold_table(), nullptr, folded).text(written);
  return folded;
}

std::string fold_kana(std::string_view written) {
  return to_utf8(fold_kana_characters(written));
}

}  // namespace sonae::text
