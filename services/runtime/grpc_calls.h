// One call over gRPC, from being accepted to being answered; both kinds delete themselves.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "services/runtime/completion_tags.h"
#include "services/runtime/dispatcher.h"
#include "services/runtime/metrics.h"
#include "services/runtime/reflected_service.h"
#include "services/runtime/workers.h"

namespace kasundo {

// One RPC as the server serves it.
struct Served {
  const ServiceCatalog::Method* method = nullptr;
  ReflectedService* service = nullptr;
  int index = 0;
  Dispatcher::Place place = Dispatcher::Place::kReader;
  std::unique_ptr<CallMetrics> metrics;
};

class StreamCall;

// A queue of reads, its thread, and the streams that want to go on.
struct ReadQueue {
  std::unique_ptr<grpc::ServerCompletionQueue> queue;
  std::unique_ptr<Waker> waker;
  std::thread thread;
  std::mutex mutex;
  std::vector<std::shared_ptr<StreamCall>> ready;

  // Has its thread go on with a stream. From any thread.
  void Continue(std::shared_ptr<StreamCall> stream);
  // Goes on with all that were asked for; its thread only.
  void Advance();
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
  virtual Workers& workers() = 0;

  // Every call between its arrival and its end; the server waits for none to be left.
  virtual void Opened() = 0;
  virtual void Closed() = 0;
  virtual void AddStream(const std::shared_ptr<StreamCall>& stream) = 0;
  virtual void RemoveStream(const std::shared_ptr<StreamCall>& stream) = 0;
};

// Has the transport hand the next unary call of an RPC to `queue`.
void AcceptUnary(CallHost* host, Served* served, grpc::ServerCompletionQueue* queue);
// The same for a server stream.
void AcceptStream(CallHost* host, Served* served, ReadQueue* reads);

// Ends a stream soon, since the server drains. From any thread.
void EndForDrain(const std::shared_ptr<StreamCall>& stream);

}  // namespace kasundo
