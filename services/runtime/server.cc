#include "services/runtime/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "services/runtime/completion_tags.h"
#include "services/runtime/grpc_calls.h"
#include "services/runtime/listen_address.h"
#include "services/runtime/reflected_service.h"
#include "services/runtime/workers.h"

namespace kasundo {
namespace {

// Calls of one RPC that may arrive before one of them has been taken from the queue.
constexpr int kAcceptedCommands = 4;
constexpr int kAcceptedReads = 2;
constexpr int kStreamsPerConnection = 1'000;
// Reads are short, and a caller that is refused comes again at once.
constexpr size_t kWaitingReads = 10'000;
constexpr size_t kWaitingWork = 1'000;

class GrpcServer final : public Server, public CallHost {
 public:
  GrpcServer(ServerOptions options, const Dispatcher* dispatcher, Metrics* metrics)
      : options_(std::move(options)),
        dispatcher_(dispatcher),
        metrics_(metrics),
        writer_(&dispatcher->engine(), options_.timer_period) {}
  ~GrpcServer() override { Stop(absl::Seconds(1)); }

  absl::Status Listen();
  int port() const override { return port_; }
  void BeginDrain() override;
  void Stop(absl::Duration grace) override;

  bool draining() const override { return draining_.load(std::memory_order_relaxed); }
  bool stopping() const override { return stopping_.load(std::memory_order_relaxed); }
  const Dispatcher& dispatcher() const override { return *dispatcher_; }
  Metrics& metrics() override { return *metrics_; }
  Workers& readers() override { return readers_; }
  Workers& workers() override { return workers_; }
  const Writer& writer() const override { return writer_; }
  AnswerQueue& answers() override { return *answers_; }

  // Every call between its arrival and its end; Stop() waits for none to be left.
  void Opened() override {
    metrics_->calls_open().Increment();
    std::lock_guard lock(calls_mutex_);
    ++calls_;
  }
  void Closed() override {
    metrics_->calls_open().Decrement();
    std::lock_guard lock(calls_mutex_);
    if (--calls_ == 0) calls_gone_.notify_all();
  }
  void AddStream(const std::shared_ptr<StreamCall>& stream) override {
    std::lock_guard lock(streams_mutex_);
    streams_.insert(stream);
  }
  void RemoveStream(const std::shared_ptr<StreamCall>& stream) override {
    std::lock_guard lock(streams_mutex_);
    streams_.erase(stream);
  }

 private:
  void Accept(Served* served);
  void RunTransport();

  const ServerOptions options_;
  const Dispatcher* const dispatcher_;
  Metrics* const metrics_;
  int port_ = 0;

  std::vector<std::unique_ptr<ReflectedService>> services_;
  std::vector<std::unique_ptr<Served>> served_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<grpc::ServerCompletionQueue> queue_;
  std::unique_ptr<AnswerQueue> answers_;
  std::thread transport_;
  Writer writer_;
  Workers readers_{kWaitingReads};
  Workers workers_{kWaitingWork};

  std::atomic<bool> draining_{false};
  std::atomic<bool> stopping_{false};
  bool stopped_ = false;
  std::mutex calls_mutex_;
  std::condition_variable calls_gone_;
  int64_t calls_ = 0;
  std::mutex streams_mutex_;
  std::set<std::shared_ptr<StreamCall>> streams_;
};

absl::Status GrpcServer::Listen() {
  // Must be asked for before the builder exists, and stays linked in only if something refers to
  // it.
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();

  grpc::ServerBuilder builder;
  std::shared_ptr<grpc::ServerCredentials> credentials = grpc::InsecureServerCredentials();
  if (!options_.tls_certificate.empty()) {
    grpc::SslServerCredentialsOptions tls;
    tls.pem_key_cert_pairs.push_back({options_.tls_key, options_.tls_certificate});
    credentials = grpc::SslServerCredentials(tls);
  }
  builder.AddListeningPort(options_.listen, credentials, &port_);
  // Without this a second server would share the port silently.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(options_.max_message_bytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kStreamsPerConnection);
  // Finds dead callers within 80 s; lets callers ask every 10 s whether we live.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  // For reflection, which gRPC only has as a synchronous service.
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MIN_POLLERS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 1);

