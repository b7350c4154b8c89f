#include "services/workflows/history.h"

#include <memory>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/json_util.h"
#include "services/runtime/secrets.h"
#include "workflows/engine/instance_entry.h"

namespace kasundo {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The fact inside an event message: the set member of its oneof.
Message* FactIn(Message& event) {
  const auto* type = event.GetDescriptor();
  if (type->oneof_decl_count() == 0) return nullptr;
  const FieldDescriptor* member =
      event.GetReflection()->GetOneofFieldDescriptor(event, type->oneof_decl(0));
  if (member == nullptr || member->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return nullptr;
  return event.GetReflection()->MutableMessage(&event, member);
}

}  // namespace

workflows::v1::HistoryEntry ToHistoryEntry(const workflows::v1::EventRecord& record,
                                           const KindRegistry& kinds) {
  workflows::v1::HistoryEntry entry;
  entry.set_position(record.position());
  entry.set_instance(record.instance());
  entry.set_revision(record.revision());
  entry.set_kind(record.kind());
  entry.set_event(record.event());
  *entry.mutable_recorded_time() = record.recorded_time();
  if (record.has_occurred_on()) *entry.mutable_occurred_on() = record.occurred_on();
  *entry.mutable_actor() = record.actor();
  entry.set_reason(record.reason());
  entry.set_command(record.command());
  entry.set_request_id(record.request_id());
  if (record.caused_by() > 0) entry.set_caused_by(record.caused_by() - 1);
  entry.set_from_state(record.from_state());
  entry.set_to_state(record.to_state());
  entry.set_definition_version(record.definition_version());
  entry.set_payload_type(record.payload_type());
  *entry.mutable_references() = record.references();

  std::unique_ptr<Message> event;
  if (!DecodePayload(record, kinds, event).ok()) return entry;
  Message* fact = FactIn(*event);
  if (fact == nullptr) return entry;
  ClearSecrets(*fact);
  entry.set_payload_type(fact->GetDescriptor()->full_name());
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  if (google::protobuf::util::MessageToJsonString(*fact, &json, options).ok())
    entry.set_payload_json(std::move(json));
  return entry;
}

}  // namespace kasundo
