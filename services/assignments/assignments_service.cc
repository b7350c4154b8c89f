#include "services/assignments/assignments_service.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/assignments/v1/assignments_service.pb.h"
#include "kasundo/assignments/v1/coverage_rules_service.pb.h"
#include "kasundo/assignments/v1/functions_service.pb.h"
#include "kasundo/assignments/v1/portfolios_service.pb.h"
#include "kasundo/assignments/v1/reasons.pb.h"
#include "services/assignments/answerable.h"
#include "services/assignments/assignment_mapping.h"
#include "services/assignments/role_warnings.h"
#include "services/assignments/shortfalls.h"
#include "workflows/assignment/lead_policy.h"
#include "workflows/assignment/tenures.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/term.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace v1 = assignments::v1;
using assignments::KnownAssignment;

constexpr size_t kReadAtOnce = 1000;
constexpr int kRolesPerPerson = 5;

template <typename S>
std::shared_ptr<const S> StateOf(const Engine& engine, const std::string& name) {
  if (name.empty()) return nullptr;
  const auto found = engine.Get(name);
  return found.ok() ? std::dynamic_pointer_cast<const S>(found->state) : nullptr;
}

assignments::OfficeLookup OfficesOf(const Engine& engine) {
  return [&engine](const std::string& name) {
    return StateOf<directory::v1::OfficeState>(engine, name);
  };
}

absl::StatusOr<std::vector<Instance>> AllOf(const Engine& engine, const std::string& kind,
                                            const std::string& parent,
                                            const std::optional<api::v1::AsOf>& as_of) {
  std::vector<Instance> all;
  while (true) {
    const std::string after = all.empty() ? "" : all.back().name;
    ASSIGN_OR_RETURN(auto page, engine.List(kind, parent, after, kReadAtOnce, as_of));
    const bool last = page.size() < kReadAtOnce;
    for (Instance& instance : page) all.push_back(std::move(instance));
    if (last) return all;
  }
}

absl::StatusOr<std::vector<KnownAssignment>> AssignmentsOf(
    const Engine& engine, const std::string& realm, const std::optional<api::v1::AsOf>& as_of) {
  ASSIGN_OR_RETURN(auto instances, AllOf(engine, "assignment", realm, as_of));
  std::vector<KnownAssignment> known;
  for (Instance& instance : instances) {
    known.push_back({std::move(instance.name),
                     std::static_pointer_cast<const v1::AssignmentState>(instance.state)});
  }
  return known;
}

// Parameters of the definition that governs new assignments of the realm.
absl::StatusOr<std::map<std::string, std::string>> ParametersOf(const Engine& engine,
                                                                const std::string& realm) {
  ASSIGN_OR_RETURN(const auto definition, engine.Definition(realm, "assignment", 0));
  return std::map<std::string, std::string>(definition.parameters().begin(),
                                            definition.parameters().end());
}

absl::StatusOr<v1::GetAnswerableResponse> GetAnswerable(const v1::GetAnswerableRequest& request,
                                                        const CallContext& call) {
  if (request.function().empty() && request.subject().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TOO_LITTLE_SAID,
                  "answerable for what?")
        .Field("function")
        .Mend("Name a function, a subject, or both.");
  }
  v1::GetAnswerableRequest question = request;
  const std::string realm(RealmOf(request.parent()));
  if (!question.has_on()) *question.mutable_on() = call.Today(realm);
  std::optional<api::v1::AsOf> as_of;
  if (request.has_as_of()) as_of = request.as_of();
  ASSIGN_OR_RETURN(const auto known, AssignmentsOf(call.engine(), realm, as_of));
  assignments::Surroundings surroundings;
  surroundings.office = OfficesOf(call.engine());
  surroundings.function = [&](const std::string& name) {
    return StateOf<v1::FunctionState>(call.engine(), name);
  };
  surroundings.territory = [&](const std::string& name) {
    return StateOf<directory::v1::TerritoryState>(call.engine(), name);
  };
  return assignments::AnswerableOn(question, known, surroundings);
}

