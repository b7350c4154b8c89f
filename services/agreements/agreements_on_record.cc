#include "services/agreements/agreements_on_record.h"

#include <string>

#include "workflows/engine/lifecycle.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

constexpr size_t kReadAtOnce = 500;

const workflows::v1::State* LifecycleStateOf(const Engine& engine, const Instance& instance) {
  const Lifecycle* lifecycle = engine.FindLifecycle(
      RealmOf(instance.name), instance.record.definition(), instance.record.definition_version());
  if (lifecycle == nullptr) return nullptr;
  for (const workflows::v1::State& state : lifecycle->definition().states()) {
    if (state.id() == instance.record.lifecycle_state()) return &state;
  }
  return nullptr;
}

}  // namespace

absl::Status ForEachAgreement(const Engine& engine, std::string_view realm,
                              const std::function<absl::Status(const Instance&)>& visit) {
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const auto page, engine.List(kAgreementKind, realm, after, kReadAtOnce));
    for (const Instance& instance : page) RETURN_IF_ERROR(visit(instance));
    if (page.size() < kReadAtOnce) return absl::OkStatus();
    after = page.back().name;
  }
}

bool IsOver(const Engine& engine, const Instance& instance) {
  const auto* state = LifecycleStateOf(engine, instance);
  return state != nullptr && state->final();
}

std::string StateTitleOf(const Engine& engine, const Instance& instance) {
  const auto* state = LifecycleStateOf(engine, instance);
  return state == nullptr || state->title().empty() ? instance.record.lifecycle_state()
                                                    : state->title();
}

}  // namespace kasundo::agreements
