// responsibilities: who is responsible for what, with what overlaps, what nobody does, and
// vacancies.
#include <memory>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "kasundo/responsibilities/v1/responsibilities_service.pb.h"
#include "services/cli/invocation.h"
#include "services/cli/moment.h"
#include "services/cli/names.h"
#include "services/cli/responsibility_tables.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::cli {
namespace {

namespace rv1 = responsibilities::v1;

struct ResponsibilityFlags {
  std::string name;
  std::string on;
  std::string as_of;
  std::string party;
  std::vector<std::string> kinds;
  int most = 0;
  bool overlaps = false;
  bool gaps = false;
  bool vacancies = false;
  bool conflicts = false;
  bool overloads = false;
};

void SetFindings(const ResponsibilityFlags& flags, rv1::GetResponsibilityMatrixRequest& request) {
  if (flags.overlaps) request.add_findings(rv1::RESPONSIBILITY_FINDING_KIND_OVERLAP);
  if (flags.gaps) request.add_findings(rv1::RESPONSIBILITY_FINDING_KIND_GAP);
  if (flags.vacancies) request.add_findings(rv1::RESPONSIBILITY_FINDING_KIND_VACANCY);
  if (flags.conflicts) request.add_findings(rv1::RESPONSIBILITY_FINDING_KIND_CONFLICT);
  if (flags.overloads) request.add_findings(rv1::RESPONSIBILITY_FINDING_KIND_OVERLOAD);
}

absl::Status Show(Invocation& run, const ResponsibilityFlags& flags) {
  rv1::GetResponsibilityMatrixRequest request;
  ASSIGN_OR_RETURN(std::string name, CompleteName(flags.name, run.realm()));
  if (name.empty()) name = run.realm();
  if (name.empty()) {
    return Usage("no realm is chosen", "Choose one, for example: kasundo use realms/calabarzon");
  }
  request.set_parent(name);
  ASSIGN_OR_RETURN(*request.mutable_party(), CompleteName(flags.party, run.realm()));
  for (const std::string& kind : flags.kinds) request.add_kinds(kind);
  request.set_most_per_person(flags.most);
  SetFindings(flags, request);
  if (!flags.on.empty()) {
    const auto date = ParseCivilDate(flags.on);
    if (!date.ok())
      return Usage(fmt::format("'{}' is no day", flags.on), "Write it as 2011-05-01.");
    *request.mutable_on() = *date;
  }
  if (!flags.as_of.empty()) {
    ASSIGN_OR_RETURN(const Moment moment, ParseMoment(flags.as_of, run.view().zone));
    if (moment.revision.has_value()) {
      return Usage("a realm has no revision", "Give a time or a journal position.");
    }
    *request.mutable_as_of() = moment.as_of;
  }
  ASSIGN_OR_RETURN(const auto matrix, run.Call<rv1::ResponsibilityMatrix>(request));
  const bool findings = !request.findings().empty();
  switch (run.format()) {
    case Format::kHuman:
      run.out() << (findings ? FindingsText(matrix, run.view()) : MatrixText(matrix, run.view()));
      break;
    case Format::kCsv:
      run.out() << (findings ? FindingsCsv(matrix) : MatrixCsv(matrix));
      break;
    default:
      run.PrintMessage(matrix);
  }
  return absl::OkStatus();
}

}  // namespace

void AddResponsibilitiesCommand(CLI::App& app, Invocation& run) {
  const auto flags = std::make_shared<ResponsibilityFlags>();
  CLI::App* command = app.add_subcommand(
      "responsibilities",
      "Show who is responsible, accountable, consulted and informed for what (-o csv for a sheet)");
  command->add_option("name", flags->name,
                      "Only this and what lies beneath it (committees/cmd); default the realm");
  command->add_option("--on", flags->on, "On this day; default today");
  command->add_option("--as-of", flags->as_of,
                      "As it was recorded at this time or journal position");
  command->add_option("--party", flags->party,
                      "Only where this office, organisation, body or person stands");
  command->add_option("--kind", flags->kinds, "Only of this kind (assignment); may be repeated");
  command->add_option("--most", flags->most, "More rows than this are too many for one person")
      ->check(CLI::Range(1, 10000));
  command->add_flag("--overlaps", flags->overlaps, "What is led twice");
  command->add_flag("--gaps", flags->gaps, "What nobody does");
  command->add_flag("--vacancies", flags->vacancies,
                    "Offices that have something to do, and nobody who can act");
  command->add_flag("--conflicts", flags->conflicts, "Who watches what they do themselves");
  command->add_flag("--overloads", flags->overloads, "Who has too much");
  command->final_callback([&run, flags] {
    run.takes_csv = true;
    run.chosen = [&run, flags] { return Show(run, *flags); };
  });
}

}  // namespace kasundo::cli