absl::StatusOr<v1::ProposeLeadResponse> ProposeLead(const v1::ProposeLeadRequest& request,
                                                    const CallContext& call) {
  const std::string realm(RealmOf(request.parent()));
  const CivilDate on = request.has_on() ? request.on() : call.Today(realm);
  ASSIGN_OR_RETURN(const auto parameters, ParametersOf(call.engine(), realm));
  ASSIGN_OR_RETURN(const auto functions,
                   assignments::ProposedFunctions(request.entry_point(), parameters));
  ASSIGN_OR_RETURN(const auto offices, AllOf(call.engine(), "office", realm, {}));
  v1::ProposeLeadResponse response;
  for (const std::string& function : functions) {
    response.add_proposed_functions(function);
    for (const Instance& office : offices) {
      const auto& state = static_cast<const directory::v1::OfficeState&>(*office.state);
      if (!directory::ExistedOn(state, on) || office.record.lifecycle_state() == "withdrawn" ||
          assignments::FunctionAmong(state, functions, on) != function ||
          (!request.territory().empty() && state.territory() != request.territory())) {
        continue;
      }
      v1::LeadProposal& proposal = *response.add_offices();
      proposal.set_office(office.name);
      proposal.set_function(function);
      if (const auto* name = directory::DatedOnOrFirst(state.names(), on)) {
        proposal.set_title(name->text());
      }
    }
  }
  return response;
}

// Who acts for the answerable offices of an assignment, each once.
void CountPeople(const KnownAssignment& assignment, const assignments::OfficeLookup& offices,
                 const CivilDate& on, std::map<std::string, std::vector<std::string>>* roles_of) {
  const v1::Tenure* tenure = assignments::TenureOn(assignment.state->tenures(), on);
  if (tenure == nullptr) return;
  for (const std::string& name : assignments::AnswerableOffices(tenure->offices())) {
    const auto office = offices(name);
    if (office == nullptr) continue;
    const std::string person = directory::HoldingOn(*office, on).person;
    if (person.empty()) continue;
    std::vector<std::string>& roles = (*roles_of)[person];
    if (roles.empty() || roles.back() != assignment.name) roles.push_back(assignment.name);
  }
}

int LimitOf(const v1::ListRoleWarningsRequest& request,
            const std::map<std::string, std::string>& parameters) {
  if (request.roles_per_person() > 0) return request.roles_per_person();
  const auto set = parameters.find("roles_per_person");
  int limit = 0;
  if (set != parameters.end() && absl::SimpleAtoi(set->second, &limit) && limit > 0) return limit;
  return kRolesPerPerson;
}

bool Concerns(const v1::AssignmentState& state, const std::string& office, const CivilDate& on) {
  const v1::Tenure* tenure = assignments::TenureOn(state.tenures(), on);
  return tenure != nullptr && assignments::IsAnswerable(tenure->offices(), office);
}

absl::StatusOr<v1::ListRoleWarningsResponse> ListRoleWarnings(
    const v1::ListRoleWarningsRequest& request, const CallContext& call) {
  const std::string realm(RealmOf(request.parent()));
  const CivilDate on = request.has_on() ? request.on() : call.Today(realm);
  ASSIGN_OR_RETURN(const auto parameters, ParametersOf(call.engine(), realm));
  ASSIGN_OR_RETURN(const auto known, AssignmentsOf(call.engine(), realm, {}));
  const assignments::OfficeLookup offices = OfficesOf(call.engine());
  v1::ListRoleWarningsResponse response;
  *response.mutable_on() = on;
  response.set_roles_per_person(LimitOf(request, parameters));
  std::map<std::string, std::vector<std::string>> roles_of;
  for (const KnownAssignment& assignment : known) {
    CountPeople(assignment, offices, on, &roles_of);
    if (!request.office().empty() && !Concerns(*assignment.state, request.office(), on)) continue;
    const auto function = StateOf<v1::FunctionState>(call.engine(), assignment.state->function());
    for (v1::AssignmentWarning& warning :
         assignments::WarningsOf(*assignment.state, function.get(), offices, on)) {
      warning.set_assignment(assignment.name);
      warning.set_title(assignment.state->title());
      *response.add_warnings() = std::move(warning);
    }
  }
  for (const auto& [person, roles] : roles_of) {
    if (static_cast<int>(roles.size()) <= response.roles_per_person()) continue;
    v1::Workload& load = *response.add_overloaded();
    load.set_person(person);
    for (const std::string& role : roles) load.add_assignments(role);
  }
  std::stable_sort(response.mutable_overloaded()->begin(), response.mutable_overloaded()->end(),
                   [](const v1::Workload& a, const v1::Workload& b) {
                     return a.assignments_size() > b.assignments_size();
                   });
  return response;
}

