// What the text of agreements brings to an engine.
#pragma once

#include "workflows/engine/kind.h"

namespace kasundo::agreements {

// The kind `article` with its definition. It lies beneath agreements: AddAgreements() brings both.
void AddArticles(KindRegistry& registry);

}  // namespace kasundo::agreements
