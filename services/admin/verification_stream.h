// The server stream of Admin.Verify: a thread of its own verifies, the stream reports.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/runtime/call_context.h"

namespace kasundo {

// Verifies the stored blocks and then each realm. The caller may see all of them.
std::unique_ptr<StreamSource> VerifyRealms(std::shared_ptr<const CallContext> call,
                                           std::vector<std::string> realms);

}  // namespace kasundo
