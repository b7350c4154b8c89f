#include "workflows/plan/slippage_policy_decider.h"

#include <algorithm>
#include <optional>
#include <string>

#include "fmt/format.h"
#include "kasundo/plans/v1/slippage_policies_service.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/plan_checks.h"

namespace kasundo::plans {
namespace {

using State = v1::SlippagePolicyState;
using Bands = google::protobuf::RepeatedPtrField<v1::SlippageBand>;
using Decision = absl::StatusOr<std::vector<v1::SlippagePolicyEvent>>;

absl::Status BandInvalid(std::string_view field, std::string message) {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_BAND_INVALID, std::move(message))
      .Field(field)
      .Mend("Give bounds between which a slippage can lie, the most serious band first.");
}

// A bound that is given.
struct Bound {
  Decimal value;
  bool inclusive = false;
};

absl::StatusOr<std::optional<Bound>> ReadBound(const std::string& field, const std::string& with,
                                               const std::string& without,
                                               const std::string& with_name,
                                               const std::string& without_name) {
  if (with.empty() && without.empty()) return std::optional<Bound>();
  if (!with.empty() && !without.empty()) {
    return BandInvalid(field,
                       fmt::format("{} and {} say the same side twice", with_name, without_name));
  }
  const bool inclusive = !with.empty();
  ASSIGN_OR_RETURN(const Decimal value,
                   ReadFigure(fmt::format("{}.{}", field, inclusive ? with_name : without_name),
                              inclusive ? with : without));
  return std::optional<Bound>(Bound{value, inclusive});
}

struct Span {
  std::optional<Bound> lower;
  std::optional<Bound> upper;
};

// Whether every slippage of `inner` lies in `outer` too.
bool Covers(const Span& outer, const Span& inner) {
  const bool low =
      !outer.lower.has_value() ||
      (inner.lower.has_value() && (outer.lower->value < inner.lower->value ||
                                   (outer.lower->value == inner.lower->value &&
                                    (outer.lower->inclusive || !inner.lower->inclusive))));
  const bool high =
      !outer.upper.has_value() ||
      (inner.upper.has_value() && (outer.upper->value > inner.upper->value ||
                                   (outer.upper->value == inner.upper->value &&
                                    (outer.upper->inclusive || !inner.upper->inclusive))));
  return low && high;
}

bool IsEmpty(const Span& span) {
  if (!span.lower.has_value() || !span.upper.has_value()) return false;
  if (span.lower->value == span.upper->value) {
    return !span.lower->inclusive || !span.upper->inclusive;
  }
  return span.lower->value > span.upper->value;
}

absl::Status CheckBands(const Bands& bands) {
  std::vector<Span> spans;
  for (int i = 0; i < bands.size(); ++i) {
    const v1::SlippageBand& band = bands[i];
    const std::string field = fmt::format("bands[{}]", i);
    RETURN_IF_ERROR(CheckId(field + ".id", band.id()));
    if (FindById(bands, band.id()) != &band) {
      return AlreadyThere(field + ".id", fmt::format("two bands are called \"{}\"", band.id()));
    }
    Span span;
    ASSIGN_OR_RETURN(span.lower,
                     ReadBound(field, band.at_least(), band.above(), "at_least", "above"));
    ASSIGN_OR_RETURN(span.upper,
                     ReadBound(field, band.at_most(), band.below(), "at_most", "below"));
    if (!span.lower.has_value() && !span.upper.has_value()) {
      return BandInvalid(field, fmt::format("\"{}\" has no bound", band.id()));
    }
    if (IsEmpty(span)) {
      return BandInvalid(field, fmt::format("no slippage can lie in \"{}\"", band.id()));
    }
    for (int j = 0; j < i; ++j) {
      if (Covers(spans[static_cast<size_t>(j)], span) && !bands[j].only_unfinished()) {
        return BandInvalid(field, fmt::format("\"{}\" stands before it and covers it, so nothing "
                                              "can ever lie in \"{}\"",
                                              bands[j].id(), band.id()));
      }
    }
    spans.push_back(span);
  }
  return absl::OkStatus();
}

// The version that a request lays down.
template <typename Request>
absl::StatusOr<v1::SlippagePolicyVersion> NewVersion(const Request& request,
                                                     const std::string& body, int number,
                                                     const Context& context) {
  RETURN_IF_ERROR(CheckBands(request.bands()));
  v1::SlippagePolicyVersion version;
  version.set_version(number);
  *version.mutable_effective_on() =
      request.has_effective_on() ? request.effective_on() : context.today;
  *version.mutable_bands() = request.bands();
  version.set_source(request.source());
  if (request.has_approval()) {
    RETURN_IF_ERROR(CheckApproval(request.approval(), body, context));
    *version.mutable_approval() = request.approval();
  }
  return version;
}

Decision AdoptSlippagePolicy(const v1::AdoptSlippagePolicyRequest& request, const State&,
                             const Context& context) {
  // Its secretariat speaks for a body; the role cannot be asked before there is a policy of it.
  if (!context.actor.administrator() && !committees::IsSecretariatOfBody(context, request.body())) {
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_RESPONSIBLE,
                  fmt::format("you do not act in the secretariat of {}", request.body()))
        .Field("body")
        .Mend("Let the secretariat of the body lay down its policy.");
  }
  v1::SlippagePolicyEvent event;
  v1::SlippagePolicyAdopted& adopted = *event.mutable_slippage_policy_adopted();
  adopted.set_title(request.title());
  adopted.set_body(request.body());
  ASSIGN_OR_RETURN(*adopted.mutable_version(), NewVersion(request, request.body(), 1, context));
  return {{std::move(event)}};
}

