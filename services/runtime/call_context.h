// What a handler of a query, an action or a stream is given beside its request. Lives as long as
// the call.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "kasundo/api/v1/civil_date.pb.h"
#include "services/runtime/identity.h"
#include "workflows/engine/engine.h"

namespace kasundo {

// What a mapping may use beside the instance.
struct MappingContext {
  const Engine& engine;
  std::optional<api::v1::AsOf> as_of;  // the instance is as of then; ask `engine` as of the same
  api::v1::CivilDate on;        // business date of the question: the request's `on`, else today
  workflows::v1::Actor viewer;  // who asks; empty where nobody does
  bool in_list = false;         // one of many: leave out what is long
  std::vector<std::string> viewer_offices;  // every office in which the one who asks may act

  // Another instance as of the same point; nullptr if there is none.
  template <typename S>
  std::shared_ptr<const S> Related(std::string_view name) const {
    auto found = engine.Get(name, as_of);
    return found.ok() ? std::dynamic_pointer_cast<const S>(found->state) : nullptr;
  }
};

// Where a command goes, as far as its RPC does not say it.
struct CommandTarget {
  std::string
      kind;  // as in kasundo.api.v1.Command; "" = as the command RPC with this request type says
  bool creates = false;  // the same
  std::string instance;  // "" = by the request's `name`, or its `parent` and `<kind>_id`
};

class CallContext {
 public:
  virtual ~CallContext() = default;

  virtual Engine& engine() const = 0;
  // Who calls; account "" for anonymous RPCs.
  virtual const Caller& caller() const = 0;
  // The caller as it acts today in its first office.
  virtual const workflows::v1::Actor& actor() const = 0;
  // When the caller stops waiting.
  virtual absl::Time deadline() const = 0;
  // The day in the realm's time zone ("" = the caller's realm).
  virtual api::v1::CivilDate Today(std::string_view realm = {}) const = 0;
  // A context for mapping what is read now.
  virtual MappingContext Mapping() const = 0;
  // The resource of an instance as its own service answers with it. UNIMPLEMENTED if this server
  // serves none of its kind.
  virtual absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Resource(
      const Instance& instance, const MappingContext& mapping) const = 0;

  // The caller as it acts today in an office of its own ("" = its first). PERMISSION_DENIED, reason
  // NOT_HOLDER_OF_OFFICE.
  virtual absl::StatusOr<workflows::v1::Actor> ActIn(std::string_view office) const = 0;

  // Sends a request as a command in the caller's name and waits until it is durable: actions only.
  // The checks are those of an RPC with this request.
  virtual absl::StatusOr<Outcome> Send(std::shared_ptr<google::protobuf::Message> request,
                                       CommandTarget target) const = 0;
  absl::StatusOr<Outcome> Send(std::shared_ptr<google::protobuf::Message> request) const {
    return Send(std::move(request), CommandTarget());
  }
  // The same for many, all in one group; with `rehearse` each sees those before it and nothing is
  // recorded.
  virtual std::vector<absl::StatusOr<Outcome>> SendAll(
      std::vector<std::shared_ptr<google::protobuf::Message>> requests, bool rehearse) const = 0;

  // The caller may act and read in this realm. PERMISSION_DENIED, reason OTHER_REALM. For names
  // that are not in the fields `name`, `parent` or `realm`, which the runtime checks itself.
  virtual absl::Status CheckRealm(std::string_view name) const = 0;
};

// What a server stream yields next.
struct StreamStep {
  enum class Kind { kMessage, kWait, kEnd };
  Kind kind = Kind::kWait;
  std::unique_ptr<google::protobuf::Message> message;  // kMessage
  std::shared_ptr<const std::string> bytes;            // or kMessage, already serialized
  absl::Status status;                                 // kEnd

  static StreamStep Message(std::unique_ptr<google::protobuf::Message> message) {
    StreamStep step;
    step.kind = Kind::kMessage;
    step.message = std::move(message);
    return step;
  }
  static StreamStep Bytes(std::shared_ptr<const std::string> bytes) {
    StreamStep step;
    step.kind = Kind::kMessage;
    step.bytes = std::move(bytes);
    return step;
  }
  static StreamStep Wait() { return {}; }
  static StreamStep End(absl::Status status) {
    StreamStep step;
    step.kind = Kind::kEnd;
    step.status = std::move(status);
    return step;
  }
};

// One open server stream. Next() is called by one thread at a time, whenever the last message has
// been sent; after kWait only when `wake` was called. Destroyed when the call ends.
class StreamSource {
 public:
  virtual ~StreamSource() = default;
  // Called once, before the first Next(). `wake` may be called from any thread, also after the call
  // has ended.
  virtual void Begin(std::function<void()> wake) = 0;
  virtual StreamStep Next() = 0;
};

}  // namespace kasundo
