#include "services/committees/meeting_mapping.h"

#include <set>
#include <string>

#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "services/committees/committees_service.h"
#include "services/committees/meetings_service.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"

namespace kasundo::committees {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Sets every field of a message to something; messages within to a depth at which ours end.
void Fill(Message& message, int depth) {
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    const bool list = field->is_repeated();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (depth == 0) break;
        Fill(list ? *reflection->AddMessage(&message, field)
                  : *reflection->MutableMessage(&message, field),
             depth - 1);
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        list ? reflection->AddString(&message, field, field->name())
             : reflection->SetString(&message, field, field->name());
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        if (!list) reflection->SetInt32(&message, field, 7);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        if (!list) reflection->SetInt64(&message, field, 7);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        if (!list) reflection->SetBool(&message, field, true);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        list ? reflection->AddEnumValue(&message, field, 1)
             : reflection->SetEnumValue(&message, field, 1);
        break;
      default:
        break;
    }
  }
}

// Names of fields of the state that the resource lacks or shows differently.
std::set<std::string> NotShown(const Message& state, const Message& resource) {
  std::set<std::string> missing;
  for (int i = 0; i < state.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = state.GetDescriptor()->field(i);
    const FieldDescriptor* shown = resource.GetDescriptor()->FindFieldByName(field->name());
    // The field alone, carried over by its bytes into the resource's type under its number.
    bool same = shown != nullptr && shown->cpp_type() == field->cpp_type();
    if (same && field->is_repeated()) {
      same = state.GetReflection()->FieldSize(state, field) ==
             resource.GetReflection()->FieldSize(resource, shown);
    } else if (same && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      same = google::protobuf::util::MessageDifferencer::Equals(
          state.GetReflection()->GetMessage(state, field),
          resource.GetReflection()->GetMessage(resource, shown));
    } else if (same) {
      same = resource.GetReflection()->HasField(resource, shown);
    }
    if (!same) missing.insert(field->name());
  }
  return missing;
}

template <typename State>
State Full() {
  State state;
  Fill(state, 3);
  return state;
}

TEST(MeetingMapping, ShowsEverythingButTheServersOwnNotes) {
  const auto state = Full<v1::MeetingState>();
  EXPECT_EQ(NotShown(state, ToMeeting(state, false)), std::set<std::string>{"last_time"});
}

TEST(MeetingMapping, ShowsTheQuorumAsItStandsLast) {
  v1::MeetingState state;
  state.add_quorum_timeline()->set_present(1);
  state.add_quorum_timeline()->set_present(2);
  EXPECT_EQ(ToMeeting(state, true).quorum().present(), 2);
}

TEST(MeetingMapping, LeavesOutOfListsWhatIsLong) {
  const auto state = Full<v1::MeetingState>();
  const v1::Meeting listed = ToMeeting(state, true);
  EXPECT_EQ(NotShown(state, listed),
            (std::set<std::string>{"last_time", "roster", "rules", "authorities", "attendance",
                                   "quorum_timeline", "minutes"}));
}

TEST(ResolutionMapping, ShowsEverythingAndTheCoverage) {
  const auto state = Full<v1::ResolutionState>();
  const v1::Resolution resolution = ToResolution(state, false);
  EXPECT_EQ(NotShown(state, resolution), std::set<std::string>{"next_due_date"});
  EXPECT_TRUE(resolution.has_coverage());
  EXPECT_EQ(ToResolution(state, true).obligations_size(), 0);
  EXPECT_EQ(ToResolution(state, true).coverage().total(), 1);
}

TEST(ActionItemMapping, ShowsEverything) {
  const auto state = Full<v1::ActionItemState>();
  EXPECT_EQ(NotShown(state, ToActionItem(state)), std::set<std::string>{});
}

TEST(MatterMapping, ShowsEverything) {
  const auto state = Full<v1::MatterState>();
  EXPECT_EQ(NotShown(state, ToMatter(state)), std::set<std::string>{});
}

TEST(MeetingServices, AreCompleteWithTheirKinds) {
  KindRegistry kinds;
  AddBodies(kinds);
  AddMeetings(kinds);
  ServiceCatalog catalog;
  RegisterMeetings(catalog);
  for (const std::string& problem : catalog.Complete(kinds)) ADD_FAILURE() << problem;
}

}  // namespace
}  // namespace kasundo::committees
