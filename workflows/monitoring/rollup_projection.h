// The figures of every territory in every issuance, kept up to date event by event (requirements 90
// and 91). See kasundo/monitoring/v1/rollups_rows.proto for the rows.
//
// Nothing is counted twice: a checklist adds to its own territory once, and each territory adds
// what it has to the one around it on the last day of the period. When a territory turns out to
// have lain elsewhere, its whole sum moves. Where answers include lower units, a territory that
// answered itself stands for all within it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "kasundo/monitoring/v1/rollups_rows.pb.h"
#include "workflows/engine/projection.h"

namespace kasundo::monitoring {

class RollUps final : public Projection {
 public:
  static constexpr std::string_view kName = "monitoring-rollups-2";
  std::string_view name() const override { return kName; }
  absl::Status Apply(const workflows::v1::EventRecord& record,
                     const google::protobuf::Message& payload, ProjectionRows& rows) const override;
};

// Reading the rows, for queries.
class RollUpRows {
 public:
  explicit RollUpRows(const ProjectionRows& rows) : rows_(rows) {}

  // By names of issuance and territory; nullopt if nothing was issued there.
  absl::StatusOr<std::optional<v1::RollUpRow>> RowOf(std::string_view issuance,
                                                     std::string_view territory) const;
  absl::StatusOr<std::optional<v1::IssuanceRow>> IssuanceOf(std::string_view issuance) const;
  absl::StatusOr<v1::IssuanceIndexRow> Index() const;

 private:
  const ProjectionRows& rows_;
};

}  // namespace kasundo::monitoring
