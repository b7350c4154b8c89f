#include "workflows/engine/kind.h"

#include "google/protobuf/descriptor.h"

namespace kasundo {

std::string EventNameOf(const google::protobuf::Message& event) {
  const auto* descriptor = event.GetDescriptor();
  if (descriptor->oneof_decl_count() == 0) return "";
  const auto* field =
      event.GetReflection()->GetOneofFieldDescriptor(event, descriptor->oneof_decl(0));
  return field == nullptr ? "" : field->message_type()->name();
}

std::vector<std::string> EventNamesOf(const google::protobuf::Descriptor* event_type) {
  std::vector<std::string> names;
  if (event_type->oneof_decl_count() == 0) return names;
  const auto* oneof = event_type->oneof_decl(0);
  for (int i = 0; i < oneof->field_count(); ++i) {
    names.push_back(oneof->field(i)->message_type()->name());
  }
  return names;
}

const Kind* KindRegistry::Find(std::string_view kind) const {
  for (const auto& candidate : kinds) {
    if (candidate->traits().kind == kind) return candidate.get();
  }
  return nullptr;
}

const Kind* KindRegistry::FindByCollection(std::string_view collection) const {
  for (const auto& candidate : kinds) {
    if (candidate->traits().collection == collection) return candidate.get();
  }
  return nullptr;
}

}  // namespace kasundo
