#include "tests/histories/golden_history.h"

#include <fstream>
#include <memory>
#include <sstream>

#include "absl/strings/str_replace.h"
#include "fmt/format.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/text_format.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::testing {
namespace {

std::string Deterministic(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

std::string AsText(const google::protobuf::Message& message) {
  std::string text;
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintToString(message, &text);
  return text;
}

// "# " before every line.
std::string AsComment(const google::protobuf::Message& message) {
  std::istringstream lines(AsText(message));
  std::string comment;
  for (std::string line; std::getline(lines, line);) comment += "#   " + line + "\n";
  return comment;
}

// The state after the events, as this build makes it.
absl::StatusOr<Kind::MessagePtr> Evolved(const Kind& kind, const v1::GoldenHistory& history) {
  Kind::MessagePtr state = kind.Initial();
  for (const auto& record : history.events()) {
    if (record.payload_type() == workflows::v1::EngineEvent::descriptor()->full_name()) continue;
    if (record.payload_type() != kind.event_type()->full_name()) {
      return absl::NotFoundError(fmt::format("revision {}: {} is not the event type of kind {}",
                                             record.revision(), record.payload_type(),
                                             history.kind()));
    }
    const Kind::MessagePtr event = kind.NewEvent();
    if (!event->ParseFromString(record.payload())) {
      return absl::DataLossError(fmt::format("revision {}: the payload is no {}", record.revision(),
                                             record.payload_type()));
    }
    if (EventNameOf(*event) != record.event()) {
      return absl::NotFoundError(fmt::format("revision {}: this build reads {} as '{}'",
                                             record.revision(), record.event(),
                                             EventNameOf(*event)));
    }
    kind.Evolve(*state, *event);
  }
  return state;
}

}  // namespace

absl::Status Replay(const KindRegistry& kinds, const v1::GoldenHistory& history) {
  const Kind* kind = kinds.Find(history.kind());
  if (kind == nullptr) return absl::NotFoundError("no kind " + history.kind());
  ASSIGN_OR_RETURN(const Kind::MessagePtr state, Evolved(*kind, history));
  if (Deterministic(*state) != history.state()) {
    const Kind::MessagePtr recorded = kind->Initial();
    recorded->Clear();
    const bool parsed = recorded->ParseFromString(history.state());
    return absl::DataLossError(fmt::format(
        "{} after {} events is\n{}but was recorded as\n{}", history.instance(),
        history.events_size(), AsText(*state), parsed ? AsText(*recorded) : "(unreadable)\n"));
  }
  if (history.events_size() > 0 &&
      history.events(history.events_size() - 1).to_state() != history.lifecycle_state()) {
    return absl::DataLossError("the last event does not lead to the recorded lifecycle state");
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::GoldenHistory> HistoryOf(const Engine& engine, const std::string& instance) {
  ASSIGN_OR_RETURN(const Instance found, engine.Get(instance));
  ASSIGN_OR_RETURN(const auto events, engine.History(instance, 1, 1'000'000));
  v1::GoldenHistory history;
  history.set_instance(instance);
  history.set_kind(found.record.kind());
  for (const auto& event : events) *history.add_events() = event;
  history.set_lifecycle_state(found.record.lifecycle_state());
  history.set_state(Deterministic(*found.state));
  return history;
}

std::string ToText(const KindRegistry& kinds, const v1::GoldenHistory& history) {
  const Kind* kind = kinds.Find(history.kind());
  std::string text =
      "# proto-file: kasundo/testing/v1/histories.proto\n# proto-message: GoldenHistory\n"
      "# Recorded by tests/histories/record_histories; never edited. The comments show what the "
      "bytes say.\n";
  v1::GoldenHistory head;
  head.set_instance(history.instance());
  head.set_kind(history.kind());
  text += AsText(head);
  for (const auto& record : history.events()) {
    text += fmt::format("# {} {}\n", record.revision(), record.event());
    if (kind != nullptr && record.payload_type() == kind->event_type()->full_name()) {
      const Kind::MessagePtr event = kind->NewEvent();
      if (event->ParseFromString(record.payload())) text += AsComment(*event);
    }
    v1::GoldenHistory one;
    *one.add_events() = record;
    text += AsText(one);
  }
  v1::GoldenHistory end;
  end.set_lifecycle_state(history.lifecycle_state());
  end.set_state(history.state());
  if (kind != nullptr) {
    const Kind::MessagePtr state = kind->Initial();
    state->Clear();
    if (state->ParseFromString(history.state())) text += "# the state\n" + AsComment(*state);
  }
  return text + AsText(end);
}

absl::StatusOr<v1::GoldenHistory> ReadHistory(const std::string& path) {
  std::ifstream in(path);
  if (!in) return absl::NotFoundError(path + " cannot be read");
  std::stringstream text;
  text << in.rdbuf();
  v1::GoldenHistory history;
  if (!google::protobuf::TextFormat::ParseFromString(text.str(), &history)) {
    return absl::InvalidArgumentError(path + " is no GoldenHistory as text proto");
  }
  return history;
}

}  // namespace kasundo::testing
