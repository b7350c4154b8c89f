#include "workflows/committee/minutes_draft.h"

#include <set>
#include <string>

#include "fmt/format.h"
#include "workflows/committee/instants.h"
#include "workflows/committee/quorum.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"

namespace kasundo::committees {
namespace {

class Draft {
 public:
  Draft(const v1::MeetingState& meeting, absl::TimeZone zone) : meeting_(meeting), zone_(zone) {}

  std::vector<v1::MinutesParagraph> Write() {
    Opening();
    Attendance();
    Quorum();
    for (const v1::AgendaItem& item : meeting_.agenda()) Item(item);
    Add("motions", "Other motions", MotionsOn(""));
    Actions();
    Products();
    Add("closing", "Closing",
        fmt::format("The meeting was closed at {}.", TimeOfDay(meeting_.closed_time())));
    return std::move(paragraphs_);
  }

 private:
  void Add(std::string id, std::string heading, std::string text) {
    if (text.empty()) return;
    v1::MinutesParagraph& paragraph = paragraphs_.emplace_back();
    paragraph.set_paragraph(std::move(id));
    paragraph.set_heading(std::move(heading));
    paragraph.set_text(std::move(text));
  }

  std::string TimeOfDay(const google::protobuf::Timestamp& time) const {
    return absl::FormatTime("%H:%M", InstantOf(time), zone_);
  }

  std::string SeatTitle(const std::string& seat) const {
    const v1::MeetingSeat* found = FindSeat(meeting_, seat);
    return found == nullptr || found->title().empty() ? seat : found->title();
  }

  void Opening() {
    std::string text =
        fmt::format("{}, {}{}{}. Opened at {} ({}).", meeting_.title(), ToString(meeting_.date()),
                    meeting_.place().empty() ? "" : ", ", meeting_.place(),
                    TimeOfDay(meeting_.opened_time()), zone_.name());
    if (!meeting_.presider_seat().empty()) {
      text += fmt::format(" In the chair: {}.", SeatTitle(meeting_.presider_seat()));
    }
    text += fmt::format(" Notice was given {} days before.", meeting_.notice().days());
    if (!meeting_.notice().short_notice_reason().empty()) {
      text += fmt::format(" Shorter notice than {} days was accepted: {}.",
                          meeting_.notice().days_needed(), meeting_.notice().short_notice_reason());
    }
    for (const std::string& body : meeting_.joint_with()) {
      text += fmt::format(" Held together with {}.", IdOf(body));
    }
    Add("opening", "Opening", text);
  }

  std::string Spans(const v1::Attendance& attendance) const {
    std::string text;
    for (const v1::PresenceSpan& span : attendance.spans()) {
      text += fmt::format("{}{} to {}", text.empty() ? "" : ", ", TimeOfDay(span.arrived()),
                          TimeOfDay(span.has_left() ? span.left() : meeting_.closed_time()));
    }
    return text;
  }

  void Attendance() {
    std::string text;
    std::set<std::string_view> represented;
    for (const v1::Attendance& attendance : meeting_.attendance()) {
      const std::string who(attendance.person().empty() ? attendance.guest()
                                                        : std::string(IdOf(attendance.person())));
      represented.insert(attendance.seat());
      switch (attendance.presence()) {
        case v1::PRESENCE_STAND_IN:
          text += fmt::format("{}: {} as stand-in, {}\n", SeatTitle(attendance.seat()), who,
                              Spans(attendance));
          break;
        case v1::PRESENCE_HOLDER:
          text += fmt::format("{}: {}, {}\n", SeatTitle(attendance.seat()), who, Spans(attendance));
          break;
        default:
          text += fmt::format("Observer: {}, {}\n", who, Spans(attendance));
          break;
      }
    }
    for (const v1::MeetingSeat& seat : meeting_.roster()) {
      if (represented.contains(seat.seat())) continue;
      text += fmt::format("{}: {}\n", SeatTitle(seat.seat()),
                          seat.holder().empty() ? "vacant" : "absent");
    }
    Add("attendance", "Attendance", text);
  }

  void Quorum() {
    std::string text;
    for (const v1::QuorumCount& count : meeting_.quorum_timeline()) {
      text += fmt::format("{} {}: {}\n", TimeOfDay(count.time()),
                          count.met() ? "quorum" : "no quorum", count.explanation());
    }
    Add("quorum", "Quorum", text);
  }

  std::string MotionsOn(std::string_view item) const {
    std::string text;
    for (const v1::Motion& motion : meeting_.motions()) {
      if (motion.agenda_item() != item) continue;
      text += fmt::format("Moved by {}: {}\n", SeatTitle(motion.mover_seat()), motion.text());
      if (!motion.seconder_seat().empty()) {
        text += fmt::format("Seconded by {}.\n", SeatTitle(motion.seconder_seat()));
      }
      for (const v1::Recusal& recusal : motion.recusals()) {
        text += fmt::format("{} left the count: {}\n", SeatTitle(recusal.seat()), recusal.reason());
      }
      if (motion.motion_state() == v1::MOTION_STATE_WITHDRAWN) text += "Withdrawn.\n";
      if (motion.has_result()) text += motion.result().explanation() + "\n";
      if (!motion.resolution_number().empty()) {
        text += fmt::format("Resolution {}: {}\n", motion.resolution_number(),
                            motion.resolution_title());
      }
    }
    return text;
  }

  void Item(const v1::AgendaItem& item) {
    std::string text = item.discussion();
    if (!text.empty()) text += "\n";
    if (item.withdrawn()) text += fmt::format("Withdrawn: {}\n", item.withdrawal_reason());
    text += MotionsOn(item.item());
    Add("agenda-" + item.item(), item.title(), text.empty() ? "No discussion was noted." : text);
  }

  void Actions() {
    std::string text;
    for (const v1::AssignedAction& action : meeting_.actions()) {
      text += fmt::format("{}: {}, due {}\n", action.title(), IdOf(action.owner_office()),
                          ToString(action.due_date()));
    }
    Add("actions", "Actions", text);
  }

  void Products() {
    std::string text;
    for (const v1::SharedProduct& product : meeting_.products()) {
      text += fmt::format("{}: {}\n", product.title(), product.document());
    }
    Add("products", "Shared products", text);
  }

  const v1::MeetingState& meeting_;
  const absl::TimeZone zone_;
  std::vector<v1::MinutesParagraph> paragraphs_;
};

}  // namespace

std::vector<v1::MinutesParagraph> DraftFrom(const v1::MeetingState& meeting, absl::TimeZone zone) {
  return Draft(meeting, zone).Write();
}

}  // namespace kasundo::committees
