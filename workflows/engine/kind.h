// A kind as the engine sees it: the decider of some kind with its types erased. MakeKind<D>() makes
// one of a decider; the engine never names a kind.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "workflows/engine/decider.h"
#include "workflows/engine/process_manager.h"
#include "workflows/engine/projection.h"

namespace kasundo {

class Kind {
 public:
  using MessagePtr = std::unique_ptr<google::protobuf::Message>;

  // A command of the kind: its request type and the events that it may yield.
  struct CommandInfo {
    const google::protobuf::Descriptor* request;
    std::vector<std::string> events;
  };
  struct RoleInfo {
    std::string name;
    std::string meaning;
  };
  struct GuardInfo {
    std::string name;
    std::string meaning;
    std::vector<std::string> parameters;
  };

  virtual ~Kind() = default;

  virtual const KindTraits& traits() const = 0;
  virtual const google::protobuf::Descriptor* state_type() const = 0;
  virtual const google::protobuf::Descriptor* event_type() const = 0;
  virtual std::vector<CommandInfo> commands() const = 0;
  virtual std::vector<RoleInfo> roles() const = 0;
  virtual std::vector<GuardInfo> guards() const = 0;

  virtual MessagePtr Initial() const = 0;
  virtual MessagePtr NewEvent() const = 0;
  // nullptr if the kind has no such command.
  virtual const CommandInfo* FindCommand(const google::protobuf::Descriptor* request) const = 0;
  // REQUIRES: FindCommand(request.GetDescriptor()) and state is of state_type().
  virtual absl::StatusOr<std::vector<MessagePtr>> Decide(const google::protobuf::Message& request,
                                                         const google::protobuf::Message& state,
                                                         const Context& context) const = 0;
  // REQUIRES: state is of state_type() and event of event_type(). Changes `state` in place.
  virtual void Evolve(google::protobuf::Message& state,
                      const google::protobuf::Message& event) const = 0;
  virtual bool HoldsRole(std::string_view role, const google::protobuf::Message& state,
                         const Context& context) const = 0;
  virtual absl::Status CheckGuard(std::string_view guard,
                                  const std::map<std::string, std::string>& with,
                                  const google::protobuf::Message& state,
                                  const Context& context) const = 0;
};

// The short name of the fact in an event message ("SeatFilled"): the message name of the set member
// of its oneof; "" if none is set.
std::string EventNameOf(const google::protobuf::Message& event);

// Short names of all facts that an event message can hold.
std::vector<std::string> EventNamesOf(const google::protobuf::Descriptor* event_type);

template <Decider D>
std::unique_ptr<Kind> MakeKind();

// The kinds, built-in definitions and process managers of a process; const once the engine is open.
struct KindRegistry {
  std::vector<std::unique_ptr<Kind>> kinds;
  // Texts of the definitions that every realm begins with, by definition id.
  std::map<std::string, std::string> builtin_definitions;
  std::vector<std::unique_ptr<ProcessManager>> process_managers;
  std::vector<std::unique_ptr<Projection>> projections;

  const Kind* Find(std::string_view kind) const;
  const Kind* FindByCollection(std::string_view collection) const;
};

}  // namespace kasundo

#include "workflows/engine/kind_inl.h"  // IWYU pragma: keep
