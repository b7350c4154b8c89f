#include "services/directory/sign_in.h"

#include <memory>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/account_events.pb.h"
#include "kasundo/directory/v1/identity_service.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "services/directory/credentials.h"
#include "services/directory/directory_identity.h"
#include "workflows/directory/account_decider.h"
#include "workflows/directory/names.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

constexpr absl::Duration kTokenLifetimeDefault = absl::Hours(24 * 30);

std::string Rpc(std::string_view method) {
  return fmt::format("kasundo.directory.v1.Identity.{}", method);
}

// "ana@calabarzon" is "realms/calabarzon/accounts/ana".
std::string FullAccountName(const std::string& text) {
  const size_t at = text.find('@');
  if (at == std::string::npos) return text;
  return fmt::format("realms/{}/accounts/{}", text.substr(at + 1), text.substr(0, at));
}

absl::Status RefuseSignIn() {
  return Refuse(absl::StatusCode::kUnauthenticated, v1::REASON_SIGN_IN_REFUSED,
                "account or password is wrong")
      .Mend("Write the account as name@realm. An administrator can set another password.");
}

absl::Status RefuseLocked(const v1::AccountState& account, absl::Time now) {
  const int64_t minutes = absl::ToInt64Minutes(ToTime(account.locked_until()) - now) + 1;
  return Refuse(absl::StatusCode::kUnauthenticated, v1::REASON_ACCOUNT_LOCKED,
                fmt::format("{} wrong passwords in a row; it can be tried again in {} minutes",
                            kFailuresBeforeLockout, minutes))
      .Mend("Wait, or have an administrator set another password.")
      .With("minutes", minutes);
}

template <typename Request>
Outcome SendAs(Engine& engine, const workflows::v1::Actor& actor, Request request) {
  Command command;
  command.instance = request.name();
  command.actor = actor;
  command.request = std::make_shared<const Request>(std::move(request));
  return engine.Execute(std::move(command));
}

absl::Status RecordFailure(Engine& engine, const std::string& account) {
  workflows::v1::Actor system;
  system.set_account("system");
  system.set_system(true);
  v1::RecordFailedSignInRequest request;
  request.set_name(account);
  const Outcome outcome = SendAs(engine, system, std::move(request));
  // Another attempt at the same time may have locked the account first.
  return outcome.status.ok() || ReasonOf(outcome.status) != "ACCOUNT_LOCKED" ? RefuseSignIn()
                                                                             : outcome.status;
}

absl::StatusOr<v1::SignInResponse> BeginSession(Engine& engine, const std::string& account,
                                                const std::string& person,
                                                const std::string& title) {
  workflows::v1::Actor self;
  self.set_account(account);
  self.set_person(person);
  v1::SignInResponse response;
  response.set_token(NewToken());
  response.set_account(account);
  v1::RecordSignInRequest request;
  request.set_name(account);
  request.set_token_id(fmt::format("session-{}", NewTokenId()));
  request.set_token_hash(HashToken(response.token()));
  request.set_title(title);
  const std::string hash = request.token_hash();
  const Outcome outcome = SendAs(engine, self, std::move(request));
  RETURN_IF_ERROR(outcome.status);
  const auto& state = static_cast<const v1::AccountState&>(*outcome.instance.state);
  if (const auto* session = FindLiveToken(state, hash, engine.clock().Now())) {
    *response.mutable_expire_time() = session->token().expire_time();
  }
  return response;
}

absl::StatusOr<v1::SignInResponse> SignIn(const v1::SignInRequest& request,
                                          const CallContext& call) {
  Engine& engine = call.engine();
  const std::string account = FullAccountName(request.account());
  const auto found = engine.Get(account);
  const auto* state =
      found.ok() ? dynamic_cast<const v1::AccountState*>(found->state.get()) : nullptr;
  const absl::Time now = engine.clock().Now();
  if (state != nullptr && IsLocked(*state, now)) return RefuseLocked(*state, now);
  const bool right =
      PasswordMatches(state == nullptr ? "" : state->password_hash(), request.password());
  if (state == nullptr || found->record.lifecycle_state() == "closed") return RefuseSignIn();
  const bool frozen = found->record.lifecycle_state() == "frozen";
  if (!right) return frozen ? RefuseSignIn() : RecordFailure(engine, account);
  if (frozen) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ACCOUNT_FROZEN,
                  "the account is frozen; what it did stays valid")
        .Mend("Ask an administrator.");
  }
  return BeginSession(engine, account, state->person(), request.title());
}

absl::StatusOr<std::shared_ptr<const v1::AccountState>> OwnAccount(const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance account, call.engine().Get(call.caller().account));
  auto state = std::dynamic_pointer_cast<const v1::AccountState>(account.state);
  if (state == nullptr) return absl::InternalError("the caller's account is not an account");
  return state;
}

