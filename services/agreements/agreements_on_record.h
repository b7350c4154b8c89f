// Reading agreements from an engine, for questions over many of them.
#pragma once

#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "workflows/engine/engine.h"

namespace kasundo::agreements {

inline constexpr std::string_view kAgreementKind = "agreement";

inline const v1::AgreementState& StateOf(const Instance& agreement) {
  return static_cast<const v1::AgreementState&>(*agreement.state);
}

// Every agreement of a realm by name, until `visit` fails.
absl::Status ForEachAgreement(const Engine& engine, std::string_view realm,
                              const std::function<absl::Status(const Instance&)>& visit);

// Its lifecycle has come to a final state.
bool IsOver(const Engine& engine, const Instance& instance);

// What the instance's definition calls the state that it is in.
std::string StateTitleOf(const Engine& engine, const Instance& instance);

}  // namespace kasundo::agreements
