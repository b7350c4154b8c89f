// Durable commands over real gRPC beside a no-op call of the same size, in alternating pairs of one
// run: the only figure that means anything on a virtual machine is their ratio. Three processes:
// this one sends, a child serves Kasundo (toy kind, RocksDB, everything a real server does),
// another child answers 200 bytes with 200 bytes from one completion queue and one thread.
//
//   build/release/tests/bench/grpc_load [--pairs 5] [--seconds 2] [--clients 1,16,64,256]
#include <fcntl.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "fmt/format.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "tests/support/test_engine.h"
#include "tests/support/test_server.h"
#include "workflows/engine/check.h"

extern char** environ;

namespace kasundo {
namespace {

namespace toy = testing::v1;
using Seconds = std::chrono::duration<double>;
using SteadyClock = std::chrono::steady_clock;

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

// --- the children: each prints its port and serves until its standard input ends ---

void ServeUntilEndOfInput(int port) {
  std::cout << port << std::endl;
  while (std::cin.get() != EOF) {
  }
}

// One call of the no-op server, again and again.
class EchoCall {
 public:
  EchoCall(grpc::AsyncGenericService& service, grpc::ServerCompletionQueue& queue)
      : service_(service), queue_(queue), stream_(&context_) {
    service_.RequestCall(&context_, &stream_, &queue_, &queue_, this);
  }

  void Proceed() {
    switch (step_++) {
      case 0:
        new EchoCall(service_, queue_);
        stream_.Read(&bytes_, this);
        return;
      case 1:
        stream_.WriteAndFinish(bytes_, {}, grpc::Status::OK, this);
        return;
      default:
        delete this;
    }
  }

 private:
  grpc::AsyncGenericService& service_;
  grpc::ServerCompletionQueue& queue_;
  grpc::GenericServerContext context_;
  grpc::GenericServerAsyncReaderWriter stream_;
  grpc::ByteBuffer bytes_;
  int step_ = 0;
};

int ServeEcho() {
  grpc::AsyncGenericService service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterAsyncGenericService(&service);
  const auto queue = builder.AddCompletionQueue();
  const auto server = builder.BuildAndStart();
  new EchoCall(service, *queue);
  std::thread([&queue] {
    void* tag = nullptr;
    bool ok = false;
    while (queue->Next(&tag, &ok)) {
      if (ok) static_cast<EchoCall*>(tag)->Proceed();
    }
  }).detach();
  ServeUntilEndOfInput(port);
  _exit(0);  // a bench has nothing to tidy up
}

int ServeKasundo() {
  const testing::TemporaryFolder folder;
  testing::TestServerOptions options;
  options.data = folder.path() + "/db";
  const SystemClock clock;
  auto process = testing::StartTestProcess(std::move(options), &clock);
  KASUNDO_CHECK(process.ok());
  ServeUntilEndOfInput((*process)->port());
  (*process)->Stop(absl::Seconds(1));
  return 0;
}

class Child {
 public:
  Child(const std::string& program, const std::string& mode) {
    int in[2];
    int out[2];
    KASUNDO_CHECK(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    std::vector<char*> arguments = {const_cast<char*>(program.c_str()),
                                    const_cast<char*>(mode.c_str()), nullptr};
    KASUNDO_CHECK(
        posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments.data(), environ) == 0);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    input_ = in[1];
    FILE* answers = fdopen(out[0], "r");
    KASUNDO_CHECK(fscanf(answers, "%d", &port_) == 1);
    fclose(answers);
  }
  ~Child() {
    close(input_);
    waitpid(pid_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  std::string address() const { return fmt::format("127.0.0.1:{}", port_); }

 private:
  pid_t pid_ = 0;
  int input_ = -1;
  int port_ = 0;
};

// --- the load ---

struct Figures {
  double per_second = 0;
  double p50_us = 0;
  double p99_us = 0;
};

// Keeps `clients` calls in flight on one channel and one queue for a while.
class Load {
 public:
  Load(const std::string& address, std::string method, std::function<std::string()> next)
      : stub_(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())),
        method_(std::move(method)),
        next_(std::move(next)) {}

  Figures Run(int clients, double seconds) {
    latencies_.clear();
    const auto began = SteadyClock::now();
    const auto end = began + std::chrono::duration_cast<SteadyClock::duration>(Seconds(seconds));
    for (int i = 0; i < clients; ++i) Send();
    int in_flight = clients;
    while (in_flight > 0) {
      void* tag = nullptr;
      bool ok = false;
      KASUNDO_CHECK(queue_.Next(&tag, &ok) && ok);
      const std::unique_ptr<Call> call(static_cast<Call*>(tag));
      if (!call->status.ok()) fmt::print(stderr, "{}\n", call->status.error_message());
      KASUNDO_CHECK(call->status.ok());
      const auto now = SteadyClock::now();
      latencies_.push_back(std::chrono::duration<double, std::micro>(now - call->began).count());
      if (now < end) {
        Send();
      } else {
        --in_flight;
      }
    }
    const double took = Seconds(SteadyClock::now() - began).count();
    std::sort(latencies_.begin(), latencies_.end());
    return {static_cast<double>(latencies_.size()) / took, latencies_[latencies_.size() / 2],
            latencies_[latencies_.size() * 99 / 100]};
  }

 private:
  struct Call {
    grpc::ClientContext context;
    grpc::ByteBuffer response;
    grpc::Status status;
    std::unique_ptr<grpc::ClientAsyncResponseReader<grpc::ByteBuffer>> reader;
    SteadyClock::time_point began;
  };

  void Send() {
    auto* call = new Call;
    call->context.AddMetadata("authorization", "Bearer realms/test/accounts/ana");
    call->began = SteadyClock::now();
    call->reader = stub_.PrepareUnaryCall(&call->context, method_, BufferOf(next_()), &queue_);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call);
  }

