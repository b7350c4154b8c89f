#include "workflows/directory/dated.h"

namespace kasundo::directory {

CivilDate EndBefore(const CivilDate& since) {
  if (since.month() == 0) return MakeDate(since.year() - 1);
  if (since.day() == 0) {
    const absl::CivilMonth before = absl::CivilMonth(since.year(), since.month()) - 1;
    return MakeDate(static_cast<int>(before.year()), before.month());
  }
  return FromDay(First(since) - 1);
}

CivilDate StartAfter(const CivilDate& until) {
  return until.day() == 0 ? until : FromDay(First(until) + 1);
}

bool EndsBeforeItBegins(const CivilDate& since, const CivilDate& until) {
  return IsSet(since) && IsSet(until) && Last(until) < First(since);
}

bool BeginsAfter(const CivilDate& since, const CivilDate& day) {
  return IsSet(since) && First(since) > Last(day);
}

}  // namespace kasundo::directory
