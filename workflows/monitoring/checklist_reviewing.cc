#include <algorithm>

#include "fmt/format.h"
#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/acting.h"
#include "workflows/monitoring/checklist_commands.h"
#include "workflows/monitoring/template_items.h"

namespace kasundo::monitoring {
namespace {

using State = v1::ChecklistState;

constexpr int kReworkDays = 7;

absl::Status NotInChain(std::string what, std::string_view mend) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_IN_CHAIN, std::move(what))
      .Field("body")
      .Mend(mend);
}

// What is looked at on a day was there on that day: a reading by business date would else show a
// return that was validated before it was made.
absl::Status CheckNotBefore(const CivilDate& earlier, std::string_view what,
                            const Context& context) {
  if (!IsSet(earlier) || !Before(context.today, earlier)) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                fmt::format("{} would come before {} on {}", ToString(context.today), what,
                            ToString(earlier)))
      .Field("header.occurred_on")
      .Mend("Give that day or a later one.");
}

absl::Status CheckNotBeforeTheLast(const State& state, const Context& context) {
  RETURN_IF_ERROR(CheckNotBefore(state.submitted_on(), "its submission", context));
  if (state.reviews().empty()) return absl::OkStatus();
  return CheckNotBefore(state.reviews().rbegin()->on(), "the last look at it", context);
}

// Who looks at it and for which body of the chain. `validates`: only a body that may validate.
template <typename Request>
absl::StatusOr<v1::Review> Begin(const Request& request, const State& state, const Context& context,
                                 bool validates) {
  RETURN_IF_ERROR(CheckNotBeforeTheLast(state, context));
  v1::Review review;
  ASSIGN_OR_RETURN(*review.mutable_reviewer(),
                   ActorOf(context, request.on_behalf_of(), request.has_on_behalf_of()));
  const directory::v1::TerritoryLevel level = ValidatingLevelOf(context);
  for (const Overseer& overseer : ChainOfChecklist(state, context)) {
    const bool named = request.body() == overseer.body;
    if (validates && !Validates(overseer, level)) {
      if (named) {
        return NotInChain(fmt::format("{} is not high enough in the chain", request.body()),
                          "A body from the issuance's validating level on validates.");
      }
      continue;
    }
    // Whoever enters what was done on paper names the body; anybody else must belong to it.
    if (named || (request.body().empty() && BelongsTo(context, overseer.body))) {
      review.set_body(overseer.body);
      break;
    }
  }
  if (review.body().empty()) {
    return NotInChain(request.body().empty()
                          ? "the caller belongs to no body that may do this here"
                          : fmt::format("{} does not oversee this unit", request.body()),
                      "Name a body of the checklist's chain of oversight.");
  }
  const bool enters = context.actor.administrator() || context.actor.system();
  if (!enters && !BelongsTo(context, review.body())) {
    return NotInChain(fmt::format("the caller does not belong to {}", review.body()),
                      "Name a body to which you belong.");
  }
  *review.mutable_on() = context.today;
  return review;
}

// Nobody looks at, validates or corrects what they reported, neither as person nor as office.
absl::Status CheckIndependent(const v1::Review& review, const State& state) {
  if (!IsAmong(review.reviewer(), state.reporters())) return absl::OkStatus();
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_REPORTER_CANNOT_VALIDATE,
                "who reported, as person or as office, cannot be the one who checks it")
      .Mend("Let somebody of the body do it who had no part in the return.")
      .With("person", review.reviewer().person())
      .With("office", review.reviewer().office());
}

template <typename Request>
absl::StatusOr<v1::Review> Looked(const Request& request, const State& state,
                                  const Context& context, v1::DataStage stage) {
  ASSIGN_OR_RETURN(v1::Review review,
                   Begin(request, state, context, stage == v1::DATA_STAGE_VALIDATED));
  RETURN_IF_ERROR(CheckIndependent(review, state));
  review.set_stage(stage);
  review.set_remarks(request.remarks());
  return review;
}

}  // namespace

std::vector<Overseer> ChainOfChecklist(const State& state, const Context& context) {
  const auto* issuance = context.Related<v1::IssuanceState>(ParentOf(context.instance));
  if (issuance == nullptr) return {};
  return ChainOf(context.lookup, issuance->settings().oversight_body(), state.territory(),
                 context.today);
}

directory::v1::TerritoryLevel ValidatingLevelOf(const Context& context) {
  const auto* issuance = context.Related<v1::IssuanceState>(ParentOf(context.instance));
  return issuance == nullptr ? directory::v1::TERRITORY_LEVEL_UNSPECIFIED
                             : issuance->settings().validating_level();
}

