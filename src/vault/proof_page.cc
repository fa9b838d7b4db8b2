// The page of a proof.
#include <fmt/format.h>

#include "base/html.h"
#include "vault/prove.h"
#include "vault/signed_text.h"

namespace sonae::vault {

std::string proof_page(const BackupProof& proof, const SigningKey& key) {
  std::string rows;
  for (const ProofLine& line : proof.lines)
    rows += fmt::format("<tr><td>{}<br><small>{}</small><td>{}<td>{}<td>{}</tr>\n",
                        html_escaped(line.what_japanese), html_escaped(line.what_english),
                        html_escaped(line.expected), html_escaped(line.restored),
                        !line.tried  ? "－"
                        : line.equal ? "○"
                                     : "×");
  std::string lost;
  for (const std::string& words : proof.failure)
    lost += "<li>" + html_escaped(words) + "</li>\n";
  for (const Loss& loss : proof.restore.lost)
    lost += "<li>" + html_escaped(loss.object + ": " + loss.what) + "</li>\n";
  return fmt::format(
      R"(<!doctype html>
<html lang="ja"><meta charset="utf-8"><title>控えの証明 {town}</title>
<style>
@page {{ size: A4; margin: 18mm }}
body {{ font: 11pt/1.5 sans-serif; max-width: 174mm; margin: 0 auto; color: #000 }}
h1 {{ font-size: 18pt }} .result {{ font-size: 16pt; border: 2px solid; padding: 2mm 4mm }}
table {{ border-collapse: collapse; width: 100% }} td, th {{ border: 1px solid #000; padding: 1mm 2mm; text-align: left }}
small {{ color: #555 }} pre {{ font-size: 6pt; white-space: pre-wrap; word-break: break-all }}
</style>
<h1>{town} 控えの証明</h1>
<p class="result">{result}</p>
<p>{proven}（日本時間）に、{made} の控えを何もない場所に戻し、そのときの町の答えと比べました。<br>
<small>The backup of {made} was restored into emptiness at {proven} (JST) and compared with what the town answered when it was made.</small></p>
<table>
<tr><th>項目<th>町（控えの時点）<th>戻した町<th></tr>
{rows}</table>
<ul>
{lost}</ul>
<table>
<tr><td>復旧にかかった時間 <small>Time to restore</small><td>{seconds:.1f} 秒</tr>
<tr><td>うち台帳まで <small>until the registry</small><td>{registry:.1f} 秒</tr>
<tr><td>うち受付まで <small>until reception</small><td>{reception:.1f} 秒</tr>
<tr><td>控えの古さ（失われうる時間） <small>Age of the backup: what could be lost</small><td>{age:.1f} 時間</tr>
<tr><td>証明にかかった時間・計算・ディスク <small>The proof itself: time, processors, disk</small><td>{cost:.0f} 秒・{used:.0f} 秒・{disk:.0f} MB</tr>
<tr><td>記録 / 読んだ量 <small>Facts / read</small><td>{facts} 件 / {bytes:.1f} MB</tr>
</table>
<p><small>控えの場所 {target} — {manifest}<br>署名 / signed by {node}</small></p>
<pre>{note}</pre>
</html>
)",
      fmt::arg("town", html_escaped(proof.town)),
      fmt::arg("result", proof.good
                             ? "この控えから町を戻せます。 / The town can be restored from this backup."
                             : "この控えには欠けがあります。 / This backup is not whole."),
      fmt::arg("proven", to_japan_time(proof.proven)), fmt::arg("made", to_japan_time(proof.restore.made)),
      fmt::arg("rows", rows), fmt::arg("lost", lost), fmt::arg("seconds", proof.restore.seconds),
      fmt::arg("registry", proof.restore.seconds_to_registry),
      fmt::arg("reception", proof.restore.seconds_to_reception), fmt::arg("age", proof.age_hours),
      fmt::arg("cost", proof.cost.seconds), fmt::arg("used", proof.cost.processor_seconds),
      fmt::arg("disk", static_cast<double>(proof.cost.disk_bytes) / 1e6),
      fmt::arg("facts", proof.restore.facts),
      fmt::arg("bytes", static_cast<double>(proof.restore.bytes) / 1e6),
      fmt::arg("target", html_escaped(proof.target)), fmt::arg("manifest", proof.restore.manifest),
      fmt::arg("node", node_id_of(key.public_key()).text()),
      fmt::arg("note", html_escaped(
                           sign_text(to_text(to_json(without_digests(proof))), proof.restore.town_id, key))));
}

}  // namespace sonae::vault
