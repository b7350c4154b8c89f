#include "services/directory/directory_identity.h"

#include <algorithm>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/workflows/v1/realm_events.pb.h"
#include "services/directory/credentials.h"
#include "workflows/directory/account_decider.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

// More than the days that callers ask about at one time; beyond it the cache begins anew.
constexpr size_t kOfficesKept = 100'000;

absl::Status RefuseIdentity(std::string_view why) {
  return Refuse(absl::StatusCode::kUnauthenticated, api::v1::REASON_IDENTITY_REQUIRED,
                std::string(why))
      .Mend("Sign in, or send a valid token as `authorization: Bearer ...`.");
}

template <typename S>
std::shared_ptr<const S> StateOf(const Engine& engine, const std::string& name) {
  if (name.empty()) return nullptr;
  auto found = engine.Get(name);
  return found.ok() ? std::dynamic_pointer_cast<const S>(found->state) : nullptr;
}

}  // namespace

absl::StatusOr<std::unique_ptr<DirectoryIdentity>> DirectoryIdentity::Open(Engine& engine) {
  std::unique_ptr<DirectoryIdentity> identity(new DirectoryIdentity(engine));
  RETURN_IF_ERROR(identity->LoadAll());
  return identity;
}

DirectoryIdentity::DirectoryIdentity(Engine& engine)
    : engine_(engine), changed_(engine, {"account", "office", "person"}) {}

absl::Status DirectoryIdentity::LoadAll() {
  for (const std::string& realm : engine_.Realms()) {
    ASSIGN_OR_RETURN(std::vector<Instance> accounts, AllOf(engine_, "account", realm));
    for (Instance& account : accounts) Remember(std::move(account));
  }
  return absl::OkStatus();
}

void DirectoryIdentity::Forget(const std::string& account) const {
  const auto known = accounts_.find(account);
  if (known == accounts_.end()) return;
  for (const v1::StoredToken& token : known->second.state->tokens()) {
    token_hashes_.erase(token.hash());
  }
  accounts_.erase(known);
}

void DirectoryIdentity::Remember(Instance account) const {
  auto state = std::dynamic_pointer_cast<const v1::AccountState>(account.state);
  if (state == nullptr) return;
  for (const v1::StoredToken& token : state->tokens()) token_hashes_[token.hash()] = account.name;
  const bool active = account.record.lifecycle_state() == "active";
  accounts_[account.name] = {std::move(state), active};
}

absl::Status DirectoryIdentity::Follow() const {
  if (!changed_.Any()) return absl::OkStatus();
  std::unique_lock lock(mutex_);
  if (!changed_.Any()) return absl::OkStatus();
  return changed_.Learn([this](const std::set<std::string>& names) -> absl::Status {
    if (!names.empty()) {
      offices_.clear();
      ++generation_;
    }
    for (const std::string& name : names) {
      if (CollectionOf(name) != "accounts") continue;
      auto account = engine_.Get(name);
      if (!account.ok()) return std::move(account).status();
      Forget(name);
      Remember(*std::move(account));
    }
    return absl::OkStatus();
  });
}

absl::StatusOr<Caller> DirectoryIdentity::Authenticate(std::string_view token) const {
  RETURN_IF_ERROR(Follow());
  const std::string hash = HashToken(token);
  Caller caller;
  {
    std::shared_lock lock(mutex_);
    const auto found = token_hashes_.find(hash);
    if (found == token_hashes_.end()) return RefuseIdentity("the token is unknown or was revoked");
    const Account& account = accounts_.at(found->second);
    if (!account.active) return RefuseIdentity("the account is frozen or closed");
    if (FindLiveToken(*account.state, hash, engine_.clock().Now()) == nullptr) {
      return RefuseIdentity("the token has expired");
    }
    caller.account = found->second;
    caller.person = account.state->person();
    caller.administrator = IsAdministrator(*account.state);
  }
  const Offices offices = OfficesOf(caller.account, Today(std::string(RealmOf(caller.account))));
  for (const OfficeHeld& held : *offices) caller.offices.push_back(held.office);
  caller.token = std::string(token);
  return caller;
}

