#include "workflows/committee/body_processes.h"

#include <algorithm>
#include <string>

#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/committees_follow_ups.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"

namespace kasundo::committees {
namespace {

using workflows::v1::EventRecord;
using FollowUps = std::vector<FollowUp>;

constexpr std::string_view kMeetingWindow = "meeting-window";

// Adds a request to `body`, whose `name` it fills, and hands it out for the rest.
template <typename Request>
Request& Send(const std::string& body, FollowUps& follow_ups) {
  auto request = std::make_unique<Request>();
  Request& reference = *request;
  reference.set_name(body);
  follow_ups.push_back({body, std::move(request)});
  return reference;
}

void List(const std::string& parent, const std::string& child, FollowUps& follow_ups) {
  if (!parent.empty()) Send<v1::ListChildBodyRequest>(parent, follow_ups).set_child_body(child);
}

void Delist(const std::string& parent, const std::string& child, FollowUps& follow_ups) {
  if (!parent.empty()) Send<v1::DelistChildBodyRequest>(parent, follow_ups).set_child_body(child);
}

class NestedBodies final : public ProcessManager {
 public:
  std::string_view name() const override { return "nested-bodies"; }

  FollowUps React(const EventRecord& record, const google::protobuf::Message& payload,
                  const Context::Lookup& /*related*/) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::CommitteeEvent*>(&payload);
    if (event == nullptr) return follow_ups;
    if (event->has_committee_established()) {
      List(event->committee_established().parent_body(), record.instance(), follow_ups);
    } else if (event->has_committee_moved()) {
      Delist(event->committee_moved().from_body(), record.instance(), follow_ups);
      List(event->committee_moved().to_body(), record.instance(), follow_ups);
    } else if (event->has_committee_closed()) {
      Delist(event->committee_closed().parent_body(), record.instance(), follow_ups);
    }
    return follow_ups;
  }
};

class JointRecords final : public ProcessManager {
 public:
  std::string_view name() const override { return "joint-records"; }

  FollowUps React(const EventRecord& record, const google::protobuf::Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::CommitteeEvent*>(&payload);
    if (event == nullptr) return follow_ups;
    if (event->has_joint_session_recorded()) {
      const v1::JointSession& session = event->joint_session_recorded().session();
      if (session.entered_by() == record.instance()) {
        auto& entry =
            *Send<v1::EnterJointSessionRequest>(session.other_body(), follow_ups).mutable_session();
        entry = session;
        entry.set_other_body(record.instance());
      }
    } else if (event->has_joint_product_recorded()) {
      Product(record, event->joint_product_recorded(), related, follow_ups);
    }
    return follow_ups;
  }

 private:
  static void Product(const EventRecord& record, const v1::JointProductRecorded& recorded,
                      const Context::Lookup& related, FollowUps& follow_ups) {
    if (recorded.entered_by() != record.instance()) return;
    const RelatedInstance* body = related(record.instance());
    const auto* state =
        body == nullptr ? nullptr : dynamic_cast<const v1::CommitteeState*>(body->state);
    if (state == nullptr) return;
    for (const v1::JointSession& session : state->joint_sessions()) {
      if (session.id() != recorded.session_id()) continue;
      auto& entry = Send<v1::EnterJointProductRequest>(session.other_body(), follow_ups);
      entry.set_session_id(recorded.session_id());
      entry.set_product(recorded.product());
      entry.set_product_document(recorded.product_document());
      entry.set_entered_by(recorded.entered_by());
    }
  }
};

class SharedProjects final : public ProcessManager {
 public:
  std::string_view name() const override { return "shared-projects"; }

  FollowUps React(const EventRecord& record, const google::protobuf::Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::CommitteeEvent*>(&payload);
    if (event == nullptr) return follow_ups;
    if (event->has_project_shared()) {
      Shared(event->project_shared().project(), follow_ups);
    } else if (event->has_project_decided()) {
      Decided(record, event->project_decided(), related, follow_ups);
    } else if (event->has_project_commented()) {
      Commented(record, event->project_commented(), related, follow_ups);
    }
    return follow_ups;
  }

 private:
  static void Shared(const v1::SharedProject& project, FollowUps& follow_ups) {
    if (project.right() != v1::PROJECT_RIGHT_DECIDES) return;
    for (const std::string& body : project.informed_bodies()) {
      auto& entry = *Send<v1::EnterProjectRequest>(body, follow_ups).mutable_project();
      entry.set_id(project.id());
      entry.set_title(project.title());
      entry.set_right(v1::PROJECT_RIGHT_INFORMED);
      entry.set_deciding_body(project.deciding_body());
    }
  }

