// A proto service as gRPC sees it, made of its descriptor: no stubs are generated, the server takes
// in raw bytes.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/async_stream.h>
#include <grpcpp/support/async_unary_call.h>

#include <string>
#include <vector>

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "services/runtime/completion_tags.h"

namespace kasundo {

// A proto service that takes raw bytes, made of its descriptor.
class ReflectedService final : public grpc::Service {
 public:
  explicit ReflectedService(const google::protobuf::ServiceDescriptor* service) {
    names_.reserve(static_cast<size_t>(service->method_count()));  // gRPC keeps pointers into them
    for (int i = 0; i < service->method_count(); ++i) {
      const auto* method = service->method(i);
      names_.push_back(fmt::format("/{}/{}", service->full_name(), method->name()));
      AddMethod(new grpc::internal::RpcServiceMethod(
          names_.back().c_str(),
          method->server_streaming() ? grpc::internal::RpcMethod::SERVER_STREAMING
                                     : grpc::internal::RpcMethod::NORMAL_RPC,
          nullptr));
      MarkMethodAsync(i);
    }
  }

  void AcceptUnary(int index, grpc::ServerContext* context, grpc::ByteBuffer* request,
                   grpc::ServerAsyncResponseWriter<grpc::ByteBuffer>* responder,
                   grpc::ServerCompletionQueue* queue, Tag* tag) {
    RequestAsyncUnary(index, context, request, responder, queue, queue, tag->Given());
  }
  void AcceptStream(int index, grpc::ServerContext* context, grpc::ByteBuffer* request,
                    grpc::ServerAsyncWriter<grpc::ByteBuffer>* writer,
                    grpc::ServerCompletionQueue* queue, Tag* tag) {
    RequestAsyncServerStreaming(index, context, request, writer, queue, queue, tag->Given());
  }

 private:
  std::vector<std::string> names_;
};

}  // namespace kasundo
