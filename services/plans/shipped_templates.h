// The plan templates that ship with the program (requirement 57): workflows/plan/templates/*.yaml.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "kasundo/plans/v1/plan_templates.pb.h"
#include "kasundo/plans/v1/plan_templates_service.pb.h"

namespace kasundo::plans {

// By id. Read once; a text that cannot be read is a defect of the program.
const std::vector<v1::ShippedTemplate>& ShippedTemplates();

// Fills what a request that names a shipped template does not say itself. NOT_FOUND
// TEMPLATE_NOT_SHIPPED.
absl::Status FillFromShipped(v1::WritePlanTemplateRequest& request);

}  // namespace kasundo::plans
