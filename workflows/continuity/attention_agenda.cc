#include "workflows/continuity/attention_agenda.h"

#include <memory>
#include <set>
#include <string>

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "kasundo/committees/v1/matters_service.pb.h"
#include "workflows/committee/committee_decider.h"
#include "workflows/committee/follow_up_requests.h"

namespace kasundo::continuity {
namespace {

using committees::Committee;
using committees::FollowUps;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Strings of the message, at any depth, that are the name of a body.
void CollectBodies(const Message& message, const std::string& realm,
                   std::set<std::string>& bodies) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        CollectBodies(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                           : reflection->GetMessage(message, field),
                      realm, bodies);
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        std::string text = field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                                : reflection->GetString(message, field);
        if (ParentOf(text) == realm && CollectionOf(text) == Committee::Traits().collection) {
          bodies.insert(std::move(text));
        }
      }
    }
  }
}

// The bodies that an instance lies beneath or names. Whatever the kind: one that has owning bodies
// names them in its state.
std::set<std::string> BodiesOf(const std::string& name, const Context::Lookup& related) {
  std::set<std::string> bodies;
  for (std::string_view at = name; !at.empty(); at = ParentOf(at)) {
    if (CollectionOf(at) == Committee::Traits().collection) bodies.insert(std::string(at));
  }
  const RelatedInstance* instance = related(name);
  if (instance != nullptr && instance->state != nullptr) {
    CollectBodies(*instance->state, std::string(RealmOf(name)), bodies);
  }
  return bodies;
}

}  // namespace

FollowUps AttentionAgenda::React(const workflows::v1::EventRecord& record, const Message& payload,
                                 const Context::Lookup& related) const {
  FollowUps follow_ups;
  const auto* event = dynamic_cast<const workflows::v1::EngineEvent*>(&payload);
  if (event == nullptr || !event->has_attention_called()) return follow_ups;
  const workflows::v1::AttentionCalled& attention = event->attention_called();
  // The rest is for the offices that are told; these two need a body to decide.
  if (attention.cause() != "BOTH_SIDES_CHANGED" && attention.cause() != "NEW_HOLDER_SILENT") {
    return follow_ups;
  }
  // It is raised in the name of the office that it is about, or of the first that is told.
  std::string raiser = attention.office();
  if (raiser.empty() && !attention.tell_offices().empty()) raiser = attention.tell_offices(0);
  if (raiser.empty()) return follow_ups;
  for (const std::string& body : BodiesOf(record.instance(), related)) {
    const RelatedInstance* found = related(body);
    if (found == nullptr || found->lifecycle_state == "closed") continue;
    const std::string id = fmt::format("attention-{}", record.position());
    auto& request = committees::SendNew<committees::v1::RaiseMatterRequest>(
        fmt::format("{}/matters/{}", body, id), follow_ups);
    request.set_matter_id(id);
    request.set_title(fmt::format("Extraordinary: {}", attention.message()));
    request.set_description(fmt::format("{}\n\n{}", record.instance(), attention.mend()));
    request.mutable_raised_by()->set_office(raiser);
  }
  return follow_ups;
}

void AddContinuity(KindRegistry& registry) {
  registry.process_managers.push_back(std::make_unique<AttentionAgenda>());
}

}  // namespace kasundo::continuity