absl::StatusOr<v1::ListShortfallsResponse> ListShortfalls(const v1::ListShortfallsRequest& request,
                                                          const CallContext& call) {
  const std::string realm(RealmOf(request.parent()));
  const CivilDate on = request.has_on() ? request.on() : call.Today(realm);
  ASSIGN_OR_RETURN(auto rules, AllOf(call.engine(), "coverage_rule", realm, {}));
  std::vector<assignments::KnownRule> known_rules;
  for (Instance& rule : rules) {
    known_rules.push_back(
        {std::move(rule.name), std::static_pointer_cast<const v1::CoverageRuleState>(rule.state)});
  }
  ASSIGN_OR_RETURN(auto organisations, AllOf(call.engine(), "organisation", realm, {}));
  std::vector<assignments::KnownOrganisation> known_organisations;
  for (Instance& organisation : organisations) {
    const bool wanted =
        request.organisation().empty() || request.organisation() == organisation.name;
    if (!wanted || organisation.record.lifecycle_state() == "withdrawn") continue;
    known_organisations.push_back(
        {std::move(organisation.name),
         std::static_pointer_cast<const directory::v1::OrganisationState>(organisation.state)});
  }
  ASSIGN_OR_RETURN(const auto known, AssignmentsOf(call.engine(), realm, {}));
  return assignments::ShortfallsOn(on, known_rules, known_organisations, known,
                                   OfficesOf(call.engine()));
}

v1::Assignment MapAssignment(const Instance& instance, const MappingContext& context) {
  const auto& state = static_cast<const v1::AssignmentState&>(*instance.state);
  v1::Assignment assignment = assignments::ToAssignment(state, context.on, context.in_list);
  if (context.in_list) return assignment;
  const auto function = context.Related<v1::FunctionState>(state.function());
  const auto warnings = assignments::WarningsOf(
      state, function.get(),
      [&](const std::string& name) { return context.Related<directory::v1::OfficeState>(name); },
      context.on);
  for (const v1::AssignmentWarning& warning : warnings) {
    const auto& listed = assignment.warnings();
    if (std::find(listed.begin(), listed.end(), warning.warning()) == listed.end()) {
      assignment.add_warnings(warning.warning());
    }
  }
  assignment.set_ready(assignments::IsReady(state, warnings, context.on));
  return assignment;
}

}  // namespace

void RegisterAssignments(ServiceCatalog& catalog) {
  catalog.AddService(
      v1::DefineFunctionRequest::descriptor()->file()->FindServiceByName("Functions"));
  catalog.AddService(
      v1::GetAnswerableRequest::descriptor()->file()->FindServiceByName("Assignments"));
  catalog.AddService(
      v1::GetPortfolioRequest::descriptor()->file()->FindServiceByName("Portfolios"));
  catalog.AddKind<v1::Function>(
      "function", [](const Instance& instance, const MappingContext& context) {
        return assignments::ToFunction(static_cast<const v1::FunctionState&>(*instance.state),
                                       context.on, context.in_list);
      });
  catalog.AddService(
      v1::SetCoverageRuleRequest::descriptor()->file()->FindServiceByName("CoverageRules"));
  catalog.AddKind<v1::CoverageRule>("coverage_rule", [](const Instance& instance,
                                                        const MappingContext&) {
    return assignments::ToCoverageRule(static_cast<const v1::CoverageRuleState&>(*instance.state));
  });
  catalog.Query<v1::ListShortfallsRequest, v1::ListShortfallsResponse>(
      "kasundo.assignments.v1.CoverageRules.ListShortfalls", ListShortfalls);
  catalog.AddKind<v1::Assignment>("assignment", MapAssignment);
  catalog.AddKind<v1::Portfolio>("portfolio", [](const Instance& instance, const MappingContext&) {
    return assignments::ToPortfolio(static_cast<const v1::PortfolioState&>(*instance.state));
  });
  catalog.Query<v1::GetAnswerableRequest, v1::GetAnswerableResponse>(
      "kasundo.assignments.v1.Assignments.GetAnswerable", GetAnswerable);
  catalog.Query<v1::ProposeLeadRequest, v1::ProposeLeadResponse>(
      "kasundo.assignments.v1.Assignments.ProposeLead", ProposeLead);
  catalog.Query<v1::ListRoleWarningsRequest, v1::ListRoleWarningsResponse>(
      "kasundo.assignments.v1.Assignments.ListRoleWarnings", ListRoleWarnings);
}

}  // namespace kasundo
