#include "services/monitoring/report_rows.h"

#include <functional>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "kasundo/monitoring/v1/checklists_events.pb.h"
#include "kasundo/monitoring/v1/findings_events.pb.h"
#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "services/monitoring/each_instance.h"
#include "services/monitoring/instance_lookup.h"
#include "services/monitoring/plan_report_rows.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/term.h"
#include "workflows/directory/territory_decider.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/oversight.h"
#include "workflows/monitoring/percent.h"
#include "workflows/monitoring/shipped_instruments.h"

namespace kasundo::monitoring {
namespace {

using Fields = std::map<std::string, std::string>;

class Lines {
 public:
  Lines(const v1::ReportForm& form, const ReportScope& scope, const Engine& engine)
      : form_(form), scope_(scope), engine_(engine), held_(engine, scope.as_of) {}

  absl::StatusOr<std::vector<ReportLine>> Make() {
    const std::string& number = form_.number();
    if (number == "1" || number == "2" || number == "4" || number == "5") {
      RETURN_IF_ERROR(Plans());
    } else if (number == "10") {
      RETURN_IF_ERROR(Resolutions());
    } else if (number == "3" || number == "6" || number == "7" || number == "8" || number == "11") {
      RETURN_IF_ERROR(Findings());
    }
    RETURN_IF_ERROR(Returns());
    return std::move(lines_);
  }

 private:
  absl::Status Each(const std::string& kind, const std::string& parent,
                    const std::function<absl::Status(const Instance&)>& visit) {
    return EachInstance(engine_, kind, parent, scope_.as_of, visit);
  }

  bool InTime(const CivilDate& day) const {
    return IsSet(day) && First(day) >= First(scope_.from) && First(day) <= Last(scope_.until);
  }
  bool UntilNow(const CivilDate& day) const { return First(day) <= Last(scope_.until); }

  void Add(const std::string& source, Fields fields) {
    lines_.push_back({source, std::move(fields)});
  }

  template <typename State>
  const State* StateOf(const std::string& name) {
    const RelatedInstance* found = held_.Find(name);
    return found == nullptr ? nullptr : dynamic_cast<const State*>(found->state);
  }

  template <typename State>
  std::string TitleIn(const std::string& name) {
    const State* state = StateOf<State>(name);
    if (state == nullptr) return "";
    const auto* title = directory::DatedOnOrFirst(state->names(), scope_.until);
    return title == nullptr ? "" : title->text();
  }

  // The organisation of an office, or the office itself if it has none.
  std::string AgencyOf(const std::string& office) {
    const auto* state = StateOf<directory::v1::OfficeState>(office);
    if (state == nullptr) return "";
    const std::string agency =
        TitleIn<directory::v1::OrganisationState>(directory::OrganisationOn(*state, scope_.until));
    return agency.empty() ? TitleIn<directory::v1::OfficeState>(office) : agency;
  }

  void AddLocation(const std::string& territory, Fields& fields) {
    std::vector<std::string> location;
    const Context::Lookup lookup = held_.function();
    for (const std::string& around : TerritoriesAround(lookup, territory, scope_.until)) {
      const auto* state = StateOf<directory::v1::TerritoryState>(around);
      if (state == nullptr) continue;
      const std::string title = TitleIn<directory::v1::TerritoryState>(around);
      switch (directory::LevelOn(*state, scope_.until)) {
        case directory::v1::TERRITORY_LEVEL_PROVINCE:
          fields["province"] = title;
          break;
        case directory::v1::TERRITORY_LEVEL_CITY:
        case directory::v1::TERRITORY_LEVEL_MUNICIPALITY:
          fields["city"] = title;
          break;
        case directory::v1::TERRITORY_LEVEL_BARANGAY:
          fields["barangay"] = title;
          break;
        default:
          continue;
      }
      location.push_back(title);
    }
    fields["location"] = fmt::format("{}", fmt::join(location, ", "));
  }

  // Activities of plans that were approved.
  absl::Status Plans() {
    if (engine_.kinds().Find("plan") == nullptr) return absl::OkStatus();
    const PlanTitles titles = {[this](const std::string& office) { return AgencyOf(office); },
                               [this](const std::string& organisation) {
                                 return TitleIn<directory::v1::OrganisationState>(organisation);
                               }};
    return Each("plan", scope_.realm, [&](const Instance& instance) {
      const auto& plan = static_cast<const plans::v1::PlanState&>(*instance.state);
      const bool meant =
          !plan.versions().empty() && (scope_.body.empty() || plan.body() == scope_.body);
      if (!meant) return absl::OkStatus();
      Fields location;
      if (!plan.territories().empty()) AddLocation(plan.territories(0), location);
      return AddPlanLines(form_, scope_, engine_, instance, location, titles, lines_);
    });
  }

