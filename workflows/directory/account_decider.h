// Accounts: the identities that people and machines sign in with. Secrets never come here in clear:
// the service hashes passwords and tokens before it sends a command.
//
//   new ──AccountCreated──▶ active ──AccountFrozen──▶ frozen
//                            │  ▲──AccountUnfrozen─────┘ │
//                            └──────AccountClosed────────┴──▶ closed
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "kasundo/directory/v1/account_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::directory {

// Wrong passwords in a row after which sign-in is refused for kLockout.
inline constexpr int kFailuresBeforeLockout = 5;
inline constexpr absl::Duration kLockout = absl::Minutes(15);
inline constexpr absl::Duration kSessionLifetime = absl::Hours(12);
inline constexpr absl::Duration kOneTimeLifetime = absl::Hours(24);
inline constexpr absl::Duration kTokenLifetimeMax = absl::Hours(24 * 400);
// Sessions kept per account; with one more the oldest ends.
inline constexpr int kSessionsMax = 20;
// Tokens of programs per account that have not ended.
inline constexpr int kApiTokensMax = 20;

struct AccountDecider {
  using State = v1::AccountState;
  using Event = v1::AccountEvent;
  static State Initial();
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<AccountDecider>>& Commands();
  static const std::vector<RoleCase<AccountDecider>>& Roles();
  static const std::vector<GuardCase<AccountDecider>>& Guards();
};

bool IsAdministrator(const v1::AccountState& account);

// Sign-in is refused at this moment.
bool IsLocked(const v1::AccountState& account, absl::Time now);

absl::Time ToTime(const google::protobuf::Timestamp& timestamp);
google::protobuf::Timestamp ToTimestamp(absl::Time time);

}  // namespace kasundo::directory
