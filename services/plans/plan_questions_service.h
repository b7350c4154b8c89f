// kasundo.plans.v1.PlanQuestions: reads what a question is about; the answers are pure functions.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

void RegisterPlanQuestions(ServiceCatalog& catalog);

}  // namespace kasundo