  absl::Status Findings() {
    return Each("finding", scope_.realm, [&](const Instance& instance) {
      const auto& finding = static_cast<const v1::FindingState&>(*instance.state);
      const v1::FindingRaised& raised = finding.raised();
      const bool meant = (scope_.body.empty() || raised.body() == scope_.body) &&
                         (scope_.implementing_office.empty() ||
                          raised.implementing_office() == scope_.implementing_office) &&
                         instance.record.lifecycle_state() != "dropped";
      if (meant) AddFinding(instance, finding);
      return absl::OkStatus();
    });
  }

  Fields FieldsOf(const Instance& instance, const v1::FindingState& finding) {
    const v1::FindingRaised& raised = finding.raised();
    Fields fields;
    fields["title"] = raised.title();
    fields["agency"] = AgencyOf(raised.implementing_office());
    AddLocation(raised.territory(), fields);
    fields["details"] = raised.details();
    fields["typology"] = TypologyInWords(raised.typology());
    fields["issue-status"] =
        instance.record.lifecycle_state() == "resolved" ? "Resolved" : "Current";
    fields["reasons"] = finding.explanation().reasons();
    fields["actions-taken"] = finding.explanation().actions_taken();
    fields["actions-to-be-taken"] = finding.explanation().actions_to_be_taken();
    fields["target"] = InWords(raised.slippage().target());
    fields["actual"] = InWords(raised.slippage().actual());
    fields["slippage"] = InWords(raised.slippage().slippage());
    fields["source"] = raised.source_of_information();
    const bool asked = finding.has_referral() && finding.referral().answer().empty();
    fields["npmc"] = asked ? "Y" : "N";
    fields["requested-actions"] = asked ? finding.referral().requested_action() : "";
    return fields;
  }

  void AddFinding(const Instance& instance, const v1::FindingState& finding) {
    const std::string& number = form_.number();
    // An exception of a quarter is raised when its figures are known, after its end.
    const v1::FindingRaised& raised = finding.raised();
    const CivilDate& since =
        raised.slippage().has_as_of() ? raised.slippage().as_of() : raised.raised_on();
    if (number == "3" && InTime(since)) {
      Add(instance.name, FieldsOf(instance, finding));
    } else if (number == "6" && UntilNow(since) &&
               instance.record.lifecycle_state() != "resolved") {
      Add(instance.name, FieldsOf(instance, finding));
    } else if (number == "7") {
      for (const v1::Inspection& inspection : finding.inspections()) {
        if (InTime(inspection.on())) AddInspection(instance, finding, inspection);
      }
    } else if (number == "8") {
      for (const v1::ProblemSession& session : finding.sessions()) {
        if (InTime(session.on())) AddSession(instance, finding, session);
      }
    } else if (number == "11" && finding.has_lesson() && InTime(finding.resolved_on())) {
      Fields fields = FieldsOf(instance, finding);
      fields["nature"] = finding.lesson().nature();
      fields["strategies"] = finding.lesson().strategies();
      fields["key-actors"] = finding.lesson().key_actors();
      fields["lesson"] = finding.lesson().lesson();
      Add(instance.name, std::move(fields));
    }
  }

  void AddInspection(const Instance& instance, const v1::FindingState& finding,
                     const v1::Inspection& inspection) {
    Fields fields = FieldsOf(instance, finding);
    fields["inspected-on"] = Printed(inspection.on());
    fields["site-details"] = inspection.site_details();
    fields["findings"] = inspection.findings();
    fields["issues"] = inspection.issues();
    fields["actions-taken"] = inspection.actions_taken();
    fields["actions-to-be-taken"] = inspection.actions_to_be_taken();
    Add(instance.name, std::move(fields));
  }

  void AddSession(const Instance& instance, const v1::FindingState& finding,
                  const v1::ProblemSession& session) {
    Fields fields = FieldsOf(instance, finding);
    fields["met-on"] = Printed(session.on());
    std::vector<std::string> agencies;
    for (const std::string& agency : session.agencies()) {
      agencies.push_back(TitleIn<directory::v1::OrganisationState>(agency));
    }
    fields["agencies"] = fmt::format("{}", fmt::join(agencies, "; "));
    fields["agreements"] = session.agreements();
    Add(instance.name, std::move(fields));
  }

