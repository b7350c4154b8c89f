#include <algorithm>
#include <map>
#include <string>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/committee/committee_commands.h"
#include "workflows/committee/meeting_series.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

constexpr int kEarliestYear = 1900;
constexpr int kLatestYear = 2200;

bool IsSettled(const v1::PlannedMeeting& meeting) {
  return !meeting.meeting().empty() || meeting.missed();
}

v1::PlannedMeeting* FindPlanned(CommitteeState& state, std::string_view planned_id) {
  for (v1::MeetingSeries& series : *state.mutable_series()) {
    if (auto* meeting = FindById(*series.mutable_meetings(), planned_id)) return meeting;
  }
  return nullptr;
}

// The deadline "meeting-window" counts from the earliest window that is still open.
void SetNextWindow(CommitteeState& state) {
  state.clear_next_window_end();
  for (const v1::MeetingSeries& series : state.series()) {
    for (const v1::PlannedMeeting& meeting : series.meetings()) {
      if (IsSettled(meeting)) continue;
      if (!IsSet(state.next_window_end()) ||
          Before(meeting.window_end(), state.next_window_end())) {
        *state.mutable_next_window_end() = meeting.window_end();
      }
    }
  }
}

v1::CommitteeEvent Missed(const v1::PlannedMeeting& meeting) {
  v1::CommitteeEvent event;
  event.mutable_planned_meeting_missed()->set_planned_id(meeting.id());
  *event.mutable_planned_meeting_missed()->mutable_window_end() = meeting.window_end();
  return event;
}

}  // namespace

CommitteeEvents GenerateMeetingSeries(const v1::GenerateMeetingSeriesRequest& request,
                                      const CommitteeState& state, const Context& context) {
  if (state.cadence().period() == v1::CADENCE_PERIOD_UNSPECIFIED) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_CADENCE_MISSING,
                  "the body has no cadence")
        .Mend("Set the cadence first.");
  }
  if (request.year() < kEarliestYear || request.year() > kLatestYear) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  fmt::format("{} is no year of meetings", request.year()))
        .Field("year")
        .Mend(fmt::format("Give a year from {} to {}.", kEarliestYear, kLatestYear));
  }
  std::vector<v1::CommitteeEvent> events;
  v1::MeetingSeries series;
  series.set_year(request.year());
  std::map<std::string, const v1::PlannedMeeting*> settled;
  for (const v1::MeetingSeries& old : state.series()) {
    for (const v1::PlannedMeeting& meeting : old.meetings()) {
      if (old.year() == request.year() && IsSettled(meeting)) settled[meeting.id()] = &meeting;
      // What was never held in the years before is history: it must not hold up the deadlines of
      // this year.
      if (old.year() < request.year() && !IsSettled(meeting) &&
          Before(meeting.window_end(), context.today)) {
        events.push_back(Missed(meeting));
      }
    }
  }
  for (const auto& [id, meeting] : settled) *series.add_meetings() = *meeting;
  for (v1::PlannedMeeting& meeting : PlanMeetings(state.cadence(), request.year())) {
    const bool before_body = IsSet(state.since()) && Before(meeting.window_end(), state.since());
    if (!settled.contains(meeting.id()) && !before_body) *series.add_meetings() = meeting;
  }
  std::stable_sort(series.mutable_meetings()->begin(), series.mutable_meetings()->end(),
                   [](const v1::PlannedMeeting& a, const v1::PlannedMeeting& b) {
                     return Compare(a.planned_on(), b.planned_on()) < 0;
                   });
  if (series.meetings().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_BEFORE_BEGINNING,
                  fmt::format("the body began on {}", ToString(state.since())))
        .Field("year")
        .Mend("Give a year in which the body existed.");
  }
  *events.emplace_back().mutable_meeting_series_generated()->mutable_series() = std::move(series);
  return events;
}

