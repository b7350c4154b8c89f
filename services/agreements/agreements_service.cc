#include "services/agreements/agreements_service.h"

#include <vector>

#include "fmt/format.h"
#include "kasundo/agreements/v1/agreements_service.pb.h"
#include "kasundo/agreements/v1/obligations_service.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "services/agreements/agreement_mapping.h"
#include "services/agreements/agreement_queries.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace v1 = agreements::v1;

constexpr size_t kReadAtOnce = 1000;

absl::StatusOr<Instance> ReadAgreement(const CallContext& call, const std::string& name) {
  ASSIGN_OR_RETURN(Instance agreement, call.engine().Get(name));
  if (agreement.record.kind() == "agreement") return agreement;
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                fmt::format("\"{}\" is a {}", name, agreement.record.kind()))
      .Field("name")
      .Mend("Give the name of an agreement.");
}

const v1::AgreementState& StateOf(const Instance& agreement) {
  return static_cast<const v1::AgreementState&>(*agreement.state);
}

absl::StatusOr<v1::GetTextInForceResponse> GetTextInForce(const v1::GetTextInForceRequest& request,
                                                          const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance agreement, ReadAgreement(call, request.name()));
  return agreements::TextOn(StateOf(agreement),
                            request.has_on() ? request.on() : call.Today(RealmOf(request.name())));
}

absl::StatusOr<v1::GetProgressResponse> GetProgress(const v1::GetProgressRequest& request,
                                                    const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance agreement, ReadAgreement(call, request.name()));
  std::vector<Instance> held;
  while (true) {
    const std::string after = held.empty() ? "" : held.back().name;
    ASSIGN_OR_RETURN(auto page,
                     call.engine().List("obligation", request.name(), after, kReadAtOnce));
    const bool last = page.size() < kReadAtOnce;
    for (Instance& instance : page) held.push_back(std::move(instance));
    if (last) break;
  }
  std::vector<const v1::ObligationState*> obligations;
  for (const Instance& instance : held) {
    obligations.push_back(static_cast<const v1::ObligationState*>(instance.state.get()));
  }
  v1::GetProgressResponse response =
      agreements::ProgressOf(StateOf(agreement), obligations, call.Today(RealmOf(request.name())));
  response.set_name(request.name());
  return response;
}

}  // namespace

void RegisterAgreements(ServiceCatalog& catalog) {
  catalog.AddService(
      v1::GetTextInForceRequest::descriptor()->file()->FindServiceByName("Agreements"));
  catalog.AddService(
      v1::GetProgressRequest::descriptor()->file()->FindServiceByName("Obligations"));
  catalog.AddKind<v1::Agreement>(
      "agreement", [](const Instance& instance, const MappingContext& context) {
        return agreements::ToAgreement(StateOf(instance), context.in_list);
      });
  catalog.AddKind<v1::Obligation>(
      "obligation", [](const Instance& instance, const MappingContext&) {
        return agreements::ToObligation(static_cast<const v1::ObligationState&>(*instance.state));
      });
  catalog.Query<v1::GetTextInForceRequest, v1::GetTextInForceResponse>(
      "kasundo.agreements.v1.Agreements.GetTextInForce", GetTextInForce);
  catalog.Query<v1::GetProgressRequest, v1::GetProgressResponse>(
      "kasundo.agreements.v1.Obligations.GetProgress", GetProgress);
}

}  // namespace kasundo
