// What a server serves: services with their RPCs, kinds with their mapping, handlers for what is
// not generic.
//
//   void RegisterMeetings(ServiceCatalog& catalog) {
//     catalog.AddService(v1::MeetingsProto());                        // wires commands, gets and
//     lists by their options catalog.AddKind<v1::Meeting>("meeting", [](const Instance& instance,
//     const MappingContext& context) {
//       v1::Meeting meeting;
//       ...                                                            // the kind's own fields
//       only return meeting;
//     });
//     catalog.Query<v1::CountQuorumRequest, v1::CountQuorumResponse>(
//         "kasundo.committees.v1.Meetings.CountQuorum",
//         [](const auto& request, const CallContext& call) ->
//         absl::StatusOr<v1::CountQuorumResponse> { ... });
//   }
//
// Name, etag, state, definition, definition_version, create_time and update_time of a resource are
// filled by the runtime. Mappings and queries run on several threads at once and only read. Actions
// run on worker threads, may send commands (CallContext::Send) and may take long. Complete() names
// everything that is missing before the server starts.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "kasundo/api/v1/annotations.pb.h"
#include "services/runtime/call_context.h"

namespace kasundo {

class ServiceCatalog {
 public:
  using MessagePtr = std::unique_ptr<google::protobuf::Message>;
  using Mapping = std::function<MessagePtr(const Instance&, const MappingContext&)>;
  using Handler = std::function<absl::StatusOr<MessagePtr>(const google::protobuf::Message&,
                                                           const CallContext&)>;
  using StreamHandler = std::function<absl::StatusOr<std::unique_ptr<StreamSource>>(
      const google::protobuf::Message&, std::shared_ptr<const CallContext>)>;
  using Preparation = std::function<absl::Status(google::protobuf::Message&, const CallContext&)>;

  // One RPC.
  struct Method {
    const google::protobuf::MethodDescriptor* descriptor;
    api::v1::MethodRules rules;
    Handler handler;          // queries and actions
    StreamHandler stream;     // server streams
    Preparation preparation;  // commands whose request is changed before it is sent
    std::string full_name() const { return descriptor->full_name(); }
  };
  struct KindEntry {
    const google::protobuf::Descriptor* resource;
    Mapping mapping;
  };

  // All RPCs of a service. The descriptor is that of generated code:
  // `v1::Committee::descriptor()->file()->pool()->FindServiceByName(...)`, or by name below.
  void AddService(const google::protobuf::ServiceDescriptor* service);
  // By full name ("kasundo.committees.v1.Committees"); its generated file must be linked in (name
  // one of its messages).
  void AddService(std::string_view full_name);

  // How instances of a kind become resources. `map` fills the kind's own fields of a resource.
  template <typename Resource, typename F>
  void AddKind(std::string kind, F map) {
    AddKindErased(std::move(kind), Resource::descriptor(),
                  [map = std::move(map)](const Instance& instance, const MappingContext& context)
                      -> MessagePtr { return std::make_unique<Resource>(map(instance, context)); });
  }

  // Joins an RPC marked `query` with its handler: absl::StatusOr<Response>(const Request&, const
  // CallContext&).
  template <typename Request, typename Response, typename F>
  void Query(std::string_view method, F handler) {
    SetHandler(method, Request::descriptor(), Response::descriptor(),
               Erase<Request, Response>(std::move(handler)));
  }
  // Joins an RPC marked `action` with its handler.
  template <typename Request, typename Response, typename F>
  void Action(std::string_view method, F handler) {
    SetHandler(method, Request::descriptor(), Response::descriptor(),
               Erase<Request, Response>(std::move(handler)));
  }
  // Joins a server-streaming RPC with a function that opens a stream:
  // absl::StatusOr<std::unique_ptr<StreamSource>>(const Request&, std::shared_ptr<const
  // CallContext>).
  template <typename Request, typename F>
  void Stream(std::string_view method, F open) {
    SetStream(method, Request::descriptor(),
              [open = std::move(open)](const google::protobuf::Message& request,
                                       std::shared_ptr<const CallContext> call) {
                return open(static_cast<const Request&>(request), std::move(call));
              });
  }
  // Changes the request of a command RPC before it is sent: secrets are replaced by their hashes.
  // Runs on a worker thread: absl::Status(Request&, const CallContext&).
  template <typename Request, typename F>
  void Prepare(std::string_view method, F prepare) {
    SetPreparation(method, Request::descriptor(),
                   [prepare = std::move(prepare)](google::protobuf::Message& request,
                                                  const CallContext& call) {
                     return prepare(static_cast<Request&>(request), call);
                   });
  }

  // Everything that is missing or does not fit, in words; empty if the server may start.
  std::vector<std::string> Complete(const KindRegistry& kinds) const;

  const std::vector<const google::protobuf::ServiceDescriptor*>& services() const {
    return services_;
  }
  // By full name ("kasundo.committees.v1.Committees.FoundCommittee"); nullptr if there is none.
  const Method* FindMethod(std::string_view full_name) const;
  // The command RPC with this request type; nullptr if there is none.
  const Method* FindCommand(const google::protobuf::Descriptor* request) const;
  const KindEntry* FindKind(std::string_view kind) const;
  const std::map<std::string, Method, std::less<>>& methods() const { return methods_; }

 private:
  template <typename Request, typename Response, typename F>
  static Handler Erase(F handler) {
    return [handler = std::move(handler)](const google::protobuf::Message& request,
                                          const CallContext& call) -> absl::StatusOr<MessagePtr> {
      absl::StatusOr<Response> response = handler(static_cast<const Request&>(request), call);
      if (!response.ok()) return std::move(response).status();
      return std::make_unique<Response>(*std::move(response));
    };
  }

  void AddKindErased(std::string kind, const google::protobuf::Descriptor* resource,
                     Mapping mapping);
  void SetHandler(std::string_view method, const google::protobuf::Descriptor* request,
                  const google::protobuf::Descriptor* response, Handler handler);
  void SetStream(std::string_view method, const google::protobuf::Descriptor* request,
                 StreamHandler stream);
  void SetPreparation(std::string_view method, const google::protobuf::Descriptor* request,
                      Preparation preparation);
  Method* Expect(std::string_view method, const google::protobuf::Descriptor* request);

  std::vector<const google::protobuf::ServiceDescriptor*> services_;
  std::map<std::string, Method, std::less<>> methods_;
  std::map<const google::protobuf::Descriptor*, const Method*> commands_;
  std::map<std::string, KindEntry, std::less<>> kinds_;
  std::vector<std::string> mistakes_;  // of registration, reported by Complete()
};

}  // namespace kasundo
