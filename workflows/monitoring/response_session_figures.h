// What a session with questionnaires shows: change over pairs, ratings.
#pragma once

#include "kasundo/monitoring/v1/response_sessions_events.pb.h"
#include "workflows/monitoring/template_items.h"

namespace kasundo::monitoring {

// Fills counts, pairs, changes and ratings. Only codes that answered a question before and after
// count for its change; yes counts 1, partly 1/2, no 0.
void FillFigures(const v1::ResponseSessionState& state, const std::vector<AskedItem>& asked,
                 v1::ResponseSession& to);

}  // namespace kasundo::monitoring
