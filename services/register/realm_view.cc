#include "services/register/realm_view.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "google/protobuf/timestamp.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/workflows/v1/realm_events.pb.h"
#include "workflows/committee/meeting_decider.h"
#include "workflows/continuity/named_instances.h"
#include "workflows/continuity/way.h"
#include "workflows/directory/office_decider.h"
#include "workflows/engine/field_path.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::continuity {
namespace {

using directory::OfficeDecider;

constexpr size_t kReadAtOnce = 500;

// Where instances of a kind lie beneath a realm: every id on the way stands for any.
std::optional<std::string> ParentPattern(const KindRegistry& kinds, const std::string& realm,
                                         const Kind& kind) {
  const std::string& above = kind.traits().parent_kind;
  if (above.empty()) return realm;
  const Kind* parent = kinds.Find(above);
  if (parent == nullptr) return std::nullopt;
  const auto beneath = ParentPattern(kinds, realm, *parent);
  if (!beneath.has_value()) return std::nullopt;
  return fmt::format("{}/{}/-", *beneath, parent->traits().collection);
}

template <typename Visit>
absl::Status ForEach(const Engine& engine, const std::string& kind, const std::string& parent,
                     const std::optional<api::v1::AsOf>& as_of, const Visit& visit) {
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(auto page, engine.List(kind, parent, after, kReadAtOnce, as_of));
    const bool last = page.size() < kReadAtOnce;
    if (!page.empty()) after = page.back().name;
    for (Instance& instance : page) RETURN_IF_ERROR(visit(std::move(instance)));
    if (last) return absl::OkStatus();
  }
}

// The date that the definition's target_field has in the state; unset if there is none.
CivilDate TargetOf(const Lifecycle& lifecycle, const google::protobuf::Message& state,
                   absl::TimeZone zone) {
  const std::string& text = lifecycle.definition().target_field();
  if (text.empty()) return {};
  const auto path = FieldPath::Resolve(lifecycle.kind().state_type(), text);
  if (!path.ok() || path->IsEmpty(state)) return {};
  const google::protobuf::Message& holder = *path->Holder(state);
  const auto& value = holder.GetReflection()->GetMessage(holder, path->field());
  if (const auto* date = dynamic_cast<const CivilDate*>(&value)) return *date;
  if (const auto* time = dynamic_cast<const google::protobuf::Timestamp*>(&value)) {
    return DayOf(TimeOf(*time), zone);
  }
  return {};
}

}  // namespace

RealmView::RealmView(const Engine& engine, std::string realm, const CivilDate& on, bool past,
                     absl::TimeZone zone)
    : engine_(&engine), realm_(std::move(realm)), zone_(zone), offices_(FromDay(Last(on))) {
  if (past) *as_of_.emplace().mutable_business_date() = on;
}

absl::StatusOr<RealmView> RealmView::Read(const Engine& engine, std::string_view realm,
                                          const CivilDate& on) {
  ASSIGN_OR_RETURN(const absl::TimeZone zone, engine.TimeZoneOf(realm));
  if (engine.kinds().Find(OfficeDecider::Traits().kind) == nullptr) {
    return Refuse(absl::StatusCode::kUnavailable, api::v1::REASON_PEER_UNAVAILABLE,
                  "the directory is served by another process, so nobody here knows who can act")
        .Mend("Ask a server that serves the directory and the register together.");
  }
  const bool past = Last(on) < Last(DayOf(engine.clock().Now(), zone));
  RealmView view(engine, std::string(realm), on, past, zone);
  RETURN_IF_ERROR(view.ReadOffices());
  return view;
}

absl::Status RealmView::ReadOffices() {
  return ForEach(
      *engine_, OfficeDecider::Traits().kind, realm_, std::nullopt, [&](Instance office) {
        if (!as_of_.has_value()) {
          offices_.Add(office.name, static_cast<const directory::v1::OfficeState&>(*office.state));
          return absl::OkStatus();
        }
        ASSIGN_OR_RETURN(const auto history, HistoryOf(office.name));
        auto known = WithoutHindsight(history, offices_.day(), zone_);
        if (known.has_value()) offices_.Add(office.name, *std::move(known));
        return absl::OkStatus();
      });
}

