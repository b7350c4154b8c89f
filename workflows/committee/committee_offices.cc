#include <algorithm>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "workflows/committee/committee_commands.h"
#include "workflows/committee/composition.h"
#include "workflows/committee/roster.h"
#include "workflows/directory/decisions.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

constexpr int kCoLeads = 3;  // tripartite: three named co-leads

// Positions of a leadership form, beside those that the model names and those that every body may
// have.
std::vector<v1::OfficerPosition> PositionsOf(v1::LeadershipForm form) {
  switch (form) {
    case v1::LEADERSHIP_FORM_CHAIR_AND_CO_CHAIR:
      return {v1::OFFICER_POSITION_CHAIR, v1::OFFICER_POSITION_CO_CHAIR};
    case v1::LEADERSHIP_FORM_BOARD_OF_OFFICERS:
      return {v1::OFFICER_POSITION_CHAIR, v1::OFFICER_POSITION_VICE_CHAIR,
              v1::OFFICER_POSITION_SECRETARY, v1::OFFICER_POSITION_TREASURER};
    case v1::LEADERSHIP_FORM_TRIPARTITE:
      return {v1::OFFICER_POSITION_CO_LEAD};
    case v1::LEADERSHIP_FORM_ELECTED_COORDINATOR:
      return {v1::OFFICER_POSITION_COORDINATOR};
    default:
      return {v1::OFFICER_POSITION_CHAIR};
  }
}

bool IsInEveryModel(v1::OfficerPosition position) {
  return position == v1::OFFICER_POSITION_PLANNING_FOCAL_POINT ||
         position == v1::OFFICER_POSITION_ADULT_ADVISER;
}

// How many may be in the post at once; 0 for any number.
int PlacesOf(v1::OfficerPosition position) {
  if (IsInEveryModel(position)) return 0;
  return position == v1::OFFICER_POSITION_CO_LEAD ? kCoLeads : 1;
}

absl::Status CheckPosition(const CommitteeState& state, v1::OfficerPosition position) {
  if (IsInEveryModel(position)) return absl::OkStatus();
  auto positions = PositionsOf(state.leadership().form());
  for (const int named : state.leadership().conveners()) {
    positions.push_back(static_cast<v1::OfficerPosition>(named));
  }
  for (const int named : state.leadership().presiders()) {
    positions.push_back(static_cast<v1::OfficerPosition>(named));
  }
  if (std::find(positions.begin(), positions.end(), position) != positions.end()) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_POSITION_NOT_IN_MODEL,
                fmt::format("the body is led by {}; it has no {}", InWords(positions),
                            InWords({position})))
      .Field("officer.position")
      .Mend("Choose a position of the leadership model, or change the model.");
}

absl::Status CheckPlaces(const CommitteeState& state, const v1::Officer& officer) {
  const int places = PlacesOf(officer.position());
  if (places == 0) return absl::OkStatus();
  const auto taken = static_cast<int>(std::count_if(
      state.officers().begin(), state.officers().end(), [&](const v1::Officer& other) {
        return other.position() == officer.position() &&
               Collide(other.since(), other.until(), officer.since(), officer.until());
      }));
  if (taken < places) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_POSITION_FILLED,
                fmt::format("the body has {} {} in that time; {} allowed", taken,
                            InWords({officer.position()}), places))
      .Field("officer.position")
      .Mend("Relieve the one in the post first.")
      .With("in_post", taken)
      .With("allowed", places);
}

absl::Status CheckBearer(const CommitteeState& state, const v1::Officer& officer) {
  const int bearers = (officer.seat_id().empty() ? 0 : 1) + (officer.office().empty() ? 0 : 1) +
                      (officer.person().empty() ? 0 : 1);
  if (bearers != 1) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_OFFICER_WITHOUT_BEARER,
                  fmt::format("a post is given to a seat, an office or a person; {} are named",
                              bearers))
        .Field("officer")
        .Mend("Name exactly one of `seat_id`, `office` and `person`.");
  }
  if (officer.seat_id().empty()) return absl::OkStatus();
  return FindSeatOn(state, officer.seat_id(), officer.since(), "officer.since").status();
}

absl::Status CheckElection(const CommitteeState& state, const v1::Officer& officer) {
  const bool by_election = state.leadership().form() == v1::LEADERSHIP_FORM_ELECTED_COORDINATOR &&
                           officer.position() == v1::OFFICER_POSITION_COORDINATOR;
  if (!by_election || (officer.elected() && !officer.document().empty())) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ELECTION_REQUIRED,
                "the coordinator of this body is elected")
      .Field(officer.elected() ? "officer.document" : "officer.elected")
      .Mend("Say that the coordinator was elected, and give the minutes of the election.");
}

absl::StatusOr<const v1::Officer*> FindOfficer(const CommitteeState& state,
                                               std::string_view officer_id) {
  const auto found =
      std::find_if(state.officers().begin(), state.officers().end(),
                   [&](const v1::Officer& officer) { return officer.id() == officer_id; });
  if (found != state.officers().end()) return &*found;
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_OFFICER_NOT_FOUND,
                fmt::format("the body has no officer \"{}\"", officer_id))
      .Field("officer_id")
      .Mend("The body's `officers` list them.");
}

