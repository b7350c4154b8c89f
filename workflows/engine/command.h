// What goes into the engine and what comes out.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "kasundo/api/v1/command_header.pb.h"
#include "kasundo/workflows/v1/records.pb.h"

namespace kasundo {

// Request ids of the program's own commands begin with this; no caller's may, so that nobody takes
// the id of a follow-up or of an alarm beforehand.
inline constexpr std::string_view kSystemRequests = "system/";

// A wish, complete and authenticated.
struct Command {
  std::string instance;  // full name; of the instance to be, if `creates`
  bool creates = false;
  std::string
      definition;  // for `creates`: which definition governs it; "" = the one with the kind's name
  std::shared_ptr<const google::protobuf::Message> request;
  api::v1::CommandHeader header;
  workflows::v1::Actor actor;

  // An instance of the same journal that must exist.
  struct Reference {
    std::string field;  // path in the request
    std::string name;
    std::string kind;  // "*" = any
  };
  std::vector<Reference> references;
  // References that another service holds, already read there.
  std::vector<workflows::v1::ReferenceRead> resolved;
  absl::Time deadline = absl::InfiniteFuture();
  // What makes a repeated request the same, if the request's own bytes do not (a salted secret in
  // it); "" = they do.
  std::string content_hash;
  // Set by process managers.
  int64_t caused_by = -1;
};

// One instance at one moment.
struct Instance {
  std::string name;
  workflows::v1::InstanceRecord record;  // without `state`
  std::shared_ptr<const google::protobuf::Message> state;

  std::string etag() const;  // quoted, made of the revision (AIP-154)
};

// What became of a command.
struct Outcome {
  absl::Status status;
  Instance instance;      // after the command; meaningful if status is OK
  int64_t position = -1;  // of the last event that came of it, follow-ups included; -1 if none did
  bool repeated = false;  // an earlier request with this id was answered again
  // What was recorded (or, for validate_only, would have been), follow-ups included.
  std::vector<std::shared_ptr<const workflows::v1::EventRecord>> events;
};

}  // namespace kasundo
