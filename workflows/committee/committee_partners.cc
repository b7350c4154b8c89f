#include <algorithm>
#include <string>

#include "fmt/format.h"
#include "workflows/committee/committee_commands.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

absl::Status CheckOtherBody(std::string_view field, const std::string& body, const CivilDate& day,
                            const Context& context) {
  if (body == context.instance) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_SAME_BODY,
                  fmt::format("{} is this body itself", body))
        .Field(field)
        .Mend("Name another body.");
  }
  const auto* other = context.Related<CommitteeState>(body);
  if (other != nullptr && IsSet(other->closed_on()) && Before(other->closed_on(), day)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_BODY_CLOSED,
                  fmt::format("{} was closed on {}", body, ToString(other->closed_on())))
        .Field(field)
        .Mend("Name a body that existed on that day.");
  }
  return absl::OkStatus();
}

absl::StatusOr<const v1::SharedProject*> FindProject(const CommitteeState& state,
                                                     std::string_view project_id) {
  const v1::SharedProject* project = FindById(state.projects(), project_id);
  if (project != nullptr) return project;
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_PROJECT_NOT_FOUND,
                fmt::format("the body has no shared project \"{}\"", project_id))
      .Field("project_id")
      .Mend("The body's `projects` list them.");
}

absl::Status ProjectExists(std::string_view project_id) {
  return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_PROJECT_EXISTS,
                fmt::format("the body has a shared project \"{}\"", project_id))
      .Field("project_id")
      .Mend("Choose another id.");
}

const std::vector<v1::CommitteeEvent>& Nothing() {
  static const std::vector<v1::CommitteeEvent> nothing;
  return nothing;
}

}  // namespace

CommitteeEvents RecordJointSession(const v1::RecordJointSessionRequest& request,
                                   const CommitteeState& state, const Context& context) {
  RETURN_IF_ERROR(CheckId("session_id", request.session_id()));
  const CivilDate held_on = Or(request.held_on(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("held_on", state, held_on));
  RETURN_IF_ERROR(CheckOtherBody("other_body", request.other_body(), held_on, context));
  const auto* other = context.Related<CommitteeState>(request.other_body());
  const bool known =
      FindById(state.joint_sessions(), request.session_id()) != nullptr ||
      (other != nullptr && FindById(other->joint_sessions(), request.session_id()) != nullptr);
  if (known) {
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_JOINT_SESSION_EXISTS,
                  fmt::format("one of the two records has a session \"{}\"", request.session_id()))
        .Field("session_id")
        .Mend("Choose another id; a session entered by one body is in the record of both.");
  }
  v1::CommitteeEvent event;
  v1::JointSession& session = *event.mutable_joint_session_recorded()->mutable_session();
  session.set_id(request.session_id());
  session.set_kind(request.kind());
  session.set_other_body(request.other_body());
  *session.mutable_held_on() = held_on;
  session.set_place(request.place());
  session.set_summary(request.summary());
  session.set_product(request.product());
  session.set_product_document(request.product_document());
  session.set_entered_by(context.instance);
  return std::vector{std::move(event)};
}

CommitteeEvents RecordJointProduct(const v1::RecordJointProductRequest& request,
                                   const CommitteeState& state, const Context& context) {
  const v1::JointSession* session = FindById(state.joint_sessions(), request.session_id());
  if (session == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_JOINT_SESSION_NOT_FOUND,
                  fmt::format("the record has no session \"{}\"", request.session_id()))
        .Field("session_id")
        .Mend("The body's `joint_sessions` list them.");
  }
  if (session->product() == request.product() &&
      session->product_document() == request.product_document()) {
    return NothingToChange("this product is recorded");
  }
  v1::CommitteeEvent event;
  v1::JointProductRecorded& recorded = *event.mutable_joint_product_recorded();
  recorded.set_session_id(request.session_id());
  recorded.set_product(request.product());
  recorded.set_product_document(request.product_document());
  recorded.set_entered_by(context.instance);
  return std::vector{std::move(event)};
}

CommitteeEvents ShareProject(const v1::ShareProjectRequest& request, const CommitteeState& state,
                             const Context& context) {
  RETURN_IF_ERROR(CheckId("project_id", request.project_id()));
  if (FindById(state.projects(), request.project_id()) != nullptr) {
    return ProjectExists(request.project_id());
  }
  for (int i = 0; i < request.informed_bodies_size(); ++i) {
    const std::string field = fmt::format("informed_bodies[{}]", i);
    RETURN_IF_ERROR(CheckOtherBody(field, request.informed_bodies(i), context.today, context));
    const auto* informed = context.Related<CommitteeState>(request.informed_bodies(i));
    if (informed != nullptr && FindById(informed->projects(), request.project_id()) != nullptr) {
      return ProjectExists(request.project_id());
    }
  }
  v1::CommitteeEvent event;
  v1::SharedProject& project = *event.mutable_project_shared()->mutable_project();
  project.set_id(request.project_id());
  project.set_title(request.title());
  project.set_right(v1::PROJECT_RIGHT_DECIDES);
  project.set_deciding_body(context.instance);
  *project.mutable_informed_bodies() = request.informed_bodies();
  return std::vector{std::move(event)};
}

