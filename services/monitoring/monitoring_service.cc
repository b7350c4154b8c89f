#include "services/monitoring/monitoring_service.h"

#include "kasundo/monitoring/v1/checklist_templates_service.pb.h"
#include "kasundo/monitoring/v1/checklists_service.pb.h"
#include "kasundo/monitoring/v1/findings_service.pb.h"
#include "kasundo/monitoring/v1/issuances_service.pb.h"
#include "kasundo/monitoring/v1/reports.pb.h"
#include "kasundo/monitoring/v1/rollups_service.pb.h"
#include "services/monitoring/evaluation_mapping.h"
#include "services/monitoring/monitoring_mapping.h"
#include "services/monitoring/reports.h"
#include "services/monitoring/rollup_queries.h"

namespace kasundo {

namespace v1 = monitoring::v1;

namespace {

// Evaluations, recommendations, sessions with questionnaires, adoptions.
void RegisterEvaluations(ServiceCatalog& catalog) {
  const auto* evaluations = v1::PlanEvaluationRequest::descriptor()->file();
  catalog.AddService(evaluations->FindServiceByName("Evaluations"));
  catalog.AddService(evaluations->FindServiceByName("Recommendations"));
  const auto* sessions = v1::OpenResponseSessionRequest::descriptor()->file();
  catalog.AddService(sessions->FindServiceByName("ResponseSessions"));
  catalog.AddService(sessions->FindServiceByName("Adoptions"));
  catalog.AddKind<v1::Evaluation>("evaluation", monitoring::ToEvaluation);
  catalog.AddKind<v1::Recommendation>("recommendation", monitoring::ToRecommendation);
  catalog.AddKind<v1::ResponseSession>("response_session", monitoring::ToResponseSession);
  catalog.AddKind<v1::Adoption>("adoption", monitoring::ToAdoption);
  catalog.Query<v1::ListEvaluationStandingsRequest, v1::ListEvaluationStandingsResponse>(
      "kasundo.monitoring.v1.Evaluations.ListEvaluationStandings",
      monitoring::ListEvaluationStandings);
  catalog.Query<v1::CountAdoptionRequest, v1::CountAdoptionResponse>(
      "kasundo.monitoring.v1.Adoptions.CountAdoption", monitoring::CountAdoption);
}

}  // namespace

void RegisterMonitoring(ServiceCatalog& catalog) {
  RegisterEvaluations(catalog);
  catalog.AddService(
      v1::PrepareTemplateRequest::descriptor()->file()->FindServiceByName("ChecklistTemplates"));
  catalog.AddService(
      v1::BeginIssuanceRequest::descriptor()->file()->FindServiceByName("Issuances"));
  catalog.AddService(
      v1::FillChecklistRequest::descriptor()->file()->FindServiceByName("Checklists"));
  catalog.AddService(v1::GetRollUpRequest::descriptor()->file()->FindServiceByName("RollUps"));
  const auto* findings = v1::RaiseFindingRequest::descriptor()->file();
  catalog.AddService(findings->FindServiceByName("Findings"));
  catalog.AddService(findings->FindServiceByName("CorrectiveActions"));
  catalog.AddKind<v1::Finding>("finding", monitoring::ToFinding);
  catalog.AddKind<v1::CorrectiveAction>("corrective_action", monitoring::ToCorrectiveAction);
  catalog.AddService(v1::GetReportRequest::descriptor()->file()->FindServiceByName("Reports"));
  catalog.Query<v1::GetReportRequest, v1::Report>("kasundo.monitoring.v1.Reports.GetReport",
                                                  monitoring::GetReport);
  catalog.Query<v1::ListInstrumentsRequest, v1::ListInstrumentsResponse>(
      "kasundo.monitoring.v1.Reports.ListInstruments", monitoring::ListInstruments);
  catalog.AddKind<v1::ChecklistTemplate>("checklist_template", monitoring::ToChecklistTemplate);
  catalog.AddKind<v1::Issuance>("issuance", monitoring::ToIssuance);
  catalog.AddKind<v1::Checklist>("checklist", monitoring::ToChecklist);
  catalog.Query<v1::GetRollUpRequest, v1::RollUp>("kasundo.monitoring.v1.RollUps.GetRollUp",
                                                  monitoring::GetRollUp);
  catalog.Query<v1::ExplainFigureRequest, v1::ExplainFigureResponse>(
      "kasundo.monitoring.v1.RollUps.ExplainFigure", monitoring::ExplainFigure);
  catalog.Query<v1::ListOverseenChecklistsRequest, v1::ListOverseenChecklistsResponse>(
      "kasundo.monitoring.v1.RollUps.ListOverseenChecklists", monitoring::ListOverseenChecklists);
}

}  // namespace kasundo
