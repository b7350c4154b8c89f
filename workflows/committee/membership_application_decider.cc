#include "workflows/committee/membership_application_decider.h"

#include <algorithm>
#include <set>
#include <string>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/committees/v1/committees_requests.pb.h"
#include "kasundo/committees/v1/membership_applications_service.pb.h"
#include "workflows/committee/body_checks.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

using State = v1::MembershipApplicationState;
using Event = v1::MembershipApplicationEvent;
using Events = absl::StatusOr<std::vector<Event>>;

// The body to which the application goes.
const v1::CommitteeState* BodyOf(const Context& context) {
  return context.Related<v1::CommitteeState>(ParentOf(context.instance));
}

std::vector<std::string> Unmet(const State& state) {
  std::vector<std::string> unmet;
  for (const v1::CriterionCheck& check : state.checks()) {
    if (!check.met()) unmet.push_back(check.criterion());
  }
  return unmet;
}

// An organisation applies itself; who keeps the body's record enters what came on paper.
absl::Status CheckApplicant(const std::string& organisation, const v1::CommitteeState* body,
                            const Context& context) {
  const auto& actor = context.actor;
  if (actor.administrator() || actor.system() || actor.organisation() == organisation ||
      (body != nullptr &&
       (IsSecretariat(*body, actor, context.today) || MayPreside(*body, actor, context.today)))) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_YOUR_ORGANISATION,
                fmt::format("you do not act for {}", organisation))
      .Field("organisation")
      .Mend(
          "Apply in an office of that organisation (header.acting_office), or let the body's "
          "secretariat enter the application.");
}

Events Apply(const v1::ApplyForMembershipRequest& request, const State& /*state*/,
             const Context& context) {
  RETURN_IF_ERROR(CheckId("membership_application_id", request.membership_application_id()));
  const v1::CommitteeState* body = BodyOf(context);
  if (body != nullptr && IsSet(body->closed_on())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_BODY_CLOSED,
                  fmt::format("the body was closed on {}", ToString(body->closed_on())))
        .Field("parent")
        .Mend("Apply to a body that works.");
  }
  RETURN_IF_ERROR(CheckApplicant(request.organisation(), body, context));
  Event event;
  v1::MembershipApplied& applied = *event.mutable_membership_applied();
  applied.set_organisation(request.organisation());
  applied.set_statement(request.statement());
  *applied.mutable_documents() = request.documents();
  *applied.mutable_applied_on() = context.today;
  return std::vector{std::move(event)};
}

Events CheckCriteria(const v1::CheckCriteriaRequest& request, const State& /*state*/,
                     const Context& context) {
  std::set<std::string> open;
  const v1::CommitteeState* body = BodyOf(context);
  if (body != nullptr) {
    open.insert(body->rules().admission_criteria().begin(),
                body->rules().admission_criteria().end());
  }
  for (int i = 0; i < request.checks_size(); ++i) {
    if (open.erase(request.checks(i).criterion()) == 1) continue;
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_CRITERIA_NOT_MET,
                  fmt::format("\"{}\" is no criterion of the body, or is checked twice",
                              request.checks(i).criterion()))
        .Field(fmt::format("checks[{}].criterion", i))
        .Mend("Check each of the body's `rules.admission_criteria` once, in its words.");
  }
  if (!open.empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_CRITERIA_NOT_MET,
                  fmt::format("{} criteria are left out: {}", open.size(), fmt::join(open, "; ")))
        .Field("checks")
        .Mend("Check each of the body's `rules.admission_criteria`.")
        .With("left_out", static_cast<int64_t>(open.size()));
  }
  Event event;
  *event.mutable_criteria_checked()->mutable_checks() = request.checks();
  return std::vector{std::move(event)};
}

Events GiveAdvice(const v1::GiveAdviceRequest& request, const State& /*state*/,
                  const Context& context) {
  Event event;
  v1::Advice& advice = *event.mutable_advice_given()->mutable_advice();
  advice.set_recommendation(request.recommendation());
  advice.set_text(request.text());
  advice.set_account(context.actor.account());
  advice.set_organisation(context.actor.organisation());
  *advice.mutable_given_on() = context.today;
  return std::vector{std::move(event)};
}

absl::Status CheckAcceptance(const v1::AdmissionDecision& decision, const State& state,
                             const Context& context) {
  const auto unmet = Unmet(state);
  if (!unmet.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_CRITERIA_NOT_MET,
                  fmt::format("{} of {} criteria are not met: {}", unmet.size(),
                              state.checks_size(), fmt::join(unmet, "; ")))
        .Field("accept")
        .Mend("Refuse the application, or check the criteria again.")
        .With("unmet", static_cast<int64_t>(unmet.size()));
  }
  if (!IsSet(decision.accredited_until())) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ACCREDITATION_WITHOUT_END,
                  "an accreditation has a last day")
        .Field("accredited_until")
        .Mend("Say until when it holds.");
  }
  RETURN_IF_ERROR(
      CheckPeriod("accredited_until", decision.accredited_since(), decision.accredited_until()));
  const v1::CommitteeState* body = BodyOf(context);
  if (body == nullptr) return absl::OkStatus();
  for (const v1::Accreditation& other : body->accreditations()) {
    if (other.organisation() != state.organisation() ||
        !Collide(other.since(), other.until(), decision.accredited_since(),
                 decision.accredited_until())) {
      continue;
    }
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_ORGANISATION_ACCREDITED,
                  fmt::format("{} is accredited until {}", other.organisation(),
                              ToString(other.until())))
        .Field("accredited_since")
        .Mend("Begin after that day.")
        .With("until", ToString(other.until()));
  }
  return absl::OkStatus();
}

