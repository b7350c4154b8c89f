#include "services/register/continuity_service.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/continuity/v1/continuity_service.pb.h"
#include "services/register/realm_view.h"
#include "workflows/directory/term.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace v1 = continuity::v1;
using continuity::Items;
using continuity::RealmView;

constexpr size_t kRecentActs = 5;
constexpr int kMonthsAhead = 12;
constexpr int kMostMonthsAhead = 120;

// The realm of `name` on the day asked for, or today.
absl::StatusOr<RealmView> ViewOf(const CallContext& call, std::string_view name,
                                 const api::v1::CivilDate& on) {
  const std::string realm(RealmOf(name));
  return RealmView::Read(call.engine(), realm, IsSet(on) ? on : call.Today(realm));
}

// What a question names must be there: an empty answer about nobody would be taken for good news.
absl::Status CheckThere(const CallContext& call, const std::string& field, const std::string& name,
                        const std::string& kind) {
  if (name.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(call.CheckRealm(name));
  const auto found = call.engine().Get(name);
  if (found.ok() && found->record.kind() == kind) return absl::OkStatus();
  if (!found.ok() && !absl::IsNotFound(found.status())) return found.status();
  return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_REFERENCE_NOT_FOUND,
                fmt::format("there is no {} \"{}\"", kind, name))
      .Field(field)
      .Mend("Check the name; list its collection.")
      .With("name", name);
}

absl::StatusOr<v1::InstanceContinuity> GetContinuity(const v1::GetContinuityRequest& request,
                                                     const CallContext& call) {
  ASSIGN_OR_RETURN(const RealmView view, ViewOf(call, request.name(), request.on()));
  return view.Assess(request.name(), request.target_date());
}

// Who can take a step is asked for one instance; here it would be said again for each.
void LeaveOutCarriers(v1::InstanceContinuity& item) {
  for (v1::RemainingStep& step : *item.mutable_steps()) {
    for (v1::OfficeCover& office : *step.mutable_offices()) office.clear_carriers();
    step.clear_people();
  }
}

absl::StatusOr<v1::ListContinuityResponse> ListContinuity(const v1::ListContinuityRequest& request,
                                                          const CallContext& call) {
  RETURN_IF_ERROR(CheckThere(call, "office", request.office(), "office"));
  RETURN_IF_ERROR(CheckThere(call, "person", request.person(), "person"));
  ASSIGN_OR_RETURN(const RealmView view, ViewOf(call, request.parent(), request.on()));
  ASSIGN_OR_RETURN(Items items, view.Open(request.parent(), request.target_date()));
  std::erase_if(items, [&](const v1::InstanceContinuity& item) {
    return (!request.office().empty() && !continuity::OfficeActs(item, request.office())) ||
           (!request.person().empty() && !continuity::PersonActs(item, request.person()));
  });
  continuity::SortByUrgency(items);
  v1::ListContinuityResponse response;
  *response.mutable_on() = view.offices().day();
  response.set_open(static_cast<int>(items.size()));
  for (v1::InstanceContinuity& item : items) {
    if (item.severity() == v1::SEVERITY_AT_RISK) response.set_at_risk(response.at_risk() + 1);
    if (item.severity() == v1::SEVERITY_STOPPED) response.set_stopped(response.stopped() + 1);
    if (item.findings().empty() && !request.all()) continue;
    LeaveOutCarriers(item);
    *response.add_items() = std::move(item);
  }
  const continuity::KnownOffice* office = view.offices().Find(request.office());
  const std::string organisation = office == nullptr ? "" : office->cover.organisation();
  if (request.person().empty()) {
    for (auto& vacancy : continuity::VacanciesOf(view.offices(), organisation)) {
      *response.add_vacancies() = std::move(vacancy);
    }
  }
  return response;
}

absl::StatusOr<v1::ListLossesResponse> ListLosses(const v1::ListLossesRequest& request,
                                                  const CallContext& call) {
  RETURN_IF_ERROR(CheckThere(call, "person", request.person(), "person"));
  ASSIGN_OR_RETURN(const RealmView view, ViewOf(call, request.parent(), request.on()));
  ASSIGN_OR_RETURN(const Items items, view.Open(request.parent(), {}));
  v1::ListLossesResponse response;
  *response.mutable_on() = view.offices().day();
  response.set_open(static_cast<int>(items.size()));
  for (auto& loss : continuity::LossesOf(items, view.offices(), request.person())) {
    if (!loss.stops().empty()) response.set_indispensable(response.indispensable() + 1);
    *response.add_people() = std::move(loss);
  }
  return response;
}

