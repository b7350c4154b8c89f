#include "services/runtime/instance_history.h"

#include <utility>

#include "workflows/engine/civil_date.h"
#include "workflows/engine/instance_entry.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

constexpr size_t kReadAtOnce = 1000;

bool CountsAt(const workflows::v1::EventRecord& record, const api::v1::AsOf& as_of,
              absl::TimeZone zone) {
  switch (as_of.at_case()) {
    case api::v1::AsOf::kTime:
      return TimeOf(record.recorded_time()) <= TimeOf(as_of.time());
    case api::v1::AsOf::kPosition:
      return record.position() <= as_of.position();
    case api::v1::AsOf::kBusinessDate:
      return BusinessDay(record, zone) <= Last(as_of.business_date());
    case api::v1::AsOf::AT_NOT_SET:
      return true;
  }
  return true;
}

}  // namespace

absl::StatusOr<std::vector<workflows::v1::EventRecord>> HistoryOf(
    const Engine& engine, const std::string& instance, int64_t from_revision,
    const std::optional<api::v1::AsOf>& as_of) {
  ASSIGN_OR_RETURN(const absl::TimeZone zone, engine.TimeZoneOf(RealmOf(instance)));
  std::vector<workflows::v1::EventRecord> records;
  while (true) {
    ASSIGN_OR_RETURN(auto page, engine.History(instance, from_revision, kReadAtOnce));
    if (page.empty()) return records;
    from_revision = page.back().revision() + 1;
    for (workflows::v1::EventRecord& record : page) {
      if (!as_of.has_value() || CountsAt(record, *as_of, zone)) {
        records.push_back(std::move(record));
      }
    }
  }
}

}  // namespace kasundo
