#include "workflows/monitoring/adoption_decider.h"

#include "fmt/format.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "kasundo/monitoring/v1/response_sessions_service.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/acting.h"

namespace kasundo::monitoring {
namespace {

using State = v1::AdoptionState;
using Decision = absl::StatusOr<std::vector<v1::AdoptionEvent>>;

Decision InviteUnit(const v1::InviteUnitRequest& request, const State&, const Context& context) {
  v1::AdoptionEvent event;
  event.mutable_unit_invited()->set_instrument(request.instrument());
  event.mutable_unit_invited()->set_unit(request.unit());
  *event.mutable_unit_invited()->mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision RecordTraining(const v1::RecordTrainingRequest& request, const State&,
                        const Context& context) {
  if (request.staff() <= 0) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_NUMBER_INVALID,
                  fmt::format("{} cannot have been trained", request.staff()))
        .Field("staff")
        .Mend("Give how many were trained, at least one.");
  }
  v1::AdoptionEvent event;
  event.mutable_staff_trained()->set_staff(request.staff());
  *event.mutable_staff_trained()->mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision TakeUpInstrument(const v1::TakeUpInstrumentRequest&, const State& state,
                          const Context& context) {
  if (state.trained_staff() == 0) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_STAGE_ORDER,
                  "nobody of the unit was trained yet")
        .Mend("Record the training first.");
  }
  v1::AdoptionEvent event;
  *event.mutable_instrument_taken_up()->mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision CompleteAdoption(const v1::CompleteAdoptionRequest&, const State&,
                          const Context& context) {
  v1::AdoptionEvent event;
  *event.mutable_adoption_completed()->mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision DropAdoption(const v1::DropAdoptionRequest&, const State&, const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  v1::AdoptionEvent event;
  event.mutable_adoption_dropped()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace

State Adoption::Evolve(State state, const Event& event) {
  using E = v1::AdoptionEvent;
  switch (event.event_case()) {
    case E::kUnitInvited:
      state.set_instrument(event.unit_invited().instrument());
      state.set_unit(event.unit_invited().unit());
      *state.mutable_invited_on() = event.unit_invited().on();
      break;
    case E::kStaffTrained:
      state.set_trained_staff(state.trained_staff() + event.staff_trained().staff());
      if (!state.has_trained_on()) *state.mutable_trained_on() = event.staff_trained().on();
      break;
    case E::kInstrumentTakenUp:
      *state.mutable_adopting_on() = event.instrument_taken_up().on();
      break;
    case E::kAdoptionCompleted:
      *state.mutable_done_on() = event.adoption_completed().on();
      break;
    case E::kAdoptionDropped:
      state.set_reason(event.adoption_dropped().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Adoption::Traits() {
  static const KindTraits traits{"adoption", "adoptions", ""};
  return traits;
}

const std::vector<CommandCase<Adoption>>& Adoption::Commands() {
  static const std::vector<CommandCase<Adoption>> cases = {
      On(&InviteUnit, {"UnitInvited"}),
      On(&RecordTraining, {"StaffTrained"}),
      On(&TakeUpInstrument, {"InstrumentTakenUp"}),
      On(&CompleteAdoption, {"AdoptionCompleted"}),
      On(&DropAdoption, {"AdoptionDropped"}),
  };
  return cases;
}

const std::vector<RoleCase<Adoption>>& Adoption::Roles() {
  static const std::vector<RoleCase<Adoption>> roles = {
      {"unit", "who acts in the unit: in its office, or in an office of its territory",
       [](const State& state, const Context& context) {
         return ActsForUnit(context, state.unit());
       }},
      ActsInAnOffice<Adoption>(),
  };
  return roles;
}

const std::vector<GuardCase<Adoption>>& Adoption::Guards() {
  static const std::vector<GuardCase<Adoption>> guards;
  return guards;
}

}  // namespace kasundo::monitoring