  absl::Status Resolutions() {
    if (engine_.kinds().Find("resolution") == nullptr) return absl::OkStatus();
    const std::string parent = scope_.body.empty() ? scope_.realm + "/committees/-" : scope_.body;
    return Each("resolution", parent, [&](const Instance& instance) {
      const auto& resolution = static_cast<const committees::v1::ResolutionState&>(*instance.state);
      if (!InTime(resolution.adopted_on())) return absl::OkStatus();
      Add(instance.name, {{"number", resolution.number()},
                          {"resolution-title", resolution.title()},
                          {"approved-on", Printed(resolution.adopted_on())},
                          {"resolution", resolution.text()},
                          {"link", instance.name}});
      return absl::OkStatus();
    });
  }

  // Validated returns of a template that is named after the form.
  absl::Status Returns() {
    const std::string wanted =
        fmt::format("{}/checklistTemplates/{}", scope_.realm, InstrumentOf(form_));
    return Each("issuance", scope_.realm, [&](const Instance& issuance) -> absl::Status {
      const auto& settings = static_cast<const v1::IssuanceState&>(*issuance.state).settings();
      if (settings.checklist_template() != wanted || !InTime(settings.period().from()) ||
          (!scope_.body.empty() && settings.oversight_body() != scope_.body)) {
        return absl::OkStatus();
      }
      return Each("checklist", issuance.name, [&](const Instance& checklist) {
        const auto& state = static_cast<const v1::ChecklistState&>(*checklist.state);
        if (state.stage() != v1::DATA_STAGE_VALIDATED ||
            checklist.record.lifecycle_state() != "validated") {
          return absl::OkStatus();
        }
        Fields fields;
        for (const v1::Answer& answer : state.answers()) {
          if (answer.has_number()) fields[answer.item()] = answer.number();
          if (answer.has_text()) fields[answer.item()] = answer.text();
        }
        Add(checklist.name, std::move(fields));
        return absl::OkStatus();
      });
    });
  }

  const v1::ReportForm& form_;
  const ReportScope& scope_;
  const Engine& engine_;
  InstanceLookup held_;
  std::vector<ReportLine> lines_;
};

}  // namespace

std::string Printed(const CivilDate& date) {
  if (!IsSet(date)) return "";
  if (date.month() == 0) return fmt::format("{:04}", date.year());
  if (date.day() == 0) return fmt::format("{:02}-{:04}", date.month(), date.year());
  return fmt::format("{:02}-{:02}-{:04}", date.month(), date.day(), date.year());
}

std::string TypologyInWords(v1::IssueTypology typology) {
  switch (typology) {
    case v1::ISSUE_TYPOLOGY_SITE_CONDITION:
      return "Site Condition/Availability";
    case v1::ISSUE_TYPOLOGY_PROCUREMENT:
      return "Procurement";
    case v1::ISSUE_TYPOLOGY_APPROVALS:
      return "Government/Funding Institution Approvals";
    case v1::ISSUE_TYPOLOGY_BUDGET_AND_FUNDS_FLOW:
      return "Budget and Funds Flow";
    case v1::ISSUE_TYPOLOGY_DESIGN_AND_SCOPE:
      return "Design, Scope, Technical Specifications";
    case v1::ISSUE_TYPOLOGY_CONTRACTORS:
      return "Performance of Contractors/Consultants";
    case v1::ISSUE_TYPOLOGY_CAPACITY:
      return "Capacity of Project Management Unit and Other Implementing Partners";
    case v1::ISSUE_TYPOLOGY_INSTITUTIONAL_SUPPORT:
      return "Institutional Support";
    case v1::ISSUE_TYPOLOGY_INPUTS_AND_COSTS:
      return "Inputs and Costs";
    case v1::ISSUE_TYPOLOGY_LEGAL_AND_POLICY:
      return "Legal and Policy Issuances";
    case v1::ISSUE_TYPOLOGY_SUSTAINABILITY:
      return "Sustainability, Operations and Maintenance";
    case v1::ISSUE_TYPOLOGY_FORCE_MAJEURE:
      return "Force Majeure";
    default:
      return "";
  }
}

absl::StatusOr<std::vector<ReportLine>> LinesOf(const v1::ReportForm& form,
                                                const ReportScope& scope, const Engine& engine) {
  return Lines(form, scope, engine).Make();
}

}  // namespace kasundo::monitoring
