#include "workflows/directory/account_decider.h"

#include <algorithm>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/account_requests.pb.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "workflows/directory/decisions.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

using Event = v1::AccountEvent;
using Events = absl::StatusOr<std::vector<Event>>;
using State = v1::AccountState;

template <typename List>
bool AsksForAdministrator(const List& roles) {
  return std::find(roles.begin(), roles.end(), v1::ACCOUNT_ROLE_ADMINISTRATOR) != roles.end();
}

template <typename List>
absl::Status CheckRoles(const List& roles) {
  for (const int role : roles) {
    if (role == v1::ACCOUNT_ROLE_ADMINISTRATOR) continue;
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  fmt::format("there is no role {}", role))
        .Field("roles")
        .Mend("Give ACCOUNT_ROLE_ADMINISTRATOR, or leave the roles out.");
  }
  return absl::OkStatus();
}

// Another administrator does it, so that one always remains.
absl::Status CheckIsNotOwn(const Context& context, std::string_view what) {
  if (context.actor.account() != context.instance) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_OWN_ACCOUNT,
                fmt::format("an account cannot be {} by itself", what))
      .Mend("Ask another administrator.");
}

const v1::StoredToken* FindToken(const State& state, std::string_view token_id) {
  const auto found = std::find_if(
      state.tokens().begin(), state.tokens().end(),
      [&](const v1::StoredToken& token) { return token.token().token_id() == token_id; });
  return found == state.tokens().end() ? nullptr : &*found;
}

absl::Status CheckIsNewToken(const State& state, const std::string& token_id) {
  RETURN_IF_ERROR(CheckId("token_id", token_id));
  if (FindToken(state, token_id) == nullptr) return absl::OkStatus();
  return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_ALREADY_RECORDED,
                fmt::format("there is a token with the id \"{}\"", token_id))
      .Field("token_id")
      .Mend("Ask for a token again: each gets an id of its own.");
}

v1::StoredToken MakeToken(const std::string& token_id, v1::TokenKind kind, const std::string& title,
                          const std::string& hash, absl::Time issued, absl::Time expires) {
  v1::StoredToken stored;
  stored.mutable_token()->set_token_id(token_id);
  stored.mutable_token()->set_kind(kind);
  stored.mutable_token()->set_title(title);
  *stored.mutable_token()->mutable_issue_time() = ToTimestamp(issued);
  *stored.mutable_token()->mutable_expire_time() = ToTimestamp(expires);
  stored.set_hash(hash);
  return stored;
}

Events Create(const v1::CreateAccountRequest& request, const State&, const Context& context) {
  RETURN_IF_ERROR(CheckRoles(request.roles()));
  RETURN_IF_ERROR(CheckPresent(context, "person", request.person(), CivilDate()));
  v1::AccountCreated fact;
  fact.set_person(request.person());
  *fact.mutable_offices() = request.offices();
  *fact.mutable_roles() = request.roles();
  fact.set_password_hash(request.password_hash());
  fact.set_purpose(request.purpose());
  return Answer<Event, v1::AccountCreated>(&Event::mutable_account_created, std::move(fact));
}

Events SetPassword(const v1::SetPasswordRequest& request, const State&, const Context&) {
  if (request.password_hash().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_REQUIRED,
                  "a password is needed")
        .Field("password")
        .Mend("Give a password of 12 to 1,024 bytes, for example four or five words.");
  }
  v1::PasswordSet fact;
  fact.set_password_hash(request.password_hash());
  return Answer<Event, v1::PasswordSet>(&Event::mutable_password_set, std::move(fact));
}

Events RecordSignIn(const v1::RecordSignInRequest& request, const State& state,
                    const Context& context) {
  RETURN_IF_ERROR(CheckIsNewToken(state, request.token_id()));
  v1::SignedIn fact;
  *fact.mutable_session() =
      MakeToken(request.token_id(), v1::TOKEN_KIND_SESSION, request.title(), request.token_hash(),
                context.now, context.now + kSessionLifetime);
  return Answer<Event, v1::SignedIn>(&Event::mutable_signed_in, std::move(fact));
}

Events RecordFailedSignIn(const v1::RecordFailedSignInRequest&, const State& state,
                          const Context& context) {
  if (IsLocked(state, context.now)) {
    return Refuse(absl::StatusCode::kUnauthenticated, v1::REASON_ACCOUNT_LOCKED,
                  "the account is locked already")
        .Mend("Wait until the lock ends, or have an administrator set another password.");
  }
  std::vector<Event> events;
  v1::SignInFailed fact;
  fact.set_in_a_row(state.failures() + 1);
  const bool enough = fact.in_a_row() >= kFailuresBeforeLockout;
  Append(events, &Event::mutable_sign_in_failed, std::move(fact));
  if (enough) {
    v1::AccountLocked locked;
    *locked.mutable_until() = ToTimestamp(context.now + kLockout);
    Append(events, &Event::mutable_account_locked, std::move(locked));
  }
  return events;
}

