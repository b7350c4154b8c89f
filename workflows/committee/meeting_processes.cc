#include "workflows/committee/meeting_processes.h"

#include "fmt/format.h"
#include "kasundo/committees/v1/action_items_service.pb.h"
#include "kasundo/committees/v1/committees_follow_ups.pb.h"
#include "kasundo/committees/v1/matters_service.pb.h"
#include "kasundo/committees/v1/meetings_events.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "kasundo/committees/v1/resolutions_follow_ups.pb.h"
#include "kasundo/committees/v1/resolutions_service.pb.h"
#include "workflows/committee/follow_up_requests.h"

namespace kasundo::committees {
namespace {

using google::protobuf::Message;
using workflows::v1::EventRecord;

std::string BodyNamed(const std::string& instance) { return std::string(ParentOf(instance)); }

class Resolutions final : public ProcessManager {
 public:
  std::string_view name() const override { return "resolutions"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& /*related*/) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::MeetingEvent*>(&payload);
    if (event == nullptr) return follow_ups;
    if (event->has_resolution_adopted()) {
      Adopted(record, event->resolution_adopted(), follow_ups);
    } else if (event->has_motion_recommended()) {
      Recommended(record, event->motion_recommended(), follow_ups);
    } else if (event->has_recommendation_ratified()) {
      const v1::RecommendationRatified& ratified = event->recommendation_ratified();
      auto& request = Send<v1::RatifyRecommendationRequest>(ratified.resolution(), follow_ups);
      *request.mutable_number() = ratified.number();
      request.set_meeting(record.instance());
      *request.mutable_ratified_on() = ratified.ratified_on();
    } else if (event->has_recommendation_rejected()) {
      const v1::RecommendationRejected& rejected = event->recommendation_rejected();
      auto& request = Send<v1::RejectRecommendationRequest>(rejected.resolution(), follow_ups);
      request.set_meeting(record.instance());
      *request.mutable_rejected_on() = rejected.rejected_on();
    }
    return follow_ups;
  }

 private:
  static void Adopted(const EventRecord& record, const v1::ResolutionAdopted& adopted,
                      FollowUps& follow_ups) {
    auto& request = SendNew<v1::RecordResolutionRequest>(adopted.resolution(), follow_ups);
    request.set_resolution_id(std::string(IdOf(adopted.resolution())));
    request.set_title(adopted.title());
    request.set_text(adopted.text());
    *request.mutable_number() = adopted.number();
    *request.mutable_adopted_on() = adopted.adopted_on();
    *request.mutable_addressees() = adopted.addressees();
    request.set_meeting(record.instance());
    request.set_motion(adopted.motion());
  }

  static void Recommended(const EventRecord& record, const v1::MotionRecommended& recommended,
                          FollowUps& follow_ups) {
    auto& request = SendNew<v1::RecordRecommendationRequest>(recommended.resolution(), follow_ups);
    request.set_resolution_id(std::string(IdOf(recommended.resolution())));
    request.set_title(recommended.title());
    request.set_text(recommended.text());
    *request.mutable_recommended_on() = recommended.recommended_on();
    *request.mutable_addressees() = recommended.addressees();
    *request.mutable_actions() = recommended.actions();
    request.set_matter(recommended.matter());
    request.set_matter_effect(recommended.matter_effect());
    request.set_meeting(record.instance());
    request.set_motion(recommended.motion());
    request.set_decision_kind(recommended.decision_kind());
  }
};

class ResolutionRegister final : public ProcessManager {
 public:
  std::string_view name() const override { return "resolution-register"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& /*related*/) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::ResolutionEvent*>(&payload);
    if (event == nullptr) return follow_ups;
    if (event->has_resolution_recorded()) {
      Register(record, event->resolution_recorded().number(),
               event->resolution_recorded().adopted_on(), follow_ups);
    } else if (event->has_recommendation_recorded()) {
      auto& open = *Send<v1::ListRecommendationRequest>(BodyNamed(record.instance()), follow_ups)
                        .mutable_recommendation();
      open.set_resolution(record.instance());
      open.set_title(event->recommendation_recorded().title());
      *open.mutable_since() = event->recommendation_recorded().recommended_on();
    } else if (event->has_resolution_ratified()) {
      Delist(record, follow_ups);
      Register(record, event->resolution_ratified().number(),
               event->resolution_ratified().ratified_on(), follow_ups);
    } else if (event->has_resolution_rejected()) {
      Delist(record, follow_ups);
    }
    return follow_ups;
  }

 private:
  static void Register(const EventRecord& record, const v1::ResolutionNumber& number,
                       const api::v1::CivilDate& adopted_on, FollowUps& follow_ups) {
    auto& entry = *Send<v1::RegisterResolutionRequest>(BodyNamed(record.instance()), follow_ups)
                       .mutable_resolution();
    entry.set_resolution(record.instance());
    entry.set_number(number.number());
    entry.set_year(number.year());
    entry.set_sequence(number.sequence());
    *entry.mutable_adopted_on() = adopted_on;
  }

  static void Delist(const EventRecord& record, FollowUps& follow_ups) {
    Send<v1::DelistRecommendationRequest>(BodyNamed(record.instance()), follow_ups)
        .set_resolution(record.instance());
  }
};

