// Service kasundo.agreements.v1.Articles: the kind `article` and the questions about texts.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

// Adds the service and the kind. Commands, gets and lists are wired by their options;
// GetAgreementText and CompareTexts by their handlers.
void RegisterArticles(ServiceCatalog& catalog);

}  // namespace kasundo
