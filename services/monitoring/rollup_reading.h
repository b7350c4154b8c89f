// The rows of the roll-ups as of now or of any past point.
//
// Now: the stored rows and, in memory, what has been recorded since they were written; so a caller
// reads its own writes, unless the rows are far behind: `position` says how far they go. The past:
// the same projection over the journal up to that point, in memory; so the figures of a past day
// are those that were shown on it, bit for bit (requirement 91).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "workflows/engine/engine.h"
#include "workflows/engine/journal.h"
#include "workflows/engine/projection.h"
#include "workflows/monitoring/rollup_projection.h"

namespace kasundo::monitoring {

class RollUpReading {
 public:
  static absl::StatusOr<std::unique_ptr<RollUpReading>> Open(
      Engine& engine, const std::string& realm, const std::optional<api::v1::AsOf>& as_of);

  const RollUpRows& rows() const { return reader_; }
  // Of the last event that the rows contain; -1 if none.
  int64_t position() const { return position_; }

 private:
  RollUpReading(std::unique_ptr<Journal> scratch, std::unique_ptr<View> view, uint32_t number)
      : scratch_(std::move(scratch)),
        view_(std::move(view)),
        rows_(*view_, number, RollUps::kName),
        reader_(rows_) {}

  std::unique_ptr<Journal> scratch_;  // an empty one, for the past; else nullptr
  std::unique_ptr<View> view_;
  ProjectionRows rows_;
  RollUpRows reader_;
  int64_t position_ = -1;
};

}  // namespace kasundo::monitoring