CommitteeEvents ListChildBody(const v1::ListChildBodyRequest& request, const CommitteeState& state,
                              const Context& /*context*/) {
  const auto& children = state.child_bodies();
  if (std::find(children.begin(), children.end(), request.child_body()) != children.end()) {
    return std::vector<v1::CommitteeEvent>{};
  }
  v1::CommitteeEvent event;
  event.mutable_child_body_listed()->set_child_body(request.child_body());
  return std::vector{std::move(event)};
}

CommitteeEvents DelistChildBody(const v1::DelistChildBodyRequest& request,
                                const CommitteeState& state, const Context& /*context*/) {
  const auto& children = state.child_bodies();
  if (std::find(children.begin(), children.end(), request.child_body()) == children.end()) {
    return std::vector<v1::CommitteeEvent>{};
  }
  v1::CommitteeEvent event;
  event.mutable_child_body_delisted()->set_child_body(request.child_body());
  return std::vector{std::move(event)};
}

CommitteeEvents RegisterResolution(const v1::RegisterResolutionRequest& request,
                                   const CommitteeState& state, const Context& /*context*/) {
  for (const v1::RegisteredResolution& known : state.resolutions()) {
    if (known.number() != request.resolution().number() &&
        known.resolution() != request.resolution().resolution()) {
      continue;
    }
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_RESOLUTION_REGISTERED,
                  fmt::format("{} has the number {}", known.resolution(), known.number()))
        .Field("resolution.number")
        .Mend("Give another number.");
  }
  v1::CommitteeEvent event;
  *event.mutable_resolution_registered()->mutable_resolution() = request.resolution();
  return std::vector{std::move(event)};
}

CommitteeEvents ListMatter(const v1::ListMatterRequest& request, const CommitteeState& state,
                           const Context& context) {
  for (const v1::OpenMatter& open : state.open_matters()) {
    if (open.matter() == request.matter().matter()) return std::vector<v1::CommitteeEvent>{};
  }
  v1::CommitteeEvent event;
  v1::OpenMatter& matter = *event.mutable_matter_listed()->mutable_matter();
  matter = request.matter();
  *matter.mutable_since() = Or(matter.since(), context.today);
  return std::vector{std::move(event)};
}

CommitteeEvents DelistMatter(const v1::DelistMatterRequest& request, const CommitteeState& state,
                             const Context& /*context*/) {
  for (const v1::OpenMatter& open : state.open_matters()) {
    if (open.matter() != request.matter()) continue;
    v1::CommitteeEvent event;
    event.mutable_matter_delisted()->set_matter(request.matter());
    return std::vector{std::move(event)};
  }
  return std::vector<v1::CommitteeEvent>{};
}

CommitteeEvents ListRecommendation(const v1::ListRecommendationRequest& request,
                                   const CommitteeState& state, const Context& context) {
  for (const v1::OpenRecommendation& open : state.recommendations()) {
    if (open.resolution() == request.recommendation().resolution()) {
      return std::vector<v1::CommitteeEvent>{};
    }
  }
  v1::CommitteeEvent event;
  v1::OpenRecommendation& listed = *event.mutable_recommendation_listed()->mutable_recommendation();
  listed = request.recommendation();
  *listed.mutable_since() = Or(listed.since(), context.today);
  return std::vector{std::move(event)};
}

CommitteeEvents DelistRecommendation(const v1::DelistRecommendationRequest& request,
                                     const CommitteeState& state, const Context& /*context*/) {
  for (const v1::OpenRecommendation& open : state.recommendations()) {
    if (open.resolution() != request.resolution()) continue;
    v1::CommitteeEvent event;
    event.mutable_recommendation_delisted()->set_resolution(request.resolution());
    return std::vector{std::move(event)};
  }
  return std::vector<v1::CommitteeEvent>{};
}

