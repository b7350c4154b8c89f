#include "workflows/plan/plan_checks.h"

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::plans {
namespace {

// Whether `above` is the body or one in which it is nested. Yes of bodies that another process
// keeps: it was asked already whether the resolution exists.
bool IsBodyOrAbove(std::string_view above, std::string body, const Context& context) {
  constexpr int kDeepestNesting = 32;
  for (int depth = 0; depth < kDeepestNesting && !body.empty(); ++depth) {
    if (body == above) return true;
    const auto* state = context.Related<committees::v1::CommitteeState>(body);
    if (state == nullptr) return depth == 0;
    body = state->parent_body();
  }
  return false;
}

}  // namespace

absl::Status CheckRoom(std::string_view what, int present, int most) {
  if (present < most) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TOO_MANY_ITEMS,
                fmt::format("the plan holds {} {}, as many as one plan may", present, what))
      .Mend("Divide it into several plans, one for each programme or office.")
      .With("most", most);
}

absl::Status CheckSpan(std::string_view field, const CivilDate& starts_on,
                       const CivilDate& ends_on) {
  if (!IsSet(starts_on) || !IsSet(ends_on) || First(starts_on) <= Last(ends_on)) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                fmt::format("it would end on {} before it begins on {}", ToString(ends_on),
                            ToString(starts_on)))
      .Field(field)
      .Mend("Give a last day that is not before the first.");
}

absl::Status CheckNotAhead(std::string_view field, const CivilDate& date, const Context& context) {
  if (!IsSet(date) || First(date) <= Last(context.today)) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                fmt::format("{} is still to come", ToString(date)))
      .Field(field)
      .Mend("Record it when it has happened.");
}

absl::StatusOr<Decimal> ReadFigure(std::string_view field, std::string_view text) {
  // A sign that is not needed is not how anybody writes a budget.
  if (!text.starts_with('+')) {
    if (auto figure = Decimal::Parse(text)) return *figure;
  }
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_FIGURE_INVALID,
                fmt::format("\"{}\" is no figure", text))
      .Field(field)
      .Mend(
          "Write digits and at most one point, as in 22222.22, without separators: 18 before the "
          "point and 9 behind it at most.");
}

absl::StatusOr<Decimal> ReadPercent(std::string_view field, std::string_view text) {
  ASSIGN_OR_RETURN(const Decimal percent, ReadFigure(field, text));
  if (!percent.IsNegative() && percent <= Decimal(100)) return percent;
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_FIGURE_INVALID,
                fmt::format("{} is no percentage from 0 to 100", text))
      .Field(field)
      .Mend("Give the part that is done, from 0 to 100.");
}

absl::Status CheckApproval(const v1::Approval& approval, std::string_view body,
                           const Context& context) {
  if (approval.resolution().empty()) {
    if (!approval.number().empty() && IsSet(approval.date()) && !approval.issuing_body().empty()) {
      return CheckNotAhead("approval.date", approval.date(), context);
    }
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_APPROVAL_INCOMPLETE,
                  "no resolution is named, and no document in full")
        .Field("approval")
        .Mend(
            "Name a resolution that is kept here, or number, date and issuing body of a document.");
  }
  if (!IsBodyOrAbove(ParentOf(approval.resolution()), std::string(body), context)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_RESOLUTION_OF_ANOTHER_BODY,
                  fmt::format("{} is a resolution of another body than {}", approval.resolution(),
                              body))
        .Field("approval.resolution")
        .Mend("Name a resolution of the plan's body, or of a body above it.");
  }
  const auto* resolution = context.Related<committees::v1::ResolutionState>(approval.resolution());
  if (resolution == nullptr || (resolution->has_adopted_on() && !resolution->has_ended_on())) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_RESOLUTION_NOT_ADOPTED,
                fmt::format("{} {}", approval.resolution(),
                            resolution->has_ended_on() ? "holds no longer" : "is not adopted"))
      .Field("approval.resolution")
      .Mend("Wait until the body has adopted it, or name the one that it adopted.");
}

}  // namespace kasundo::plans
