// Evaluations, recommendations, sessions and adoptions as their resources, and questions about many
// of them.
#pragma once

#include "absl/status/statusor.h"
#include "kasundo/monitoring/v1/evaluations_service.pb.h"
#include "kasundo/monitoring/v1/response_sessions_service.pb.h"
#include "services/runtime/call_context.h"

namespace kasundo::monitoring {

v1::Evaluation ToEvaluation(const Instance& instance, const MappingContext& context);
v1::Recommendation ToRecommendation(const Instance& instance, const MappingContext& context);
v1::ResponseSession ToResponseSession(const Instance& instance, const MappingContext& context);
v1::Adoption ToAdoption(const Instance& instance, const MappingContext& context);

absl::StatusOr<v1::ListEvaluationStandingsResponse> ListEvaluationStandings(
    const v1::ListEvaluationStandingsRequest& request, const CallContext& call);
absl::StatusOr<v1::CountAdoptionResponse> CountAdoption(const v1::CountAdoptionRequest& request,
                                                        const CallContext& call);

}  // namespace kasundo::monitoring