CommitteeEvents RecordMeetingHeld(const v1::RecordMeetingHeldRequest& request,
                                  const CommitteeState& state, const Context& context) {
  const std::string planned_id =
      request.planned_id().empty() ? std::string(IdOf(request.meeting())) : request.planned_id();
  for (const v1::MeetingSeries& series : state.series()) {
    for (const v1::PlannedMeeting& meeting : series.meetings()) {
      if (meeting.id() != planned_id || !meeting.meeting().empty()) continue;
      v1::CommitteeEvent event;
      v1::PlannedMeetingHeld& held = *event.mutable_planned_meeting_held();
      held.set_planned_id(planned_id);
      held.set_meeting(request.meeting());
      *held.mutable_held_on() = Or(request.held_on(), context.today);
      return std::vector{std::move(event)};
    }
  }
  return std::vector<v1::CommitteeEvent>{};  // a special meeting, or one outside any series
}

CommitteeEvents FlagMissedMeeting(const v1::FlagMissedMeetingRequest& /*request*/,
                                  const CommitteeState& state, const Context& context) {
  std::vector<v1::CommitteeEvent> events;
  for (const v1::MeetingSeries& series : state.series()) {
    for (const v1::PlannedMeeting& meeting : series.meetings()) {
      if (!IsSettled(meeting) && Before(meeting.window_end(), context.today)) {
        events.push_back(Missed(meeting));
      }
    }
  }
  return events;
}

void Apply(const v1::ChildBodyListed& event, CommitteeState& state) {
  state.add_child_bodies(event.child_body());
}

void Apply(const v1::ChildBodyDelisted& event, CommitteeState& state) {
  auto& children = *state.mutable_child_bodies();
  children.erase(std::remove(children.begin(), children.end(), event.child_body()), children.end());
}

void Apply(const v1::MeetingSeriesGenerated& event, CommitteeState& state) {
  auto& all = *state.mutable_series();
  const auto same_year = std::find_if(all.begin(), all.end(), [&](const v1::MeetingSeries& series) {
    return series.year() == event.series().year();
  });
  if (same_year != all.end()) {
    *same_year = event.series();
  } else {
    *all.Add() = event.series();
    std::stable_sort(
        all.begin(), all.end(),
        [](const v1::MeetingSeries& a, const v1::MeetingSeries& b) { return a.year() < b.year(); });
  }
  SetNextWindow(state);
}

void Apply(const v1::PlannedMeetingHeld& event, CommitteeState& state) {
  v1::PlannedMeeting* meeting = FindPlanned(state, event.planned_id());
  if (meeting == nullptr) return;
  meeting->set_meeting(event.meeting());
  *meeting->mutable_held_on() = event.held_on();
  SetNextWindow(state);
}

void Apply(const v1::PlannedMeetingMissed& event, CommitteeState& state) {
  v1::PlannedMeeting* meeting = FindPlanned(state, event.planned_id());
  if (meeting == nullptr) return;
  meeting->set_missed(true);
  SetNextWindow(state);
}

void Apply(const v1::ResolutionRegistered& event, CommitteeState& state) {
  *state.add_resolutions() = event.resolution();
}

void Apply(const v1::MatterListed& event, CommitteeState& state) {
  *state.add_open_matters() = event.matter();
}

void Apply(const v1::MatterDelisted& event, CommitteeState& state) {
  auto& matters = *state.mutable_open_matters();
  matters.erase(
      std::remove_if(matters.begin(), matters.end(),
                     [&](const v1::OpenMatter& open) { return open.matter() == event.matter(); }),
      matters.end());
}

void Apply(const v1::RecommendationListed& event, CommitteeState& state) {
  *state.add_recommendations() = event.recommendation();
}

void Apply(const v1::RecommendationDelisted& event, CommitteeState& state) {
  auto& open = *state.mutable_recommendations();
  open.erase(std::remove_if(open.begin(), open.end(),
                            [&](const v1::OpenRecommendation& recommendation) {
                              return recommendation.resolution() == event.resolution();
                            }),
             open.end());
}

}  // namespace kasundo::committees
