#include "workflows/committee/committee_rules.h"

#include <set>
#include <string>

#include "fmt/format.h"
#include "google/protobuf/util/message_differencer.h"
#include "workflows/committee/committee_commands.h"
#include "workflows/committee/composition.h"
#include "workflows/committee/meeting_series.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

using google::protobuf::util::MessageDifferencer;

constexpr int kMostNoticeDays = 365;

template <typename Dated>
bool SameButForDate(Dated a, Dated b) {
  a.clear_since();
  b.clear_since();
  return MessageDifferencer::Equals(a, b);
}

absl::Status Invalid(std::string_view field, std::string message, std::string_view mend) {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_RULE_INVALID, std::move(message))
      .Field(field)
      .Mend(mend);
}

absl::Status CheckFraction(const std::string& field, const v1::Fraction& fraction) {
  if (fraction.denominator() >= 1 && fraction.numerator() >= 1 &&
      fraction.numerator() <= fraction.denominator()) {
    return absl::OkStatus();
  }
  return Invalid(field,
                 fmt::format("{}/{} is no share", fraction.numerator(), fraction.denominator()),
                 "Give a fraction above 0 and up to 1, such as 2/3.");
}

absl::Status CheckQuorum(const std::string& field, const v1::QuorumRule& quorum) {
  switch (quorum.needed_case()) {
    case v1::QuorumRule::kFraction:
      return CheckFraction(field + ".fraction", quorum.fraction());
    case v1::QuorumRule::kAtLeast:
      if (quorum.at_least() >= 1) return absl::OkStatus();
      return Invalid(field + ".at_least", "a quorum of nobody is none", "Give at least 1.");
    case v1::QuorumRule::kMoreThanHalf:
      if (quorum.more_than_half()) return absl::OkStatus();
      return Invalid(field + ".more_than_half", "it says what the quorum is not",
                     "Give a fraction or a number instead.");
    case v1::QuorumRule::NEEDED_NOT_SET:
      return absl::OkStatus();  // more than half
  }
  return absl::OkStatus();
}

