// What owning bodies do about attention that was called to something they own: when holders changed
// on both sides, or a new holder was silent, a matter is put before every body that owns it, so
// that an extraordinary meeting has something to meet about (requirements 126, 127).
//
// Which bodies own an instance of any kind: those beneath which it lies, and those that its state
// names.
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
