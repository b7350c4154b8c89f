#include "workflows/continuity/named_instances.h"

#include <utility>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "workflows/committee/committee_decider.h"
#include "workflows/directory/office_decider.h"
#include "workflows/engine/context.h"

namespace kasundo::continuity {
namespace {

using committees::Committee;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Strings of the message, at any depth, that are a name in this collection of the realm.
void Collect(const Message& message, std::string_view realm, std::string_view collection,
             std::set<std::string>& names) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Collect(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                     : reflection->GetMessage(message, field),
                realm, collection, names);
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        std::string text = field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                                : reflection->GetString(message, field);
        if (ParentOf(text) == realm && CollectionOf(text) == collection) {
          names.insert(std::move(text));
        }
      }
    }
  }
}

}  // namespace

std::set<std::string> BodiesOf(std::string_view name, const Message* state) {
  std::set<std::string> bodies;
  for (std::string_view at = name; !at.empty(); at = ParentOf(at)) {
    if (CollectionOf(at) == Committee::Traits().collection) bodies.insert(std::string(at));
  }
  if (state != nullptr) Collect(*state, RealmOf(name), Committee::Traits().collection, bodies);
  return bodies;
}

std::set<std::string> OfficesNamedIn(std::string_view name, const Message& state) {
  std::set<std::string> offices;
  Collect(state, RealmOf(name), directory::OfficeDecider::Traits().collection, offices);
  return offices;
}

}  // namespace kasundo::continuity
