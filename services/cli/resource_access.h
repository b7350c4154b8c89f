// Reading resources of any kind: through the kind's own Get and List where it has them, else
// through the service that knows instances of every kind.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/invocation.h"
#include "services/cli/moment.h"

namespace kasundo::cli {

// The resource of this full name, now or at a moment of its past. `on` is a business date: what was
// valid then for kinds that keep dated facts (their Get has the field), for others what the acts
// make that had happened by then, whenever they were recorded.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> GetResource(
    Invocation& run, const std::string& full_name,
    const std::optional<Moment>& moment = std::nullopt, const std::string& on = "");

// The moment as the journal knows it: a revision is looked up in the history of the instance.
absl::StatusOr<api::v1::AsOf> Resolve(Invocation& run, const std::string& full_name,
                                      const Moment& moment);

// A resource as YAML without what changes with every event (etag, update_time): for differences.
std::string Comparable(const google::protobuf::Message& resource);

}  // namespace kasundo::cli