absl::StatusOr<workflows::v1::Actor> DirectoryIdentity::ActIn(const Caller& caller,
                                                              std::string_view office,
                                                              const api::v1::CivilDate& day) const {
  RETURN_IF_ERROR(Follow());
  workflows::v1::Actor actor;
  actor.set_account(caller.account);
  actor.set_person(caller.person);
  actor.set_administrator(caller.administrator);
  const Offices offices = OfficesOf(caller.account, day);
  if (office.empty() && offices->empty()) return actor;
  const auto held = office.empty()
                        ? offices->begin()
                        : std::find_if(offices->begin(), offices->end(),
                                       [&](const OfficeHeld& one) { return one.office == office; });
  if (held == offices->end()) {
    return Refuse(absl::StatusCode::kPermissionDenied, api::v1::REASON_NOT_HOLDER_OF_OFFICE,
                  fmt::format("{} neither holds {} nor stands in for it on {}",
                              caller.person.empty() ? caller.account : caller.person, office,
                              ToString(day)))
        .Field("header.acting_office")
        .Mend("Act in an office of your own, or have the term, deputy or delegation recorded.");
  }
  actor.set_office(held->office);
  actor.set_organisation(held->organisation);
  actor.set_acting(held->acting);
  return actor;
}

DirectoryIdentity::Offices DirectoryIdentity::OfficesOf(const std::string& account,
                                                        const api::v1::CivilDate& day) const {
  const auto key = std::make_pair(account, ToString(day));
  std::shared_ptr<const v1::AccountState> state;
  uint64_t generation = 0;
  {
    std::shared_lock lock(mutex_);
    generation = generation_;
    const auto known = offices_.find(key);
    if (known != offices_.end()) return known->second;
    const auto found = accounts_.find(account);
    if (found != accounts_.end()) state = found->second.state;
  }
  auto offices = std::make_shared<const std::vector<OfficeHeld>>(
      state == nullptr ? std::vector<OfficeHeld>() : WorkOutOffices(RealmOf(account), *state, day));
  std::unique_lock lock(mutex_);
  // What was worked out from a state that has changed since must not stay.
  if (changed_.Any() || generation != generation_) return offices;
  if (offices_.size() >= kOfficesKept) offices_.clear();
  return offices_[key] = std::move(offices);
}

std::vector<DirectoryIdentity::OfficeHeld> DirectoryIdentity::WorkOutOffices(
    std::string_view realm, const v1::AccountState& account, const api::v1::CivilDate& day) const {
  std::vector<OfficeHeld> held;
  const auto add = [&](const std::string& office) {
    // An account acts in its own realm only.
    if (RealmOf(office) != realm) return;
    if (auto one = Held(office, account, day)) held.push_back(*std::move(one));
  };
  if (!account.offices().empty()) {
    std::for_each(account.offices().begin(), account.offices().end(), add);
    return held;
  }
  const auto person = StateOf<v1::PersonState>(engine_, account.person());
  if (person == nullptr) return held;
  std::for_each(person->offices().begin(), person->offices().end(), add);
  // One's own office comes before those that one stands in for.
  std::stable_partition(held.begin(), held.end(),
                        [](const OfficeHeld& one) { return !one.acting; });
  return held;
}

std::optional<DirectoryIdentity::OfficeHeld> DirectoryIdentity::Held(
    const std::string& office, const v1::AccountState& account,
    const api::v1::CivilDate& day) const {
  const auto state = StateOf<v1::OfficeState>(engine_, office);
  if (state == nullptr || !ExistedOn(*state, day)) return std::nullopt;
  // A machine acts for the offices that an administrator gave it, never as their holder.
  const Capacity capacity =
      account.person().empty() ? Capacity::kActing : CapacityOf(*state, account.person(), day);
  if (capacity == Capacity::kNone) return std::nullopt;
  return OfficeHeld{office, OrganisationOn(*state, day), capacity == Capacity::kActing};
}

api::v1::CivilDate DirectoryIdentity::Today(const std::string& realm) const {
  absl::TimeZone zone = absl::UTCTimeZone();
  bool known = false;
  {
    std::shared_lock lock(mutex_);
    const auto found = zones_.find(realm);
    known = found != zones_.end();
    if (known) zone = found->second;
  }
  if (!known) {
    const auto state = StateOf<workflows::v1::RealmState>(engine_, realm);
    if (state == nullptr || !absl::LoadTimeZone(state->time_zone(), &zone)) {
      zone = absl::UTCTimeZone();
    }
    std::unique_lock lock(mutex_);
    zones_[realm] = zone;
  }
  return DayOf(engine_.clock().Now(), zone);
}

const v1::StoredToken* FindLiveToken(const v1::AccountState& account, std::string_view hash,
                                     absl::Time now) {
  const auto found = std::find_if(
      account.tokens().begin(), account.tokens().end(), [&](const v1::StoredToken& token) {
        return token.hash() == hash && now < ToTime(token.token().expire_time());
      });
  return found == account.tokens().end() ? nullptr : &*found;
}

}  // namespace kasundo::directory
