#include "services/agreements/agreements_service.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "fmt/format.h"
#include "kasundo/agreements/v1/agreements_service.pb.h"
#include "kasundo/agreements/v1/obligations_service.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "services/agreements/agreement_mapping.h"
#include "services/agreements/agreement_queries.h"
#include "services/agreements/agreements_on_record.h"
#include "services/agreements/overlap_index.h"
#include "services/agreements/published_agreements.h"
#include "workflows/agreement/anchoring.h"
#include "workflows/directory/term.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace v1 = agreements::v1;
using agreements::OverlapIndex;
using agreements::StateOf;

constexpr size_t kReadAtOnce = 1000;

absl::StatusOr<Instance> ReadAgreement(const CallContext& call, const std::string& field,
                                       const std::string& name) {
  ASSIGN_OR_RETURN(Instance agreement, call.engine().Get(name));
  if (agreement.record.kind() == agreements::kAgreementKind) return agreement;
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                fmt::format("\"{}\" is a {}", name, agreement.record.kind()))
      .Field(field)
      .Mend("Give the name of an agreement.");
}

absl::StatusOr<v1::GetTextInForceResponse> GetTextInForce(const v1::GetTextInForceRequest& request,
                                                          const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance agreement, ReadAgreement(call, "name", request.name()));
  return agreements::TextOn(StateOf(agreement),
                            request.has_on() ? request.on() : call.Today(RealmOf(request.name())));
}

// What holds of the instance: an agreement in force, a resolution that was adopted.
agreements::HeldInstrument HeldBy(const Engine& engine, const Instance& instance,
                                  const CivilDate& today) {
  agreements::HeldInstrument held{instance.name, v1::ANCHORING_LEVEL_UNSPECIFIED};
  if (const auto* agreement = dynamic_cast<const v1::AgreementState*>(instance.state.get())) {
    const bool holds = agreement->has_in_force_on() && !agreements::IsOver(engine, instance) &&
                       !(agreement->has_ends_on() && Before(agreement->ends_on(), today));
    if (holds) {
      held.level =
          agreements::LevelOf(agreement->instrument(), !agreement->funding().budget_line().empty());
    }
  } else if (const auto* resolution =
                 dynamic_cast<const committees::v1::ResolutionState*>(instance.state.get())) {
    if (resolution->has_adopted_on() && !resolution->has_ended_on()) {
      held.level = v1::ANCHORING_LEVEL_RESOLUTION;
    }
  }
  return held;
}

bool GivesEffectTo(const v1::AgreementState& agreement, const std::string& other) {
  return std::any_of(
      agreement.links().begin(), agreement.links().end(), [&](const v1::InstrumentLink& link) {
        return link.kind() == v1::LINK_KIND_GIVES_EFFECT_TO && link.instrument() == other;
      });
}

// Requirement 133.
absl::StatusOr<v1::Anchoring> AnchoringOf(const Engine& engine, const Instance& agreement,
                                          const CivilDate& today) {
  std::vector<agreements::HeldInstrument> held = agreements::DocumentsOf(StateOf(agreement));
  held.push_back(HeldBy(engine, agreement, today));
  for (const v1::InstrumentLink& link : StateOf(agreement).links()) {
    if (link.instrument().empty() || link.kind() == v1::LINK_KIND_TAKEN_UP_IN) continue;
    const auto linked = engine.Get(link.instrument());
    if (linked.ok()) held.push_back(HeldBy(engine, *linked, today));
  }
  RETURN_IF_ERROR(
      agreements::ForEachAgreement(engine, RealmOf(agreement.name), [&](const Instance& other) {
        if (GivesEffectTo(StateOf(other), agreement.name)) {
          held.push_back(HeldBy(engine, other, today));
        }
        return absl::OkStatus();
      }));
  return agreements::Deepest(held);
}

absl::StatusOr<v1::GetProgressResponse> GetProgress(const v1::GetProgressRequest& request,
                                                    const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance agreement, ReadAgreement(call, "name", request.name()));
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
  const CivilDate today = call.Today(RealmOf(request.name()));
  v1::GetProgressResponse response = agreements::ProgressOf(StateOf(agreement), obligations, today);
  response.set_name(request.name());
  ASSIGN_OR_RETURN(*response.mutable_anchoring(), AnchoringOf(call.engine(), agreement, today));
  return response;
}

absl::StatusOr<v1::GetContributionBalanceResponse> GetContributionBalance(
    const v1::GetContributionBalanceRequest& request, const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance agreement, ReadAgreement(call, "name", request.name()));
  v1::GetContributionBalanceResponse response = agreements::BalanceOf(StateOf(agreement));
  response.set_name(request.name());
  return response;
}