// When the first of its deadlines falls due; the far future without any.
int64_t FirstDue(const v1::HandoverItem& item) {
  int64_t first = INT64_MAX;
  for (const v1::OpenDeadline& deadline : item.continuity().deadlines()) {
    first = std::min(first, deadline.due_time().seconds());
  }
  return first;
}

absl::StatusOr<v1::HandoverPack> GetHandoverPack(const v1::GetHandoverPackRequest& request,
                                                 const CallContext& call) {
  RETURN_IF_ERROR(CheckThere(call, "office", request.office(), "office"));
  ASSIGN_OR_RETURN(const RealmView view, ViewOf(call, request.office(), request.on()));
  const continuity::KnownOffice* office = view.offices().Find(request.office());
  if (office == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_NOT_YET_EXISTING,
                  fmt::format("{} did not exist on {}", request.office(),
                              ToString(view.offices().day())))
        .Field("office")
        .Mend("Ask for another day, or see its history for when it began.");
  }
  ASSIGN_OR_RETURN(const Items items, view.Open(RealmOf(request.office()), {}));
  std::vector<v1::HandoverItem> handed;
  bool ends_soon = false;
  for (const v1::InstanceContinuity& item : items) {
    if (!continuity::OfficeActs(item, request.office())) continue;
    v1::HandoverItem& entry = handed.emplace_back(continuity::HandoverOf(item, *office));
    ASSIGN_OR_RETURN(const auto acts, view.RecentActs(item.name(), kRecentActs));
    for (const v1::RecentAct& act : acts) *entry.add_recent_acts() = act;
    ends_soon = ends_soon || std::any_of(item.findings().begin(), item.findings().end(),
                                         [&](const v1::Finding& finding) {
                                           return finding.office() == request.office() &&
                                                  finding.kind() == v1::FINDING_KIND_TERM_ENDS_SOON;
                                         });
  }
  std::stable_sort(handed.begin(), handed.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(!a.indispensable(), FirstDue(a), a.continuity().name()) <
           std::make_tuple(!b.indispensable(), FirstDue(b), b.continuity().name());
  });
  v1::HandoverPack pack;
  *pack.mutable_office() = office->cover;
  *pack.mutable_on() = view.offices().day();
  const CivilDate end = continuity::TermEndOf(*office);
  if (IsSet(end)) *pack.mutable_term_end() = end;
  pack.set_due(ends_soon || continuity::HandoverIsDue(*office, view.offices().day()));
  for (v1::HandoverItem& item : handed) *pack.add_items() = std::move(item);
  for (const auto* duty : directory::DutiesOn(office->state, view.offices().day())) {
    *pack.add_duties() = *duty;
  }
  return pack;
}

absl::StatusOr<v1::ListElectionsResponse> ListElections(const v1::ListElectionsRequest& request,
                                                        const CallContext& call) {
  if (request.months() < 0 || request.months() > kMostMonthsAhead) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  fmt::format("cannot look {} months ahead", request.months()))
        .Field("months")
        .Mend(fmt::format("Give 1 to {} months.", kMostMonthsAhead));
  }
  RETURN_IF_ERROR(CheckThere(call, "organisation", request.organisation(), "organisation"));
  ASSIGN_OR_RETURN(const RealmView view, ViewOf(call, request.parent(), request.on()));
  ASSIGN_OR_RETURN(const Items items, view.Open(request.parent(), {}));
  return continuity::ElectionsOf(items, view.offices(), request.organisation(),
                                 request.months() == 0 ? kMonthsAhead : request.months());
}

std::string Rpc(std::string_view method) {
  return fmt::format("kasundo.continuity.v1.Continuity.{}", method);
}

}  // namespace

void RegisterContinuity(ServiceCatalog& catalog) {
  catalog.AddService(
      v1::GetContinuityRequest::descriptor()->file()->FindServiceByName("Continuity"));
  catalog.Query<v1::GetContinuityRequest, v1::InstanceContinuity>(Rpc("GetContinuity"),
                                                                  GetContinuity);
  catalog.Query<v1::ListContinuityRequest, v1::ListContinuityResponse>(Rpc("ListContinuity"),
                                                                       ListContinuity);
  catalog.Query<v1::ListLossesRequest, v1::ListLossesResponse>(Rpc("ListLosses"), ListLosses);
  catalog.Query<v1::GetHandoverPackRequest, v1::HandoverPack>(Rpc("GetHandoverPack"),
                                                              GetHandoverPack);
  catalog.Query<v1::ListElectionsRequest, v1::ListElectionsResponse>(Rpc("ListElections"),
                                                                     ListElections);
}

}  // namespace kasundo
