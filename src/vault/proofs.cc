#include "vault/proofs.h"

#include <algorithm>

#include "vault/signed_text.h"

namespace sonae::vault {

namespace {

// Newest first: the time stands first in the name.
Result<std::vector<std::string>> names_of(Target& target) {
  auto names = TRY(target.list(std::string(kProofs)));
  std::erase_if(names, [](const std::string& name) { return !name.ends_with(".json"); });
  std::ranges::reverse(names);
  return names;
}

}  // namespace

ProofSummary summary_of(const std::string& name, const BackupProof& proof) {
  return {name,       proof.proven,       proof.restore.made, proof.good,
          proof.node, proof.cost.seconds, proof.age_hours};
}

Status publish_proof(Target& target, const BackupProof& proof, const SigningKey& key, std::size_t keep) {
  const std::string prover = node_id_of(key.public_key()).text();
  TRY(target.write(std::string(kProofs) + "/" + compact_time(proof.proven) + "-" + prover + ".json",
                   sign_text(to_text(to_json(without_digests(proof))), proof.restore.town_id, key)));
  std::size_t own = 0;
  for (const std::string& name : TRY(names_of(target)))
    if (name.ends_with("-" + prover + ".json") && ++own > keep)
      TRY(target.remove(std::string(kProofs) + "/" + name));
  return {};
}

Result<BackupProof> read_proof(Target& target, const std::string& name) {
  const SignedText text = TRY(read_signed_text(TRY(target.read(name))));
  BackupProof proof = TRY(from_json_text<BackupProof>(text.text));
  const PublicKey key = TRY(PublicKey::from_bytes(TRY(from_base64(proof.key))));
  if (node_id_of(key) != proof.node || !is_signed_by(text, proof.restore.town_id, key))
    return fail(ErrorCode::corrupt, {"署名が合いません", "The signature is not good"}, name);
  return proof;
}

Result<std::vector<ProofSummary>> read_proofs(Target& target, std::size_t most,
                                              std::vector<std::string>& problems) {
  std::vector<ProofSummary> proofs;
  for (const std::string& file : TRY(names_of(target))) {
    if (proofs.size() == most) break;
    const std::string name = std::string(kProofs) + "/" + file;
    const auto proof = read_proof(target, name);
    if (proof)
      proofs.push_back(summary_of(name, *proof));
    else
      problems.push_back(name + ": " + proof.error().in(Language::english));
  }
  return proofs;
}

namespace {

std::string path_of_prover_key(const std::string& keys) {
  return keys + "/prover.json";
}

std::optional<NodeId> own_prover(Env& env, const std::string& keys) {
  if (!env.disk.status(path_of_prover_key(keys))) return std::nullopt;
  const auto key = prover_key(env, keys);
  return key ? std::optional(node_id_of(key->public_key())) : std::nullopt;
}

}  // namespace

bool is_believed(Env& env, const std::string& keys, const PlannedTarget& target, const NodeId& prover) {
  return std::ranges::find(target.provers, prover.text()) != target.provers.end() ||
         own_prover(env, keys) == prover;
}

bool somebody_is_believed(Env& env, const std::string& keys, const PlannedTarget& target) {
  return !target.provers.empty() || own_prover(env, keys).has_value();
}

Result<SigningKey> prover_key(Env& env, const std::string& keys) {
  const std::string path = path_of_prover_key(keys);
  if (const auto seed = env.disk.read_all(path)) return SigningKey::from_seed(TRY(from_base64(*seed)));
  TRY(env.disk.make_directories(keys, true));
  const SigningKey made = SigningKey::generate(env.random);
  TRY(env.disk.write_whole(path, to_base64(made.seed()), true));
  return made;
}

}  // namespace sonae::vault