  // The project as the body of the event has it; nullptr if it has none.
  static const v1::SharedProject* Find(const EventRecord& record, const std::string& project_id,
                                       const Context::Lookup& related) {
    const RelatedInstance* body = related(record.instance());
    const auto* state =
        body == nullptr ? nullptr : dynamic_cast<const v1::CommitteeState*>(body->state);
    if (state == nullptr) return nullptr;
    for (const v1::SharedProject& project : state->projects()) {
      if (project.id() == project_id) return &project;
    }
    return nullptr;
  }

  static void Decided(const EventRecord& record, const v1::ProjectDecided& decided,
                      const Context::Lookup& related, FollowUps& follow_ups) {
    const v1::SharedProject* project = Find(record, decided.project_id(), related);
    if (project == nullptr || project->right() != v1::PROJECT_RIGHT_DECIDES) return;
    for (const std::string& body : project->informed_bodies()) {
      auto& entry = Send<v1::EnterProjectDecisionRequest>(body, follow_ups);
      entry.set_project_id(decided.project_id());
      *entry.mutable_decision() = decided.decision();
    }
  }

  static void Commented(const EventRecord& record, const v1::ProjectCommented& commented,
                        const Context::Lookup& related, FollowUps& follow_ups) {
    const v1::SharedProject* project = Find(record, commented.project_id(), related);
    if (project == nullptr || project->right() != v1::PROJECT_RIGHT_INFORMED) return;
    auto& entry = Send<v1::EnterProjectCommentRequest>(project->deciding_body(), follow_ups);
    entry.set_project_id(commented.project_id());
    *entry.mutable_comment() = commented.comment();
  }
};

class MissedMeetings final : public ProcessManager {
 public:
  std::string_view name() const override { return "missed-meetings"; }

  FollowUps React(const EventRecord& record, const google::protobuf::Message& payload,
                  const Context::Lookup& /*related*/) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const workflows::v1::EngineEvent*>(&payload);
    if (event != nullptr && record.kind() == "committee" && event->has_deadline_reached() &&
        event->deadline_reached().deadline() == kMeetingWindow) {
      Send<v1::FlagMissedMeetingRequest>(record.instance(), follow_ups);
    }
    return follow_ups;
  }
};

class SeatedPeople final : public ProcessManager {
 public:
  std::string_view name() const override { return "seated-people"; }

  FollowUps React(const EventRecord& record, const google::protobuf::Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    if (const auto* body = dynamic_cast<const v1::CommitteeEvent*>(&payload)) {
      Entered(record, *body, related, follow_ups);
    } else if (const auto* person = dynamic_cast<const directory::v1::PersonEvent*>(&payload)) {
      Gone(record, *person, related, follow_ups);
    }
    return follow_ups;
  }

 private:
  static const directory::v1::PersonState* PersonNamed(const std::string& name,
                                                       const Context::Lookup& related) {
    const RelatedInstance* found = name.empty() ? nullptr : related(name);
    return found == nullptr ? nullptr
                            : dynamic_cast<const directory::v1::PersonState*>(found->state);
  }

  // The body is found from the person.
  static void Entered(const EventRecord& record, const v1::CommitteeEvent& event,
                      const Context::Lookup& related, FollowUps& follow_ups) {
    const std::string& person = event.has_seat_filled() ? event.seat_filled().holder().person()
                                : event.has_officer_appointed()
                                    ? event.officer_appointed().officer().person()
                                    : event.stand_in_authorised().authority().person();
    const directory::v1::PersonState* state = PersonNamed(person, related);
    if (state == nullptr) return;
    const auto& bodies = state->bodies();
    if (std::find(bodies.begin(), bodies.end(), record.instance()) != bodies.end()) return;
    Send<directory::v1::ListPersonBodyRequest>(person, follow_ups).set_body(record.instance());
  }

  static void Gone(const EventRecord& record, const directory::v1::PersonEvent& event,
                   const Context::Lookup& related, FollowUps& follow_ups) {
    if (!event.has_person_died() && !event.has_person_left()) return;
    const directory::v1::PersonState* state = PersonNamed(record.instance(), related);
    if (state == nullptr) return;
    for (const std::string& body : state->bodies()) {
      auto& request = Send<v1::ReleasePersonRequest>(body, follow_ups);
      request.set_person(record.instance());
      *request.mutable_on() =
          event.has_person_died() ? event.person_died().on() : event.person_left().on();
      request.set_cause(event.has_person_died() ? "death" : "departure");
    }
  }
};

}  // namespace

std::vector<std::unique_ptr<ProcessManager>> BodyProcesses() {
  std::vector<std::unique_ptr<ProcessManager>> processes;
  processes.push_back(std::make_unique<NestedBodies>());
  processes.push_back(std::make_unique<JointRecords>());
  processes.push_back(std::make_unique<SharedProjects>());
  processes.push_back(std::make_unique<MissedMeetings>());
  processes.push_back(std::make_unique<SeatedPeople>());
  return processes;
}

}  // namespace kasundo::committees
