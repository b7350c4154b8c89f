// Who calls, over the accounts, tokens and terms of office in the engine of the same process
// (services/runtime/identity.h).
//
// Answers come from memory: accounts and their tokens are loaded when it is opened and follow the
// journal (changed_instances.h), so that a token works as soon as the answer that issued it, and no
// longer after the answer that revoked it or froze the account. In which offices an account may act
// is worked out once per account and day, and again after a change of offices, people or accounts.
// Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/directory/v1/account_events.pb.h"
#include "services/directory/changed_instances.h"
#include "services/runtime/identity.h"
#include "workflows/directory/term.h"
#include "workflows/engine/engine.h"

namespace kasundo::directory {

class DirectoryIdentity final : public Identity {
 public:
  // `engine` must outlive it. DATA_LOSS if accounts cannot be read.
  static absl::StatusOr<std::unique_ptr<DirectoryIdentity>> Open(Engine& engine);

  absl::StatusOr<Caller> Authenticate(std::string_view token) const override;
  absl::StatusOr<workflows::v1::Actor> ActIn(const Caller& caller, std::string_view office,
                                             const api::v1::CivilDate& day) const override;

 private:
  struct Account {
    std::shared_ptr<const v1::AccountState> state;
    bool active = false;
  };
  struct OfficeHeld {
    std::string office;
    std::string organisation;
    bool acting = false;
  };
  using Offices = std::shared_ptr<const std::vector<OfficeHeld>>;

  explicit DirectoryIdentity(Engine& engine);

  absl::Status LoadAll();
  // Brings the index up to what is recorded.
  absl::Status Follow() const;
  void Forget(const std::string& account) const;
  void Remember(Instance account) const;

  // Where the account may act on a day, in its order.
  Offices OfficesOf(const std::string& account, const api::v1::CivilDate& day) const;
  std::vector<OfficeHeld> WorkOutOffices(std::string_view realm, const v1::AccountState& account,
                                         const api::v1::CivilDate& day) const;
  std::optional<OfficeHeld> Held(const std::string& office, const v1::AccountState& account,
                                 const api::v1::CivilDate& day) const;
  api::v1::CivilDate Today(const std::string& realm) const;

  Engine& engine_;
  mutable ChangedInstances changed_;
  mutable std::shared_mutex mutex_;
  mutable std::unordered_map<std::string, Account> accounts_;
  mutable std::unordered_map<std::string, std::string> token_hashes_;       // to the account
  mutable std::map<std::pair<std::string, std::string>, Offices> offices_;  // by account and day
  mutable uint64_t generation_ = 0;  // grows whenever offices_ is emptied because something changed
  mutable std::map<std::string, absl::TimeZone> zones_;
};

// The live token of an account that has this hash; nullptr if there is none.
const v1::StoredToken* FindLiveToken(const v1::AccountState& account, std::string_view hash,
                                     absl::Time now);

}  // namespace kasundo::directory
