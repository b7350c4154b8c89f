#include "services/runtime/resource.h"

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "kasundo/workflows/v1/workflows.pb.h"

namespace kasundo {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* Find(const Message& message, const char* name,
                            FieldDescriptor::CppType type) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  return field != nullptr && !field->is_repeated() && field->cpp_type() == type ? field : nullptr;
}

void SetString(Message& message, const char* name, const std::string& value) {
  if (const auto* field = Find(message, name, FieldDescriptor::CPPTYPE_STRING)) {
    message.GetReflection()->SetString(&message, field, value);
  }
}

void SetInstant(Message& message, const char* name, const google::protobuf::Timestamp& value) {
  const auto* field = Find(message, name, FieldDescriptor::CPPTYPE_MESSAGE);
  if (field == nullptr || field->message_type() != value.GetDescriptor()) return;
  message.GetReflection()->MutableMessage(&message, field)->CopyFrom(value);
}

}  // namespace

void FillStandardFields(const Instance& instance, Message& resource) {
  SetString(resource, "name", instance.name);
  SetString(resource, "etag", instance.etag());
  SetString(resource, "state", instance.record.lifecycle_state());
  SetString(resource, "definition", instance.record.definition());
  if (const auto* field = Find(resource, "definition_version", FieldDescriptor::CPPTYPE_INT32)) {
    resource.GetReflection()->SetInt32(&resource, field, instance.record.definition_version());
  }
  SetInstant(resource, "create_time", instance.record.create_time());
  SetInstant(resource, "update_time", instance.record.update_time());
}

absl::StatusOr<std::unique_ptr<Message>> ToResource(const ServiceCatalog& catalog,
                                                    const Instance& instance,
                                                    const MappingContext& context) {
  const ServiceCatalog::KindEntry* entry = catalog.FindKind(instance.record.kind());
  if (entry == nullptr) {
    return absl::UnimplementedError(
        fmt::format("this server serves no {}", instance.record.kind()));
  }
  std::unique_ptr<Message> resource = entry->mapping(instance, context);
  FillStandardFields(instance, *resource);
  return resource;
}

std::unique_ptr<Message> ToAnyInstance(const ServiceCatalog& catalog, const Instance& instance,
                                       const MappingContext& context) {
  auto any = std::make_unique<workflows::v1::AnyInstance>();
  FillStandardFields(instance, *any);
  any->set_kind(instance.record.kind());
  any->set_revision(instance.record.revision());
  any->set_position(instance.record.position());
  if (auto resource = ToResource(catalog, instance, context); resource.ok()) {
    any->mutable_resource()->PackFrom(**resource);
  }
  return any;
}

}  // namespace kasundo
