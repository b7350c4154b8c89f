// How a kind states its rules. A decider is a struct of pure static functions over four protobuf
// types:
//
//   struct Matter {
//     using State = committees::v1::MatterState;   // stored; only Evolve makes a new one
//     using Event = committees::v1::MatterEvent;   // one message with `oneof event`, one member
//     per fact static State Initial(); static State Evolve(State state, const Event& event); //
//     total: a stored event cannot be refused static const KindTraits& Traits(); // names static
//     const std::vector<CommandCase<Matter>>& Commands();    // one line per command static const
//     std::vector<RoleCase<Matter>>& Roles();          // who is who, for `by` static const
//     std::vector<GuardCase<Matter>>& Guards();        // predicates, for `guard`
//   };
//
// A command is the RPC's own request message. Each case names the events that it may yield; from
// these the engine knows, before it asks the decider, in which states the command makes sense and
// who may send it:
//
//   static const std::vector<CommandCase<Matter>> cases = {
//       On(&Raise, {"MatterRaised"}),
//
// and Raise is
//
//   absl::StatusOr<std::vector<v1::MatterEvent>> Raise(const v1::RaiseMatterRequest& request,
//                                                      const v1::MatterState& state, const Context&
//                                                      context);
//
// The engine has done before: identity, required fields, references exist, request id, etag, role
// (`by`), lifecycle state. It does after: guards, required fields of the next state, Evolve,
// timers. A decider checks what is left: the rules.
#pragma once

#include <concepts>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "workflows/engine/context.h"

namespace kasundo {

struct KindTraits {
  std::string kind;         // "action_item": as in definitions and (kasundo.api.v1.method)
  std::string collection;   // "actionItems": the segment of names
  std::string parent_kind;  // "committee", or "" if it lies directly beneath a realm
};

template <typename D>
struct CommandCase {
  const google::protobuf::Descriptor* request;
  std::vector<std::string> events;  // message names of the events it may yield
  std::function<absl::StatusOr<std::vector<typename D::Event>>(
      const google::protobuf::Message&, const typename D::State&, const Context&)>
      decide;
};

template <typename D>
struct RoleCase {
  std::string name;
  std::string meaning;  // a sentence for people: who that is
  std::function<bool(const typename D::State&, const Context&)> holds;
};

// Answers OK, or the refusal that says what is missing and from whom.
template <typename D>
struct GuardCase {
  std::string name;
  std::string meaning;
  std::vector<std::string> parameters;  // names it accepts; all optional
  std::function<absl::Status(const typename D::State&, const Context&,
                             const std::map<std::string, std::string>& with)>
      check;
};

template <typename D>
concept Decider = requires(typename D::State s, const typename D::Event& e) {
  requires std::derived_from<typename D::State, google::protobuf::Message>;
  requires std::derived_from<typename D::Event, google::protobuf::Message>;
  { D::Initial() } -> std::same_as<typename D::State>;
  { D::Evolve(std::move(s), e) } -> std::same_as<typename D::State>;
  { D::Traits() } -> std::same_as<const KindTraits&>;
  { D::Commands() } -> std::same_as<const std::vector<CommandCase<D>>&>;
  { D::Roles() } -> std::same_as<const std::vector<RoleCase<D>>&>;
  { D::Guards() } -> std::same_as<const std::vector<GuardCase<D>>&>;
};

// What On() gives; becomes a CommandCase of the decider in whose list it stands.
template <typename Request, typename State, typename Event>
struct JoinedCommand {
  absl::StatusOr<std::vector<Event>> (*function)(const Request&, const State&, const Context&);
  std::vector<std::string> events;

  template <typename D>
  operator CommandCase<D>() const {  // NOLINT(google-explicit-constructor)
    return {Request::descriptor(), events,
            [f = function](const google::protobuf::Message& request, const State& state,
                           const Context& context) {
              return f(static_cast<const Request&>(request), state, context);
            }};
  }
};

// Joins a request type, its function and the events it may yield: the one line per command.
template <typename Request, typename State, typename Event>
JoinedCommand<Request, State, Event> On(
    absl::StatusOr<std::vector<Event>> (*decide)(const Request&, const State&, const Context&),
    std::vector<std::string> events) {
  return {decide, std::move(events)};
}

}  // namespace kasundo
