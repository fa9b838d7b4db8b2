#include "app/recovery_sheets.h"

#include <fmt/format.h>

#include "base/html.h"
#include "base/qr.h"

namespace sonae::app {

namespace {

constexpr std::size_t kWordsInRow = 5;

std::string plain_sheet(const town::TownProfile& town, const vault::MadeKey& key, const vault::Share& share,
                        const std::vector<std::string>& words) {
  std::string text =
      fmt::format("# {} 復旧鍵の分散鍵 {}/{}（{}枚で復旧）組 {}\n# {}\n", town.name, share.index,
                  key.shares.size(), share.need, vault::set_name(share.set), key.recipient.text());
  for (std::size_t at = 0; at < words.size(); ++at)
    text += words[at] + (at % kWordsInRow == kWordsInRow - 1 ? "\n" : " ");
  return text + vault::code_of(share) + "\n";
}

Result<std::string> page(const town::TownProfile& town, const vault::MadeKey& key, const vault::Share& share,
                         const std::vector<std::string>& words, Instant made) {
  std::string rows;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (at % kWordsInRow == 0) rows += "<tr>";
    rows += fmt::format("<td><small>{}</small> {}</td>", at + 1, words[at]);
    if (at % kWordsInRow == kWordsInRow - 1) rows += "</tr>\n";
  }
  return fmt::format(
      R"(<!doctype html>
<html lang="ja"><meta charset="utf-8"><title>復旧鍵 {index}/{count}</title>
<style>
@page {{ size: A4; margin: 18mm }}
body {{ font: 12pt/1.5 sans-serif; color: #000; max-width: 174mm; margin: 0 auto }}
h1 {{ font-size: 18pt; margin: 0 }}
table {{ border-collapse: collapse; width: 100%; margin: 5mm 0 }}
td {{ border: 1px solid #000; padding: 1.5mm 2mm; font-size: 14pt; width: 20% }}
small {{ font-size: 8pt; color: #555 }}
svg {{ width: 52mm; height: 52mm; float: right; margin-left: 6mm }}
.code {{ font: 9pt monospace; word-break: break-all; clear: both }}
.secret {{ border: 2px solid #000; padding: 1mm 3mm; display: inline-block }}
</style>
<p class="secret">秘 — 封をして保管。写真に撮らない、複写しない。 / Secret: seal, keep apart, do not copy.</p>
<h1>{town} 復旧鍵の分散鍵 {index} / {count}</h1>
<p>組 <b>{set}</b> — このうち <b>{need}枚</b> がそろえば、町の控えを開けます。{need}枚に満たなければ何も分かりません。<br>
Share {index} of {count}, set {set}: any {need} sheets open the town's backups, fewer tell nothing.</p>
{qr}
<p>作成 {made}（日本時間）<br>受け取った人 ＿＿＿＿＿＿＿＿＿＿＿＿　保管場所 ＿＿＿＿＿＿＿＿＿＿＿＿</p>
<p>読み合わせ: <code>sonae recovery test DIR</code><br>
復旧: <code>sonae restore 控えの場所 DIR --shares</code><br>
ひらがな、カタカナ、ローマ字のどれで打ってもよい。</p>
<table>
{rows}</table>
<p class="code">{code}<br>{recipient}</p>
</html>
)",
      fmt::arg("index", share.index), fmt::arg("count", key.shares.size()), fmt::arg("need", share.need),
      fmt::arg("set", vault::set_name(share.set)), fmt::arg("town", html_escaped(town.name)),
      fmt::arg("qr", TRY(qr_for_paper(vault::code_of(share)))), fmt::arg("made", to_japan_time(made)),
      fmt::arg("rows", rows), fmt::arg("code", vault::code_of(share)),
      fmt::arg("recipient", key.recipient.text()));
}

}  // namespace

Status write_recovery_sheets(Env& env, const town::TownProfile& town, const vault::MadeKey& key,
                             const vault::ShareWords& list, const std::string& folder) {
  TRY(env.disk.make_directories(folder, true));
  for (const vault::Share& share : key.shares) {
    const std::string path = fmt::format("{}/share-{}", folder, share.index);
    for (const char* const ending : {".html", ".txt"})
      if (env.disk.status(path + ending))
        return fail(ErrorCode::conflict, {"すでに紙があります", "There is a sheet already"}, path + ending,
                    {"別のフォルダを指定してください", "Name another folder"});
  }
  for (const vault::Share& share : key.shares) {
    const std::string path = fmt::format("{}/share-{}", folder, share.index);
    const auto words = vault::words_of(share, list);
    TRY(env.disk.write_whole(path + ".html", TRY(page(town, key, share, words, env.clock.now())), true));
    TRY(env.disk.write_whole(path + ".txt", plain_sheet(town, key, share, words), true));
  }
  return {};
}

}  // namespace sonae::app