// Requirement 22: as long as a body of minors has members, it has an adult adviser.
absl::Status CheckAdviserRemains(const CommitteeState& state, const v1::Officer& leaving,
                                 const CivilDate& until) {
  if (state.members_from_age() == 0 || leaving.position() != v1::OFFICER_POSITION_ADULT_ADVISER) {
    return absl::OkStatus();
  }
  const CivilDate day = DayAfter(until);
  const auto in_post = OfficersOn(state, day);
  const bool another = std::any_of(in_post.begin(), in_post.end(), [&](const OfficerInPost& entry) {
    return entry.officer->position() == leaving.position() && entry.officer->id() != leaving.id();
  });
  const Roster roster = RosterOn(state, day);
  const auto members = std::count_if(roster.seats.begin(), roster.seats.end(),
                                     [](const RosterSeat& seat) { return seat.filled(); });
  if (another || members == 0) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ADULT_ADVISER_REQUIRED,
                fmt::format("{} members would be without an adult adviser", members))
      .Field("officer_id")
      .Mend("Appoint another adult adviser first.")
      .With("members", members);
}

}  // namespace

CommitteeEvents AppointOfficer(const v1::AppointOfficerRequest& request,
                               const CommitteeState& state, const Context& context) {
  v1::CommitteeEvent event;
  v1::Officer& officer = *event.mutable_officer_appointed()->mutable_officer();
  officer = request.officer();
  *officer.mutable_since() = Or(officer.since(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("officer.since", state, officer.since()));
  RETURN_IF_ERROR(CheckPeriod("officer.until", officer.since(), officer.until()));
  RETURN_IF_ERROR(CheckBearer(state, officer));
  RETURN_IF_ERROR(CheckPosition(state, officer.position()));
  RETURN_IF_ERROR(CheckElection(state, officer));
  RETURN_IF_ERROR(CheckPlaces(state, officer));
  RETURN_IF_ERROR(
      directory::CheckPresent(context, "officer.person", officer.person(), officer.until()));
  if (officer.id().empty()) officer.set_id(NextId(state.officers(), "o"));
  RETURN_IF_ERROR(CheckId("officer.id", officer.id()));
  if (FindOfficer(state, officer.id()).ok()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ID_INVALID,
                  fmt::format("an officer has the id \"{}\"", officer.id()))
        .Field("officer.id")
        .Mend("Choose another id, or leave it out.");
  }
  const CivilDate day = Later(officer.since(), context.today);
  return WithComposition(state, {std::move(event)}, day);
}

CommitteeEvents RelieveOfficer(const v1::RelieveOfficerRequest& request,
                               const CommitteeState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::Officer* officer, FindOfficer(state, request.officer_id()));
  if (IsSet(officer->until())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_OFFICER_RELIEVED,
                  fmt::format("officer \"{}\" left the post on {}", officer->id(),
                              ToString(officer->until())))
        .Field("officer_id")
        .Mend("Nothing needs to be done.");
  }
  const CivilDate until = Or(request.until(), context.today);
  RETURN_IF_ERROR(CheckPeriod("until", officer->since(), until));
  RETURN_IF_ERROR(CheckAdviserRemains(state, *officer, until));
  v1::CommitteeEvent event;
  event.mutable_officer_relieved()->set_officer_id(officer->id());
  *event.mutable_officer_relieved()->mutable_until() = until;
  return WithComposition(state, {std::move(event)}, Later(DayAfter(until), context.today));
}

CommitteeEvents AssignSecretariat(const v1::AssignSecretariatRequest& request,
                                  const CommitteeState& state, const Context& context) {
  v1::CommitteeEvent event;
  v1::Secretariat& next = *event.mutable_secretariat_assigned()->mutable_secretariat();
  next = request.secretariat();
  *next.mutable_since() = Or(next.since(), context.today);
  if (next.role() == v1::SECRETARIAT_ROLE_UNSPECIFIED) {
    next.set_role(v1::SECRETARIAT_ROLE_SECRETARIAT);
  }
  RETURN_IF_ERROR(CheckNotBeforeBody("secretariat.since", state, next.since()));
  RETURN_IF_ERROR(CheckPeriod("secretariat.until", next.since(), next.until()));
  for (const v1::Secretariat& old : state.secretariats()) {
    if (old.role() != next.role()) continue;
    if (old.office() == next.office() && Covers(old.since(), old.until(), next.since())) {
      return NothingToChange(
          fmt::format("{} is that since {}", old.office(), ToString(old.since())));
    }
    // The running one gives way to one who comes later; any other overlap is a mistake in the
    // dates.
    const bool gives_way = !IsSet(old.until()) && Compare(old.since(), next.since()) < 0;
    if (!gives_way && Collide(old.since(), old.until(), next.since(), next.until())) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_PERIOD_INVALID,
                    fmt::format("{} serves from {}{}", old.office(), ToString(old.since()),
                                IsSet(old.until()) ? " until " + ToString(old.until()) : ""))
          .Field("secretariat.since")
          .Mend("Give days on which no other office serves in this role.");
    }
  }
  return std::vector{std::move(event)};
}

void Apply(const v1::OfficerAppointed& event, CommitteeState& state) {
  *state.add_officers() = event.officer();
}

void Apply(const v1::OfficerRelieved& event, CommitteeState& state) {
  auto& officers = *state.mutable_officers();
  if (event.struck()) {
    officers.erase(std::remove_if(officers.begin(), officers.end(),
                                  [&](const v1::Officer& officer) {
                                    return officer.id() == event.officer_id();
                                  }),
                   officers.end());
  }
  for (v1::Officer& officer : officers) {
    if (officer.id() == event.officer_id()) *officer.mutable_until() = event.until();
  }
}

void Apply(const v1::SecretariatAssigned& event, CommitteeState& state) {
  const v1::Secretariat& next = event.secretariat();
  for (v1::Secretariat& old : *state.mutable_secretariats()) {
    if (old.role() == next.role() && !IsSet(old.until()) &&
        Compare(old.since(), next.since()) < 0) {
      *old.mutable_until() = DayBefore(next.since());
    }
  }
  *state.add_secretariats() = next;
}

}  // namespace kasundo::committees
