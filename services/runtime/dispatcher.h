// The way of a request, each step in one place and in this order; no gRPC in it, so that it can be
// tested without a server:
//
//   deadline -> identity -> administrator -> parse -> realm -> field rules -> acting office ->
//   references -> engine
//   -> the kind's mapping -> standard fields -> answer
//
// (The size limit comes before: the transport does not take in a longer message.)
//
// Begin() does everything up to the engine and is the same for all RPCs. What follows depends on
// what the RPC does: Send() for commands, Serve() for gets, lists, queries and actions, Open() for
// streams. PlaceOf() says on which thread that belongs. Thread-safe; one per process.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/io/zero_copy_stream.h"
#include "google/protobuf/message.h"
#include "services/runtime/call_context.h"
#include "services/runtime/catalog.h"
#include "services/runtime/field_rules.h"
#include "services/runtime/identity.h"
#include "workflows/engine/engine.h"

namespace kasundo {

// Reads instances of kinds that another process holds, for references to them.
class ReferenceResolver {
 public:
  virtual ~ReferenceResolver() = default;
  // NOT_FOUND, reason REFERENCE_NOT_FOUND; UNAVAILABLE, reason PEER_UNAVAILABLE. May wait.
  virtual absl::StatusOr<workflows::v1::ReferenceRead> Read(
      const Caller& caller, const Command::Reference& reference) const = 0;
};

// What goes back to the caller: a message, or a refusal.
struct Answer {
  absl::Status status;
  std::unique_ptr<google::protobuf::Message> message;
};

class Dispatcher {
 public:
  // What the transport knows of a request.
  struct Incoming {
    std::string token;  // of `authorization: Bearer ...`; "" if there is none
    absl::Time deadline = absl::InfiniteFuture();
    google::protobuf::io::ZeroCopyInputStream* body = nullptr;
  };

  // Where a call of an RPC is handled.
  enum class Place {
    kTransport,  // on the thread that takes it in: it is handed on, or answered from memory
    kReader,     // on a read thread
    kWorker,     // on a worker thread: it may take long or wait
  };

  class Call;

  // All must outlive the dispatcher. `resolver` may be null: then every referenced kind must be
  // held here.
  Dispatcher(Engine* engine, const ServiceCatalog* catalog, const Identity* identity,
             const ReferenceResolver* resolver);
  ~Dispatcher();

  Place PlaceOf(const ServiceCatalog::Method& method) const;

  absl::StatusOr<std::shared_ptr<Call>> Begin(const ServiceCatalog::Method& method,
                                              const Incoming& incoming) const;

  // Commands. `done` is called by the engine's writer, or at once with a refusal.
  void Send(const std::shared_ptr<Call>& call, std::function<void(Answer)> done) const;
  // Gets, lists, queries and actions.
  Answer Serve(const Call& call) const;
  // Whether the caller of an open stream would still be let in. UNAUTHENTICATED; may wait.
  absl::Status StillWelcome(const Call& call) const;
  // Server streams.
  absl::StatusOr<std::unique_ptr<StreamSource>> Open(const std::shared_ptr<Call>& call) const;

  // Begin and whatever follows, for callers that may wait: worker threads and tests.
  void Handle(const ServiceCatalog::Method& method, const Incoming& incoming,
              std::function<void(Answer)> done) const;

  Engine& engine() const { return *engine_; }
  const ServiceCatalog& catalog() const { return *catalog_; }

 private:
  friend class Call;
  struct Shape;

  const Shape& ShapeOf(const google::protobuf::Descriptor* request) const;
  absl::Status CheckRealm(const Caller& caller, std::string_view name,
                          std::string_view field) const;
  // Who acts for an office on a past day must act for it today as well. PERMISSION_DENIED, reason
  // NOT_HOLDER_OF_OFFICE.
  absl::Status CheckStillActs(const Caller& caller, const std::string& office,
                              std::string_view realm) const;
  // A complete command of a request that was checked.
  absl::StatusOr<Command> ToCommand(const Caller& caller,
                                    std::shared_ptr<google::protobuf::Message> request,
                                    CommandTarget target, absl::Time deadline,
                                    std::vector<Command::Reference> references) const;
  api::v1::CivilDate Today(std::string_view realm) const;
  absl::TimeZone ZoneOf(std::string_view realm) const;
  Answer ToAnswer(const ServiceCatalog::Method& method, const Outcome& outcome,
                  const Caller& caller) const;

  Engine* const engine_;
  const ServiceCatalog* const catalog_;
  const Identity* const identity_;
  const ReferenceResolver* const resolver_;
  const FieldRulesChecker rules_;

  mutable std::shared_mutex mutex_;
  mutable std::map<const google::protobuf::Descriptor*, std::unique_ptr<Shape>> shapes_;
  mutable std::map<std::string, absl::TimeZone, std::less<>>
      zones_;  // of realms; a realm never changes its own
};

}  // namespace kasundo
