#include "workflows/monitoring/response_session_decider.h"

#include <algorithm>
#include <cctype>

#include "fmt/format.h"
#include "kasundo/monitoring/v1/checklist_templates_events.pb.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "kasundo/monitoring/v1/response_sessions_service.pb.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/acting.h"
#include "workflows/monitoring/template_items.h"

namespace kasundo::monitoring {
namespace {

using State = v1::ResponseSessionState;
using Decision = absl::StatusOr<std::vector<v1::ResponseSessionEvent>>;

Decision OpenResponseSession(const v1::OpenResponseSessionRequest& request, const State&,
                             const Context& context) {
  const auto* questionnaire =
      context.Related<v1::ChecklistTemplateState>(request.checklist_template());
  if (questionnaire == nullptr || questionnaire->issuable_version() == 0) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TEMPLATE_NOT_VALIDATED,
                  fmt::format("no version of {} is validated and in use",
                              request.checklist_template()))
        .Field("checklist_template")
        .Mend("Let its body validate it first.");
  }
  v1::ResponseSessionEvent event;
  v1::ResponseSessionOpened& opened = *event.mutable_response_session_opened();
  opened.set_title(request.title());
  opened.set_checklist_template(request.checklist_template());
  opened.set_template_version(questionnaire->issuable_version());
  opened.set_about(request.about());
  opened.set_territory(request.territory());
  opened.set_office(request.office());
  return {{std::move(event)}};
}

// A code stands for somebody without being a name: requirement 83.
absl::Status CheckCode(const v1::RecordResponseRequest& request, const State& state) {
  const std::string& code = request.code();
  if (code.empty() && request.moment() == v1::RESPONSE_MOMENT_RATING) return absl::OkStatus();
  const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  const auto is_plain = [](unsigned char c) { return c < 0x80 && std::isalnum(c) != 0; };
  if (code.size() < 2 || !std::all_of(code.begin(), code.end(), is_plain) ||
      !std::any_of(code.begin(), code.end(), is_digit)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_CODE_INVALID,
                  "this is no code: letters and digits, at least one digit, 2 to 16 of them")
        .Field("code")
        .Mend("Let each participant make a code, as in K7 or 0412AB; never write a name.");
  }
  const bool used = std::any_of(
      state.responses().begin(), state.responses().end(), [&](const v1::Response& response) {
        return response.code() == code && response.moment() == request.moment();
      });
  if (!used) return absl::OkStatus();
  return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_CODE_USED,
                fmt::format("\"{}\" has answered this already", code))
      .Field("code")
      .Mend("Check the code; two participants need two codes.");
}

Decision RecordResponse(const v1::RecordResponseRequest& request, const State& state,
                        const Context& context) {
  RETURN_IF_ERROR(CheckCode(request, state));
  v1::ChecklistState asked_of;
  asked_of.set_checklist_template(state.opened().checklist_template());
  asked_of.set_template_version(state.opened().template_version());
  const std::vector<AskedItem> asked = ItemsOf(context.lookup, asked_of);
  RETURN_IF_ERROR(CheckAnswers(request.answers(), asked));
  v1::ResponseSessionEvent event;
  v1::Response& response = *event.mutable_response_recorded()->mutable_response();
  response.set_code(request.code());
  response.set_moment(request.moment());
  *response.mutable_answers() = request.answers();
  return {{std::move(event)}};
}

Decision CloseResponseSession(const v1::CloseResponseSessionRequest&, const State&,
                              const Context& context) {
  v1::ResponseSessionEvent event;
  *event.mutable_response_session_closed()->mutable_on() = context.today;
  return {{std::move(event)}};
}

}  // namespace

State ResponseSession::Evolve(State state, const Event& event) {
  using E = v1::ResponseSessionEvent;
  switch (event.event_case()) {
    case E::kResponseSessionOpened:
      *state.mutable_opened() = event.response_session_opened();
      break;
    case E::kResponseRecorded:
      *state.add_responses() = event.response_recorded().response();
      break;
    case E::kResponseSessionClosed:
      *state.mutable_closed_on() = event.response_session_closed().on();
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& ResponseSession::Traits() {
  static const KindTraits traits{"response_session", "responseSessions", ""};
  return traits;
}

const std::vector<CommandCase<ResponseSession>>& ResponseSession::Commands() {
  static const std::vector<CommandCase<ResponseSession>> cases = {
      On(&OpenResponseSession, {"ResponseSessionOpened"}),
      On(&RecordResponse, {"ResponseRecorded"}),
      On(&CloseResponseSession, {"ResponseSessionClosed"}),
  };
  return cases;
}

const std::vector<RoleCase<ResponseSession>>& ResponseSession::Roles() {
  static const std::vector<RoleCase<ResponseSession>> roles = {
      {"holder", "who acts in the office that holds it, or in its organisation",
       [](const State& state, const Context& context) {
         return ActsForOffice(context, state.opened().office());
       }},
      ActsInAnOffice<ResponseSession>(),
  };
  return roles;
}

const std::vector<GuardCase<ResponseSession>>& ResponseSession::Guards() {
  static const std::vector<GuardCase<ResponseSession>> guards;
  return guards;
}

}  // namespace kasundo::monitoring