Events DecideApplication(const v1::DecideApplicationRequest& request, const State& state,
                         const Context& context) {
  if (request.reasons().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_REASONS_REQUIRED,
                  "a decision on an application needs reasons")
        .Field("reasons")
        .Mend("Say why it is accepted or refused.");
  }
  v1::AdmissionDecision decision;
  decision.set_accepted(request.accept());
  decision.set_reasons(request.reasons());
  decision.set_document(request.document());
  *decision.mutable_decided_on() = context.today;
  Event event;
  if (!request.accept()) {
    *event.mutable_application_refused()->mutable_decision() = std::move(decision);
    return std::vector{std::move(event)};
  }
  *decision.mutable_accredited_since() = Or(request.accredited_since(), context.today);
  if (request.has_accredited_until()) {
    *decision.mutable_accredited_until() = request.accredited_until();
  }
  RETURN_IF_ERROR(CheckAcceptance(decision, state, context));
  event.mutable_application_accepted()->set_organisation(state.organisation());
  *event.mutable_application_accepted()->mutable_decision() = std::move(decision);
  return std::vector{std::move(event)};
}

Events WithdrawApplication(const v1::WithdrawApplicationRequest& /*request*/,
                           const State& /*state*/, const Context& context) {
  Event event;
  *event.mutable_application_withdrawn()->mutable_withdrawn_on() = context.today;
  return std::vector{std::move(event)};
}

class AdmissionsManager final : public ProcessManager {
 public:
  std::string_view name() const override { return "admissions"; }

  std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& /*related*/) const override {
    std::vector<FollowUp> follow_ups;
    const auto* event = dynamic_cast<const Event*>(&payload);
    if (event == nullptr || !event->has_application_accepted()) return follow_ups;
    const v1::AdmissionDecision& decision = event->application_accepted().decision();
    auto request = std::make_unique<v1::AccreditOrganisationRequest>();
    request->set_name(std::string(ParentOf(record.instance())));
    request->set_organisation(event->application_accepted().organisation());
    *request->mutable_since() = decision.accredited_since();
    *request->mutable_until() = decision.accredited_until();
    request->set_decision_document(decision.document());
    request->set_application(record.instance());
    const std::string body = request->name();
    follow_ups.push_back({body, std::move(request)});
    return follow_ups;
  }
};

}  // namespace

State MembershipApplication::Evolve(State state, const Event& event) {
  switch (event.event_case()) {
    case Event::kMembershipApplied: {
      const v1::MembershipApplied& applied = event.membership_applied();
      state.set_organisation(applied.organisation());
      state.set_statement(applied.statement());
      *state.mutable_documents() = applied.documents();
      *state.mutable_applied_on() = applied.applied_on();
      break;
    }
    case Event::kCriteriaChecked:
      *state.mutable_checks() = event.criteria_checked().checks();
      break;
    case Event::kAdviceGiven:
      *state.add_advice() = event.advice_given().advice();
      break;
    case Event::kApplicationAccepted:
      *state.mutable_decision() = event.application_accepted().decision();
      break;
    case Event::kApplicationRefused:
      *state.mutable_decision() = event.application_refused().decision();
      break;
    case Event::kApplicationWithdrawn:  // the lifecycle says so
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& MembershipApplication::Traits() {
  static const KindTraits traits{"membership_application", "membershipApplications", "committee"};
  return traits;
}

const std::vector<CommandCase<MembershipApplication>>& MembershipApplication::Commands() {
  static const std::vector<CommandCase<MembershipApplication>> cases = {
      On(&Apply, {"MembershipApplied"}),
      On(&CheckCriteria, {"CriteriaChecked"}),
      On(&GiveAdvice, {"AdviceGiven"}),
      On(&DecideApplication, {"ApplicationAccepted", "ApplicationRefused"}),
      On(&WithdrawApplication, {"ApplicationWithdrawn"}),
  };
  return cases;
}

const std::vector<RoleCase<MembershipApplication>>& MembershipApplication::Roles() {
  static const std::vector<RoleCase<MembershipApplication>> roles = {
      {"applicant", "who acts for the organisation that applies",
       [](const State& state, const Context& context) {
         return !state.organisation().empty() &&
                context.actor.organisation() == state.organisation();
       }},
      {"secretariat", "who acts in the body's secretariat or technical secretariat on that day",
       [](const State& /*state*/, const Context& context) {
         const auto* body = BodyOf(context);
         return body != nullptr && IsSecretariat(*body, context.actor, context.today);
       }},
      {"presider", "who may preside over the body",
       [](const State& /*state*/, const Context& context) {
         const auto* body = BodyOf(context);
         return body != nullptr && MayPreside(*body, context.actor, context.today);
       }},
      {"member", "who holds a seat of the body",
       [](const State& /*state*/, const Context& context) {
         const auto* body = BodyOf(context);
         return body != nullptr && IsMember(*body, context.actor, context.today);
       }},
  };
  return roles;
}

const std::vector<GuardCase<MembershipApplication>>& MembershipApplication::Guards() {
  static const std::vector<GuardCase<MembershipApplication>> guards = {
      {"criteria-met",
       "every criterion that was checked is met",
       {},
       [](const State& state, const Context&,
          const std::map<std::string, std::string>&) -> absl::Status {
         const auto unmet = Unmet(state);
         if (unmet.empty()) return absl::OkStatus();
         return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_GUARD_NOT_MET,
                       fmt::format("not met: {}", fmt::join(unmet, "; ")))
             .Mend("Refuse the application, or check the criteria again.");
       }},
  };
  return guards;
}

std::unique_ptr<ProcessManager> Admissions() { return std::make_unique<AdmissionsManager>(); }

}  // namespace kasundo::committees
