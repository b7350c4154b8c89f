#include "services/runtime/client.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/rpc_method.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/proto_buffer_writer.h>
#include <grpcpp/support/sync_stream.h>

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "kasundo/api/v1/annotations.pb.h"
#include "kasundo/api/v1/command_header.pb.h"
#include "services/runtime/status_mapping.h"

namespace kasundo {
namespace {

using google::protobuf::Message;

constexpr absl::Duration kFirstPause = absl::Milliseconds(100);
constexpr absl::Duration kLongestPause = absl::Seconds(2);

// "/kasundo.committees.v1.Committees/GetCommittee"
std::string PathOf(std::string_view method) {
  const size_t dot = method.rfind('.');
  if (dot == std::string_view::npos) return fmt::format("/{}", method);
  return fmt::format("/{}/{}", method.substr(0, dot), method.substr(dot + 1));
}

grpc::ByteBuffer ToBuffer(const Message& message) {
  grpc::ByteBuffer buffer;
  bool own = false;
  grpc::GenericSerialize<grpc::ProtoBufferWriter, Message>(message, &buffer, &own);
  return buffer;
}

bool FromBuffer(grpc::ByteBuffer* buffer, Message* message) {
  grpc::ProtoBufferReader reader(buffer);
  return reader.status().ok() && message->ParseFromZeroCopyStream(&reader);
}

// Sending it twice cannot do it twice.
bool IsRepeatable(std::string_view method, const Message& request) {
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(std::string(method));
  if (descriptor != nullptr) {
    const auto& rules = descriptor->options().GetExtension(api::v1::method);
    if (rules.has_get() || rules.has_list() || rules.has_query()) return true;
  }
  const auto* header = request.GetDescriptor()->FindFieldByName("header");
  if (header == nullptr || header->is_repeated() ||
      header->message_type() != api::v1::CommandHeader::descriptor()) {
    return false;
  }
  const auto& sent = static_cast<const api::v1::CommandHeader&>(
      request.GetReflection()->GetMessage(request, header));
  return !sent.request_id().empty();
}

class GrpcStream final : public Client::Stream {
 public:
  GrpcStream(const std::shared_ptr<grpc::Channel>& channel, std::string path,
             std::unique_ptr<grpc::ClientContext> context, const grpc::ByteBuffer& request)
      : path_(std::move(path)), context_(std::move(context)) {
    reader_.reset(grpc::internal::ClientReaderFactory<grpc::ByteBuffer>::Create(
        channel.get(),
        grpc::internal::RpcMethod(path_.c_str(), nullptr,
                                  grpc::internal::RpcMethod::SERVER_STREAMING),
        context_.get(), request));
  }
  ~GrpcStream() override {
    if (finished_) return;
    context_->TryCancel();
    grpc::ByteBuffer rest;
    while (reader_->Read(&rest)) {
    }
    (void)reader_->Finish();
  }

  bool Read(Message* message) override {
    grpc::ByteBuffer buffer;
    if (!reader_->Read(&buffer)) return false;
    if (FromBuffer(&buffer, message)) return true;
    damaged_ = true;
    context_->TryCancel();
    return false;
  }
  absl::Status Finish() override {
    finished_ = true;
    const grpc::Status status = reader_->Finish();
    if (damaged_)
      return absl::InternalError(
          "the server sent bytes that are no message of the response's type");
    return FromGrpcStatus(status);
  }
  void Cancel() override { context_->TryCancel(); }

 private:
  const std::string path_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReader<grpc::ByteBuffer>> reader_;
  bool damaged_ = false;
  bool finished_ = false;
};

class GrpcClient final : public Client {
 public:
  explicit GrpcClient(ClientOptions options) : options_(std::move(options)) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    if (!options_.user_agent.empty()) arguments.SetUserAgentPrefix(options_.user_agent);
    std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
    if (!options_.tls_roots.empty()) {
      grpc::SslCredentialsOptions tls;
      tls.pem_root_certs = options_.tls_roots;
      credentials = grpc::SslCredentials(tls);
    }
    channel_ = grpc::CreateCustomChannel(options_.address, credentials, arguments);
  }

  absl::Status Call(std::string_view method, const Message& request, Message* response,
                    CallOptions call) override {
    const std::string path = PathOf(method);
    const grpc::internal::RpcMethod rpc(path.c_str(), nullptr,
                                        grpc::internal::RpcMethod::NORMAL_RPC, channel_);
    const grpc::ByteBuffer bytes = ToBuffer(request);
    const absl::Time until =
        absl::Now() + (call.timeout > absl::ZeroDuration() ? call.timeout : options_.timeout);
    const int attempts = IsRepeatable(method, request) ? std::max(1, options_.attempts) : 1;
    absl::Duration pause = kFirstPause;
    for (int attempt = 1;; ++attempt) {
      grpc::ClientContext context;
      Prepare(&context, call);
      context.set_deadline(absl::ToChronoTime(until));
      grpc::ByteBuffer answer;
      const grpc::Status status =
          grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
              channel_.get(), rpc, &context, bytes, &answer);
      if (status.ok()) {
        if (FromBuffer(&answer, response)) return absl::OkStatus();
        return absl::InternalError(fmt::format("the server answered with bytes that are no {}",
                                               response->GetDescriptor()->full_name()));
      }
      if (status.error_code() != grpc::StatusCode::UNAVAILABLE || attempt >= attempts ||
          absl::Now() + pause >= until) {
        return FromGrpcStatus(status);
      }
      absl::SleepFor(pause);
      pause = std::min(pause * 2, kLongestPause);
    }
  }

  std::unique_ptr<Stream> Open(std::string_view method, const Message& request,
                               CallOptions call) override {
    auto context = std::make_unique<grpc::ClientContext>();
    Prepare(context.get(), call);
    if (call.timeout > absl::ZeroDuration())
      context->set_deadline(absl::ToChronoTime(absl::Now() + call.timeout));
    return std::make_unique<GrpcStream>(channel_, PathOf(method), std::move(context),
                                        ToBuffer(request));
  }

  bool WaitUntilReachable(absl::Duration timeout) override {
    return channel_->WaitForConnected(absl::ToChronoTime(absl::Now() + timeout));
  }

 private:
  void Prepare(grpc::ClientContext* context, const CallOptions& call) const {
    const std::string_view token =
        call.token.empty() ? std::string_view(options_.token) : call.token;
    if (!token.empty()) context->AddMetadata("authorization", fmt::format("Bearer {}", token));
  }

  const ClientOptions options_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace

std::unique_ptr<Client> Client::Connect(ClientOptions options) {
  return std::make_unique<GrpcClient>(std::move(options));
}

}  // namespace kasundo
