// kasundo.plans.v1: Plans, SlippagePolicies, PlanTemplates, Needs, Allotments, PlanQuestions.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

void RegisterPlans(ServiceCatalog& catalog);

}  // namespace kasundo
