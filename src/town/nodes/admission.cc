#include "town/nodes/admission.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_set>

#include "base/sign.h"

namespace sonae::nodes {

namespace {

using journal::LogId;
using journal::PlacedFact;
using journal::Stream;
using journal::Stretch;

constexpr std::array kStreams{Stream::urgent, Stream::ordinary, Stream::access, Stream::restricted};

struct Limit {
  LogId log;
  std::uint64_t size = 0;
};

// What one governing fact asks for.
struct Claim {
  const PlacedFact* fact = nullptr;
  std::optional<NodeId> enrols;
  std::vector<Limit> limits;
  bool fork = false;
  std::optional<QuarantineJudged> judgement;
};

bool key_fits(const Enrolled& body) {
  const auto bytes = from_base64(body.public_key);
  if (!bytes) return false;
  const auto key = PublicKey::from_bytes(*bytes);
  return key && node_id_of(*key) == body.node;
}

std::optional<Claim> read_claim(const PlacedFact& placed) {
  Claim claim{&placed, {}, {}, false, {}};
  const journal::Fact& fact = placed.fact;
  if (fact.erased) return std::nullopt;
  if (fact.header.kind == "node.enrolled") {
    const auto body = fact.as<Enrolled>();
    if (!body || !key_fits(*body)) return std::nullopt;
    claim.enrols = body->node;
  } else if (fact.header.kind == "node.revoked") {
    const auto body = fact.as<Revoked>();
    if (!body) return std::nullopt;
    for (const Stream stream : kStreams) {
      const auto named = std::ranges::find(body->accepted, stream, &Accepted::stream);
      claim.limits.push_back({{body->node, stream}, named == body->accepted.end() ? 0 : named->size});
    }
  } else if (fact.header.kind == "node.fork_found") {
    const auto body = fact.as<ForkFound>();
    if (!body) return std::nullopt;
    claim.limits.push_back({{body->node, body->stream}, body->position});
    claim.fork = true;
  } else if (fact.header.kind == "node.quarantine_judged") {
    auto body = fact.as<QuarantineJudged>();
    if (!body || body->next <= body->first) return std::nullopt;
    claim.judgement = std::move(*body);
  } else {
    return std::nullopt;
  }
  return claim;
}

class Judge {
 public:
  Judge(std::span<const NodeId> anchors, std::span<const PlacedFact> governing) : anchors_(anchors) {
    for (const PlacedFact& fact : governing)
      if (auto claim = read_claim(fact)) claims_.push_back(std::move(*claim));
    // An order that is the same everywhere: forks, then the founder's claims.
    std::ranges::sort(claims_, [&](const Claim& one, const Claim& other) { return rank(one) < rank(other); });
    applied_.resize(claims_.size());
  }

  journal::Ruling rule() {
    settle();
    take_judgements();
    settle();
    journal::Ruling ruling;
    for (const NodeId& node : belong_)
      for (const Stream stream : kStreams)
        if (const std::uint64_t limit = limit_of({node, stream}); limit > 0)
          ruling.logs[{node, stream}].push_back({0, limit});
    for (const auto& [log, stretches] : accepted_)
      for (const Stretch& in : stretches)
        ruling.logs[log].push_back(in);
    // From a fork on, a position names two entries: no judgement of positions lets either in.
    for (const auto& [log, position] : forks_)
      if (const auto found = ruling.logs.find(log); found != ruling.logs.end())
        found->second = without(found->second, {position, journal::kNoEnd});
    for (auto& [log, stretches] : ruling.logs)
      join(stretches);
    return ruling;
  }

 private:
  std::tuple<bool, bool, NodeId, Stream, std::uint64_t, FactId> rank(const Claim& claim) const {
    const bool founder = !anchors_.empty() && claim.fact->log.node == anchors_.front();
    return {!claim.fork,          !founder,
            claim.fact->log.node, claim.fact->log.stream,
            claim.fact->position, claim.fact->fact.header.id};
  }

  std::uint64_t limit_of(const LogId& log) const {
    const auto found = limits_.find(log);
    return found == limits_.end() ? journal::kNoEnd : found->second;
  }

