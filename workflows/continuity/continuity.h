// The continuity of one instance on a day: what remains, who can do it, what could go wrong
// (requirements 33, 44, 45, 122-128, 134). Pure: everything comes from the definition, the
// instance, its history and the register of offices. No kind is named.
//
//   const v1::InstanceContinuity answer = Assess(subject, offices);
//
// How a finding is judged stands with its kind in continuity.proto; an office is *needed* if a
// remaining step cannot be taken without it: each of a step that each must take, or the only one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "google/protobuf/message.h"
#include "kasundo/continuity/v1/continuity.pb.h"
#include "kasundo/workflows/v1/definition.pb.h"
#include "workflows/continuity/offices.h"
#include "workflows/engine/context.h"
#include "workflows/engine/iso_duration.h"
#include "workflows/engine/kind.h"

namespace kasundo::continuity {

// One event of an instance that somebody brought about; the engine's own are left out.
struct Act {
  std::string event;
  absl::CivilDay on;  // the day on which it happened
  std::string person;
  std::string office;
  std::string organisation;
};

// A meeting that a body held.
struct BodyMeeting {
  std::string name;
  absl::CivilDay on;
};

struct Subject {
  std::string name;
  const Kind* kind = nullptr;
  const workflows::v1::WorkflowDefinition* definition = nullptr;
  int32_t definition_version = 0;
  std::string lifecycle_state;
  const google::protobuf::Message* state = nullptr;
  CivilDate target;       // by when the goal should be reached; unset if unknown
  std::vector<Act> acts;  // until the day, in order
  Context context;        // of the day; any actor
  // The last fact of the kind until the day, also one that followed of itself.
  std::optional<absl::CivilDay> last_recorded;
  // The last meeting until the day of a body that owns the instance.
  std::optional<BodyMeeting> last_meeting;
};

// ContinuityRules with their defaults filled in. REQUIRES: the definition was accepted.
struct Rules {
  IsoDuration carriers_within;
  int carriers_per_side = 0;
  IsoDuration handover_ahead;
  IsoDuration confirm_within;
  IsoDuration both_sides_within;
  IsoDuration elections_ahead;
  IsoDuration lead_time;
  std::vector<IsoDuration> warn_ahead;
  IsoDuration extraordinary_meeting_within;
  IsoDuration record_within;
  IsoDuration project_end_ahead;
  bool standing = false;
};
Rules RulesOf(const workflows::v1::WorkflowDefinition& definition);

v1::InstanceContinuity Assess(const Subject& subject, const OfficeRegister& offices);

// Whether a definition lets offices or people of its own roles act at all: if only administrators
// and the engine may, there is nothing to carry.
bool HasCarriers(const workflows::v1::WorkflowDefinition& definition);

// Whether the office or the person can take some remaining step.
bool OfficeActs(const v1::InstanceContinuity& item, std::string_view office);
bool PersonActs(const v1::InstanceContinuity& item, std::string_view person);
// Whether the step cannot be taken without the office.
bool IsNeeded(const v1::RemainingStep& step, std::string_view office);

}  // namespace kasundo::continuity