// Every command on the account, and everybody who asks who calls, carries all of its tokens.
absl::Status CheckTokenCount(const v1::RecordTokenRequest& request, const State& state,
                             const Context& context) {
  if (request.kind() != v1::TOKEN_KIND_API) return absl::OkStatus();
  const auto live = std::count_if(state.tokens().begin(), state.tokens().end(),
                                  [&](const v1::StoredToken& token) {
                                    return token.token().kind() == v1::TOKEN_KIND_API &&
                                           ToTime(token.token().expire_time()) > context.now;
                                  });
  if (live < kApiTokensMax) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TOO_MANY_TOKENS,
                fmt::format("the account has {} API tokens; {} are possible", live, kApiTokensMax))
      .Mend("Revoke one that is no longer needed (RevokeToken).")
      .With("tokens", live)
      .With("possible", kApiTokensMax);
}

Events RecordToken(const v1::RecordTokenRequest& request, const State& state,
                   const Context& context) {
  RETURN_IF_ERROR(CheckIsNewToken(state, request.token_id()));
  const absl::Time expires = ToTime(request.expire_time());
  if (expires <= context.now || expires > context.now + kTokenLifetimeMax) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TOKEN_LIFETIME,
                  fmt::format("the token would end in {} hours; 1 second to 400 days are possible",
                              absl::ToInt64Hours(expires - context.now)))
        .Field("lifetime")
        .Mend("Give a lifetime of 1 second to 400 days.");
  }
  RETURN_IF_ERROR(CheckTokenCount(request, state, context));
  v1::TokenIssued fact;
  *fact.mutable_token() = MakeToken(request.token_id(), request.kind(), request.title(),
                                    request.token_hash(), context.now, expires);
  return Answer<Event, v1::TokenIssued>(&Event::mutable_token_issued, std::move(fact));
}

Events RevokeToken(const v1::RevokeTokenRequest& request, const State& state, const Context&) {
  if (FindToken(state, request.token_id()) == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_NOT_RECORDED,
                  fmt::format("there is no token \"{}\", or it has ended", request.token_id()))
        .Field("token_id")
        .Mend("Name one of the account's `tokens` by its token_id; an ended one needs nothing.");
  }
  v1::TokenRevoked fact;
  fact.set_token_id(request.token_id());
  return Answer<Event, v1::TokenRevoked>(&Event::mutable_token_revoked, std::move(fact));
}

Events ChangeOffices(const v1::ChangeAccountOfficesRequest& request, const State& state,
                     const Context&) {
  if (std::equal(request.offices().begin(), request.offices().end(), state.offices().begin(),
                 state.offices().end())) {
    return NothingToChange("the offices are the same").Field("offices");
  }
  v1::AccountOfficesChanged fact;
  *fact.mutable_offices() = request.offices();
  return Answer<Event, v1::AccountOfficesChanged>(&Event::mutable_account_offices_changed,
                                                  std::move(fact));
}

Events ChangeRoles(const v1::ChangeAccountRolesRequest& request, const State& state,
                   const Context& context) {
  RETURN_IF_ERROR(CheckRoles(request.roles()));
  if (AsksForAdministrator(request.roles()) == IsAdministrator(state)) {
    return NothingToChange("the roles are the same").Field("roles");
  }
  if (IsAdministrator(state)) RETURN_IF_ERROR(CheckIsNotOwn(context, "demoted"));
  v1::AccountRolesChanged fact;
  *fact.mutable_roles() = request.roles();
  return Answer<Event, v1::AccountRolesChanged>(&Event::mutable_account_roles_changed,
                                                std::move(fact));
}

Events Freeze(const v1::FreezeAccountRequest& request, const State&, const Context& context) {
  RETURN_IF_ERROR(CheckIsNotOwn(context, "frozen"));
  v1::AccountFrozen fact;
  fact.set_cause(request.cause());
  return Answer<Event, v1::AccountFrozen>(&Event::mutable_account_frozen, std::move(fact));
}

Events Unfreeze(const v1::UnfreezeAccountRequest&, const State& state, const Context& context) {
  RETURN_IF_ERROR(CheckPresent(context, "name", state.person(), CivilDate()));
  return Answer<Event, v1::AccountUnfrozen>(&Event::mutable_account_unfrozen,
                                            v1::AccountUnfrozen());
}

Events Close(const v1::CloseAccountRequest&, const State&, const Context& context) {
  RETURN_IF_ERROR(CheckIsNotOwn(context, "closed"));
  return Answer<Event, v1::AccountClosed>(&Event::mutable_account_closed, v1::AccountClosed());
}

template <typename Predicate>
void RemoveTokens(State* state, Predicate which) {
  auto& tokens = *state->mutable_tokens();
  tokens.erase(std::remove_if(tokens.begin(), tokens.end(), which), tokens.end());
}

