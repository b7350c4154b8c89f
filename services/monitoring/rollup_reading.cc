#include "services/monitoring/rollup_reading.h"

#include <utility>
#include <vector>

#include "workflows/engine/civil_date.h"
#include "workflows/engine/instance_entry.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/memory_journal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::monitoring {
namespace {

constexpr size_t kPage = 1'000;
// More than that is not worth waiting for: the projection is at it anyway.
constexpr int64_t kMostInMemory = 20'000;

// Whether an event lies within the bound; `stop` if none after it can.
bool Within(const workflows::v1::EventRecord& record, const std::optional<api::v1::AsOf>& as_of,
            absl::TimeZone zone, bool& stop) {
  stop = false;
  if (!as_of.has_value()) return true;
  switch (as_of->at_case()) {
    case api::v1::AsOf::kTime:
      stop = TimeOf(record.recorded_time()) > TimeOf(as_of->time());
      return !stop;
    case api::v1::AsOf::kPosition:
      stop = record.position() > as_of->position();
      return !stop;
    case api::v1::AsOf::kBusinessDate:
      // Where a territory lay on which day, its own dates say, whenever it was entered.
      return record.kind() == "territory" ||
             BusinessDay(record, zone) <= Last(as_of->business_date());
    case api::v1::AsOf::AT_NOT_SET:
      return true;
  }
  return true;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RollUpReading>> RollUpReading::Open(
    Engine& engine, const std::string& realm, const std::optional<api::v1::AsOf>& as_of) {
  ASSIGN_OR_RETURN(const uint32_t number, engine.RealmNumber(realm));
  ASSIGN_OR_RETURN(const absl::TimeZone zone, engine.TimeZoneOf(realm));
  const bool past = as_of.has_value() && as_of->at_case() != api::v1::AsOf::AT_NOT_SET;
  std::unique_ptr<Journal> scratch = past ? std::make_unique<MemoryJournal>() : nullptr;
  std::unique_ptr<View> view = past ? scratch->Snapshot() : engine.journal().Snapshot();
  int64_t next = 0;
  if (!past) {
    ASSIGN_OR_RETURN(const auto stored,
                     view->Get(Family::kRows, log_format::RowPositionKey(number, RollUps::kName)));
    if (stored.has_value()) next = static_cast<int64_t>(log_format::GetU64(*stored));
  }
  std::unique_ptr<RollUpReading> reading(
      new RollUpReading(std::move(scratch), std::move(view), number));
  const int64_t enough = past ? INT64_MAX : next + kMostInMemory;
  const RollUps projection;
  std::unique_ptr<google::protobuf::Message> payload;
  for (bool stop = false; !stop && next < enough;) {
    ASSIGN_OR_RETURN(const auto records, engine.ReadJournal(realm, next, kPage));
    for (const workflows::v1::EventRecord& record : records) {
      const bool within = Within(record, as_of, zone, stop);
      if (stop) break;
      ++next;
      if (!within || engine.kinds().Find(record.kind()) == nullptr) continue;
      RETURN_IF_ERROR(DecodePayload(record, engine.kinds(), payload));
      RETURN_IF_ERROR(projection.Apply(record, *payload, reading->rows_));
    }
    if (records.size() < kPage) break;
  }
  reading->position_ = next - 1;
  return reading;
}

}  // namespace kasundo::monitoring
