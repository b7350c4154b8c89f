// What many commands of a body check alike: ids, days, periods, and finding what a request names.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"
#include "workflows/engine/usual_checks.h"

namespace kasundo::committees {

// What a decider of bodies answers.
using CommitteeEvents = absl::StatusOr<std::vector<v1::CommitteeEvent>>;

// `date` if it is set, else `otherwise`.
CivilDate Or(const CivilDate& date, const CivilDate& otherwise);

// The last day before a term that begins on `since`. Of an imprecise date nobody knows the day
// before, so the term before ends within the same date ("until 2012", "since 2012").
CivilDate DayBefore(const CivilDate& since);

// The first day after a term that ended on `until`.
CivilDate DayAfter(const CivilDate& until);

// The later of two days.
CivilDate Later(const CivilDate& a, const CivilDate& b);

// Whether two terms must have had a day in common however their imprecise dates are read.
bool Collide(const CivilDate& since_a, const CivilDate& until_a, const CivilDate& since_b,
             const CivilDate& until_b);

// INVALID_ARGUMENT ID_INVALID unless lower-case letters, digits and inner hyphens.
inline absl::Status CheckId(std::string_view field, std::string_view id) {
  return kasundo::CheckId(field, id, v1::REASON_ID_INVALID);
}

// INVALID_ARGUMENT DATE_BEFORE_BEGINNING if the day lies before the body began.
absl::Status CheckNotBeforeBody(std::string_view field, const v1::CommitteeState& state,
                                const CivilDate& day);

// INVALID_ARGUMENT PERIOD_INVALID if both are set and `until` lies before `since`.
absl::Status CheckPeriod(std::string_view field, const CivilDate& since, const CivilDate& until);

// The seat of that id, ended or not. NOT_FOUND SEAT_NOT_FOUND.
absl::StatusOr<const v1::Seat*> FindSeat(const v1::CommitteeState& state, std::string_view seat_id);

// The seat of that id if it exists on that day, which `day_field` of the request gives. NOT_FOUND
// SEAT_NOT_FOUND, INVALID_ARGUMENT DATE_BEFORE_BEGINNING, FAILED_PRECONDITION SEAT_ENDED.
absl::StatusOr<const v1::Seat*> FindSeatOn(const v1::CommitteeState& state,
                                           std::string_view seat_id, const CivilDate& day,
                                           std::string_view day_field);

// The thematic area of that id if it has not ended. NOT_FOUND AREA_NOT_FOUND, FAILED_PRECONDITION
// AREA_ENDED.
absl::StatusOr<const v1::ThematicArea*> FindOpenArea(const v1::CommitteeState& state,
                                                     std::string_view area_id);

// The id that the server gives to a new entry of a list: `prefix` and the first number from 1 that
// no entry has.
template <typename Entries>
std::string NextId(const Entries& entries, std::string_view prefix) {
  std::set<std::string> taken;
  for (const auto& entry : entries) taken.insert(entry.id());
  for (int number = 1;; ++number) {
    std::string id = std::string(prefix) + std::to_string(number);
    if (!taken.contains(id)) return id;
  }
}

}  // namespace kasundo::committees
