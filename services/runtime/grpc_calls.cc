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
#include "workflows/engine/status_macros.h"

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

grpc::ByteBuffer ToBuffer(const StreamStep& step) {
  if (step.bytes == nullptr) return ToBuffer(*step.message);
  const grpc::Slice slice(*step.bytes);
  return {&slice, 1};
}

}  // namespace

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
    if (host_->draining() && served_->writes) {
      answer_ = {ServerStopping(), nullptr};
      Send();
      return;
    }
    if (served_->place == Dispatcher::Place::kTransport) {
      Handle();
      return;
    }
    Workers& threads =
        served_->place == Dispatcher::Place::kReader ? host_->readers() : host_->workers();
    if (!threads.Offer([this] { Handle(); })) {
      answer_ = {Busy(), nullptr};
      Send();
    }
  }

  // Sends the answer that was found.
  void Send() {
    served_->metrics->Observe(answer_.status.code(), absl::Now() - arrival_);
    if (answer_.status.code() == absl::StatusCode::kInternal ||
        answer_.status.code() == absl::StatusCode::kDataLoss) {
      spdlog::error("method={} code={} message=\"{}\"", served_->method->full_name(),
                    absl::StatusCodeToString(answer_.status.code()),
                    std::string(answer_.status.message()));
    }
    if (answer_.status.ok()) {
      const grpc::ByteBuffer message = ToBuffer(*answer_.message);
      responder_.Finish(message, grpc::Status::OK, Given());
    } else {
      const grpc::Status status = ToGrpcStatus(answer_.status);
      responder_.FinishWithError(status, Given());
    }
  }

 private:
  void Handle() {
    Dispatcher::Incoming incoming = IncomingOf(context_);
    grpc::ProtoBufferReader reader(&request_);
    incoming.body = &reader;
    host_->dispatcher().Handle(*served_->method, incoming, [this](Answer answer) {
      answer_ = std::move(answer);
      // The writer has the next group to decide.
      if (host_->writer().IsThisThread()) {
        host_->answers().Add(this);
      } else {
        Send();
      }
    });
  }

  CallHost* const host_;
  Served* const served_;
  grpc::ServerCompletionQueue* const queue_;
  grpc::ServerContext context_;
  grpc::ByteBuffer request_;
  grpc::ServerAsyncResponseWriter<grpc::ByteBuffer> responder_;
  absl::Time arrival_;
  Answer answer_;
  bool arrived_ = false;
};

void AnswerQueue::Add(UnaryCall* call) {
  {
    std::lock_guard lock(mutex_);
    calls_.push_back(call);
  }
  waker_.Wake();
}

void AnswerQueue::SendAll() {
  std::vector<UnaryCall*> calls;
  {
    std::lock_guard lock(mutex_);
    calls.swap(calls_);
  }
  for (UnaryCall* call : calls) call->Send();
}

// How long a stream goes on before it is asked again who calls. By the engine's clock.
constexpr absl::Duration kAskAgain = absl::Seconds(10);

// One server stream. What happens to it, in whatever thread, are steps that are gone through one
// after the other on a read thread; only its arrival is seen to at once.
class StreamCall final : public std::enable_shared_from_this<StreamCall> {
 public:
  static void Accept(CallHost* host, Served* served, grpc::ServerCompletionQueue* queue) {
    auto call = std::shared_ptr<StreamCall>(new StreamCall(host, served, queue));
    call->self_ = call;  // until both the call is done and the last tag is back
    call->context_.AsyncNotifyWhenDone(call->done_.Given());
    served->service->AcceptStream(served->index, &call->context_, &call->request_, &call->writer_,
                                  queue, &call->arrived_);
  }

  // Goes on soon, if there is something to go on with. From any thread.
  void Continue() {
    if (!asked_to_go_on_.exchange(true)) Then(&StreamCall::GoOn);
  }

 private:
  using StepFunction = void (StreamCall::*)(bool);

  // A tag that becomes a step.
  class StepTag final : public Tag {
   public:
    StepTag(StreamCall* call, StepFunction function) : call_(call), function_(function) {}
    void Proceed(bool ok) override { call_->Then(function_, ok); }

   private:
    StreamCall* const call_;
    const StepFunction function_;
  };

  class ArrivalTag final : public Tag {
   public:
    explicit ArrivalTag(StreamCall* call) : call_(call) {}
    void Proceed(bool ok) override { call_->Arrive(ok); }

   private:
    StreamCall* const call_;
  };

  StreamCall(CallHost* host, Served* served, grpc::ServerCompletionQueue* queue)
      : host_(host),
        served_(served),
        queue_(queue),
        writer_(&context_),
        arrived_(this),
        written_(this, &StreamCall::OnWritten),
        finish_(this, &StreamCall::OnFinished),
        done_(this, &StreamCall::OnDone) {}

  void Then(StepFunction function, bool ok = true) {
    {
      std::lock_guard lock(steps_mutex_);
      steps_.emplace_back(function, ok);
      if (std::exchange(stepping_, true)) return;
    }
    host_->readers().Add([self = shared_from_this()] { self->GoThroughSteps(); });
  }

