#include "workflows/monitoring/checklist_decider.h"

#include <algorithm>

#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "workflows/engine/refusal.h"
#include "workflows/monitoring/acting.h"
#include "workflows/monitoring/checklist_commands.h"
#include "workflows/monitoring/template_items.h"

namespace kasundo::monitoring {
namespace {

using State = v1::ChecklistState;

void PutAnswer(const v1::Answer& answer, State& state) {
  for (v1::Answer& old : *state.mutable_answers()) {
    if (old.item() != answer.item()) continue;
    old = answer;
    return;
  }
  *state.add_answers() = answer;
}

void GiveAnswers(const v1::AnswersGiven& given, State& state) {
  for (const v1::Answer& answer : given.answers()) PutAnswer(answer, state);
  for (const std::string& item : given.cleared()) {
    auto& answers = *state.mutable_answers();
    answers.erase(std::remove_if(answers.begin(), answers.end(),
                                 [&](const v1::Answer& answer) { return answer.item() == item; }),
                  answers.end());
  }
  AddActor(given.reporter(), *state.mutable_reporters());
}

void SetTargets(const v1::TargetsSet& set, State& state) {
  for (const v1::ItemTarget& target : set.targets()) {
    auto& targets = *state.mutable_targets();
    const auto known = std::find_if(targets.begin(), targets.end(), [&](const v1::ItemTarget& old) {
      return old.item() == target.item();
    });
    if (known == targets.end()) {
      *targets.Add() = target;
    } else {
      *known = target;
    }
  }
}

void AddReview(const v1::Review& review, State& state) {
  state.set_stage(review.stage());
  *state.add_reviews() = review;
}

// Before it is opened its territory is not known: then who acts for the topmost body.
bool Oversees(const State& state, const Context& context) {
  if (!state.unit().empty()) {
    const auto chain = ChainOfChecklist(state, context);
    return std::any_of(chain.begin(), chain.end(),
                       [&](const Overseer& overseer) { return BelongsTo(context, overseer.body); });
  }
  const auto* issuance = context.Related<v1::IssuanceState>(ParentOf(context.instance));
  return issuance != nullptr && ActsForBody(context, issuance->settings().oversight_body());
}

bool MayValidate(const State& state, const Context& context) {
  const auto chain = ChainOfChecklist(state, context);
  const directory::v1::TerritoryLevel level = ValidatingLevelOf(context);
  return std::any_of(chain.begin(), chain.end(), [&](const Overseer& overseer) {
    return Validates(overseer, level) && BelongsTo(context, overseer.body);
  });
}

}  // namespace

State Checklist::Evolve(State state, const Event& event) {
  using E = v1::ChecklistEvent;
  switch (event.event_case()) {
    case E::kChecklistOpened: {
      const v1::ChecklistOpened& opened = event.checklist_opened();
      state.set_unit(opened.unit());
      state.set_territory(opened.territory());
      state.set_checklist_template(opened.checklist_template());
      state.set_template_version(opened.template_version());
      *state.mutable_riders() = opened.riders();
      *state.mutable_remind_on() = opened.remind_on();
      *state.mutable_due_on() = opened.due_on();
      *state.mutable_close_on() = opened.close_on();
      break;
    }
    case E::kAnswersGiven:
      GiveAnswers(event.answers_given(), state);
      break;
    case E::kTargetsSet:
      SetTargets(event.targets_set(), state);
      break;
    case E::kRiderAttached:
      *state.add_riders() = event.rider_attached().rider();
      break;
    case E::kChecklistSubmitted:
      AddActor(event.checklist_submitted().reporter(), *state.mutable_reporters());
      *state.mutable_submitted_on() = event.checklist_submitted().on();
      state.set_was_late(state.was_late() || event.checklist_submitted().late());
      state.set_stage(v1::DATA_STAGE_RAW);
      state.clear_rework_due_on();
      break;
    case E::kChecklistAnalysed:
      AddReview(event.checklist_analysed().review(), state);
      break;
    case E::kChecklistCrossChecked:
      AddReview(event.checklist_cross_checked().review(), state);
      break;
    case E::kChecklistReturned:
      AddReview(event.checklist_returned().review(), state);
      *state.mutable_rework_due_on() = event.checklist_returned().rework_due_on();
      break;
    case E::kChecklistValidated:
      AddReview(event.checklist_validated().review(), state);
      break;
    case E::kAnswerCorrected:
      PutAnswer(event.answer_corrected().correction().after(), state);
      *state.add_corrections() = event.answer_corrected().correction();
      break;
    case E::kChecklistWithdrawn:
      state.set_reason(event.checklist_withdrawn().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Checklist::Traits() {
  static const KindTraits traits{"checklist", "checklists", "issuance"};
  return traits;
}

const std::vector<CommandCase<Checklist>>& Checklist::Commands() {
  static const std::vector<CommandCase<Checklist>> cases = {
      On(&OpenChecklist, {"ChecklistOpened"}),
      On(&FillChecklist, {"AnswersGiven"}),
      On(&SetChecklistTargets, {"TargetsSet"}),
      On(&AttachRider, {"RiderAttached"}),
      On(&SubmitChecklist, {"AnswersGiven", "ChecklistSubmitted"}),
      On(&AnalyseChecklist, {"ChecklistAnalysed"}),
      On(&CrossCheckChecklist, {"ChecklistCrossChecked"}),
      On(&ReturnChecklist, {"ChecklistReturned"}),
      On(&ValidateChecklist, {"ChecklistValidated"}),
      On(&CorrectAnswer, {"AnswerCorrected"}),
      On(&WithdrawChecklist, {"ChecklistWithdrawn"}),
  };
  return cases;
}

const std::vector<RoleCase<Checklist>>& Checklist::Roles() {
  static const std::vector<RoleCase<Checklist>> roles = {
      {"reporter", "who acts in the unit: in its office, or in an office of its territory",
       [](const State& state, const Context& context) {
         return ActsForUnit(context, state.unit());
       }},
      {"overseer", "who belongs to a body of the chain of oversight of the unit", &Oversees},
      {"validator", "who belongs to a body of the chain from the validating level on",
       &MayValidate},
  };
  return roles;
}

const std::vector<GuardCase<Checklist>>& Checklist::Guards() {
  static const std::vector<GuardCase<Checklist>> guards = {
      {"reviewed",
       "a body of the chain has looked it through since it was submitted",
       {},
       [](const State& state, const Context&, const std::map<std::string, std::string>&) {
         if (state.stage() >= v1::DATA_STAGE_ANALYSED) return absl::OkStatus();
         return absl::Status(Refuse(absl::StatusCode::kFailedPrecondition,
                                    api::v1::REASON_GUARD_NOT_MET, "nobody has looked it through")
                                 .Field("stage")
                                 .Mend("Let a body of the chain analyse it first."));
       }},
  };
  return guards;
}

}  // namespace kasundo::monitoring