ChecklistDecision AnalyseChecklist(const v1::AnalyseChecklistRequest& request, const State& state,
                                   const Context& context) {
  ASSIGN_OR_RETURN(v1::Review review, Looked(request, state, context, v1::DATA_STAGE_ANALYSED));
  v1::ChecklistEvent event;
  *event.mutable_checklist_analysed()->mutable_review() = std::move(review);
  return {{std::move(event)}};
}

ChecklistDecision CrossCheckChecklist(const v1::CrossCheckChecklistRequest& request,
                                      const State& state, const Context& context) {
  ASSIGN_OR_RETURN(v1::Review review,
                   Looked(request, state, context, v1::DATA_STAGE_CROSS_CHECKED));
  v1::ChecklistEvent event;
  *event.mutable_checklist_cross_checked()->mutable_review() = std::move(review);
  return {{std::move(event)}};
}

ChecklistDecision ReturnChecklist(const v1::ReturnChecklistRequest& request, const State& state,
                                  const Context& context) {
  ASSIGN_OR_RETURN(v1::Review review, Begin(request, state, context, /*validates=*/false));
  const std::vector<AskedItem> asked = ItemsOf(context.lookup, state);
  for (int i = 0; i < request.items_size(); ++i) {
    if (FindItem(asked, request.items(i)) != nullptr) continue;
    return ItemNotFound(request.items(i), fmt::format("items[{}]", i));
  }
  v1::ChecklistEvent event;
  v1::ChecklistReturned& returned = *event.mutable_checklist_returned();
  review.set_stage(v1::DATA_STAGE_RAW);
  review.set_remarks(request.remarks());
  *review.mutable_items() = request.items();
  *returned.mutable_review() = std::move(review);
  *returned.mutable_rework_due_on() =
      request.has_due_on() ? request.due_on() : FromDay(Last(context.today) + kReworkDays);
  if (Before(returned.rework_due_on(), context.today)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                  "it would be due before it is returned")
        .Field("due_on")
        .Mend("Give a later day.");
  }
  return {{std::move(event)}};
}

ChecklistDecision ValidateChecklist(const v1::ValidateChecklistRequest& request, const State& state,
                                    const Context& context) {
  ASSIGN_OR_RETURN(v1::Review review, Looked(request, state, context, v1::DATA_STAGE_VALIDATED));
  v1::ChecklistEvent event;
  *event.mutable_checklist_validated()->mutable_review() = std::move(review);
  return {{std::move(event)}};
}

ChecklistDecision CorrectAnswer(const v1::CorrectAnswerRequest& request, const State& state,
                                const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  ASSIGN_OR_RETURN(const v1::Review review, Begin(request, state, context, /*validates=*/true));
  RETURN_IF_ERROR(CheckIndependent(review, state));
  const std::vector<AskedItem> asked = ItemsOf(context.lookup, state);
  const v1::TemplateItem* item = FindItem(asked, request.answer().item());
  if (item == nullptr) {
    return ItemNotFound(request.answer().item(), "answer.item");
  }
  const v1::Answer* before = FindAnswer(state.answers(), item->id());
  v1::Answer after = request.answer();
  // What shows the answer stays unless something else is shown.
  if (before != nullptr && before->has_evidence() && !after.has_evidence() &&
      !after.not_applicable()) {
    *after.mutable_evidence() = before->evidence();
  }
  RETURN_IF_ERROR(CheckAnswer(*item, after, "answer"));
  if (LacksEvidence(*item, after)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_EVIDENCE_NEEDED,
                  fmt::format("\"{}\" would be without evidence", item->id()))
        .Field("answer.evidence")
        .Mend("Give the title or the number of a document.");
  }
  if (before != nullptr && before->SerializeAsString() == after.SerializeAsString()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SAME_VALUE,
                  "that is the answer already")
        .Field("answer")
        .Mend("Nothing needs to be corrected.");
  }
  v1::ChecklistEvent event;
  v1::Correction& correction = *event.mutable_answer_corrected()->mutable_correction();
  correction.set_item(item->id());
  if (before != nullptr) *correction.mutable_before() = *before;
  *correction.mutable_after() = std::move(after);
  *correction.mutable_on() = context.today;
  correction.set_reason(context.reason);
  *correction.mutable_corrected_by() = review.reviewer();
  return {{std::move(event)}};
}

ChecklistDecision WithdrawChecklist(const v1::WithdrawChecklistRequest&, const State& state,
                                    const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  RETURN_IF_ERROR(CheckNotBeforeTheLast(state, context));
  v1::ChecklistEvent event;
  event.mutable_checklist_withdrawn()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace kasundo::monitoring
