// continuity: what remains, who can do it, what hangs on one person.
#include "kasundo/continuity/v1/continuity_service.pb.h"
#include "services/cli/continuity_tables.h"
#include "services/cli/invocation.h"
#include "services/cli/names.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::cli {
namespace {

namespace cv1 = continuity::v1;

struct ContinuityFlags {
  std::string name;
  std::string office;
  std::string person;
  std::string on;
  std::string target;
  bool all = false;
  bool losses = false;
  bool handover = false;
  bool elections = false;
  int months = 0;
};

absl::StatusOr<api::v1::CivilDate> DayOf(const std::string& text) {
  const auto date = ParseCivilDate(text);
  if (date.ok()) return *date;
  return Usage(fmt::format("'{}' is no day", text), "Write it as 2011-05-01.");
}

template <typename Request>
absl::Status SetOn(const ContinuityFlags& flags, Request& request) {
  if (flags.on.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(*request.mutable_on(), DayOf(flags.on));
  return absl::OkStatus();
}

template <typename Request>
absl::Status SetTargetDate(const ContinuityFlags& flags, Request& request) {
  if (flags.target.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(*request.mutable_target_date(), DayOf(flags.target));
  return absl::OkStatus();
}

template <typename Response, typename Request>
absl::Status Ask(Invocation& run, const Request& request) {
  ASSIGN_OR_RETURN(const auto answer, run.Call<Response>(request));
  if (run.format() == Format::kHuman) {
    run.out() << ContinuityText(answer, run.view());
  } else {
    run.PrintMessage(answer);
  }
  return absl::OkStatus();
}

absl::Status Show(Invocation& run, ContinuityFlags flags) {
  ASSIGN_OR_RETURN(flags.name, CompleteName(flags.name, run.realm()));
  ASSIGN_OR_RETURN(flags.office, CompleteName(flags.office, run.realm()));
  ASSIGN_OR_RETURN(flags.person, CompleteName(flags.person, run.realm()));
  // An office or a person by name means what it carries.
  if (CollectionOf(flags.name) == "offices" && flags.office.empty())
    std::swap(flags.name, flags.office);
  if (CollectionOf(flags.name) == "people" && flags.person.empty())
    std::swap(flags.name, flags.person);
  if (flags.name.empty()) {
    flags.name = !flags.office.empty()   ? RealmOf(flags.office)
                 : !flags.person.empty() ? RealmOf(flags.person)
                                         : run.realm();
  }
  if (flags.name.empty()) {
    return Usage("no realm is chosen", "Choose one, for example: kasundo use realms/calabarzon");
  }
  if (flags.handover) {
    if (flags.office.empty()) {
      return Usage("whose handover?",
                   "Name the office: kasundo continuity offices/ppdo --handover");
    }
    cv1::GetHandoverPackRequest request;
    request.set_office(flags.office);
    RETURN_IF_ERROR(SetOn(flags, request));
    return Ask<cv1::HandoverPack>(run, request);
  }
  if (flags.elections) {
    cv1::ListElectionsRequest request;
    request.set_parent(RealmOf(flags.name));
    request.set_months(flags.months);
    RETURN_IF_ERROR(SetOn(flags, request));
    return Ask<cv1::ListElectionsResponse>(run, request);
  }
  if (flags.losses || !flags.person.empty()) {
    cv1::ListLossesRequest request;
    request.set_parent(RealmOf(flags.name));
    request.set_person(flags.person);
    RETURN_IF_ERROR(SetOn(flags, request));
    return Ask<cv1::ListLossesResponse>(run, request);
  }
  if (flags.name != RealmOf(flags.name) && !flags.all && flags.office.empty()) {
    cv1::GetContinuityRequest request;
    request.set_name(flags.name);
    RETURN_IF_ERROR(SetOn(flags, request));
    RETURN_IF_ERROR(SetTargetDate(flags, request));
    return Ask<cv1::InstanceContinuity>(run, request);
  }
  cv1::ListContinuityRequest request;
  request.set_parent(flags.name);
  request.set_office(flags.office);
  request.set_all(flags.all);
  RETURN_IF_ERROR(SetOn(flags, request));
  RETURN_IF_ERROR(SetTargetDate(flags, request));
  return Ask<cv1::ListContinuityResponse>(run, request);
}

}  // namespace

void AddContinuityCommand(CLI::App& app, Invocation& run) {
  const auto flags = std::make_shared<ContinuityFlags>();
  CLI::App* continuity = app.add_subcommand(
      "continuity", "Show what remains, who can do it, and what hangs on one person");
  continuity->add_option("name", flags->name,
                         "One thing (committees/cmd/actionItems/a1), an office, a person; default "
                         "everything open in the realm");
  continuity->add_option("--office", flags->office, "Only what this office can take a step in");
  continuity->add_option("--person", flags->person, "What would stop if this person left");
  continuity->add_option("--on", flags->on, "On this day, with what was known then; default today");
  continuity->add_option("--target", flags->target,
                         "The day by which it should be done, if the thing does not say it");
  continuity->add_flag("--all", flags->all,
                       "Also what nothing is wrong with; of one thing: what lies beneath it");
  continuity->add_flag("--losses", flags->losses, "What would stop if anybody left");
  continuity->add_flag("--handover", flags->handover,
                       "What the next holder of the office must know");
  continuity->add_flag("--elections", flags->elections,
                       "Elected terms that end soon, and what must be done before");
  continuity->add_option("--months", flags->months, "How far --elections looks ahead; default 12")
      ->check(CLI::Range(1, 120));
  continuity->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return Show(run, *flags); }; });
}

}  // namespace kasundo::cli
