#include "services/runtime/grpc_calls.h"

#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/async_stream.h>
#include <grpcpp/support/async_unary_call.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/proto_buffer_writer.h>

#include <atomic>
#include <limits>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "google/protobuf/message.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "services/runtime/status_mapping.h"
#include "spdlog/spdlog.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using google::protobuf::Message;

absl::Status ServerStopping() {
  return Refuse(absl::StatusCode::kUnavailable, api::v1::REASON_NOT_NOW, "the server is stopping")
      .Mend("Send the same request again, with the same request id.");
}

absl::Status Busy() {
  return Refuse(absl::StatusCode::kUnavailable, api::v1::REASON_NOT_NOW, "too much is waiting")
      .Mend("Send the same request again in a while, with the same request id.");
}

Dispatcher::Incoming IncomingOf(const grpc::ServerContext& context) {
  Dispatcher::Incoming incoming;
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find("authorization");
  if (found != metadata.end()) {
    std::string_view value(found->second.data(), found->second.size());
    constexpr std::string_view kBearer = "Bearer ";
    if (value.starts_with(kBearer)) incoming.token = value.substr(kBearer.size());
  }
  if (context.raw_deadline().tv_sec != std::numeric_limits<int64_t>::max()) {
    incoming.deadline = absl::FromChrono(context.deadline());
  }
  return incoming;
}

grpc::ByteBuffer ToBuffer(const Message& message) {
  grpc::ByteBuffer buffer;
  bool own = false;
  grpc::GenericSerialize<grpc::ProtoBufferWriter, Message>(message, &buffer, &own);
  return buffer;
}

// One unary call, from being accepted to being answered; it deletes itself.
class UnaryCall final : public Tag {
 public:
  UnaryCall(CallHost* host, Served* served, grpc::ServerCompletionQueue* queue)
      : host_(host), served_(served), queue_(queue), responder_(&context_) {
    served_->service->AcceptUnary(served_->index, &context_, &request_, &responder_, queue_, this);
  }

  void Proceed(bool ok) override {
    if (arrived_) {  // the answer has been sent, or could not be
      host_->Closed();
      delete this;
      return;
    }
    if (!ok) {  // the server stops; nothing has arrived
      delete this;
      return;
    }
    arrived_ = true;
    arrival_ = absl::Now();
    host_->Opened();
    if (!host_->stopping()) new UnaryCall(host_, served_, queue_);  // NOLINT: it deletes itself
    if (host_->draining() && served_->place != Dispatcher::Place::kReader) {
      Finish({ServerStopping(), nullptr});
      return;
    }
    if (served_->place != Dispatcher::Place::kWorker) {
      Handle();
    } else if (!host_->workers().Add([this] { Handle(); })) {
      Finish({Busy(), nullptr});
    }
  }

 private:
  void Handle() {
    Dispatcher::Incoming incoming = IncomingOf(context_);
    grpc::ProtoBufferReader reader(&request_);
    incoming.body = &reader;
    host_->dispatcher().Handle(*served_->method, incoming,
                               [this](Answer answer) { Finish(std::move(answer)); });
  }

  void Finish(Answer answer) {
    served_->metrics->Observe(answer.status.code(), absl::Now() - arrival_);
    if (answer.status.code() == absl::StatusCode::kInternal ||
        answer.status.code() == absl::StatusCode::kDataLoss) {
      spdlog::error("method={} code={} message=\"{}\"", served_->method->full_name(),
                    absl::StatusCodeToString(answer.status.code()),
                    std::string(answer.status.message()));
    }
    if (answer.status.ok()) {
      responder_.Finish(ToBuffer(*answer.message), grpc::Status::OK, Given());
    } else {
      responder_.FinishWithError(ToGrpcStatus(answer.status), Given());
    }
  }

