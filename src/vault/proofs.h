// Proofs as they lie at a target, beside the backups that they prove: proofs/<time>-<prover>.json, the proof
// as JSON in a note that the proving place signed. So the town learns of them although the proving place
// talks to nobody.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "vault/plan.h"
#include "vault/prove.h"

namespace sonae::vault {

inline constexpr std::string_view kProofs = "proofs";

struct ProofSummary {
  std::string name;  // "proofs/..."
  Instant proven;
  Instant made;  // the backup's
  bool good = false;
  NodeId prover;  // of its key
  double seconds = 0;
  double age_hours = 0;
};
BOOST_DESCRIBE_STRUCT(ProofSummary, (), (name, proven, made, good, prover, seconds, age_hours))
ProofSummary summary_of(const std::string& name, const BackupProof& proof);

// Writes it, and lets all but the newest `keep` of this prover go.
Status publish_proof(Target& target, const BackupProof& proof, const SigningKey& key, std::size_t keep = 100);

// The newest first, at most so many. Those whose signature is not good are left out and named in `problems`.
Result<std::vector<ProofSummary>> read_proofs(Target& target, std::size_t most,
                                              std::vector<std::string>& problems);
// corrupt where the signature is not that of the key in it. Whether that prover is to be believed is for the
// plan to say.
Result<BackupProof> read_proof(Target& target, const std::string& name);

// The proving place's own key, made when it is first asked for: <keys>/prover.json.
Result<SigningKey> prover_key(Env& env, const std::string& keys);

// Whether the town believes what this prover says of the target: the plan names it, or its key lies on this
// machine (this machine proves by itself; who could put a key there could change the plan as well).
bool is_believed(Env& env, const std::string& keys, const PlannedTarget& target, const NodeId& prover);
// Whether anybody's proofs of the target are believed.
bool somebody_is_believed(Env& env, const std::string& keys, const PlannedTarget& target);

}  // namespace sonae::vault
