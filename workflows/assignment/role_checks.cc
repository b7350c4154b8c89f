#include "workflows/assignment/role_checks.h"

#include "fmt/format.h"
#include "workflows/engine/iso_duration.h"

namespace kasundo::assignments {

absl::Status RequireAfter(std::string_view field, const CivilDate& later, const CivilDate& earlier,
                          std::string_view what_was) {
  if (Before(earlier, later)) return absl::OkStatus();
  return Refuse(
             absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
             fmt::format("{} lies not after {}, {}", ToString(later), ToString(earlier), what_was))
      .Field(field)
      .Mend(fmt::format("Give a day after {}.", ToString(earlier)));
}

Refuse EntryNotFound(std::string_view field, std::string message) {
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_ENTRY_NOT_FOUND, std::move(message))
      .Field(field)
      .Mend("Read the assignment and name one of its entries.");
}

bool ActsForAll(const Context& context) {
  return context.actor.administrator() || context.actor.system();
}

CivilDate MonthsAfter(const CivilDate& day, int months) {
  IsoDuration duration;
  duration.months = months;
  return FromDay(Add(Last(day), duration));
}

}  // namespace kasundo::assignments
