// A stage on which acts are played: the real engine on a journal in memory, one realm
// ("realms/test"), a clock that stands still, and requests turned into commands by the same options
// and field rules as in a server.
//
//   auto stage = Stage::Open(AllKinds(), cases);
//   Outcome outcome = stage->Play(act);       // records
//   Outcome outcome = stage->Rehearse(act);   // records nothing
#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "kasundo/testing/v1/histories.pb.h"
#include "services/runtime/field_rules.h"
#include "workflows/engine/engine.h"

namespace kasundo::testing {

using Registry = std::shared_ptr<const KindRegistry>;

class Stage {
 public:
  static constexpr char kRealm[] = "realms/test";

  // `instance` is the one to which acts go that name none. Errors are those of the engine's own
  // opening.
  static absl::StatusOr<std::unique_ptr<Stage>> Open(const Registry& registry,
                                                     const v1::StateCommandCases& cases);

  // Lets time pass if the act says so, then does it.
  Outcome Play(const v1::Act& act);
  // What would become of it now.
  Outcome Rehearse(const v1::Act& act);
  // The request of the act as it goes to the engine, for messages.
  absl::StatusOr<Command> CommandOf(const v1::Act& act) const;

  Engine& engine() { return *engine_; }
  const std::string& instance() const { return cases_.instance(); }
  // Lifecycle state of the instance; "" while it does not exist.
  std::string lifecycle_state() const;

 private:
  explicit Stage(const v1::StateCommandCases& cases);

  absl::Status PassTime(const v1::Act& act);

  v1::StateCommandCases cases_;
  std::map<std::string, workflows::v1::Actor> actors_;
  FakeClock clock_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<FieldRulesChecker> rules_;
};

}  // namespace kasundo::testing