absl::StatusOr<std::vector<OfficeFact>> RealmView::HistoryOf(const std::string& office) const {
  ASSIGN_OR_RETURN(auto records, engine_->History(office, 1, std::numeric_limits<size_t>::max()));
  std::vector<OfficeFact> facts;
  for (auto& record : records) {
    directory::v1::OfficeEvent event;
    if (record.payload_type() != event.GetDescriptor()->full_name()) continue;
    if (!event.ParseFromString(record.payload())) {
      return absl::DataLossError(fmt::format("event {} cannot be read", record.position()));
    }
    facts.emplace_back(std::move(record), std::move(event));
  }
  return facts;
}

const Lifecycle* RealmView::LifecycleOf(const Instance& instance) const {
  return engine_->FindLifecycle(realm_, instance.record.definition(),
                                instance.record.definition_version());
}

absl::StatusOr<Subject> RealmView::SubjectOf(const Instance& instance,
                                             const Lifecycle& lifecycle) const {
  Subject subject;
  subject.name = instance.name;
  subject.kind = &lifecycle.kind();
  subject.definition = &lifecycle.definition();
  subject.definition_version = instance.record.definition_version();
  subject.lifecycle_state = instance.record.lifecycle_state();
  subject.state = instance.state.get();
  subject.target = TargetOf(lifecycle, *instance.state, zone_);
  ASSIGN_OR_RETURN(const auto history,
                   engine_->History(instance.name, 1, std::numeric_limits<size_t>::max()));
  for (const auto& record : history) {
    const absl::CivilDay day = BusinessDay(record, zone_);
    if (day > Last(offices_.day())) continue;
    const bool of_kind = record.payload_type() == lifecycle.kind().event_type()->full_name();
    if (of_kind && (!subject.last_recorded.has_value() || *subject.last_recorded < day)) {
      subject.last_recorded = day;
    }
    if (record.actor().system()) continue;
    subject.acts.push_back({record.event(), day, record.actor().person(), record.actor().office(),
                            record.actor().organisation()});
  }
  std::stable_sort(subject.acts.begin(), subject.acts.end(),
                   [](const Act& a, const Act& b) { return a.on < b.on; });
  ASSIGN_OR_RETURN(subject.last_meeting,
                   LastMeetingOf(BodiesOf(instance.name, instance.state.get())));
  ASSIGN_OR_RETURN(subject.context,
                   engine_->ContextFor(instance, workflows::v1::Actor(), offices_.day()));
  return subject;
}

absl::StatusOr<std::optional<BodyMeeting>> RealmView::ReadLastMeeting(
    const std::string& body) const {
  std::optional<BodyMeeting> last;
  const std::string& kind = committees::Meeting::Traits().kind;
  if (engine_->kinds().Find(kind) == nullptr) return last;
  RETURN_IF_ERROR(ForEach(*engine_, kind, body, as_of_, [&](const Instance& instance) {
    const auto& meeting = static_cast<const committees::v1::MeetingState&>(*instance.state);
    const absl::CivilDay day = Last(meeting.date());
    const bool held = meeting.has_opened_time() && day <= Last(offices_.day());
    if (held && (!last.has_value() || last->on < day)) last = BodyMeeting{instance.name, day};
    return absl::OkStatus();
  }));
  return last;
}

absl::StatusOr<std::optional<BodyMeeting>> RealmView::LastMeetingOf(
    const std::set<std::string>& bodies) const {
  std::optional<BodyMeeting> last;
  for (const std::string& body : bodies) {
    const auto [known, fresh] = last_meetings_.try_emplace(body);
    if (fresh) {
      ASSIGN_OR_RETURN(known->second, ReadLastMeeting(body));
    }
    const auto& meeting = known->second;
    if (meeting.has_value() && (!last.has_value() || last->on < meeting->on)) last = meeting;
  }
  return last;
}

absl::StatusOr<v1::InstanceContinuity> RealmView::AssessInstance(const Instance& instance,
                                                                 const Lifecycle& lifecycle,
                                                                 const CivilDate& target,
                                                                 bool target_first) const {
  ASSIGN_OR_RETURN(Subject subject, SubjectOf(instance, lifecycle));
  if (IsSet(target) && (target_first || !IsSet(subject.target))) subject.target = target;
  v1::InstanceContinuity item = continuity::Assess(subject, offices_);
  for (const auto& timer : instance.record.timers()) {
    v1::OpenDeadline& deadline = *item.add_deadlines();
    deadline.set_deadline(timer.deadline());
    *deadline.mutable_due_time() = timer.due_time();
    const Lifecycle::Deadline* declared = lifecycle.FindDeadline(timer.deadline());
    if (declared == nullptr) continue;
    deadline.set_title(declared->title);
    for (const std::string& role : declared->escalate_to) deadline.add_escalate_to(role);
  }
  return item;
}

