// The questions of the service Directory that span instances (directory_service.proto). Pure reads
// over one engine; any thread.
#pragma once

#include "absl/status/statusor.h"
#include "kasundo/directory/v1/directory_service.pb.h"
#include "services/directory/name_index.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/engine.h"

namespace kasundo::directory {

// `on` is the request's date, or today.
absl::StatusOr<v1::ResolveNameResponse> ResolveName(const v1::ResolveNameRequest& request,
                                                    const Engine& engine, NameIndex& names,
                                                    const CivilDate& on);
absl::StatusOr<v1::GetHolderResponse> GetHolder(const v1::GetHolderRequest& request,
                                                const Engine& engine, const CivilDate& on);
absl::StatusOr<v1::ListVacanciesResponse> ListVacancies(const v1::ListVacanciesRequest& request,
                                                        const Engine& engine, const CivilDate& on);
absl::StatusOr<v1::ListTerritoryUnitsResponse> ListTerritoryUnits(
    const v1::ListTerritoryUnitsRequest& request, const Engine& engine, const CivilDate& on);
absl::StatusOr<v1::GetDutyCoverageResponse> GetDutyCoverage(
    const v1::GetDutyCoverageRequest& request, const Engine& engine, const CivilDate& on);
absl::StatusOr<v1::ListWarningsResponse> ListWarnings(const v1::ListWarningsRequest& request,
                                                      const Engine& engine, const CivilDate& on);

}  // namespace kasundo::directory
