// MakeKind<D>: see kind.h.
#pragma once

#include <utility>

#include "workflows/engine/check.h"

namespace kasundo {

template <Decider D>
class DeciderKind final : public Kind {
 public:
  using State = typename D::State;
  using Event = typename D::Event;

  DeciderKind() {
    for (const auto& command : D::Commands()) {
      infos_.emplace(command.request, CommandInfo{command.request, command.events});
      cases_.emplace(command.request, &command);
    }
  }

  const KindTraits& traits() const override { return D::Traits(); }
  const google::protobuf::Descriptor* state_type() const override { return State::descriptor(); }
  const google::protobuf::Descriptor* event_type() const override { return Event::descriptor(); }

  std::vector<CommandInfo> commands() const override {
    std::vector<CommandInfo> all;
    for (const auto& command : D::Commands()) all.push_back({command.request, command.events});
    return all;
  }
  std::vector<RoleInfo> roles() const override {
    std::vector<RoleInfo> all;
    for (const auto& role : D::Roles()) all.push_back({role.name, role.meaning});
    return all;
  }
  std::vector<GuardInfo> guards() const override {
    std::vector<GuardInfo> all;
    for (const auto& guard : D::Guards())
      all.push_back({guard.name, guard.meaning, guard.parameters});
    return all;
  }

  MessagePtr Initial() const override { return std::make_unique<State>(D::Initial()); }
  MessagePtr NewEvent() const override { return std::make_unique<Event>(); }

  const CommandInfo* FindCommand(const google::protobuf::Descriptor* request) const override {
    const auto found = infos_.find(request);
    return found == infos_.end() ? nullptr : &found->second;
  }

  absl::StatusOr<std::vector<MessagePtr>> Decide(const google::protobuf::Message& request,
                                                 const google::protobuf::Message& state,
                                                 const Context& context) const override {
    const auto found = cases_.find(request.GetDescriptor());
    KASUNDO_CHECK(found != cases_.end());
    auto events = found->second->decide(request, static_cast<const State&>(state), context);
    if (!events.ok()) return std::move(events).status();
    std::vector<MessagePtr> erased;
    erased.reserve(events->size());
    for (Event& event : *events) erased.push_back(std::make_unique<Event>(std::move(event)));
    return erased;
  }

  void Evolve(google::protobuf::Message& state,
              const google::protobuf::Message& event) const override {
    auto& typed = static_cast<State&>(state);
    typed = D::Evolve(std::move(typed), static_cast<const Event&>(event));
  }

  bool HoldsRole(std::string_view role, const google::protobuf::Message& state,
                 const Context& context) const override {
    for (const auto& candidate : D::Roles()) {
      if (candidate.name == role) return candidate.holds(static_cast<const State&>(state), context);
    }
    return false;
  }

  absl::Status CheckGuard(std::string_view guard, const std::map<std::string, std::string>& with,
                          const google::protobuf::Message& state,
                          const Context& context) const override {
    for (const auto& candidate : D::Guards()) {
      if (candidate.name == guard) {
        return candidate.check(static_cast<const State&>(state), context, with);
      }
    }
    KASUNDO_CHECK(false && "the definition checker lets no unknown guard pass");
    return absl::InternalError("unknown guard");
  }

 private:
  std::map<const google::protobuf::Descriptor*, CommandInfo> infos_;
  std::map<const google::protobuf::Descriptor*, const CommandCase<D>*> cases_;
};

template <Decider D>
std::unique_ptr<Kind> MakeKind() {
  return std::make_unique<DeciderKind<D>>();
}

}  // namespace kasundo
