#include "vault/prove.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/html.h"
#include "vault/signed_text.h"

namespace sonae::vault {

namespace {

// Tables that people know by a name; of the others the page says how many there are.
struct KnownTable {
  std::string_view table;
  Phrase name;
};
const KnownTable kKnown[] = {
    {"access_account", {"利用者", "Accounts"}},
    {"reception_entry", {"避難者の記載", "Entries of evacuees"}},
    {"reception_sheet", {"取り込んだ名簿", "Lists"}},
    {"registry_chunk", {"台帳の束", "Pieces of the registry"}},
    {"matching_decision", {"突合の判断", "Decisions on matches"}},
};

std::uint64_t rows_of(const Answers& answers, std::string_view table) {
  const auto found = std::ranges::find(answers.tables, table, &TableAnswer::table);
  return found == answers.tables.end() ? 0 : found->rows;
}

void add(BackupProof& proof, const Phrase& what, const std::string& expected, const std::string& restored,
         bool equal) {
  proof.lines.push_back({what.japanese, what.english, expected, restored, equal});
}

void compare(BackupProof& proof, const Answers& expected, const Answers& restored) {
  const auto count = [&](const Phrase& what, auto one, auto other) {
    add(proof, what, std::to_string(one), std::to_string(other), one == other);
  };
  count({"住民", "Residents"}, expected.residents, restored.residents);
  count({"世帯", "Households"}, expected.households, restored.households);
  for (const KnownTable& known : kKnown)
    if (rows_of(expected, known.table) + rows_of(restored, known.table) > 0)
      count(known.name, rows_of(expected, known.table), rows_of(restored, known.table));
  std::size_t alike = 0;
  for (const TableAnswer& table : expected.tables)
    if (std::ranges::find(restored.tables, table) != restored.tables.end()) ++alike;
  add(proof, {"全ての表の全ての行（内容の照合）", "Every row of every table, by its content"},
      std::to_string(expected.tables.size()), std::to_string(alike), differences(expected, restored).empty());
}

}  // namespace

Result<BackupProof> prove_backup(Env& env, const town::Places& places, const std::string& where,
                                 const std::string& emptiness, const OpeningKey& key,
                                 const RestoreSettings& settings, Progress& progress) {
  const auto target = TRY(open_target(env, where));
  BackupProof proof;
  proof.target = where;
  const town::Places own{places.data, emptiness + "/keys"};
  proof.restore = TRY(restore(env, own, *target, emptiness + "/town", key, settings, progress));
  proof.town = proof.restore.town;
  proof.proven = env.clock.now();
  proof.age_hours =
      static_cast<double>(proof.proven.milliseconds - proof.restore.made.milliseconds) / 3'600'000;
  compare(proof, proof.restore.expected, proof.restore.restored);
  add(proof, {"記録の先端と証明", "Heads of all logs, and their proofs"}, "一致 / equal",
      proof.restore.heads_equal ? "一致 / equal" : "不一致 / not equal", proof.restore.heads_equal);
  add(proof, {"検証（署名・指紋・一覧の作り直し）", "Verification: signatures, digests, views derived anew"},
      "0", std::to_string(proof.restore.unsound.size()), proof.restore.unsound.empty());
  add(proof, {"失われた束", "Objects lost"}, "0", std::to_string(proof.restore.lost.size()),
      proof.restore.lost.empty());
  proof.good = proof.restore.whole();
  return proof;
}

std::string proof_page(const BackupProof& proof, const TownId& town, const SigningKey& key) {
  // One page: the lines say what was compared; the digests of all tables stay in the answer of the command.
  BackupProof signed_part = proof;
  signed_part.restore.expected.tables.clear();
  signed_part.restore.restored.tables.clear();
  std::string rows;
  for (const ProofLine& line : proof.lines)
    rows += fmt::format("<tr><td>{}<br><small>{}</small><td>{}<td>{}<td>{}</tr>\n", line.what_japanese,
                        line.what_english, line.expected, line.restored, line.equal ? "○" : "×");
  std::string lost;
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
      fmt::arg("facts", proof.restore.facts),
      fmt::arg("bytes", static_cast<double>(proof.restore.bytes) / 1e6),
      fmt::arg("target", html_escaped(proof.target)), fmt::arg("manifest", proof.restore.manifest),
      fmt::arg("node", node_id_of(key.public_key()).text()),
      fmt::arg("note", html_escaped(sign_text(to_text(to_json(signed_part)), town, key))));
}

}  // namespace sonae::vault