  // What comes meanwhile waits for its turn behind other streams and reads.
  void GoThroughSteps() {
    std::vector<std::pair<StepFunction, bool>> steps;
    {
      std::lock_guard lock(steps_mutex_);
      steps.swap(steps_);
    }
    for (const auto& [function, ok] : steps) (this->*function)(ok);
    {
      std::lock_guard lock(steps_mutex_);
      stepping_ = !steps_.empty();
      if (!stepping_) return;
    }
    host_->readers().Add([self = shared_from_this()] { self->GoThroughSteps(); });
  }

  void Arrive(bool ok) {
    if (!ok) {  // the server stops; `done_` will not come either
      self_.reset();
      return;
    }
    arrival_ = absl::Now();
    host_->Opened();
    if (!host_->stopping()) Accept(host_, served_, queue_);
    Then(&StreamCall::Begin);
  }

  // Opening may ask who calls in another process: a worker's work.
  void Begin(bool) {
    host_->metrics().streams().Increment();
    const auto self = shared_from_this();
    host_->AddStream(self);
    const bool offered = host_->workers().Offer([self] {
      self->Open();
      self->Then(&StreamCall::OnOpened);
    });
    if (offered) return;
    welcome_ = Busy();
    OnOpened(true);
  }

  void Open() {
    Dispatcher::Incoming incoming = IncomingOf(context_);
    grpc::ProtoBufferReader reader(&request_);
    incoming.body = &reader;
    auto source = [&]() -> absl::StatusOr<std::unique_ptr<StreamSource>> {
      ASSIGN_OR_RETURN(call_, host_->dispatcher().Begin(*served_->method, incoming));
      return host_->dispatcher().Open(call_);
    }();
    asked_ = Now();
    if (!source.ok()) {
      welcome_ = std::move(source).status();
      return;
    }
    source_ = *std::move(source);
    source_->Begin([weak = weak_from_this()] {
      if (auto self = weak.lock()) self->Continue();
    });
  }

  void OnOpened(bool) {
    opened_ = true;
    Advance();
  }

  void GoOn(bool) {
    asked_to_go_on_.exchange(false);  // sees all that was done before it was asked for
    Advance();
  }

  // Sends what there is, or ends.
  void Advance() {
    if (!opened_ || busy_ || finished_) return;
    if (gone_) return Finish(absl::CancelledError("the caller has gone"));
    if (host_->draining()) return Finish(ServerStopping());
    if (asking_) return;
    if (!welcome_.ok()) return Finish(welcome_);
    if (Now() - asked_ >= kAskAgain) return AskAgain();
    StreamStep step = source_->Next();
    switch (step.kind) {
      case StreamStep::Kind::kWait:
        return;
      case StreamStep::Kind::kEnd:
        return Finish(step.status);
      case StreamStep::Kind::kMessage: {
        busy_ = true;
        const grpc::ByteBuffer message = ToBuffer(step);
        writer_.Write(message, written_.Given());
        return;
      }
    }
  }

  absl::Time Now() const { return host_->dispatcher().engine().clock().Now(); }

  // Who is frozen, or whose token was revoked or has expired, sees nothing more.
  void AskAgain() {
    asking_ = true;
    const bool offered = host_->workers().Offer([self = shared_from_this()] {
      self->welcome_ = self->host_->dispatcher().StillWelcome(*self->call_);
      self->asked_ = self->Now();
      self->Then(&StreamCall::OnAsked);
    });
    if (!offered) Finish(Busy());
  }

  void OnAsked(bool) {
    asking_ = false;
    Advance();
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
    const grpc::Status last = ToGrpcStatus(status);
    writer_.Finish(last, finish_.Given());
  }
  void Release() {
    if (!done_is_back_ || !finish_is_back_) return;
    source_.reset();
    host_->metrics().streams().Decrement();
    host_->RemoveStream(shared_from_this());
    host_->Closed();
    self_.reset();
  }

  CallHost* const host_;
  Served* const served_;
  grpc::ServerCompletionQueue* const queue_;
  std::shared_ptr<StreamCall> self_;
  grpc::ServerContext context_;
  grpc::ByteBuffer request_;
  grpc::ServerAsyncWriter<grpc::ByteBuffer> writer_;
  ArrivalTag arrived_;
  StepTag written_;
  StepTag finish_;
  StepTag done_;
  absl::Time arrival_;

  std::mutex steps_mutex_;
  std::vector<std::pair<StepFunction, bool>> steps_;
  bool stepping_ = false;  // a read thread goes through the steps, or will
  std::atomic<bool> asked_to_go_on_{false};

  // A worker's own until the call is opened, and the last three again while it asks.
  std::unique_ptr<StreamSource> source_;    // nullptr if it could not be opened
  std::shared_ptr<Dispatcher::Call> call_;  // nullptr if it could not be begun
  absl::Status welcome_;
  absl::Time asked_;
  // Of the steps alone.
  bool opened_ = false;
  bool asking_ = false;
  bool busy_ = false;
  bool gone_ = false;
  bool finished_ = false;
  bool done_is_back_ = false;
  bool finish_is_back_ = false;
};

void AcceptUnary(CallHost* host, Served* served, grpc::ServerCompletionQueue* queue) {
  new UnaryCall(host, served, queue);  // deletes itself
}

void AcceptStream(CallHost* host, Served* served, grpc::ServerCompletionQueue* queue) {
  StreamCall::Accept(host, served, queue);
}

void EndForDrain(const std::shared_ptr<StreamCall>& stream) { stream->Continue(); }

}  // namespace kasundo
