#include "services/monitoring/reports.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_replace.h"
#include "fmt/format.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/reporting_period.h"
#include "workflows/monitoring/shipped_instruments.h"

namespace kasundo::monitoring {
namespace {

constexpr std::array kQuarterEnds = {"March", "June", "September", "December"};
constexpr char kSystem[] = "REGIONAL PROJECT MONITORING AND EVALUATION SYSTEM (RPMES)";

std::string PeriodLine(const v1::ReportForm& form, const CivilDate& until) {
  return absl::StrReplaceAll(
      form.period_line(),
      {{"{year}", fmt::format("{:04}", until.year())},
       {"{quarter_end}", kQuarterEnds.at(static_cast<size_t>((until.month() - 1) / 3))}});
}

std::string CsvCell(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  return "\"" + absl::StrReplaceAll(cell, {{"\"", "\"\""}}) + "\"";
}

template <typename Cells>
void AddCsvLine(const Cells& cells, std::string& csv) {
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) csv += ",";
    csv += CsvCell(cell);
    first = false;
  }
  csv += "\r\n";
}

std::string Csv(const v1::Report& report) {
  std::string csv;
  const bool grouped = std::any_of(report.groups().begin(), report.groups().end(),
                                   [](const std::string& group) { return !group.empty(); });
  if (grouped) AddCsvLine(report.groups(), csv);
  AddCsvLine(report.columns(), csv);
  for (const v1::ReportRow& row : report.rows()) AddCsvLine(row.cells(), csv);
  return csv;
}

}  // namespace

void AddRows(const v1::ReportForm& form, const std::vector<ReportLine>& lines, v1::Report& report) {
  int number = 0;
  for (const ReportLine& line : lines) {
    v1::ReportRow& row = *report.add_rows();
    row.set_source(line.source);
    row.add_cells(line.continues ? "" : fmt::format("{}", ++number));
    for (const v1::FormColumn& column : form.columns()) {
      const auto found = line.fields.find(column.field());
      row.add_cells(found == line.fields.end() ? "" : found->second);
    }
  }
}

absl::StatusOr<v1::Report> GetReport(const v1::GetReportRequest& request, const CallContext& call) {
  const v1::ReportForm* form = FindForm(request.form());
  if (form == nullptr) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_FORM_NOT_FOUND,
                  fmt::format("there is no form \"{}\"", request.form()))
        .Field("form")
        .Mend("Give a number from 1 to 11.");
  }
  const v1::ReportingPeriod period =
      PeriodAround(form->yearly() ? v1::REPORTING_CADENCE_YEARLY : v1::REPORTING_CADENCE_QUARTERLY,
                   request.has_period() ? request.period() : call.Today(request.parent()));
  ReportScope scope;
  scope.realm = request.parent();
  scope.from = period.from();
  scope.until = period.until();
  scope.body = request.body();
  scope.implementing_office = request.implementing_office();
  if (request.has_as_of()) scope.as_of = request.as_of();
  ASSIGN_OR_RETURN(const auto lines, LinesOf(*form, scope, call.engine()));

  v1::Report report;
  report.set_form(fmt::format("RPMES FORM {}", form->number()));
  report.add_head(kSystem);
  report.add_head(form->title());
  report.add_head(PeriodLine(*form, scope.until));
  report.set_agency_line(form->agency_line());
  report.add_groups("");
  report.add_columns("#");
  for (const v1::FormColumn& column : form->columns()) {
    report.add_groups(column.group());
    report.add_columns(column.header());
  }
  AddRows(*form, lines, report);
  report.add_foot("Submitted by: / Designation/Office: / Date:");
  report.add_foot(fmt::format("Approved by: / {} / Date:", form->approved_by()));
  report.set_csv(Csv(report));
  return report;
}

absl::StatusOr<v1::ListInstrumentsResponse> ListInstruments(const v1::ListInstrumentsRequest&,
                                                            const CallContext&) {
  v1::ListInstrumentsResponse response;
  *response.mutable_instruments() = Instruments().instruments();
  *response.mutable_forms() = Forms().forms();
  return response;
}

}  // namespace kasundo::monitoring
