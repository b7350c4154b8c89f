// Who did something to a checklist or a finding: the actor, or, where a record keeper enters what
// was done on paper, somebody else. Independence is judged on these.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_field.h"
#include "kasundo/monitoring/v1/checklists.pb.h"
#include "workflows/engine/context.h"
#include "workflows/engine/decider.h"

namespace kasundo::monitoring {

// The actor, or for whom it is entered. ENTRY_FOR_OTHERS unless an administrator enters it.
absl::StatusOr<v1::ChecklistActor> ActorOf(const Context& context, const v1::OnBehalfOf& on_behalf,
                                           bool given);

// Whether two are the same as person, as office or as account.
bool SameActor(const v1::ChecklistActor& a, const v1::ChecklistActor& b);

bool IsAmong(const v1::ChecklistActor& actor,
             const google::protobuf::RepeatedPtrField<v1::ChecklistActor>& actors);

// Adds the actor unless exactly the same is there.
void AddActor(const v1::ChecklistActor& actor,
              google::protobuf::RepeatedPtrField<v1::ChecklistActor>& actors);

// Whether the actor's office is the unit, lies in it, or belongs to the organisation that is or
// governs it.
bool ActsForUnit(const Context& context, std::string_view unit);

// Whether the actor acts in the office, or in an office of its organisation.
bool ActsForOffice(const Context& context, std::string_view office);

// The role "in-office" of a kind D.
template <typename D>
RoleCase<D> ActsInAnOffice() {
  return {"in-office", "who acts in an office",
          [](const typename D::State&, const Context& context) {
            return !context.actor.office().empty();
          }};
}

}  // namespace kasundo::monitoring