absl::StatusOr<v1::ListFunctionOverlapsResponse> ListFunctionOverlaps(
    OverlapIndex& index, const v1::ListFunctionOverlapsRequest& request, const CallContext& call) {
  v1::ListFunctionOverlapsResponse response;
  if (request.agreement().empty()) {
    ASSIGN_OR_RETURN(auto all, index.All(call.engine(), request.parent()));
    for (v1::AgreementOverlap& told : all) *response.add_overlaps() = std::move(told);
    return response;
  }
  RETURN_IF_ERROR(call.CheckRealm(request.agreement()));
  RETURN_IF_ERROR(ReadAgreement(call, "agreement", request.agreement()).status());
  ASSIGN_OR_RETURN(auto overlaps, index.Of(call.engine(), request.agreement()));
  for (v1::FunctionOverlap& overlap : overlaps) {
    v1::AgreementOverlap& told = *response.add_overlaps();
    told.set_agreement(request.agreement());
    *told.mutable_overlap() = std::move(overlap);
  }
  return response;
}

// The private track of the party for which the viewer acts.
void AddPrivateTrack(const Instance& instance, const MappingContext& mapping,
                     v1::Agreement& agreement) {
  if (StateOf(instance).private_entries().empty() || mapping.viewer.office().empty()) return;
  workflows::v1::Actor viewer = mapping.viewer;
  const auto office = mapping.Related<directory::v1::OfficeState>(viewer.office());
  if (office != nullptr) viewer.set_organisation(directory::OrganisationOn(*office, mapping.on));
  const auto context = mapping.engine.ContextFor(instance, viewer);
  if (context.ok()) agreements::AddPrivateEntries(StateOf(instance), *context, agreement);
}

v1::Agreement ToAgreement(OverlapIndex& index, const Instance& instance,
                          const MappingContext& mapping) {
  v1::Agreement agreement = agreements::ToAgreement(StateOf(instance), mapping.in_list);
  if (mapping.in_list) return agreement;
  AddPrivateTrack(instance, mapping, agreement);
  if (mapping.as_of.has_value() || StateOf(instance).areas().empty()) return agreement;
  // A journal that cannot be read is reported by whatever reads it for itself.
  auto overlaps = index.Of(mapping.engine, instance.name);
  if (overlaps.ok()) {
    for (v1::FunctionOverlap& overlap : *overlaps) *agreement.add_overlaps() = std::move(overlap);
  }
  return agreement;
}

std::string Rpc(std::string_view method) {
  return fmt::format("kasundo.agreements.v1.Agreements.{}", method);
}

}  // namespace

void RegisterAgreements(ServiceCatalog& catalog) {
  catalog.AddService(
      v1::GetTextInForceRequest::descriptor()->file()->FindServiceByName("Agreements"));
  catalog.AddService(
      v1::GetProgressRequest::descriptor()->file()->FindServiceByName("Obligations"));
  const auto index = std::make_shared<OverlapIndex>();
  catalog.AddKind<v1::Agreement>("agreement",
                                 [index](const Instance& instance, const MappingContext& context) {
                                   return ToAgreement(*index, instance, context);
                                 });
  catalog.AddKind<v1::Obligation>(
      "obligation", [](const Instance& instance, const MappingContext&) {
        return agreements::ToObligation(static_cast<const v1::ObligationState&>(*instance.state));
      });
  catalog.Query<v1::GetTextInForceRequest, v1::GetTextInForceResponse>(Rpc("GetTextInForce"),
                                                                       GetTextInForce);
  catalog.Query<v1::ListFunctionOverlapsRequest, v1::ListFunctionOverlapsResponse>(
      Rpc("ListFunctionOverlaps"), [index](const auto& request, const CallContext& call) {
        return ListFunctionOverlaps(*index, request, call);
      });
  catalog.Query<v1::GetContributionBalanceRequest, v1::GetContributionBalanceResponse>(
      Rpc("GetContributionBalance"), GetContributionBalance);
  catalog.Query<v1::ListPublishedAgreementsRequest, v1::ListPublishedAgreementsResponse>(
      Rpc("ListPublishedAgreements"), agreements::ListPublishedAgreements);
  catalog.Query<v1::GetProgressRequest, v1::GetProgressResponse>(
      "kasundo.agreements.v1.Obligations.GetProgress", GetProgress);
}

}  // namespace kasundo
