#include "workflows/committee/meeting_kinds.h"

#include <string_view>
#include <utility>

#include "workflows/committee/action_item_decider.h"
#include "workflows/committee/matter_decider.h"
#include "workflows/committee/matter_processes.h"
#include "workflows/committee/meeting_decider.h"
#include "workflows/committee/meeting_processes.h"
#include "workflows/committee/resolution_decider.h"

namespace kasundo::embedded {
extern const std::string_view k_action_item_workflow_yaml;
extern const std::string_view k_matter_workflow_yaml;
extern const std::string_view k_meeting_workflow_yaml;
extern const std::string_view k_resolution_workflow_yaml;
}  // namespace kasundo::embedded

namespace kasundo::committees {

void AddMeetings(KindRegistry& registry) {
  registry.kinds.push_back(MakeKind<Meeting>());
  registry.kinds.push_back(MakeKind<Resolution>());
  registry.kinds.push_back(MakeKind<ActionItem>());
  registry.kinds.push_back(MakeKind<Matter>());
  registry.builtin_definitions.emplace("meeting", embedded::k_meeting_workflow_yaml);
  registry.builtin_definitions.emplace("resolution", embedded::k_resolution_workflow_yaml);
  registry.builtin_definitions.emplace("action-item", embedded::k_action_item_workflow_yaml);
  registry.builtin_definitions.emplace("matter", embedded::k_matter_workflow_yaml);
  for (auto& process : MeetingProcesses()) registry.process_managers.push_back(std::move(process));
  registry.process_managers.push_back(ObligationsWatch());
  for (auto& process : MatterProcesses()) registry.process_managers.push_back(std::move(process));
}

}  // namespace kasundo::committees