  bool counts(const Claim& claim) const {
    const LogId& log = claim.fact->log;
    const std::uint64_t position = claim.fact->position;
    if (belong_.contains(log.node) && position < limit_of(log)) return true;
    const auto fork = forks_.find(log);
    if (fork != forks_.end() && position >= fork->second) return false;
    const auto found = accepted_.find(log);
    return found != accepted_.end() && std::ranges::any_of(found->second, [&](const Stretch& in) {
             return in.first <= position && position < in.next;
           });
  }

  void find_who_belongs() {
    belong_ = {anchors_.begin(), anchors_.end()};
    for (bool grown = true; grown;) {
      grown = false;
      for (const Claim& claim : claims_)
        if (claim.enrols && counts(claim)) grown = belong_.insert(*claim.enrols).second || grown;
    }
  }

  // Applies limits, the first that counts each time, until none is left.
  void settle() {
    for (;;) {
      find_who_belongs();
      std::size_t next = 0;
      while (next < claims_.size() &&
             (applied_[next] || claims_[next].limits.empty() || !counts(claims_[next])))
        ++next;
      if (next == claims_.size()) return;
      applied_[next] = true;
      for (const Limit& limit : claims_[next].limits) {
        limits_[limit.log] = std::min(limit_of(limit.log), limit.size);
        if (!claims_[next].fork) continue;
        const auto [fork, fresh] = forks_.try_emplace(limit.log, limit.size);
        if (!fresh) fork->second = std::min(fork->second, limit.size);
      }
    }
  }

  void take_judgements() {
    std::vector<const Claim*> standing;
    std::unordered_set<FactId> superseded;
    for (const Claim& claim : claims_)
      if (claim.judgement && counts(claim)) {
        standing.push_back(&claim);
        const auto& earlier = claim.fact->fact.header.supersedes;
        superseded.insert(earlier.begin(), earlier.end());
      }
    std::erase_if(standing,
                  [&](const Claim* claim) { return superseded.contains(claim->fact->fact.header.id); });
    for (const Claim* const claim : standing) {
      const QuarantineJudged& in = *claim->judgement;
      if (!in.accepted) continue;
      std::vector<Stretch> left{{in.first, in.next}};
      for (const Claim* const other : standing) {
        const QuarantineJudged& out = *other->judgement;
        if (!out.accepted && out.node == in.node && out.stream == in.stream)
          left = without(left, {out.first, out.next});
      }
      auto& stretches = accepted_[{in.node, in.stream}];
      stretches.insert(stretches.end(), left.begin(), left.end());
    }
  }

  static std::vector<Stretch> without(const std::vector<Stretch>& stretches, const Stretch& out) {
    std::vector<Stretch> left;
    for (const Stretch& in : stretches) {
      if (in.first < std::min(in.next, out.first)) left.push_back({in.first, std::min(in.next, out.first)});
      if (std::max(in.first, out.next) < in.next) left.push_back({std::max(in.first, out.next), in.next});
    }
    return left;
  }

  static void join(std::vector<Stretch>& stretches) {
    std::ranges::sort(stretches);
    std::vector<Stretch> joined;
    for (const Stretch& in : stretches)
      if (!joined.empty() && in.first <= joined.back().next)
        joined.back().next = std::max(joined.back().next, in.next);
      else
        joined.push_back(in);
    stretches = std::move(joined);
  }

  std::span<const NodeId> anchors_;
  std::vector<Claim> claims_;
  std::vector<bool> applied_;
  std::set<NodeId> belong_;
  std::map<LogId, std::uint64_t> limits_;
  std::map<LogId, std::uint64_t> forks_;  // the first position at which histories differ
  std::map<LogId, std::vector<Stretch>> accepted_;
};

}  // namespace

journal::Ruling NodeAdmission::rule(const TownId&, std::span<const NodeId> anchors,
                                    std::span<const PlacedFact> governing) const {
  return Judge(anchors, governing).rule();
}

const NodeAdmission& admission() {
  static const NodeAdmission one;
  return one;
}

}  // namespace sonae::nodes