  const ServiceCatalog& catalog = dispatcher_->catalog();
  for (const auto* descriptor : catalog.services()) {
    auto& service = services_.emplace_back(std::make_unique<ReflectedService>(descriptor));
    builder.RegisterService(service.get());
    for (int i = 0; i < descriptor->method_count(); ++i) {
      auto served = std::make_unique<Served>();
      served->method = catalog.FindMethod(descriptor->method(i)->full_name());
      served->service = service.get();
      served->index = i;
      served->place = dispatcher_->PlaceOf(*served->method);
      served->writes = served->method->rules.has_command() || served->method->rules.has_action();
      served->metrics = metrics_->ForMethod(descriptor->full_name(), descriptor->method(i)->name(),
                                            served->writes);
      served_.push_back(std::move(served));
    }
  }
  queue_ = builder.AddCompletionQueue();
  server_ = builder.BuildAndStart();
  const bool unix_socket = options_.listen.starts_with("unix:");
  if (server_ == nullptr || (port_ <= 0 && !unix_socket)) {
    if (server_ != nullptr) server_->Shutdown();
    const std::string why = WhyNotListening(options_.listen, "--listen");
    queue_->Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_->Next(&tag, &ok)) {
    }
    stopped_ = true;
    return absl::FailedPreconditionError(why);
  }
  if (unix_socket) port_ = 0;

  answers_ = std::make_unique<AnswerQueue>(queue_.get());
  dispatcher_->engine().SetReporter(
      [this](const GroupReport& report) { metrics_->ObserveGroup(report); });
  readers_.Start(options_.read_threads);
  workers_.Start(options_.worker_threads);
  writer_.Start();
  for (auto& served : served_) Accept(served.get());
  transport_ = std::thread([this] { RunTransport(); });
  return absl::OkStatus();
}

void GrpcServer::Accept(Served* served) {
  const int accepted = served->writes ? kAcceptedCommands : kAcceptedReads;
  for (int i = 0; i < accepted; ++i) {
    if (served->method->stream) {
      AcceptStream(this, served, queue_.get());
    } else {
      AcceptUnary(this, served, queue_.get());
    }
  }
}

void GrpcServer::RunTransport() {
  void* tag = nullptr;
  bool ok = false;
  while (queue_->Next(&tag, &ok)) Tag::Back(tag)->Proceed(ok);
}

void GrpcServer::BeginDrain() {
  if (draining_.exchange(true)) return;
  std::vector<std::shared_ptr<StreamCall>> open;
  {
    std::lock_guard lock(streams_mutex_);
    open.assign(streams_.begin(), streams_.end());
  }
  for (const auto& stream : open) EndForDrain(stream);
}

void GrpcServer::Stop(absl::Duration grace) {
  if (stopped_) return;
  stopped_ = true;
  const absl::Time until = absl::Now() + grace;
  BeginDrain();
  stopping_.store(true);
  server_->Shutdown(absl::ToChronoTime(until));
  {
    // Calls that were cancelled still have to come back from the engine and the workers.
    std::unique_lock lock(calls_mutex_);
    calls_gone_.wait(lock, [this] { return calls_ == 0; });
  }
  workers_.Stop();
  readers_.Stop();
  writer_.Stop();
  answers_->Close();
  queue_->Shutdown();
  transport_.join();
  dispatcher_->engine().SetReporter([](const GroupReport&) {});
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options,
                                                      const Dispatcher* dispatcher,
                                                      Metrics* metrics) {
  auto server = std::make_unique<GrpcServer>(std::move(options), dispatcher, metrics);
  if (absl::Status listening = server->Listen(); !listening.ok()) return listening;
  return server;
}

}  // namespace kasundo