CommitteeEvents DecideOnProject(const v1::DecideOnProjectRequest& request,
                                const CommitteeState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::SharedProject* project, FindProject(state, request.project_id()));
  // Requirement 21: one body decides, the others are informed.
  if (project->right() != v1::PROJECT_RIGHT_DECIDES) {
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_THE_DECIDING_BODY,
                  fmt::format("{} decides on it; this body is informed", project->deciding_body()))
        .Field("name")
        .Mend("Comment on it, or raise a matter to the deciding body.")
        .With("deciding_body", project->deciding_body());
  }
  v1::CommitteeEvent event;
  v1::ProjectDecided& decided = *event.mutable_project_decided();
  decided.set_project_id(request.project_id());
  decided.mutable_decision()->set_decision(request.decision());
  decided.mutable_decision()->set_document(request.document());
  *decided.mutable_decision()->mutable_decided_on() = Or(request.decided_on(), context.today);
  return std::vector{std::move(event)};
}

CommitteeEvents CommentOnProject(const v1::CommentOnProjectRequest& request,
                                 const CommitteeState& state, const Context& context) {
  RETURN_IF_ERROR(FindProject(state, request.project_id()).status());
  v1::CommitteeEvent event;
  v1::ProjectCommented& commented = *event.mutable_project_commented();
  commented.set_project_id(request.project_id());
  v1::ProjectComment& comment = *commented.mutable_comment();
  comment.set_body(context.instance);
  comment.set_account(context.actor.account());
  comment.set_text(request.text());
  *comment.mutable_made_on() = context.today;
  return std::vector{std::move(event)};
}

// What the other body recorded is a fact here as well: entered once, without further questions.

CommitteeEvents EnterJointSession(const v1::EnterJointSessionRequest& request,
                                  const CommitteeState& state, const Context& /*context*/) {
  if (FindById(state.joint_sessions(), request.session().id()) != nullptr) return Nothing();
  v1::CommitteeEvent event;
  *event.mutable_joint_session_recorded()->mutable_session() = request.session();
  return std::vector{std::move(event)};
}

CommitteeEvents EnterJointProduct(const v1::EnterJointProductRequest& request,
                                  const CommitteeState& state, const Context& /*context*/) {
  if (FindById(state.joint_sessions(), request.session_id()) == nullptr) return Nothing();
  v1::CommitteeEvent event;
  v1::JointProductRecorded& recorded = *event.mutable_joint_product_recorded();
  recorded.set_session_id(request.session_id());
  recorded.set_product(request.product());
  recorded.set_product_document(request.product_document());
  recorded.set_entered_by(request.entered_by());
  return std::vector{std::move(event)};
}

CommitteeEvents EnterProject(const v1::EnterProjectRequest& request, const CommitteeState& state,
                             const Context& /*context*/) {
  if (FindById(state.projects(), request.project().id()) != nullptr) return Nothing();
  v1::CommitteeEvent event;
  *event.mutable_project_shared()->mutable_project() = request.project();
  return std::vector{std::move(event)};
}

CommitteeEvents EnterProjectDecision(const v1::EnterProjectDecisionRequest& request,
                                     const CommitteeState& state, const Context& /*context*/) {
  if (FindById(state.projects(), request.project_id()) == nullptr) return Nothing();
  v1::CommitteeEvent event;
  event.mutable_project_decided()->set_project_id(request.project_id());
  *event.mutable_project_decided()->mutable_decision() = request.decision();
  return std::vector{std::move(event)};
}

CommitteeEvents EnterProjectComment(const v1::EnterProjectCommentRequest& request,
                                    const CommitteeState& state, const Context& /*context*/) {
  if (FindById(state.projects(), request.project_id()) == nullptr) return Nothing();
  v1::CommitteeEvent event;
  event.mutable_project_commented()->set_project_id(request.project_id());
  *event.mutable_project_commented()->mutable_comment() = request.comment();
  return std::vector{std::move(event)};
}

void Apply(const v1::JointSessionRecorded& event, CommitteeState& state) {
  *state.add_joint_sessions() = event.session();
}

void Apply(const v1::JointProductRecorded& event, CommitteeState& state) {
  v1::JointSession* session = FindById(*state.mutable_joint_sessions(), event.session_id());
  if (session == nullptr) return;
  session->set_product(event.product());
  session->set_product_document(event.product_document());
}

void Apply(const v1::ProjectShared& event, CommitteeState& state) {
  *state.add_projects() = event.project();
}

void Apply(const v1::ProjectDecided& event, CommitteeState& state) {
  v1::SharedProject* project = FindById(*state.mutable_projects(), event.project_id());
  if (project != nullptr) *project->add_decisions() = event.decision();
}

void Apply(const v1::ProjectCommented& event, CommitteeState& state) {
  v1::SharedProject* project = FindById(*state.mutable_projects(), event.project_id());
  if (project != nullptr) *project->add_comments() = event.comment();
}

}  // namespace kasundo::committees