Decision ReviseSlippagePolicy(const v1::ReviseSlippagePolicyRequest& request, const State& state,
                              const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  const v1::SlippagePolicyVersion& last = *state.versions().rbegin();
  v1::SlippagePolicyEvent event;
  v1::SlippagePolicyVersion& version = *event.mutable_slippage_policy_revised()->mutable_version();
  ASSIGN_OR_RETURN(version, NewVersion(request, state.body(), state.versions_size() + 1, context));
  if (First(version.effective_on()) <= First(last.effective_on())) {
    return Refuse(
               absl::StatusCode::kInvalidArgument, v1::REASON_POLICY_DATE_INVALID,
               fmt::format("version {} began on {}", last.version(), ToString(last.effective_on())))
        .Field("effective_on")
        .Mend("Let the version begin on a later day: what was judged stays as it was.");
  }
  const auto& before = last.bands();
  const auto& after = version.bands();
  if (std::equal(before.begin(), before.end(), after.begin(), after.end(),
                 [](const auto& a, const auto& b) {
                   return a.SerializeAsString() == b.SerializeAsString();
                 })) {
    return NothingToChange("these are its bands already");
  }
  version.set_reason(context.reason);
  return {{std::move(event)}};
}

Decision RetireSlippagePolicy(const v1::RetireSlippagePolicyRequest&, const State&,
                              const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::SlippagePolicyEvent event;
  event.mutable_slippage_policy_retired()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace

State SlippagePolicy::Evolve(State state, const Event& event) {
  using E = v1::SlippagePolicyEvent;
  switch (event.event_case()) {
    case E::kSlippagePolicyAdopted:
      state.set_title(event.slippage_policy_adopted().title());
      state.set_body(event.slippage_policy_adopted().body());
      *state.add_versions() = event.slippage_policy_adopted().version();
      break;
    case E::kSlippagePolicyRevised:
      *state.add_versions() = event.slippage_policy_revised().version();
      break;
    case E::kSlippagePolicyRetired:
      state.set_retired_reason(event.slippage_policy_retired().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& SlippagePolicy::Traits() {
  static const KindTraits traits{"slippage_policy", "slippagePolicies", ""};
  return traits;
}

const std::vector<CommandCase<SlippagePolicy>>& SlippagePolicy::Commands() {
  static const std::vector<CommandCase<SlippagePolicy>> cases = {
      On(&AdoptSlippagePolicy, {"SlippagePolicyAdopted"}),
      On(&ReviseSlippagePolicy, {"SlippagePolicyRevised"}),
      On(&RetireSlippagePolicy, {"SlippagePolicyRetired"}),
  };
  return cases;
}

const std::vector<RoleCase<SlippagePolicy>>& SlippagePolicy::Roles() {
  static const std::vector<RoleCase<SlippagePolicy>> roles = {
      {"secretariat", "who acts in the secretariat of the body whose policy it is",
       [](const State& state, const Context& context) {
         return committees::IsSecretariatOfBody(context, state.body());
       }},
      {"office-holder", "who acts in any office, before there is the policy",
       [](const State& state, const Context& context) {
         return state.body().empty() && !context.actor.office().empty();
       }},
  };
  return roles;
}

const std::vector<GuardCase<SlippagePolicy>>& SlippagePolicy::Guards() {
  static const std::vector<GuardCase<SlippagePolicy>> guards;
  return guards;
}

}  // namespace kasundo::plans
