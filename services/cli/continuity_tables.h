// Continuity as people read it: what could go wrong first, then what remains and who can do it.
#pragma once

#include <string>

#include "kasundo/continuity/v1/continuity_service.pb.h"
#include "services/cli/view.h"

namespace kasundo::cli {

std::string ContinuityText(const continuity::v1::InstanceContinuity& item,
                           const ViewOptions& options);
std::string ContinuityText(const continuity::v1::ListContinuityResponse& list,
                           const ViewOptions& options);
std::string ContinuityText(const continuity::v1::ListLossesResponse& losses,
                           const ViewOptions& options);
std::string ContinuityText(const continuity::v1::HandoverPack& pack, const ViewOptions& options);
std::string ContinuityText(const continuity::v1::ListElectionsResponse& elections,
                           const ViewOptions& options);

}  // namespace kasundo::cli
