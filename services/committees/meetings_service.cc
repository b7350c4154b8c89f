#include "services/committees/meetings_service.h"

#include "kasundo/committees/v1/action_items_service.pb.h"
#include "kasundo/committees/v1/matters_service.pb.h"
#include "kasundo/committees/v1/meetings_service.pb.h"
#include "kasundo/committees/v1/resolutions_service.pb.h"
#include "services/committees/meeting_mapping.h"

namespace kasundo {
namespace {

namespace v1 = committees::v1;

template <typename Request>
const google::protobuf::ServiceDescriptor* ServiceOf(const char* name) {
  return Request::descriptor()->file()->FindServiceByName(name);
}

template <typename State>
const State& StateOf(const Instance& instance) {
  return static_cast<const State&>(*instance.state);
}

}  // namespace

void RegisterMeetings(ServiceCatalog& catalog) {
  catalog.AddService(ServiceOf<v1::CallMeetingRequest>("Meetings"));
  catalog.AddService(ServiceOf<v1::RecordResolutionRequest>("Resolutions"));
  catalog.AddService(ServiceOf<v1::OpenActionItemRequest>("ActionItems"));
  catalog.AddService(ServiceOf<v1::RaiseMatterRequest>("Matters"));
  catalog.AddKind<v1::Meeting>(
      "meeting", [](const Instance& instance, const MappingContext& context) {
        return committees::ToMeeting(StateOf<v1::MeetingState>(instance), context.in_list);
      });
  catalog.AddKind<v1::Resolution>(
      "resolution", [](const Instance& instance, const MappingContext& context) {
        return committees::ToResolution(StateOf<v1::ResolutionState>(instance), context.in_list);
      });
  catalog.AddKind<v1::ActionItem>(
      "action_item", [](const Instance& instance, const MappingContext&) {
        return committees::ToActionItem(StateOf<v1::ActionItemState>(instance));
      });
  catalog.AddKind<v1::Matter>("matter", [](const Instance& instance, const MappingContext&) {
    return committees::ToMatter(StateOf<v1::MatterState>(instance));
  });
}

}  // namespace kasundo