class ActionItems final : public ProcessManager {
 public:
  std::string_view name() const override { return "action-items"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& /*related*/) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::MeetingEvent*>(&payload);
    if (event == nullptr || !event->has_action_assigned()) return follow_ups;
    const v1::AssignedAction& action = event->action_assigned().action();
    auto& request = SendNew<v1::OpenActionItemRequest>(action.action_item(), follow_ups);
    request.set_action_item_id(std::string(IdOf(action.action_item())));
    request.set_title(action.title());
    request.set_owner_office(action.owner_office());
    *request.mutable_due_date() = action.due_date();
    request.set_meeting(record.instance());
    request.set_agenda_item(action.agenda_item());
    request.set_motion(action.motion());
    return follow_ups;
  }
};

class MatterDecisions final : public ProcessManager {
 public:
  std::string_view name() const override { return "matter-decisions"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& /*related*/) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::MeetingEvent*>(&payload);
    if (event == nullptr || !event->has_matter_decided()) return follow_ups;
    const v1::MatterDecided& decided = event->matter_decided();
    v1::DecisionReference decision;
    decision.set_meeting(record.instance());
    decision.set_motion(decided.motion());
    switch (decided.effect()) {
      case v1::MATTER_EFFECT_CLOSE:
        *Send<v1::CloseMatterRequest>(decided.matter(), follow_ups).mutable_decision() = decision;
        break;
      case v1::MATTER_EFFECT_DROP:
        *Send<v1::DropMatterRequest>(decided.matter(), follow_ups).mutable_decision() = decision;
        break;
      case v1::MATTER_EFFECT_RAISE:
        Send<v1::ForwardMatterRequest>(decided.matter(), follow_ups).set_text(decided.text());
        break;
      case v1::MATTER_EFFECT_ANSWER: {
        auto& request = Send<v1::AnswerMatterRequest>(decided.matter(), follow_ups);
        request.set_text(decided.text());
        *request.mutable_decision() = decision;
        break;
      }
      default:
        break;
    }
    return follow_ups;
  }
};

class MeetingRegister final : public ProcessManager {
 public:
  std::string_view name() const override { return "meeting-register"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::MeetingEvent*>(&payload);
    const RelatedInstance* found = related(record.instance());
    const auto* meeting =
        found == nullptr ? nullptr : dynamic_cast<const v1::MeetingState*>(found->state);
    if (event == nullptr || meeting == nullptr) return follow_ups;
    const std::string body = BodyNamed(record.instance());
    if (event->has_meeting_opened()) {
      auto& held = Send<v1::RecordMeetingHeldRequest>(body, follow_ups);
      held.set_meeting(record.instance());
      *held.mutable_held_on() = event->meeting_opened().date();
      for (const std::string& other : meeting->joint_with()) {
        EnterSession(record, *meeting, other, follow_ups);
      }
    } else if (event->has_shared_product_recorded()) {
      for (const std::string& other : meeting->joint_with()) {
        EnterProduct(record, event->shared_product_recorded().product(), other, follow_ups);
      }
    }
    return follow_ups;
  }

 private:
  // The same in the records of both bodies: the meeting's own body, the meeting, the other body.
  static std::string SessionId(const EventRecord& record, const std::string& other) {
    return fmt::format("{}-{}-{}", IdOf(ParentOf(record.instance())), IdOf(record.instance()),
                       IdOf(other));
  }

  // Entered in the record of the meeting's own body; that it comes into the other's as well is for
  // joint-records (body_processes.h).
  static void EnterSession(const EventRecord& record, const v1::MeetingState& meeting,
                           const std::string& other, FollowUps& follow_ups) {
    const std::string body = BodyNamed(record.instance());
    auto& session = *Send<v1::EnterJointSessionRequest>(body, follow_ups).mutable_session();
    session.set_id(SessionId(record, other));
    session.set_kind(meeting.occasion() == v1::MEETING_OCCASION_EXCHANGE_VISIT
                         ? v1::JOINT_SESSION_KIND_EXCHANGE_VISIT
                         : v1::JOINT_SESSION_KIND_JOINT_SESSION);
    session.set_other_body(other);
    *session.mutable_held_on() = meeting.date();
    session.set_place(meeting.place());
    session.set_summary(meeting.title());
    session.set_entered_by(body);
  }

  static void EnterProduct(const EventRecord& record, const v1::SharedProduct& product,
                           const std::string& other, FollowUps& follow_ups) {
    const std::string body = BodyNamed(record.instance());
    auto& entry = Send<v1::EnterJointProductRequest>(body, follow_ups);
    entry.set_session_id(SessionId(record, other));
    entry.set_product(product.title());
    entry.set_product_document(product.document());
    entry.set_entered_by(body);
  }
};

}  // namespace

std::vector<std::unique_ptr<ProcessManager>> MeetingProcesses() {
  std::vector<std::unique_ptr<ProcessManager>> processes;
  processes.push_back(std::make_unique<Resolutions>());
  processes.push_back(std::make_unique<ResolutionRegister>());
  processes.push_back(std::make_unique<ActionItems>());
  processes.push_back(std::make_unique<MatterDecisions>());
  processes.push_back(std::make_unique<MeetingRegister>());
  return processes;
}

}  // namespace kasundo::committees
