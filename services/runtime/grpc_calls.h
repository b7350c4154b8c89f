// One call over gRPC, from being accepted to being answered; both kinds delete themselves.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <mutex>
#include <vector>

#include "services/runtime/completion_tags.h"
#include "services/runtime/dispatcher.h"
#include "services/runtime/metrics.h"
#include "services/runtime/reflected_service.h"
#include "services/runtime/workers.h"
#include "services/runtime/writer.h"

namespace kasundo {

// One RPC as the server serves it.
struct Served {
  const ServiceCatalog::Method* method = nullptr;
  ReflectedService* service = nullptr;
  int index = 0;
  Dispatcher::Place place = Dispatcher::Place::kReader;
  bool writes = false;  // a command or an action: not begun while the server drains
  std::unique_ptr<CallMetrics> metrics;
};

class StreamCall;
class UnaryCall;

// Answers on their way from the thread that found them to the one that sends them: one alarm,
// however many are waiting.
class AnswerQueue {
 public:
  explicit AnswerQueue(grpc::ServerCompletionQueue* queue) : waker_(queue, [this] { SendAll(); }) {}

  // Has the queue's thread send a call's answer. From any thread.
  void Add(UnaryCall* call);
  // No more answers; called before the queue is shut down.
  void Close() { waker_.Close(); }

 private:
  void SendAll();

  std::mutex mutex_;
  std::vector<UnaryCall*> calls_;
  Waker waker_;
};

// What calls need of the server that they came to.
class CallHost {
 public:
  virtual ~CallHost() = default;

  // Nothing that changes state is begun any more.
  virtual bool draining() const = 0;
  // No more calls are accepted.
  virtual bool stopping() const = 0;
  virtual const Dispatcher& dispatcher() const = 0;
  virtual Metrics& metrics() = 0;
  virtual Workers& readers() = 0;
  virtual Workers& workers() = 0;
  virtual const Writer& writer() const = 0;
  virtual AnswerQueue& answers() = 0;

  // Every call between its arrival and its end; the server waits for none to be left.
  virtual void Opened() = 0;
  virtual void Closed() = 0;
  virtual void AddStream(const std::shared_ptr<StreamCall>& stream) = 0;
  virtual void RemoveStream(const std::shared_ptr<StreamCall>& stream) = 0;
};

// Has gRPC hand the next unary call of an RPC to `queue`.
void AcceptUnary(CallHost* host, Served* served, grpc::ServerCompletionQueue* queue);
// The same for a server stream.
void AcceptStream(CallHost* host, Served* served, grpc::ServerCompletionQueue* queue);

// Ends a stream soon, since the server drains. From any thread.
void EndForDrain(const std::shared_ptr<StreamCall>& stream);

}  // namespace kasundo
