#include "services/committees/membership_applications_service.h"

#include "kasundo/committees/v1/membership_applications.pb.h"
#include "kasundo/committees/v1/membership_applications_events.pb.h"
#include "kasundo/committees/v1/membership_applications_service.pb.h"

namespace kasundo {

namespace v1 = committees::v1;

void RegisterMembershipApplications(ServiceCatalog& catalog) {
  catalog.AddService(v1::ApplyForMembershipRequest::descriptor()->file()->FindServiceByName(
      "MembershipApplications"));
  catalog.AddKind<v1::MembershipApplication>(
      "membership_application", [](const Instance& instance, const MappingContext& /*context*/) {
        const auto& state = static_cast<const v1::MembershipApplicationState&>(*instance.state);
        v1::MembershipApplication application;
        application.set_organisation(state.organisation());
        application.set_statement(state.statement());
        *application.mutable_documents() = state.documents();
        if (state.has_applied_on()) *application.mutable_applied_on() = state.applied_on();
        *application.mutable_checks() = state.checks();
        *application.mutable_advice() = state.advice();
        if (state.has_decision()) *application.mutable_decision() = state.decision();
        return application;
      });
}

}  // namespace kasundo
