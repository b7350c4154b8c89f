// What is stored of the directory, as its resources show it: what held on the business date of the
// question (context.on), and nothing secret.
#pragma once

#include "kasundo/directory/v1/account.pb.h"
#include "kasundo/directory/v1/office.pb.h"
#include "kasundo/directory/v1/organisation.pb.h"
#include "kasundo/directory/v1/person.pb.h"
#include "kasundo/directory/v1/territory.pb.h"
#include "services/runtime/call_context.h"
#include "workflows/engine/engine.h"

namespace kasundo::directory {

v1::Territory ToTerritory(const Instance& instance, const MappingContext& context);
v1::Organisation ToOrganisation(const Instance& instance, const MappingContext& context);
v1::Office ToOffice(const Instance& instance, const MappingContext& context);
// Contact data of a minor are left out unless the viewer acts in the adviser's office (requirement
// 22).
v1::Person ToPerson(const Instance& instance, const MappingContext& context);
// Without hashes.
v1::Account ToAccount(const Instance& instance, const MappingContext& context);

}  // namespace kasundo::directory