// A new token takes the place of the one-time token, and of what had ended when it was issued.
void ApplyToken(const v1::StoredToken& issued, State* state) {
  const absl::Time now = ToTime(issued.token().issue_time());
  RemoveTokens(state, [&](const v1::StoredToken& token) {
    return token.token().kind() == v1::TOKEN_KIND_ONE_TIME ||
           ToTime(token.token().expire_time()) <= now;
  });
  *state->add_tokens() = issued;
}

void LimitSessions(State* state) {
  const auto is_session = [](const v1::StoredToken& token) {
    return token.token().kind() == v1::TOKEN_KIND_SESSION;
  };
  auto& tokens = *state->mutable_tokens();
  while (std::count_if(tokens.begin(), tokens.end(), is_session) > kSessionsMax) {
    tokens.erase(std::find_if(tokens.begin(), tokens.end(), is_session));
  }
}

void ClearFailures(State* state) {
  state->clear_failures();
  state->clear_locked_until();
}

void ApplyPassword(const v1::PasswordSet& fact, State* state) {
  state->set_password_hash(fact.password_hash());
  ClearFailures(state);
  RemoveTokens(state, [](const v1::StoredToken& token) {
    return token.token().kind() != v1::TOKEN_KIND_API;
  });
}

void ApplyCreated(const v1::AccountCreated& fact, State* state) {
  state->set_person(fact.person());
  *state->mutable_offices() = fact.offices();
  *state->mutable_roles() = fact.roles();
  state->set_password_hash(fact.password_hash());
  state->set_purpose(fact.purpose());
}

void ApplySignedIn(const v1::SignedIn& fact, State* state) {
  ClearFailures(state);
  ApplyToken(fact.session(), state);
  LimitSessions(state);
}

bool IsSelf(const State&, const Context& context) {
  return context.actor.account() == context.instance;
}

}  // namespace

bool IsAdministrator(const State& account) { return AsksForAdministrator(account.roles()); }

bool IsLocked(const State& account, absl::Time now) {
  return account.has_locked_until() && now < ToTime(account.locked_until());
}

absl::Time ToTime(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

State AccountDecider::Initial() { return State(); }

State AccountDecider::Evolve(State state, const Event& event) {
  switch (event.event_case()) {
    case Event::kAccountCreated:
      ApplyCreated(event.account_created(), &state);
      break;
    case Event::kPasswordSet:
      ApplyPassword(event.password_set(), &state);
      break;
    case Event::kSignedIn:
      ApplySignedIn(event.signed_in(), &state);
      break;
    case Event::kSignInFailed:
      state.set_failures(event.sign_in_failed().in_a_row());
      break;
    case Event::kAccountLocked:
      state.clear_failures();
      *state.mutable_locked_until() = event.account_locked().until();
      break;
    case Event::kTokenIssued:
      ApplyToken(event.token_issued().token(), &state);
      break;
    case Event::kTokenRevoked:
      RemoveTokens(&state, [&](const v1::StoredToken& token) {
        return token.token().token_id() == event.token_revoked().token_id();
      });
      break;
    case Event::kAccountOfficesChanged:
      *state.mutable_offices() = event.account_offices_changed().offices();
      break;
    case Event::kAccountRolesChanged:
      *state.mutable_roles() = event.account_roles_changed().roles();
      break;
    case Event::kAccountClosed:
      state.clear_tokens();
      state.clear_password_hash();
      break;
    case Event::kAccountFrozen:
    case Event::kAccountUnfrozen:
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& AccountDecider::Traits() {
  static const KindTraits traits{"account", "accounts", ""};
  return traits;
}

const std::vector<CommandCase<AccountDecider>>& AccountDecider::Commands() {
  static const std::vector<CommandCase<AccountDecider>> cases = {
      On(&Create, {"AccountCreated"}),
      On(&SetPassword, {"PasswordSet"}),
      On(&RecordSignIn, {"SignedIn"}),
      On(&RecordFailedSignIn, {"SignInFailed", "AccountLocked"}),
      On(&RecordToken, {"TokenIssued"}),
      On(&RevokeToken, {"TokenRevoked"}),
      On(&ChangeOffices, {"AccountOfficesChanged"}),
      On(&ChangeRoles, {"AccountRolesChanged"}),
      On(&Freeze, {"AccountFrozen"}),
      On(&Unfreeze, {"AccountUnfrozen"}),
      On(&Close, {"AccountClosed"}),
  };
  return cases;
}

const std::vector<RoleCase<AccountDecider>>& AccountDecider::Roles() {
  static const std::vector<RoleCase<AccountDecider>> roles = {
      {"self", "the account itself", &IsSelf},
  };
  return roles;
}

const std::vector<GuardCase<AccountDecider>>& AccountDecider::Guards() {
  static const std::vector<GuardCase<AccountDecider>> guards = {};
  return guards;
}

}  // namespace kasundo::directory
