// A process manager follows the journal and sends commands. It runs in the sequencer right after
// the event that it reacts to, in the same batch, so that its effect is there when the first
// command is answered; followers of another service's journal run it by subscription. Its commands
// carry request ids made of the event's position, so that a repetition adds nothing.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/message.h"
#include "kasundo/workflows/v1/records.pb.h"
#include "workflows/engine/context.h"

namespace kasundo {

// A command that a process manager wants done.
struct FollowUp {
  // Full name of the instance; for a creating command the name that it will have.
  std::string instance;
  std::unique_ptr<google::protobuf::Message> request;
  // The command brings `instance` into being.
  bool creates = false;
};

class ProcessManager {
 public:
  virtual ~ProcessManager() = default;

  // Stable: it is part of request ids ("matter-forwarding").
  virtual std::string_view name() const = 0;

  // The follow-ups of one event. `payload` is the kind's event message (or EngineEvent); `related`
  // looks up instances of the same journal as they are after the event. Pure.
  virtual std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                                      const google::protobuf::Message& payload,
                                      const Context::Lookup& related) const = 0;
};

}  // namespace kasundo
