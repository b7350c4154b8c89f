#include "services/cli/responsibility_tables.h"

#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/cli/csv.h"
#include "services/cli/names.h"
#include "services/cli/table.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::cli {
namespace {

namespace rv1 = responsibilities::v1;

using Parties = google::protobuf::RepeatedPtrField<rv1::ResponsibleParty>;
using Texts = google::protobuf::RepeatedPtrField<std::string>;

std::string InWords(rv1::ResponsibilityFindingKind kind) {
  switch (kind) {
    case rv1::RESPONSIBILITY_FINDING_KIND_OVERLAP:
      return "overlap";
    case rv1::RESPONSIBILITY_FINDING_KIND_GAP:
      return "gap";
    case rv1::RESPONSIBILITY_FINDING_KIND_VACANCY:
      return "vacancy";
    case rv1::RESPONSIBILITY_FINDING_KIND_CONFLICT:
      return "conflict";
    case rv1::RESPONSIBILITY_FINDING_KIND_OVERLOAD:
      return "overload";
    default:  // unspecified, or of a later server
      return "";
  }
}

std::string Where(const rv1::Responsibility& row, const std::string& realm) {
  const std::string name = ShortName(row.instance(), realm);
  return row.item().empty() ? name : fmt::format("{} #{}", name, row.item());
}

// "planning (ana)", "desk (vacant)".
std::string People(const Parties& parties) {
  std::vector<std::string> all;
  for (const rv1::ResponsibleParty& party : parties) {
    const std::string id =
        party.name().find('/') == std::string::npos ? party.name() : IdOf(party.name());
    if (party.vacant()) {
      all.push_back(id + " (VACANT)");
    } else if (party.person().empty()) {
      all.push_back(id);
    } else {
      all.push_back(
          fmt::format("{} ({}{})", id, party.acting() ? "acting: " : "", IdOf(party.person())));
    }
  }
  return fmt::format("{}", fmt::join(all, ", "));
}

std::string FullNames(const Parties& parties) {
  std::vector<std::string> all;
  for (const rv1::ResponsibleParty& party : parties) {
    const std::string who = party.vacant() ? "vacant" : party.person();
    all.push_back(who.empty() ? party.name() : fmt::format("{} ({})", party.name(), who));
  }
  return fmt::format("{}", fmt::join(all, "; "));
}

std::string Joined(const Texts& texts) { return fmt::format("{}", fmt::join(texts, "; ")); }

std::string RowsOf(const rv1::ResponsibilityFinding& finding,
                   const rv1::ResponsibilityMatrix& matrix, const std::string& realm) {
  std::vector<std::string> rows;
  for (const int row : finding.rows()) {
    if (row >= 0 && row < matrix.rows_size()) rows.push_back(Where(matrix.rows(row), realm));
  }
  return fmt::format("{}", fmt::join(rows, ", "));
}

}  // namespace

std::string MatrixText(const rv1::ResponsibilityMatrix& matrix, const ViewOptions& options) {
  Table table({{"WHAT", 16},
               {"TITLE", 12},
               {"ROLE", 8},
               {"ACCOUNTABLE", 11},
               {"RESPONSIBLE", 11},
               {"CONSULTED", 9},
               {"INFORMED", 8}});
  for (const rv1::Responsibility& row : matrix.rows()) {
    table.Add({Where(row, options.realm), OneLine(row.title()), OneLine(row.role()),
               People(row.accountable()), People(row.responsible()), People(row.consulted()),
               People(row.informed())});
  }
  std::string text = fmt::format("Who is responsible on {}: {} rows\n\n", ToString(matrix.on()),
                                 matrix.rows_size());
  text += table.Print(options.width);
  if (matrix.findings().empty()) return text;
  return text + "\n" + FindingsText(matrix, options);
}

std::string FindingsText(const rv1::ResponsibilityMatrix& matrix, const ViewOptions& options) {
  if (matrix.findings().empty()) return "Nothing was found.\n";
  Table table({{"", 8}, {"WHAT", 24}, {"WHERE", 16}});
  for (const rv1::ResponsibilityFinding& finding : matrix.findings()) {
    table.Add(
        {InWords(finding.kind()), OneLine(finding.text()), RowsOf(finding, matrix, options.realm)});
  }
  return table.Print(options.width);
}

std::string MatrixCsv(const rv1::ResponsibilityMatrix& matrix) {
  std::string text =
      CsvLine({"instance", "item", "kind", "state", "title", "role", "accountable", "responsible",
               "consulted", "informed", "topics", "territories", "subject", "since", "until"});
  for (const rv1::Responsibility& row : matrix.rows()) {
    text += CsvLine({row.instance(), row.item(), row.kind(), row.state(), row.title(), row.role(),
                     FullNames(row.accountable()), FullNames(row.responsible()),
                     FullNames(row.consulted()), FullNames(row.informed()), Joined(row.topics()),
                     Joined(row.territories()), row.subject(), ToString(row.since()),
                     ToString(row.until())});
  }
  return text;
}

std::string FindingsCsv(const rv1::ResponsibilityMatrix& matrix) {
  std::string text = CsvLine({"finding", "text", "office", "person", "topic", "territory", "rows"});
  for (const rv1::ResponsibilityFinding& finding : matrix.findings()) {
    text += CsvLine({InWords(finding.kind()), finding.text(), finding.office(), finding.person(),
                     finding.topic(), finding.territory(), RowsOf(finding, matrix, "")});
  }
  return text;
}

}  // namespace kasundo::cli
