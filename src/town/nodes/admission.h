// Who belongs to a town: the ruling on all logs from the facts about nodes.
//
//  1. The anchors belong. Whoever is enrolled by a fact that counts belongs.
//  2. A fact counts where its node belongs and its position lies below every limit of its log.
//  3. Revocations and forks that count set limits. They are applied one after another. Forks first: what
//     stands beyond one differs between nodes, so nothing may hang on it. Then those of the founder, then by
//     node and position, so that two nodes that revoke each other come out the same everywhere. A limit once
//     set stays, even where its author is limited afterwards: to keep out too much is mended by a judgement,
//     to let in too much is not.
//  4. Judgements that count, and are not superseded by such, admit stretches beyond the limits; where two
//     differ, the stretch stays out. None reaches over a fork: from there on a position names another entry
//     in each history, and which of them a node calls the log is chance. Both are one question (nodes.forks),
//     the same everywhere, and are taken over by their facts.
//  5. What the admitted stretches hold counts as well: 1 to 3 once more.
#pragma once

#include "journal/admission.h"
#include "town/nodes/facts.h"

namespace sonae::nodes {

class NodeAdmission final : public journal::Admission {
 public:
  journal::Ruling rule(const TownId& town, std::span<const NodeId> anchors,
                       std::span<const journal::PlacedFact> governing) const override;
};

// The one of the process: it has no state.
const NodeAdmission& admission();

}  // namespace sonae::nodes
