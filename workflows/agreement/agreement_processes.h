// What follows of itself from facts of agreements, in the same batch (process_manager.h).
//
// - article-listing: an article that was drafted beneath an agreement is listed in it, in order.
// - text-work: work on an article counts as work on the agreement that is prepared (34).
// - text-inheritance: a revived attempt inherits the articles of the failed one (35).
// - obligation-listing: an obligation that was recorded beneath an agreement is listed in it.
// - party-departure: a party that left owes nothing more; obligations of the others stay (30).
// - activity-obligations: obligations of a suspended activity rest with it, and only they (37).
#pragma once

#include <memory>
#include <vector>

#include "workflows/engine/process_manager.h"

namespace kasundo::agreements {

std::vector<std::unique_ptr<ProcessManager>> AgreementProcesses();

}  // namespace kasundo::agreements