  grpc::GenericStub stub_;
  const std::string method_;
  const std::function<std::string()> next_;
  grpc::CompletionQueue queue_;
  std::vector<double> latencies_;
};

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::string NextPromise() {
  static int64_t number = 0;
  toy::MakePromiseRequest request;
  request.set_parent("realms/test");
  request.set_promise_id(fmt::format("p{}", ++number));
  request.set_promiser("realms/test/offices/ana");
  request.set_promisee("realms/test/offices/ben");
  request.set_text("an OFW desk in the city hall");
  request.mutable_header()->set_request_id(fmt::format("request-{}", number));
  return request.SerializeAsString();
}

int Compare(const std::string& program, int pairs, double seconds,
            const std::vector<int>& clients) {
  const Child echo_server(program, "--serve-echo");
  const Child kasundo_server(program, "--serve-kasundo");
  const std::string noise(200, 'x');
  Load echo(echo_server.address(), "/noop/Echo", [&noise] { return noise; });
  Load commands(kasundo_server.address(), "/kasundo.testing.v1.Promises/MakePromise", NextPromise);
  fmt::print("{:>7} {:>12} {:>12} {:>7} {:>10} {:>10} {:>8}   medians of {} pairs of {} s\n",
             "clients", "no-op/s", "commands/s", "ratio", "p50 us", "p99 us", "p99/p50", pairs,
             seconds);
  for (const int count : clients) {
    echo.Run(count, 0.3);
    commands.Run(count, 0.3);
    std::vector<double> noops, durable, ratios, p50, p99;
    for (int i = 0; i < pairs; ++i) {
      const Figures base = echo.Run(count, seconds);
      const Figures ours = commands.Run(count, seconds);
      noops.push_back(base.per_second);
      durable.push_back(ours.per_second);
      ratios.push_back(ours.per_second / base.per_second);
      p50.push_back(ours.p50_us);
      p99.push_back(ours.p99_us);
    }
    fmt::print("{:>7} {:>12.0f} {:>12.0f} {:>7.2f} {:>10.0f} {:>10.0f} {:>8.2f}\n", count,
               Median(noops), Median(durable), Median(ratios), Median(p50), Median(p99),
               Median(p99) / Median(p50));
    std::cout.flush();
  }
  return 0;
}

}  // namespace
}  // namespace kasundo

int main(int argc, char** argv) {
  CLI::App app("Durable commands beside no-op calls over gRPC, in alternating pairs");
  int pairs = 5;
  double seconds = 2;
  std::vector<int> clients = {1, 16, 64, 256};
  bool serve_echo = false;
  bool serve_kasundo = false;
  app.add_option("--pairs", pairs, "Alternating pairs for each number of clients");
  app.add_option("--seconds", seconds, "Length of each run");
  app.add_option("--clients", clients, "Calls in flight")->delimiter(',');
  app.add_flag("--serve-echo", serve_echo, "Be the no-op server (used by the program itself)");
  app.add_flag("--serve-kasundo", serve_kasundo,
               "Be the Kasundo server (used by the program itself)");
  CLI11_PARSE(app, argc, argv);
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);  // as kasundod does
  if (serve_echo) return kasundo::ServeEcho();
  if (serve_kasundo) return kasundo::ServeKasundo();
  return kasundo::Compare("/proc/self/exe", pairs, seconds, clients);
}
