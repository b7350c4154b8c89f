#include "services/register/responsibilities_service.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/responsibilities/v1/responsibilities_service.pb.h"
#include "services/register/realm_view.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/responsibilities/responsibility_table.h"

namespace kasundo {
namespace {

namespace v1 = responsibilities::v1;
using continuity::RealmView;

constexpr int kMostPerPerson = 20;
constexpr int kMostOfAll = 10'000;

absl::Status CheckKinds(const v1::GetResponsibilityMatrixRequest& request,
                        const KindRegistry& kinds) {
  for (int i = 0; i < request.kinds_size(); ++i) {
    if (kinds.Find(request.kinds(i)) != nullptr) continue;
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  fmt::format("there is no kind \"{}\"", request.kinds(i)))
        .Field(fmt::format("kinds[{}]", i))
        .Mend("Name a kind of this server, for example assignment.");
  }
  return absl::OkStatus();
}

bool IsAsked(const v1::GetResponsibilityMatrixRequest& request, const std::string& kind) {
  const auto& kinds = request.kinds();
  return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool LiesIn(const std::string& instance, const std::string& parent) {
  return instance == parent || instance.starts_with(parent + "/");
}

bool Declares(const workflows::v1::WorkflowDefinition& definition) {
  return !definition.responsibilities().empty();
}

// Nobody gave a day for its first act: it was entered whenever somebody found time, and only the
// dates within it tell since when it is.
absl::StatusOr<bool> IsUndated(const Engine& engine, const std::string& instance) {
  ASSIGN_OR_RETURN(const auto first, engine.History(instance, 1, 1));
  return !first.empty() && !first.front().has_occurred_on();
}

absl::Status Fill(const v1::GetResponsibilityMatrixRequest& request, const RealmView& view,
                  const Engine& engine, responsibilities::ResponsibilityTable& table) {
  std::set<std::string> seen;
  const auto add = [&](const Instance& instance, const Lifecycle& lifecycle, bool undated) {
    if (!IsAsked(request, instance.record.kind()) || !LiesIn(instance.name, request.parent())) {
      return;
    }
    table.Add({instance.name, instance.record.kind(), &lifecycle.definition(),
               instance.record.lifecycle_state(), instance.state.get(), undated});
  };
  std::optional<api::v1::AsOf> as_of = view.as_of();
  if (request.has_as_of()) as_of = request.as_of();
  RETURN_IF_ERROR(
      view.ForInstances(Declares, as_of, [&](const Instance& instance, const Lifecycle& lifecycle) {
        seen.insert(instance.name);
        add(instance, lifecycle, /*undated=*/false);
        return absl::OkStatus();
      }));
  if (request.has_as_of() || !as_of.has_value()) return absl::OkStatus();
  return view.ForInstances(
      Declares, std::nullopt,
      [&](const Instance& instance, const Lifecycle& lifecycle) -> absl::Status {
        if (seen.contains(instance.name)) return absl::OkStatus();
        ASSIGN_OR_RETURN(const bool undated, IsUndated(engine, instance.name));
        if (undated) add(instance, lifecycle, /*undated=*/true);
        return absl::OkStatus();
      });
}

absl::StatusOr<v1::ResponsibilityMatrix> GetResponsibilityMatrix(
    const v1::GetResponsibilityMatrixRequest& request, const CallContext& call) {
  if (request.most_per_person() < 0 || request.most_per_person() > kMostOfAll) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  fmt::format("{} is no limit", request.most_per_person()))
        .Field("most_per_person")
        .Mend(fmt::format("Give 1 to {}, or nothing.", kMostOfAll));
  }
  RETURN_IF_ERROR(CheckKinds(request, call.engine().kinds()));
  const std::string realm(RealmOf(request.parent()));
  ASSIGN_OR_RETURN(
      const RealmView view,
      RealmView::Read(call.engine(), realm, request.has_on() ? request.on() : call.Today(realm)));
  responsibilities::ResponsibilityTable table(view.offices().day());
  RETURN_IF_ERROR(Fill(request, view, call.engine(), table));
  v1::ResponsibilityMatrix matrix = table.Finish(
      view.offices(), request.most_per_person() == 0 ? kMostPerPerson : request.most_per_person());
  if (!request.party().empty()) matrix = responsibilities::OnlyOf(matrix, request.party());
  if (request.findings().empty()) return matrix;
  std::vector<v1::ResponsibilityFindingKind> kinds;
  for (const int kind : request.findings()) {
    kinds.push_back(static_cast<v1::ResponsibilityFindingKind>(kind));
  }
  return responsibilities::OnlyFindings(matrix, kinds);
}

}  // namespace

void RegisterResponsibilities(ServiceCatalog& catalog) {
  catalog.AddService(v1::GetResponsibilityMatrixRequest::descriptor()->file()->FindServiceByName(
      "Responsibilities"));
  catalog.Query<v1::GetResponsibilityMatrixRequest, v1::ResponsibilityMatrix>(
      "kasundo.responsibilities.v1.Responsibilities.GetResponsibilityMatrix",
      GetResponsibilityMatrix);
}

}  // namespace kasundo
