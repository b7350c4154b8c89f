// Resources: what every kind's mapping leaves to the runtime, and instances of any kind.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/runtime/catalog.h"
#include "workflows/engine/engine.h"

namespace kasundo {

// Fills name, etag, state, definition, definition_version, create_time and update_time of a
// resource, by field name; a resource that has not one of them goes without.
void FillStandardFields(const Instance& instance, google::protobuf::Message& resource);

// The resource of an instance by its kind's mapping. UNIMPLEMENTED if the catalog has none for its
// kind.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> ToResource(
    const ServiceCatalog& catalog, const Instance& instance, const MappingContext& context);

// kasundo.workflows.v1.AnyInstance, with the resource inside if the catalog has a mapping for its
// kind.
std::unique_ptr<google::protobuf::Message> ToAnyInstance(const ServiceCatalog& catalog,
                                                         const Instance& instance,
                                                         const MappingContext& context);

}  // namespace kasundo
