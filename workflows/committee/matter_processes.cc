#include "workflows/committee/matter_processes.h"

#include "kasundo/committees/v1/committees_follow_ups.pb.h"
#include "kasundo/committees/v1/matters_events.pb.h"
#include "kasundo/committees/v1/matters_follow_ups.pb.h"
#include "workflows/committee/follow_up_requests.h"

namespace kasundo::committees {
namespace {

using google::protobuf::Message;
using workflows::v1::EventRecord;

const v1::MatterState* MatterNamed(const std::string& name, const Context::Lookup& related) {
  const RelatedInstance* found = related(name);
  return found == nullptr ? nullptr : dynamic_cast<const v1::MatterState*>(found->state);
}

class MatterRegister final : public ProcessManager {
 public:
  std::string_view name() const override { return "matter-register"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::MatterEvent*>(&payload);
    if (event == nullptr) return follow_ups;
    const std::string body(ParentOf(record.instance()));
    using E = v1::MatterEvent;
    switch (event->event_case()) {
      case E::kMatterRaised:
      case E::kMatterReceived:
      case E::kAnswerReceived:
        if (const auto* matter = MatterNamed(record.instance(), related)) {
          auto& open = *Send<v1::ListMatterRequest>(body, follow_ups).mutable_matter();
          open.set_matter(record.instance());
          open.set_title(matter->title());
          *open.mutable_since() = matter->raised_on();
        }
        break;
      case E::kMatterForwarded:
      case E::kMatterAnswered:
      case E::kMatterClosed:
      case E::kMatterDropped:
        Send<v1::DelistMatterRequest>(body, follow_ups).set_matter(record.instance());
        break;
      case E::kMatterDescribed:
      case E::kHopNoted:
      case E::kBodyInformed:
      case E::kRemarkMade:
      case E::EVENT_NOT_SET:
        break;
    }
    return follow_ups;
  }
};

class MatterHops final : public ProcessManager {
 public:
  std::string_view name() const override { return "matter-hops"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::MatterEvent*>(&payload);
    const auto* matter = event == nullptr ? nullptr : MatterNamed(record.instance(), related);
    if (matter == nullptr) return follow_ups;
    if (event->has_matter_forwarded()) {
      Raise(record, *matter, event->matter_forwarded().hop(), follow_ups);
    } else if (event->has_hop_noted() && !matter->origin().empty()) {
      *Send<v1::NoteHopRequest>(matter->origin(), follow_ups).mutable_hop() =
          event->hop_noted().hop();
    } else if (event->has_matter_answered()) {
      const std::string body(ParentOf(record.instance()));
      Answer(record, *matter, event->matter_answered().text(), body,
             event->matter_answered().answered_on(), {}, follow_ups);
    } else if (event->has_answer_received() && !matter->origin().empty()) {
      // This body had been asked itself: what it hears from above it passes on.
      const v1::AnswerReceived& received = event->answer_received();
      Answer(record, *matter, received.text(), received.answered_by_body(), received.received_on(),
             received.hops(), follow_ups);
    }
    return follow_ups;
  }

 private:
  static void Raise(const EventRecord& record, const v1::MatterState& matter, const v1::Hop& hop,
                    FollowUps& follow_ups) {
    auto& request = SendNew<v1::ReceiveMatterRequest>(hop.matter(), follow_ups);
    request.set_matter_id(std::string(IdOf(hop.matter())));
    request.set_title(matter.title());
    request.set_description(hop.text());
    request.set_origin(record.instance());
    *request.mutable_hops() = matter.hops();
    if (!matter.origin().empty()) {
      *Send<v1::NoteHopRequest>(matter.origin(), follow_ups).mutable_hop() = hop;
    }
  }

  static void Answer(const EventRecord& record, const v1::MatterState& matter,
                     const std::string& text, const std::string& answered_by,
                     const api::v1::CivilDate& on,
                     const google::protobuf::RepeatedPtrField<v1::Hop>& before,
                     FollowUps& follow_ups) {
    auto& request = Send<v1::ReceiveAnswerRequest>(matter.origin(), follow_ups);
    request.set_text(text);
    request.set_answered_by_body(answered_by);
    *request.mutable_hops() = before;
    v1::Hop& hop = *request.add_hops();
    hop.set_direction(v1::HOP_DIRECTION_ANSWERED);
    hop.set_from_body(std::string(ParentOf(record.instance())));
    hop.set_to_body(std::string(ParentOf(matter.origin())));
    hop.set_matter(matter.origin());
    *hop.mutable_on() = on;
    hop.set_text(text);
  }
};

}  // namespace

std::vector<std::unique_ptr<ProcessManager>> MatterProcesses() {
  std::vector<std::unique_ptr<ProcessManager>> processes;
  processes.push_back(std::make_unique<MatterRegister>());
  processes.push_back(std::make_unique<MatterHops>());
  return processes;
}

}  // namespace kasundo::committees