absl::StatusOr<v1::InstanceContinuity> RealmView::Assess(const std::string& name,
                                                         const CivilDate& target) const {
  ASSIGN_OR_RETURN(const Instance instance, engine_->Get(name, as_of_));
  const Lifecycle* lifecycle = LifecycleOf(instance);
  if (lifecycle == nullptr) {
    return absl::InternalError(fmt::format("the definition of {} is not there", name));
  }
  return AssessInstance(instance, *lifecycle, target, /*target_first=*/true);
}

absl::StatusOr<std::vector<const Kind*>> RealmView::KindsWith(const OfInterest& of_interest) const {
  std::set<std::string> found;
  RETURN_IF_ERROR(ForEach(*engine_, "definition", realm_, std::nullopt, [&](Instance instance) {
    const auto& state = static_cast<const workflows::v1::DefinitionState&>(*instance.state);
    for (const auto& version : state.versions()) {
      const Lifecycle* lifecycle =
          engine_->FindLifecycle(realm_, std::string(IdOf(instance.name)), version.number());
      if (lifecycle != nullptr && of_interest(lifecycle->definition())) {
        found.insert(state.kind());
      }
    }
    return absl::OkStatus();
  }));
  std::vector<const Kind*> kinds;
  for (const auto& kind : engine_->kinds().kinds) {
    if (found.contains(kind->traits().kind)) kinds.push_back(kind.get());
  }
  return kinds;
}

absl::Status RealmView::ForInstances(
    const OfInterest& of_interest, const std::optional<api::v1::AsOf>& as_of,
    const std::function<absl::Status(const Instance&, const Lifecycle&)>& visit) const {
  ASSIGN_OR_RETURN(const auto kinds, KindsWith(of_interest));
  for (const Kind* kind : kinds) {
    const auto pattern = ParentPattern(engine_->kinds(), realm_, *kind);
    if (!pattern.has_value()) continue;
    RETURN_IF_ERROR(
        ForEach(*engine_, kind->traits().kind, *pattern, as_of, [&](const Instance& instance) {
          const Lifecycle* lifecycle = LifecycleOf(instance);
          if (lifecycle == nullptr) return absl::OkStatus();
          return visit(instance, *lifecycle);
        }));
  }
  return absl::OkStatus();
}

absl::StatusOr<Items> RealmView::Open(std::string_view parent, const CivilDate& target,
                                      const OfInterest& of_interest) const {
  Items items;
  const std::string prefix = fmt::format("{}/", parent);
  RETURN_IF_ERROR(
      ForInstances(of_interest, as_of_, [&](const Instance& instance, const Lifecycle& lifecycle) {
        if (!instance.name.starts_with(prefix)) return absl::OkStatus();
        const Way way = WayToGoal(lifecycle.definition(), instance.record.lifecycle_state());
        const bool lasts = way.reached && lifecycle.definition().continuity().standing();
        // A kind is read if one of its definitions is of interest; each instance has its own.
        if ((way.steps.empty() && !lasts) || !of_interest(lifecycle.definition())) {
          return absl::OkStatus();
        }
        ASSIGN_OR_RETURN(items.emplace_back(), AssessInstance(instance, lifecycle, target,
                                                              /*target_first=*/false));
        return absl::OkStatus();
      }));
  return items;
}

absl::StatusOr<std::vector<v1::RecentAct>> RealmView::RecentActs(const std::string& name,
                                                                 size_t limit) const {
  ASSIGN_OR_RETURN(const auto history,
                   engine_->History(name, 1, std::numeric_limits<size_t>::max()));
  std::vector<v1::RecentAct> acts;
  for (const auto& record : history) {
    const absl::CivilDay day = BusinessDay(record, zone_);
    if (record.actor().system() || day > Last(offices_.day())) continue;
    v1::RecentAct& act = acts.emplace_back();
    act.set_event(record.event());
    *act.mutable_on() = FromDay(day);
    act.set_person(record.actor().person());
    act.set_office(record.actor().office());
    act.set_reason(record.reason());
    act.set_revision(record.revision());
    *act.mutable_recorded_time() = record.recorded_time();
  }
  std::stable_sort(acts.begin(), acts.end(), [](const auto& a, const auto& b) {
    return Last(a.on()) > Last(b.on()) ||
           (Last(a.on()) == Last(b.on()) && a.revision() > b.revision());
  });
  if (acts.size() > limit) acts.resize(limit);
  return acts;
}

}  // namespace kasundo::continuity
