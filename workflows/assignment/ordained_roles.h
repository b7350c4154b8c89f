// What an ordinance or order says about responsible units becomes assignments (requirement 41): in
// the batch in which it comes into force, or names a unit while it is in force, the function is
// proposed to that unit, which becomes accountable and responsible when it accepts. The act is the
// legal basis.
#pragma once

#include <string>
#include <vector>

#include "workflows/engine/process_manager.h"

namespace kasundo::assignments {

class OrdainedRoles final : public ProcessManager {
 public:
  std::string_view name() const override { return "ordained-roles"; }
  std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& related) const override;
};

}  // namespace kasundo::assignments
