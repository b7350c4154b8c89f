#include "services/plans/plans_service.h"

#include "kasundo/plans/v1/allotments_service.pb.h"
#include "kasundo/plans/v1/needs_service.pb.h"
#include "kasundo/plans/v1/plan_templates_service.pb.h"
#include "kasundo/plans/v1/plans_service.pb.h"
#include "kasundo/plans/v1/slippage_policies_service.pb.h"
#include "services/plans/plan_mapping.h"
#include "services/plans/plan_questions_service.h"
#include "services/plans/plan_reading.h"
#include "services/plans/shipped_templates.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/plan_template_decider.h"

namespace kasundo {
namespace {

namespace v1 = plans::v1;

absl::StatusOr<v1::ListShippedTemplatesResponse> ListShippedTemplates(
    const v1::ListShippedTemplatesRequest&, const CallContext&) {
  v1::ListShippedTemplatesResponse response;
  for (const v1::ShippedTemplate& shipped : plans::ShippedTemplates()) {
    *response.add_templates() = shipped;
  }
  return response;
}

absl::StatusOr<v1::ListTemplateCopiesResponse> ListTemplateCopies(
    const v1::ListTemplateCopiesRequest& request, const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance source, call.engine().Get(request.name()));
  ASSIGN_OR_RETURN(const std::vector<Instance> all,
                   plans::AllPlans(std::string(RealmOf(request.name())), "", call));
  v1::ListTemplateCopiesResponse response;
  for (const Instance& instance : all) {
    const v1::PlanState& plan = plans::PlanStateOf(instance);
    if (plan.provenance().template_name() != request.name()) continue;
    v1::TemplateCopy& copy = *response.add_copies();
    copy.set_plan(instance.name);
    copy.set_title(plan.title());
    copy.set_template_version(plan.provenance().template_version());
    for (const v1::TemplateItem& item :
         plans::OfferedTo(plan, static_cast<const v1::PlanTemplateState&>(*source.state))) {
      copy.add_offered(item.item().id());
    }
  }
  return response;
}

void RegisterTemplatesAndNeeds(ServiceCatalog& catalog) {
  const std::string service = "kasundo.plans.v1.PlanTemplates";
  catalog.AddService(
      v1::GetPlanTemplateRequest::descriptor()->file()->FindServiceByName("PlanTemplates"));
  catalog.AddService(v1::GetNeedRequest::descriptor()->file()->FindServiceByName("Needs"));
  catalog.AddKind<v1::PlanTemplate>(
      "plan_template", [](const Instance& instance, const MappingContext& context) {
        return plans::ToPlanTemplate(static_cast<const v1::PlanTemplateState&>(*instance.state),
                                     context.in_list);
      });
  catalog.AddService(
      v1::GetAllotmentRequest::descriptor()->file()->FindServiceByName("Allotments"));
  catalog.AddKind<v1::Allotment>(
      "allotment", [](const Instance& instance, const MappingContext& context) {
        return plans::ToAllotment(static_cast<const v1::AllotmentState&>(*instance.state),
                                  context.in_list);
      });
  catalog.AddKind<v1::Need>("need", [](const Instance& instance, const MappingContext&) {
    return plans::ToNeed(static_cast<const v1::NeedState&>(*instance.state));
  });
  catalog.Query<v1::ListShippedTemplatesRequest, v1::ListShippedTemplatesResponse>(
      service + ".ListShippedTemplates", ListShippedTemplates);
  catalog.Query<v1::ListTemplateCopiesRequest, v1::ListTemplateCopiesResponse>(
      service + ".ListTemplateCopies", ListTemplateCopies);
  catalog.Prepare<v1::WritePlanTemplateRequest>(
      service + ".WritePlanTemplate",
      [](v1::WritePlanTemplateRequest& request, const CallContext&) {
        return plans::FillFromShipped(request);
      });
}

}  // namespace

void RegisterPlans(ServiceCatalog& catalog) {
  catalog.AddService(v1::GetPlanRequest::descriptor()->file()->FindServiceByName("Plans"));
  catalog.AddService(
      v1::GetSlippagePolicyRequest::descriptor()->file()->FindServiceByName("SlippagePolicies"));
  catalog.AddKind<v1::Plan>("plan", [](const Instance& instance, const MappingContext& context) {
    return plans::ToPlan(static_cast<const v1::PlanState&>(*instance.state), context.in_list);
  });
  catalog.AddKind<v1::SlippagePolicy>("slippage_policy", [](const Instance& instance,
                                                            const MappingContext&) {
    return plans::ToSlippagePolicy(static_cast<const v1::SlippagePolicyState&>(*instance.state));
  });
  RegisterTemplatesAndNeeds(catalog);
  RegisterPlanQuestions(catalog);
}

}  // namespace kasundo
