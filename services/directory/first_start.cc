#include "services/directory/first_start.h"

#include <algorithm>
#include <memory>

#include "fmt/format.h"
#include "kasundo/directory/v1/account_events.pb.h"
#include "kasundo/directory/v1/account_requests.pb.h"
#include "services/directory/changed_instances.h"
#include "services/directory/credentials.h"
#include "workflows/directory/account_decider.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

constexpr char kRealm[] = "realms/system";
constexpr char kAccount[] = "realms/system/accounts/admin";

bool CanSignIn(const Instance& account, absl::Time now) {
  const auto* state = dynamic_cast<const v1::AccountState*>(account.state.get());
  if (state == nullptr || account.record.lifecycle_state() != "active") return false;
  if (!IsAdministrator(*state)) return false;
  return !state->password_hash().empty() ||
         std::any_of(state->tokens().begin(), state->tokens().end(),
                     [&](const v1::StoredToken& token) {
                       return now < ToTime(token.token().expire_time());
                     });
}

template <typename Request>
absl::Status Send(Engine& engine, Request request, bool creates) {
  Command command;
  command.instance = kAccount;
  command.creates = creates;
  command.actor.set_account("system");
  command.actor.set_system(true);
  command.header.set_reason("nobody could administer the server when it was started");
  command.request = std::make_shared<const Request>(std::move(request));
  return engine.Execute(std::move(command)).status;
}

absl::Status OpenAccount(Engine& engine) {
  v1::CreateAccountRequest request;
  request.set_parent(kRealm);
  request.set_account_id("admin");
  request.add_roles(v1::ACCOUNT_ROLE_ADMINISTRATOR);
  request.set_purpose("operates this server");
  return Send(engine, std::move(request), /*creates=*/true);
}

}  // namespace

absl::StatusOr<std::optional<OneTimeToken>> EnsureAdministrator(Engine& engine) {
  const absl::Time now = engine.clock().Now();
  ASSIGN_OR_RETURN(const std::vector<Instance> accounts, AllOf(engine, "account", kRealm));
  if (std::any_of(accounts.begin(), accounts.end(),
                  [&](const Instance& account) { return CanSignIn(account, now); })) {
    return std::nullopt;
  }
  const bool known = std::any_of(accounts.begin(), accounts.end(),
                                 [](const Instance& account) { return account.name == kAccount; });
  if (!known) RETURN_IF_ERROR(OpenAccount(engine));
  OneTimeToken token{kAccount, NewToken(), now + kOneTimeLifetime};
  v1::RecordTokenRequest request;
  request.set_name(kAccount);
  request.set_token_id(fmt::format("first-{}", NewTokenId()));
  request.set_token_hash(HashToken(token.token));
  request.set_kind(v1::TOKEN_KIND_ONE_TIME);
  request.set_title("one-time token of a start");
  *request.mutable_expire_time() = ToTimestamp(token.expires);
  RETURN_IF_ERROR(Send(engine, std::move(request), /*creates=*/false));
  return token;
}

}  // namespace kasundo::directory