  CallHost* const host_;
  Served* const served_;
  grpc::ServerCompletionQueue* const queue_;
  grpc::ServerContext context_;
  grpc::ByteBuffer request_;
  grpc::ServerAsyncResponseWriter<grpc::ByteBuffer> responder_;
  absl::Time arrival_;
  bool arrived_ = false;
};

}  // namespace

// How long a stream goes on before it is asked again who calls. By the engine's clock.
constexpr absl::Duration kAskAgain = absl::Seconds(10);

// One server stream. All of it runs on its read queue's thread, but for opening, which may be a
// worker's.
class StreamCall final : public std::enable_shared_from_this<StreamCall> {
 public:
  static void Accept(CallHost* host, Served* served, ReadQueue* reads) {
    auto call = std::shared_ptr<StreamCall>(new StreamCall(host, served, reads));
    call->self_ = call;  // until both the call is done and the last tag is back
    call->context_.AsyncNotifyWhenDone(call->done_.Given());
    served->service->AcceptStream(served->index, &call->context_, &call->request_, &call->writer_,
                                  reads->queue.get(), &call->arrived_);
  }

  // Has the queue's thread call Advance(). From any thread.
  void Continue() { reads_->Continue(shared_from_this()); }

  // Sends what there is, or ends. Called on the queue's thread.
  void Advance() {
    if (!opened_ || busy_ || finished_) return;
    if (gone_) return Finish(absl::CancelledError("the caller has gone"));
    if (host_->draining()) return Finish(ServerStopping());
    if (asking_) return;
    if (!welcome_.ok()) return Finish(welcome_);
    if (call_ != nullptr && Now() - asked_ >= kAskAgain) return AskAgain();
    StreamStep step = source_->Next();
    switch (step.kind) {
      case StreamStep::Kind::kWait:
        return;
      case StreamStep::Kind::kEnd:
        return Finish(step.status);
      case StreamStep::Kind::kMessage: {
        busy_ = true;
        if (step.bytes != nullptr) {
          const grpc::Slice slice(*step.bytes);
          writer_.Write(grpc::ByteBuffer(&slice, 1), written_.Given());
        } else {
          writer_.Write(ToBuffer(*step.message), written_.Given());
        }
        return;
      }
    }
  }

 private:
  // A tag that calls a member.
  class Step final : public Tag {
   public:
    Step(StreamCall* call, void (StreamCall::*function)(bool)) : call_(call), function_(function) {}
    void Proceed(bool ok) override { (call_->*function_)(ok); }

   private:
    StreamCall* const call_;
    void (StreamCall::*const function_)(bool);
  };

  StreamCall(CallHost* host, Served* served, ReadQueue* reads)
      : host_(host),
        served_(served),
        reads_(reads),
        writer_(&context_),
        arrived_(this, &StreamCall::OnArrived),
        written_(this, &StreamCall::OnWritten),
        finish_(this, &StreamCall::OnFinished),
        done_(this, &StreamCall::OnDone) {}

  void OnArrived(bool ok) {
    if (!ok) {  // the server stops; `done_` will not come either
      self_.reset();
      return;
    }
    arrival_ = absl::Now();
    host_->Opened();
    host_->metrics().streams().Increment();
    if (!host_->stopping()) Accept(host_, served_, reads_);
    // Opening may ask who calls in another process: always a worker's work.
    const auto self = shared_from_this();
    host_->AddStream(self);
    const bool added = host_->workers().Add([self] {
      self->Open();
      self->Continue();
    });
    if (!added) {
      opened_ = true;
      Finish(Busy());
    }
  }

