// What owning bodies do about attention that was called to something they own: when holders changed
// on both sides, or a new holder was silent, a matter is put before every body that owns it
// (requirements 126, 127); and when both sides changed, these bodies are called to an extraordinary
// meeting at once, on the day that the attention names (requirement 127).
#pragma once

#include "workflows/engine/kind.h"
#include "workflows/engine/process_manager.h"

namespace kasundo::continuity {

class AttentionAgenda final : public ProcessManager {
 public:
  std::string_view name() const override { return "attention-agenda"; }
  std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& related) const override;
};

// Adds what continuity brings to an engine: no kind, the process manager above.
void AddContinuity(KindRegistry& registry);

}  // namespace kasundo::continuity
