#include "workflows/continuity/attention_agenda.h"

#include <memory>
#include <string>

#include "fmt/format.h"
#include "kasundo/committees/v1/matters_service.pb.h"
#include "kasundo/committees/v1/meetings_service.pb.h"
#include "kasundo/workflows/v1/realm_events.pb.h"
#include "workflows/committee/follow_up_requests.h"
#include "workflows/committee/instants.h"
#include "workflows/continuity/named_instances.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::continuity {
namespace {

using committees::FollowUps;
using google::protobuf::Message;
using workflows::v1::AttentionCalled;
using workflows::v1::EventRecord;

// The hour at which an extraordinary meeting is called; whoever convenes may move it.
constexpr int kHour = 9;

// Bodies that own the instance and have not been closed.
std::vector<std::string> OwningBodies(const std::string& name, const Context::Lookup& related) {
  const RelatedInstance* instance = related(name);
  std::vector<std::string> bodies;
  for (const std::string& body : BodiesOf(name, instance == nullptr ? nullptr : instance->state)) {
    const RelatedInstance* found = related(body);
    if (found != nullptr && found->lifecycle_state != "closed") bodies.push_back(body);
  }
  return bodies;
}

// The office in whose name it is raised: that which it is about, or the first that is told.
std::string RaiserOf(const AttentionCalled& attention) {
  if (!attention.office().empty()) return attention.office();
  return attention.tell_offices().empty() ? "" : attention.tell_offices(0);
}

void RaiseMatter(const EventRecord& record, const AttentionCalled& attention,
                 const std::string& body, FollowUps& follow_ups) {
  const std::string id = fmt::format("attention-{}", record.position());
  auto& request = committees::SendNew<committees::v1::RaiseMatterRequest>(
      fmt::format("{}/matters/{}", body, id), follow_ups);
  request.set_matter_id(id);
  request.set_title(fmt::format("Extraordinary: {}", attention.message()));
  request.set_description(fmt::format("{}\n\n{}", record.instance(), attention.mend()));
  request.mutable_raised_by()->set_office(RaiserOf(attention));
}

absl::TimeZone ZoneOf(const std::string& realm, const Context::Lookup& related) {
  absl::TimeZone zone = absl::UTCTimeZone();
  const RelatedInstance* found = related(realm);
  const auto* state =
      found == nullptr ? nullptr : dynamic_cast<const workflows::v1::RealmState*>(found->state);
  if (state != nullptr && !absl::LoadTimeZone(state->time_zone(), &zone)) {
    zone = absl::UTCTimeZone();
  }
  return zone;
}

// Rule 127: one meeting of all owning bodies, a joint session if there are several. The matter that
// was raised before is on its agenda.
void CallMeeting(const EventRecord& record, const AttentionCalled& attention,
                 const std::vector<std::string>& bodies, const Context::Lookup& related,
                 FollowUps& follow_ups) {
  const std::string id = fmt::format("extraordinary-{}", record.position());
  auto& request = committees::SendNew<committees::v1::CallMeetingRequest>(
      fmt::format("{}/meetings/{}", bodies.front(), id), follow_ups);
  request.set_meeting_id(id);
  request.set_title(fmt::format("Extraordinary: {}", attention.message()));
  request.set_occasion(bodies.size() > 1 ? committees::v1::MEETING_OCCASION_JOINT_SESSION
                                         : committees::v1::MEETING_OCCASION_SPECIAL);
  const absl::TimeZone zone = ZoneOf(std::string(RealmOf(record.instance())), related);
  const absl::CivilSecond begins = absl::CivilSecond(First(attention.meet_on())) + kHour * 3600;
  *request.mutable_start_time() = committees::TimestampOf(absl::FromCivil(begins, zone));
  request.set_short_notice_reason(attention.message());
  for (size_t i = 1; i < bodies.size(); ++i) request.add_joint_with(bodies[i]);
}

}  // namespace

FollowUps AttentionAgenda::React(const EventRecord& record, const Message& payload,
                                 const Context::Lookup& related) const {
  FollowUps follow_ups;
  const auto* event = dynamic_cast<const workflows::v1::EngineEvent*>(&payload);
  if (event == nullptr || !event->has_attention_called()) return follow_ups;
  const AttentionCalled& attention = event->attention_called();
  // The rest is for the offices that are told; these two need a body to decide.
  if (attention.cause() != "BOTH_SIDES_CHANGED" && attention.cause() != "NEW_HOLDER_SILENT") {
    return follow_ups;
  }
  if (RaiserOf(attention).empty()) return follow_ups;
  const auto bodies = OwningBodies(record.instance(), related);
  for (const std::string& body : bodies) RaiseMatter(record, attention, body, follow_ups);
  if (attention.has_meet_on() && !bodies.empty()) {
    CallMeeting(record, attention, bodies, related, follow_ups);
  }
  return follow_ups;
}

void AddContinuity(KindRegistry& registry) {
  registry.process_managers.push_back(std::make_unique<AttentionAgenda>());
}

}  // namespace kasundo::continuity
