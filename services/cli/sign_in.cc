// sign-in, sign-out, whoami and use.
#include <iterator>

#include "absl/strings/ascii.h"
#include "kasundo/directory/v1/identity_service.pb.h"
#include "services/cli/invocation.h"
#include "services/cli/names.h"
#include "services/cli/resource_access.h"
#include "services/cli/table.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::cli {
namespace {

namespace dir = directory::v1;

struct SessionCommandFlags {
  std::string account;
  std::string realm;
  bool token_stdin = false;
  bool password_stdin = false;
};

std::string FirstLine(std::istream& in) {
  std::string line;
  std::getline(in, line);
  return std::string(absl::StripAsciiWhitespace(line));
}

absl::StatusOr<std::string> AskFor(Invocation& run, const std::string& prompt) {
  run.console().err << prompt;
  run.console().err.flush();
  std::string answer = FirstLine(run.console().in);
  if (answer.empty()) return Usage("nothing was entered", "Run it again and type the answer.");
  return answer;
}

// "ana@calabarzon" and full names go as they are; "ana" and "accounts/ana" are accounts of the
// present realm.
absl::StatusOr<std::string> AccountName(Invocation& run, const std::string& text) {
  if (text.find('@') != std::string::npos) return text;
  return CompleteName(text.find('/') == std::string::npos ? "accounts/" + text : text, run.realm());
}

absl::Status SignIn(Invocation& run, const SessionCommandFlags& flags) {
  v1::Session session = run.session();
  if (flags.token_stdin) {
    session.set_token(FirstLine(run.console().in));
    if (session.token().empty()) {
      return Usage("the standard input has no token",
                   "Write the token into it: kasundo sign-in --token-stdin < FILE");
    }
  } else {
    std::string account = flags.account;
    if (account.empty()) {
      ASSIGN_OR_RETURN(account, AskFor(run, "Account (for example ana@calabarzon): "));
    }
    dir::SignInRequest request;
    ASSIGN_OR_RETURN(*request.mutable_account(), AccountName(run, account));
    request.set_password(flags.password_stdin ? FirstLine(run.console().in)
                                              : run.console().ask_secret("Password: "));
    request.set_title("kasundo");
    session.clear_token();  // an old one may have ended; this call needs none
    RETURN_IF_ERROR(run.SetSession(session));
    ASSIGN_OR_RETURN(const auto answer, run.Call<dir::SignInResponse>(request));
    session.set_token(answer.token());
  }
  // Who that is, and whether the token is any good.
  RETURN_IF_ERROR(run.SetSession(session));
  ASSIGN_OR_RETURN(const auto who, run.Call<dir::WhoAmIResponse>(dir::WhoAmIRequest()));
  session.set_account(who.account());
  if (session.realm().empty() && RealmOf(who.account()) != "realms/system")
    session.set_realm(RealmOf(who.account()));
  RETURN_IF_ERROR(SaveSession(run.console(), session));
  run.out() << fmt::format("signed in to {} as {}\n", session.server(), who.account());
  if (session.realm().empty()) {
    run.out() << "No realm is chosen yet; for example: kasundo use realms/calabarzon\n";
  }
  return absl::OkStatus();
}

absl::Status SignOut(Invocation& run) {
  ASSIGN_OR_RETURN(v1::Session session, LoadSession(run.console()));
  if (session.token().empty()) {
    run.out() << "not signed in\n";
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(run.SetSession(session));
  const auto answer = run.Call<dir::SignOutResponse>(dir::SignOutRequest());
  session.clear_token();
  session.clear_account();
  RETURN_IF_ERROR(SaveSession(run.console(), session));
  // The token is forgotten here in any case; a server that was not asked still knows it.
  if (!answer.ok() && !absl::IsUnauthenticated(answer.status())) return answer.status();
  run.out() << "signed out\n";
  return absl::OkStatus();
}

absl::Status WhoAmI(Invocation& run) {
  ASSIGN_OR_RETURN(const auto who, run.Call<dir::WhoAmIResponse>(dir::WhoAmIRequest()));
  if (run.format() != Format::kHuman) {
    run.PrintMessage(who);
    return absl::OkStatus();
  }
  run.out() << fmt::format("server   {}\n", run.session().server());
  run.out() << fmt::format("realm    {}\n", run.realm().empty() ? "none chosen" : run.realm());
  run.out() << Fields(who, run.view());
  return absl::OkStatus();
}

absl::Status Use(Invocation& run, const SessionCommandFlags& flags) {
  if (flags.realm.empty()) {
    run.out() << (run.realm().empty() ? "no realm is chosen" : run.realm()) << "\n";
    return absl::OkStatus();
  }
  const std::string realm =
      flags.realm.find('/') == std::string::npos ? "realms/" + flags.realm : flags.realm;
  if (RealmOf(realm) != realm) {
    return Usage(fmt::format("'{}' is no name of a realm", flags.realm),
                 "Write realms/calabarzon, or calabarzon.");
  }
  ASSIGN_OR_RETURN(v1::Session session, LoadSession(run.console()));
  session.set_realm(realm);
  RETURN_IF_ERROR(SaveSession(run.console(), session));
  run.out() << fmt::format("short names now belong to {}\n", realm);
  // Only a warning: the server may be down, or the realm founded later.
  if (!session.token().empty()) {
    if (const auto found = GetResource(run, realm); absl::IsNotFound(found.status())) {
      run.console().err << fmt::format("note: the server has no {} yet\n", realm);
    }
  }
  return absl::OkStatus();
}

}  // namespace

void AddSessionCommands(CLI::App& app, Invocation& run) {
  const auto flags = std::make_shared<SessionCommandFlags>();

  CLI::App* sign_in = app.add_subcommand("sign-in", "Sign in, and remember server and token");
  sign_in->add_option("--account", flags->account, "Your account, for example ana@calabarzon");
  auto* token = sign_in->add_flag("--token-stdin", flags->token_stdin,
                                  "Read a token from the standard input");
  sign_in
      ->add_flag("--password-stdin", flags->password_stdin,
                 "Read the password from the standard input")
      ->excludes(token);
  sign_in->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return SignIn(run, *flags); }; });

  CLI::App* sign_out = app.add_subcommand("sign-out", "End the session and forget its token");
  sign_out->final_callback([&run] { run.chosen = [&run] { return SignOut(run); }; });

  CLI::App* whoami = app.add_subcommand("whoami", "Show as whom and in which offices you act");
  whoami->final_callback([&run] { run.chosen = [&run] { return WhoAmI(run); }; });

  CLI::App* use = app.add_subcommand("use", "Choose the realm that short names belong to");
  use->add_option("realm", flags->realm,
                  "For example realms/calabarzon; without it the present one is shown");
  use->final_callback([&run, flags] { run.chosen = [&run, flags] { return Use(run, *flags); }; });
}

}  // namespace kasundo::cli