absl::Status CheckDecision(const std::string& field, const v1::DecisionRule& rule) {
  const bool by_fraction = rule.method() == v1::DECISION_METHOD_FRACTION;
  if (by_fraction) RETURN_IF_ERROR(CheckFraction(field + ".fraction", rule.fraction()));
  if (!by_fraction && rule.has_fraction()) {
    return Invalid(field + ".fraction", "only the method FRACTION has one",
                   "Leave it out, or choose the method FRACTION.");
  }
  if (rule.method() == v1::DECISION_METHOD_SECTOR_CONSENT && rule.consenting_sectors().empty()) {
    return Invalid(field + ".consenting_sectors", "it says not whose consent is needed",
                   "Name the sectors.");
  }
  std::set<int> sectors;
  for (const int sector : rule.consenting_sectors()) {
    if (sector == v1::SECTOR_UNSPECIFIED || !sectors.insert(sector).second) {
      return Invalid(field + ".consenting_sectors", "a sector is missing or named twice",
                     "Name each sector once.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckNotice(const std::string& field, int days) {
  if (days >= 0 && days <= kMostNoticeDays) return absl::OkStatus();
  return Invalid(field, fmt::format("{} days are no notice", days), "Give 0 to 365 days.");
}

absl::Status CheckNumbering(const std::string& field, const std::string& number) {
  const bool has_sequence =
      number.find("{seq}") != std::string::npos || number.find("{seq:02}") != std::string::npos;
  if (number.empty() || (has_sequence && number.find("{year}") != std::string::npos)) {
    return absl::OkStatus();
  }
  return Invalid(field, fmt::format("\"{}\" would give one number twice", number),
                 "Use {seq} or {seq:02} and {year}, as in \"IV-A-{seq:02}-{year}\".");
}

}  // namespace

absl::Status CheckHouseRules(std::string_view field, const v1::HouseRules& rules) {
  const std::string path(field);
  RETURN_IF_ERROR(CheckQuorum(path + ".quorum", rules.quorum()));
  RETURN_IF_ERROR(CheckDecision(path + ".default_decision", rules.default_decision()));
  std::set<std::string> kinds;
  for (int i = 0; i < rules.special_decisions_size(); ++i) {
    const v1::SpecialDecisionRule& special = rules.special_decisions(i);
    const std::string at = fmt::format("{}.special_decisions[{}]", path, i);
    RETURN_IF_ERROR(CheckDecision(at + ".rule", special.rule()));
    if (kinds.insert(special.decision_kind()).second) continue;
    return Invalid(at + ".decision_kind",
                   fmt::format("\"{}\" has two rules", special.decision_kind()),
                   "Give each kind of decision one rule.");
  }
  RETURN_IF_ERROR(CheckNotice(path + ".notice.regular_days", rules.notice().regular_days()));
  RETURN_IF_ERROR(CheckNotice(path + ".notice.special_days", rules.notice().special_days()));
  return CheckNumbering(path + ".resolution_number", rules.resolution_number());
}

CommitteeEvents SetLeadership(const v1::SetLeadershipRequest& request, const CommitteeState& state,
                              const Context& context) {
  v1::LeadershipModel leadership = request.leadership();
  *leadership.mutable_since() = Or(leadership.since(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("leadership.since", state, leadership.since()));
  if (state.has_leadership() && SameButForDate(leadership, state.leadership())) {
    return NothingToChange("the body is led in this way");
  }
  v1::CommitteeEvent event;
  *event.mutable_leadership_set()->mutable_leadership() = std::move(leadership);
  return std::vector{std::move(event)};
}

CommitteeEvents SetCadence(const v1::SetCadenceRequest& request, const CommitteeState& state,
                           const Context& /*context*/) {
  RETURN_IF_ERROR(CheckCadence("cadence", request.cadence()));
  if (state.has_cadence() && MessageDifferencer::Equals(request.cadence(), state.cadence())) {
    return NothingToChange("the body meets in this way");
  }
  v1::CommitteeEvent event;
  *event.mutable_cadence_set()->mutable_cadence() = request.cadence();
  return std::vector{std::move(event)};
}

CommitteeEvents SetHouseRules(const v1::SetHouseRulesRequest& request, const CommitteeState& state,
                              const Context& context) {
  RETURN_IF_ERROR(CheckHouseRules("rules", request.rules()));
  v1::HouseRules rules = request.rules();
  *rules.mutable_since() = Or(rules.since(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("rules.since", state, rules.since()));
  if (state.has_rules() && SameButForDate(rules, state.rules())) {
    return NothingToChange("the body decides by these rules");
  }
  v1::CommitteeEvent event;
  *event.mutable_house_rules_set()->mutable_rules() = std::move(rules);
  return std::vector{std::move(event)};
}

CommitteeEvents SetCompositionRules(const v1::SetCompositionRulesRequest& request,
                                    const CommitteeState& state, const Context& context) {
  RETURN_IF_ERROR(CheckCompositionRules(request.rules()));
  v1::CompositionRulesSet now;
  *now.mutable_rules() = state.composition_rules();
  v1::CommitteeEvent event;
  *event.mutable_composition_rules_set()->mutable_rules() = request.rules();
  if (MessageDifferencer::Equals(now, event.composition_rules_set())) {
    return NothingToChange("the body has these rules");
  }
  return WithComposition(state, {std::move(event)}, context.today);
}

void Apply(const v1::LeadershipSet& event, CommitteeState& state) {
  *state.mutable_leadership() = event.leadership();
}

void Apply(const v1::CadenceSet& event, CommitteeState& state) {
  *state.mutable_cadence() = event.cadence();
}

void Apply(const v1::HouseRulesSet& event, CommitteeState& state) {
  *state.mutable_rules() = event.rules();
}

void Apply(const v1::CompositionRulesSet& event, CommitteeState& state) {
  *state.mutable_composition_rules() = event.rules();
}

void Apply(const v1::CompositionChecked& event, CommitteeState& state) {
  *state.mutable_violations() = event.violations();
}

}  // namespace kasundo::committees
