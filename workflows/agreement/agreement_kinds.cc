#include "workflows/agreement/agreement_kinds.h"

namespace kasundo::agreements {

void AddAgreements(KindRegistry& /*registry*/) {}

}  // namespace kasundo::agreements