  void Open() {
    Dispatcher::Incoming incoming = IncomingOf(context_);
    grpc::ProtoBufferReader reader(&request_);
    incoming.body = &reader;
    auto source = [&]() -> absl::StatusOr<std::unique_ptr<StreamSource>> {
      auto call = host_->dispatcher().Begin(*served_->method, incoming);
      if (!call.ok()) return std::move(call).status();
      call_ = *call;
      return host_->dispatcher().Open(*call);
    }();
    if (source.ok()) {
      source_ = *std::move(source);
      source_->Begin([weak = weak_from_this()] {
        if (auto self = weak.lock()) self->Continue();
      });
    } else {
      source_ = std::make_unique<EndedSource>(std::move(source).status());
    }
    asked_ = Now();
    opened_ = true;
  }

  absl::Time Now() const { return host_->dispatcher().engine().clock().Now(); }

  // Who is frozen, or whose token was revoked or has expired, sees nothing more.
  void AskAgain() {
    asking_ = true;
    const bool added = host_->workers().Add([self = shared_from_this()] {
      self->welcome_ = self->host_->dispatcher().StillWelcome(*self->call_);
      self->asked_ = self->Now();
      self->asking_ = false;
      self->Continue();
    });
    if (added) return;
    asking_ = false;
    Finish(Busy());
  }

  void OnWritten(bool ok) {
    busy_ = false;
    if (!ok) gone_ = true;
    Advance();
  }
  void OnDone(bool) {
    gone_ = context_.IsCancelled();
    done_is_back_ = true;
    if (gone_) Advance();
    Release();
  }
  void OnFinished(bool) {
    finish_is_back_ = true;
    Release();
  }
  void Finish(const absl::Status& status) {
    finished_ = true;
    served_->metrics->Observe(status.code(), absl::Now() - arrival_);
    writer_.Finish(ToGrpcStatus(status), finish_.Given());
  }
  void Release() {
    if (!done_is_back_ || !finish_is_back_) return;
    source_.reset();
    host_->metrics().streams().Decrement();
    host_->RemoveStream(shared_from_this());
    host_->Closed();
    self_.reset();
  }

  // A stream that could not be opened.
  class EndedSource final : public StreamSource {
   public:
    explicit EndedSource(absl::Status status) : status_(std::move(status)) {}
    void Begin(std::function<void()>) override {}
    StreamStep Next() override { return StreamStep::End(status_); }

   private:
    const absl::Status status_;
  };

  CallHost* const host_;
  Served* const served_;
  ReadQueue* const reads_;
  std::shared_ptr<StreamCall> self_;
  grpc::ServerContext context_;
  grpc::ByteBuffer request_;
  grpc::ServerAsyncWriter<grpc::ByteBuffer> writer_;
  Step arrived_;
  Step written_;
  Step finish_;
  Step done_;
  std::unique_ptr<StreamSource> source_;
  std::shared_ptr<Dispatcher::Call> call_;  // nullptr if it could not be begun
  absl::Time arrival_;
  std::atomic<bool> opened_{false};
  // A worker asks who calls; `welcome_` and `asked_` are its own as long as it does.
  std::atomic<bool> asking_{false};
  absl::Status welcome_;
  absl::Time asked_;
  bool busy_ = false;
  bool gone_ = false;
  bool finished_ = false;
  bool done_is_back_ = false;
  bool finish_is_back_ = false;
};

void ReadQueue::Continue(std::shared_ptr<StreamCall> stream) {
  {
    std::lock_guard lock(mutex);
    ready.push_back(std::move(stream));
  }
  waker->Wake();
}

void ReadQueue::Advance() {
  std::vector<std::shared_ptr<StreamCall>> streams;
  {
    std::lock_guard lock(mutex);
    streams.swap(ready);
  }
  for (const auto& stream : streams) stream->Advance();
}

void AcceptUnary(CallHost* host, Served* served, grpc::ServerCompletionQueue* queue) {
  new UnaryCall(host, served, queue);  // deletes itself
}

void AcceptStream(CallHost* host, Served* served, ReadQueue* reads) {
  StreamCall::Accept(host, served, reads);
}

void EndForDrain(const std::shared_ptr<StreamCall>& stream) { stream->Continue(); }

}  // namespace kasundo
