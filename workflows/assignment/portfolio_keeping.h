// Keeps the portfolios up: after each event of an assignment the portfolio of every office that it
// ever asked says what the office was, is or shall be answerable for under it. Discards that of an
// office that was entered by mistake.
#pragma once

#include <string>
#include <vector>

#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "kasundo/assignments/v1/portfolios.pb.h"
#include "workflows/engine/process_manager.h"

namespace kasundo::assignments {

class PortfolioKeeping final : public ProcessManager {
 public:
  std::string_view name() const override { return "portfolio-keeping"; }
  std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& related) const override;
};

// The claims of one office under an assignment: its tenures, and what it is asked to take.
std::vector<v1::Claim> ClaimsOf(const std::string& assignment, const v1::AssignmentState& state,
                                const std::string& office);

}  // namespace kasundo::assignments
