// Questions over all bodies of a realm: how they are nested, which territories have one.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/engine.h"

namespace kasundo::committees {

// A body of the realm with what the questions need of it; `state` lives as long as the entry.
struct BodyOfRealm {
  std::string name;
  std::string lifecycle_state;
  std::shared_ptr<const google::protobuf::Message> held;
  const v1::CommitteeState& state() const { return static_cast<const v1::CommitteeState&>(*held); }
};

// All instances of a kind beneath `parent`, by name.
absl::StatusOr<std::vector<Instance>> ReadAll(const Engine& engine, std::string_view kind,
                                              const std::string& parent);

// All bodies of a realm, by name.
absl::StatusOr<std::vector<BodyOfRealm>> BodiesOf(const Engine& engine, const std::string& realm);

// Bodies that existed on `on`, parents before children. `root` is the realm, or the body whose part
// of the tree is wanted: NOT_FOUND, reason INSTANCE_NOT_FOUND if there is none.
absl::StatusOr<v1::GetBodyTreeResponse> TreeOf(const std::vector<BodyOfRealm>& bodies,
                                               const std::string& root, const CivilDate& on,
                                               bool closed_too);

v1::GetCoverageResponse CoverageOf(const std::vector<BodyOfRealm>& bodies,
                                   const v1::GetCoverageRequest& request, const CivilDate& on);

}  // namespace kasundo::committees
