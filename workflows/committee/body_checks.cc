#include "workflows/committee/body_checks.h"

#include <algorithm>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/refusal.h"

namespace kasundo::committees {
namespace {

bool IsPrecise(const CivilDate& date) { return date.day() != 0; }

// However the dates are read, the first term has ended before the second begins.
bool CanPrecede(const CivilDate& until, const CivilDate& since) {
  if (!IsSet(until) || !IsSet(since)) return false;
  return First(until) < Last(since);
}

}  // namespace

CivilDate Or(const CivilDate& date, const CivilDate& otherwise) {
  return IsSet(date) ? date : otherwise;
}

CivilDate DayBefore(const CivilDate& since) {
  return IsPrecise(since) ? FromDay(First(since) - 1) : since;
}

CivilDate DayAfter(const CivilDate& until) { return FromDay(Last(until) + 1); }

CivilDate Later(const CivilDate& a, const CivilDate& b) { return Last(a) < Last(b) ? b : a; }

bool Collide(const CivilDate& since_a, const CivilDate& until_a, const CivilDate& since_b,
             const CivilDate& until_b) {
  return !CanPrecede(until_a, since_b) && !CanPrecede(until_b, since_a);
}

absl::Status CheckNotBeforeBody(std::string_view field, const v1::CommitteeState& state,
                                const CivilDate& day) {
  if (!IsSet(state.since()) || !Before(day, state.since())) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_BEFORE_BEGINNING,
                fmt::format("{} lies before the body began, on {}", ToString(day),
                            ToString(state.since())))
      .Field(field)
      .Mend("Give a day on which the body existed.")
      .With("began", ToString(state.since()));
}

absl::Status CheckPeriod(std::string_view field, const CivilDate& since, const CivilDate& until) {
  if (!IsSet(since) || !IsSet(until) || !Before(until, since)) return absl::OkStatus();
  return Refuse(
             absl::StatusCode::kInvalidArgument, v1::REASON_PERIOD_INVALID,
             fmt::format("it ends on {}, before it begins on {}", ToString(until), ToString(since)))
      .Field(field)
      .Mend("Give a last day that is not before the first.");
}

absl::StatusOr<const v1::Seat*> FindSeat(const v1::CommitteeState& state,
                                         std::string_view seat_id) {
  const auto found = std::find_if(state.seats().begin(), state.seats().end(),
                                  [&](const v1::Seat& seat) { return seat.id() == seat_id; });
  if (found != state.seats().end()) return &*found;
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_SEAT_NOT_FOUND,
                fmt::format("the body has no seat \"{}\"", seat_id))
      .Field("seat_id")
      .Mend("GetRoster lists the seats.");
}

absl::StatusOr<const v1::Seat*> FindSeatOn(const v1::CommitteeState& state,
                                           std::string_view seat_id, const CivilDate& day,
                                           std::string_view day_field) {
  auto seat = FindSeat(state, seat_id);
  if (!seat.ok() || Covers((*seat)->since(), (*seat)->until(), day)) return seat;
  const std::string since = ToString((*seat)->since());
  if (!IsSet((*seat)->until()) || Before(day, (*seat)->since())) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_BEFORE_BEGINNING,
                  fmt::format("{} lies before the seat \"{}\" begins, on {}", ToString(day),
                              seat_id, since))
        .Field(day_field)
        .Mend(fmt::format("Give a day from {} on, or add a seat that begins earlier (AddSeat, "
                          "seat.since).",
                          since))
        .With("begins", since);
  }
  const std::string until = ToString((*seat)->until());
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_ENDED,
                fmt::format("seat \"{}\" ended on {}, before {}", seat_id, until, ToString(day)))
      .Field(day_field)
      .Mend(fmt::format("Give a day until {}, or add a new seat (AddSeat).", until))
      .With("ended", until);
}

absl::StatusOr<const v1::ThematicArea*> FindOpenArea(const v1::CommitteeState& state,
                                                     std::string_view area_id) {
  const auto found =
      std::find_if(state.areas().begin(), state.areas().end(),
                   [&](const v1::ThematicArea& area) { return area.id() == area_id; });
  if (found == state.areas().end()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_AREA_NOT_FOUND,
                  fmt::format("the body has no thematic area \"{}\"", area_id))
        .Field("area_id")
        .Mend("The body's `areas` list them.");
  }
  if (IsSet(found->until())) {
    return Refuse(
               absl::StatusCode::kFailedPrecondition, v1::REASON_AREA_ENDED,
               fmt::format("thematic area \"{}\" ended on {}", area_id, ToString(found->until())))
        .Field("area_id")
        .Mend("Choose an area that exists, or add one.");
  }
  return &*found;
}

}  // namespace kasundo::committees
