// The little kind of the engine's own tests: a promise between two offices
// (proto/kasundo/testing/v1/toy.proto).
//
//   new ─MakePromise─▶ open ─KeepPromise─▶ kept
//                       │ └─deadline keep-by─▶ overdue ─KeepPromise─▶ kept
//                       └─WithdrawPromise (not within withdraw days of the due date)─▶ withdrawn
//
// promise.workflow.yaml says who may do what; guards and roles are below.
#pragma once

#include <memory>
#include <string_view>

#include "kasundo/testing/v1/toy.pb.h"
#include "workflows/engine/decider.h"
#include "workflows/engine/kind.h"

namespace kasundo::testing {

struct PromiseDecider {
  using State = v1::PromiseState;
  using Event = v1::PromiseEvent;

  static State Initial();
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<PromiseDecider>>& Commands();
  // promiser, promisee, witness: who acts in that office.
  static const std::vector<RoleCase<PromiseDecider>>& Roles();
  // witnessed; due-in (days: how many days before the due date at least; default 1).
  static const std::vector<GuardCase<PromiseDecider>>& Guards();
};

// The text of promise.workflow.yaml.
std::string_view PromiseDefinitionText();

// A registry with the promise and its definition, as a realm of a test begins.
KindRegistry ToyRegistry();

}  // namespace kasundo::testing
