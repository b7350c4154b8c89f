#include "workflows/agreement/statutory_gates.h"

#include <charconv>
#include <map>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

constexpr std::string_view kPrefix = "gate.";

std::string InWords(const StatutoryGate& gate, std::string_view milestone, const CivilDate& day) {
  return fmt::format("{} ({}, {} days before {}: by {})", gate.title, gate.who, gate.days,
                     milestone == kBeforeSigning ? "signing" : "entry into force",
                     ToString(FromDay(gate.LatestFor(day))));
}

absl::Status TooLate(const std::vector<std::string>& late, const StatutoryGate& first,
                     const CivilDate& day) {
  return Refuse(
             absl::StatusCode::kFailedPrecondition, v1::REASON_GATE_TOO_LATE,
             fmt::format("{} statutory gate{} too late for {}: {}", late.size(),
                         late.size() == 1 ? " is" : "s are", ToString(day), fmt::join(late, "; ")))
      .Mend("Choose a later day, so that the law's time can run.")
      .With("gate", first.id)
      .With("days", first.days)
      .With("latest", ToString(FromDay(first.LatestFor(day))));
}

}  // namespace

std::vector<StatutoryGate> GatesOf(const Context& context) {
  std::map<std::string, StatutoryGate> gates;
  if (context.parameters == nullptr) return {};
  for (const auto& [key, value] : *context.parameters) {
    if (!key.starts_with(kPrefix)) continue;
    const size_t dot = key.find('.', kPrefix.size());
    if (dot == std::string::npos) continue;
    const std::string id = key.substr(kPrefix.size(), dot - kPrefix.size());
    const std::string_view what = std::string_view(key).substr(dot + 1);
    StatutoryGate& gate = gates[id];
    gate.id = id;
    if (what == "title") gate.title = value;
    if (what == "who") gate.who = value;
    if (what == "before") gate.before = value;
    if (what == "days") std::from_chars(value.data(), value.data() + value.size(), gate.days);
  }
  std::vector<StatutoryGate> list;
  for (auto& [id, gate] : gates) {
    if (gate.title.empty()) gate.title = id;
    if (gate.before.empty()) gate.before = kBeforeSigning;
    list.push_back(std::move(gate));
  }
  return list;
}

const v1::GateClearance* ClearanceOf(const v1::AgreementState& state, std::string_view gate_id) {
  for (const v1::GateClearance& clearance : state.clearances()) {
    if (clearance.gate() == gate_id) return &clearance;
  }
  return nullptr;
}

absl::Status CheckGatesReachable(const v1::AgreementState& state, std::string_view milestone,
                                 const CivilDate& day, const Context& context) {
  std::vector<std::string> late;
  StatutoryGate first;
  for (const StatutoryGate& gate : GatesOf(context)) {
    if (gate.before != milestone) continue;
    const v1::GateClearance* clearance = ClearanceOf(state, gate.id);
    const CivilDate& cleared = clearance == nullptr ? context.today : clearance->date();
    if (First(cleared) <= gate.LatestFor(day)) continue;
    if (late.empty()) first = gate;
    late.push_back(fmt::format("{}, {} {}", InWords(gate, milestone, day),
                               clearance == nullptr ? "not passed on" : "passed only on",
                               ToString(cleared)));
  }
  return late.empty() ? absl::OkStatus() : TooLate(late, first, day);
}

absl::Status CheckGatesCleared(const v1::AgreementState& state, std::string_view milestone,
                               const CivilDate& day, const Context& context) {
  std::vector<std::string> missing;
  StatutoryGate first;
  for (const StatutoryGate& gate : GatesOf(context)) {
    if (gate.before != milestone || ClearanceOf(state, gate.id) != nullptr) continue;
    if (missing.empty()) first = gate;
    missing.push_back(InWords(gate, milestone, day));
  }
  if (missing.empty()) return CheckGatesReachable(state, milestone, day, context);
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_GATE_NOT_CLEARED,
                fmt::format("{} statutory gate{} not passed: {}", missing.size(),
                            missing.size() == 1 ? " was" : "s were", fmt::join(missing, "; ")))
      .Mend("Obtain the document and record it with ClearGate.")
      .With("gate", first.id)
      .With("days", first.days)
      .With("latest", ToString(FromDay(first.LatestFor(day))));
}

}  // namespace kasundo::agreements