absl::StatusOr<v1::SignOutResponse> SignOut(const v1::SignOutRequest&, const CallContext& call) {
  ASSIGN_OR_RETURN(const auto account, OwnAccount(call));
  const auto* token =
      FindLiveToken(*account, HashToken(call.caller().token), call.engine().clock().Now());
  if (token == nullptr) return v1::SignOutResponse();
  auto request = std::make_shared<v1::RevokeTokenRequest>();
  request->set_name(call.caller().account);
  request->set_token_id(token->token().token_id());
  RETURN_IF_ERROR(call.Send(std::move(request)).status());
  return v1::SignOutResponse();
}

void DescribeOffices(const CallContext& call, v1::WhoAmIResponse& response) {
  const CivilDate today = call.Today();
  for (const std::string& name : call.caller().offices) {
    v1::OfficeOfCaller& office = *response.add_offices();
    office.set_office(name);
    if (const auto actor = call.ActIn(name); actor.ok()) {
      office.set_organisation(actor->organisation());
      office.set_acting(actor->acting());
    }
    if (const auto state = call.Mapping().Related<v1::OfficeState>(name)) {
      office.set_title(NameOn(state->names(), today));
    }
  }
}

absl::StatusOr<v1::WhoAmIResponse> WhoAmI(const v1::WhoAmIRequest&, const CallContext& call) {
  ASSIGN_OR_RETURN(const auto account, OwnAccount(call));
  v1::WhoAmIResponse response;
  response.set_account(call.caller().account);
  response.set_person(call.caller().person);
  response.set_administrator(call.caller().administrator);
  DescribeOffices(call, response);
  if (const auto* token =
          FindLiveToken(*account, HashToken(call.caller().token), call.engine().clock().Now())) {
    response.set_token_id(token->token().token_id());
    response.set_token_kind(token->token().kind());
    *response.mutable_expire_time() = token->token().expire_time();
  }
  return response;
}

absl::StatusOr<v1::IssueTokenResponse> IssueToken(const v1::IssueTokenRequest& request,
                                                  const CallContext& call) {
  const absl::Duration lifetime =
      request.has_lifetime() ? absl::Seconds(request.lifetime().seconds()) : kTokenLifetimeDefault;
  v1::IssueTokenResponse response;
  response.set_account(request.name().empty() ? call.caller().account : request.name());
  response.set_token(NewToken());
  response.set_token_id(NewTokenId());
  *response.mutable_expire_time() = ToTimestamp(call.engine().clock().Now() + lifetime);
  auto record = std::make_shared<v1::RecordTokenRequest>();
  record->set_name(response.account());
  record->set_token_id(response.token_id());
  record->set_token_hash(HashToken(response.token()));
  record->set_kind(v1::TOKEN_KIND_API);
  record->set_title(request.title());
  *record->mutable_expire_time() = response.expire_time();
  *record->mutable_header() = request.header();
  RETURN_IF_ERROR(call.Send(std::move(record), {"account", false, response.account()}).status());
  return response;
}

// Puts the hash in the place of the password, before anything is queued or recorded.
template <typename Request>
absl::Status PutHashForPassword(Request& request, bool needed) {
  if (request.password().empty() && !needed) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::string hash, HashPassword(request.password()));
  request.set_password_hash(std::move(hash));
  request.clear_password();
  return absl::OkStatus();
}

}  // namespace

void RegisterIdentity(ServiceCatalog& catalog) {
  catalog.AddService(v1::SignInRequest::descriptor()->file()->FindServiceByName("Identity"));
  catalog.Action<v1::SignInRequest, v1::SignInResponse>(Rpc("SignIn"), SignIn);
  catalog.Action<v1::SignOutRequest, v1::SignOutResponse>(Rpc("SignOut"), SignOut);
  catalog.Query<v1::WhoAmIRequest, v1::WhoAmIResponse>(Rpc("WhoAmI"), WhoAmI);
  catalog.Action<v1::IssueTokenRequest, v1::IssueTokenResponse>(Rpc("IssueToken"), IssueToken);
  catalog.Prepare<v1::SetPasswordRequest>(Rpc("SetPassword"),
                                          [](v1::SetPasswordRequest& request, const CallContext&) {
                                            return PutHashForPassword(request, /*needed=*/true);
                                          });
  catalog.Prepare<v1::CreateAccountRequest>(
      "kasundo.directory.v1.Directory.CreateAccount",
      [](v1::CreateAccountRequest& request, const CallContext&) {
        return PutHashForPassword(request, /*needed=*/false);
      });
}

}  // namespace kasundo::directory
