#include "workflows/monitoring/acting.h"

#include <algorithm>

#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "workflows/directory/term.h"
#include "workflows/engine/refusal.h"

namespace kasundo::monitoring {
namespace {

bool SameName(const std::string& a, const std::string& b) { return !a.empty() && a == b; }

}  // namespace

absl::StatusOr<v1::ChecklistActor> ActorOf(const Context& context, const v1::OnBehalfOf& on_behalf,
                                           bool given) {
  v1::ChecklistActor actor;
  if (!given) {
    actor.set_account(context.actor.account());
    actor.set_person(context.actor.person());
    actor.set_office(context.actor.office());
    return actor;
  }
  if (!context.actor.administrator() && !context.actor.system()) {
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_ENTRY_FOR_OTHERS,
                  "only an administrator enters what others did on paper")
        .Field("on_behalf_of")
        .Mend("Leave it out to act yourself, or ask an administrator to enter it.");
  }
  actor.set_person(on_behalf.person());
  actor.set_office(on_behalf.office());
  return actor;
}

bool SameActor(const v1::ChecklistActor& a, const v1::ChecklistActor& b) {
  return SameName(a.account(), b.account()) || SameName(a.person(), b.person()) ||
         SameName(a.office(), b.office());
}

bool IsAmong(const v1::ChecklistActor& actor,
             const google::protobuf::RepeatedPtrField<v1::ChecklistActor>& actors) {
  return std::any_of(actors.begin(), actors.end(),
                     [&](const v1::ChecklistActor& other) { return SameActor(actor, other); });
}

void AddActor(const v1::ChecklistActor& actor,
              google::protobuf::RepeatedPtrField<v1::ChecklistActor>& actors) {
  const bool there =
      std::any_of(actors.begin(), actors.end(), [&](const v1::ChecklistActor& other) {
        return actor.account() == other.account() && actor.person() == other.person() &&
               actor.office() == other.office();
      });
  if (!there) *actors.Add() = actor;
}

bool ActsForUnit(const Context& context, std::string_view unit) {
  const std::string& office_name = context.actor.office();
  if (office_name.empty() || unit.empty()) return false;
  if (office_name == unit || context.actor.organisation() == unit) return true;
  const auto* office = context.Related<directory::v1::OfficeState>(office_name);
  if (office == nullptr) return false;
  if (office->territory() == unit) return true;
  const std::string home = directory::OrganisationOn(*office, context.today);
  if (home == unit) return true;
  const auto* organisation = context.Related<directory::v1::OrganisationState>(home);
  return organisation != nullptr && organisation->territory() == unit;
}

bool ActsForOffice(const Context& context, std::string_view office) {
  if (office.empty() || context.actor.office().empty()) return false;
  if (context.actor.office() == office) return true;
  const auto* wanted = context.Related<directory::v1::OfficeState>(office);
  const auto* own = context.Related<directory::v1::OfficeState>(context.actor.office());
  if (wanted == nullptr || own == nullptr) return false;
  const std::string home = directory::OrganisationOn(*wanted, context.today);
  return !home.empty() && home == directory::OrganisationOn(*own, context.today);
}

}  // namespace kasundo::monitoring
