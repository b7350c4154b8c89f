// The engine without gRPC, on RocksDB, beside what the disk and RocksDB can do in the same run.
// Only ratios inside one run mean anything on a virtual machine: compare BM_Commands/1 with
// BM_RawSync, and BM_Replay, BM_CheckedReplay and BM_Verify with BM_RawScan.
//
//   build/release/tests/bench/engine_bench [--benchmark_filter=...]
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <unordered_map>

#include "tests/support/test_engine.h"
#include "tests/support/toy_kind.h"
#include "workflows/engine/check.h"
#include "workflows/engine/event_chain.h"
#include "workflows/engine/instance_entry.h"
#include "workflows/engine/log_format.h"

namespace kasundo {
namespace {

namespace toy = testing::v1;
using testing::Acting;
using testing::TemporaryFolder;
using testing::TestEngine;
using testing::ToyRegistry;

constexpr char kMayor[] = "realms/test/offices/mayor";
constexpr int kInstances = 1'000;

// As the engine of a server: the clock of the system, a journal in a folder.
class BenchEngine {
 public:
  BenchEngine() : test_(Registry(), folder_.path() + "/db") {
    for (int i = 0; i < kInstances; ++i) {
      toy::MakePromiseRequest request;
      request.set_parent("realms/test");
      request.set_promise_id(Id(i));
      request.set_promiser(kMayor);
      request.set_promisee("realms/test/offices/governor");
      request.set_text("an OFW desk in the city hall");
      KASUNDO_CHECK(test_.Send(request, Acting(kMayor)).status.ok());
    }
  }

  // A command that is always accepted: another wording, with a request id.
  Command Next() {
    toy::RewordPromiseRequest request;
    request.set_name(std::string("realms/test/promises/") +
                     Id(static_cast<int>(sent_ % kInstances)));
    request.set_text(std::to_string(sent_) + " desks");
    request.mutable_header()->set_request_id("request-" + std::to_string(sent_++));
    return test_.Make(request, Acting(kMayor));
  }

  // Submits and answers a group of commands.
  void SendGroup(int64_t size) {
    for (int64_t i = 0; i < size; ++i) {
      test_->Submit(Next(), [](const Outcome& outcome) { KASUNDO_CHECK(outcome.status.ok()); });
    }
    test_->Pump();
  }

  TestEngine& test() { return test_; }

 private:
  // The toy kind, whose promises may be reworded as often as a benchmark likes.
  static KindRegistry Registry() {
    KindRegistry registry = ToyRegistry();
    std::string& text = registry.builtin_definitions["promise"];
    const std::string limit = "rewordings_max: \"3\"";
    const size_t at = text.find(limit);
    KASUNDO_CHECK(at != std::string::npos);
    text.replace(at, limit.size(), "rewordings_max: \"1000000000\"");
    return registry;
  }

  static std::string Id(int number) { return "p" + std::to_string(number); }

  TemporaryFolder folder_;
  TestEngine test_;
  int64_t sent_ = 0;
};

void BM_RawSync(benchmark::State& state) {
  const TemporaryFolder folder;
  const int file = open((folder.path() + "/log").c_str(), O_CREAT | O_WRONLY, 0600);
  KASUNDO_CHECK(file >= 0);
  const std::string event(300, 'x');
  for (auto _ : state) {
    KASUNDO_CHECK(write(file, event.data(), event.size()) == 300);
    KASUNDO_CHECK(fdatasync(file) == 0);
  }
  close(file);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_RawSync)->UseRealTime();

void BM_Commands(benchmark::State& state) {
  BenchEngine engine;
  for (auto _ : state) engine.SendGroup(state.range(0));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_Commands)->Arg(1)->Arg(16)->Arg(64)->Arg(256)->Arg(1000)->UseRealTime();

// The processor's share of a command: the same without a disk.
void BM_DecideInMemory(benchmark::State& state) {
  TestEngine test{ToyRegistry()};
  toy::MakePromiseRequest make;
  make.set_parent("realms/test");
  make.set_promise_id("desk");
  make.set_promiser(kMayor);
  make.set_promisee("realms/test/offices/governor");
  make.set_text("an OFW desk");
  KASUNDO_CHECK(test.Send(make, Acting(kMayor)).status.ok());
  toy::RewordPromiseRequest request;
  request.set_name("realms/test/promises/desk");
  request.mutable_header()->set_validate_only(true);
  request.set_text("two desks");
  const Command command = test.Make(request, Acting(kMayor));
  for (auto _ : state) KASUNDO_CHECK(test->Execute(command).status.ok());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_DecideInMemory);

// States of the instances of a journal, made of its events one after another.
class Replay {
 public:
  explicit Replay(const KindRegistry& kinds) : kinds_(kinds) {}

  void Apply(std::string_view bytes) {
    KASUNDO_CHECK(record_.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
    KASUNDO_CHECK(DecodePayload(record_, kinds_, payload_).ok());
    const Kind& kind = *kinds_.Find(record_.kind());
    auto& instance = states_[record_.instance()];
    if (instance == nullptr) instance = kind.Initial();
    if (payload_->GetDescriptor() == kind.event_type()) kind.Evolve(*instance, *payload_);
  }

 private:
  const KindRegistry& kinds_;
  std::unordered_map<std::string, std::unique_ptr<google::protobuf::Message>> states_;
  workflows::v1::EventRecord record_;
  std::unique_ptr<google::protobuf::Message> payload_;
};

// Reading, parsing and applying every event once, as a projection that is built anew does.
void BM_Replay(benchmark::State& state) {
  BenchEngine engine;
  for (int i = 0; i < 100; ++i) engine.SendGroup(1'000);
  const int64_t events = *engine.test()->NextPosition("realms/test");
  for (auto _ : state) {
    Replay replay(engine.test()->kinds());
    KASUNDO_CHECK(engine.test()
                      ->journal()
                      .Snapshot()
                      ->Scan(Family::kEvents, "", "",
                             [&](std::string_view, std::string_view value) {
                               replay.Apply(value);
                               return true;
                             })
                      .ok());
  }
  state.SetItemsProcessed(state.iterations() * events);
}
BENCHMARK(BM_Replay)->Unit(benchmark::kMillisecond)->UseRealTime();

// The same with every event checked against its leaf of the hash tree.
void BM_CheckedReplay(benchmark::State& state) {
  BenchEngine engine;
  for (int i = 0; i < 100; ++i) engine.SendGroup(1'000);
  const int64_t events = *engine.test()->NextPosition("realms/test");
  const uint32_t realm = *engine.test()->RealmNumber("realms/test");
  for (auto _ : state) {
    const auto view = engine.test()->journal().Snapshot();
    Replay replay(engine.test()->kinds());
    for (int64_t position = 0; position < events;) {
      const auto page = ReadEventChain(*view, realm, position, 4'096);
      KASUNDO_CHECK(page.ok() && !page->empty());
      for (const std::string& bytes : *page) replay.Apply(bytes);
      position += static_cast<int64_t>(page->size());
    }
  }
  state.SetItemsProcessed(state.iterations() * events);
}
BENCHMARK(BM_CheckedReplay)->Unit(benchmark::kMillisecond)->UseRealTime();

// Verification replays every event and compares everything derived; a plain scan of the same rows
// is its floor.
void BM_Verify(benchmark::State& state) {
  BenchEngine engine;
  for (int i = 0; i < 100; ++i) engine.SendGroup(1'000);
  const int64_t events = *engine.test()->NextPosition("realms/test");
  for (auto _ : state) KASUNDO_CHECK(engine.test()->Verify("realms/test", nullptr).ok());
  state.SetItemsProcessed(state.iterations() * events);
}
BENCHMARK(BM_Verify)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_RawScan(benchmark::State& state) {
  BenchEngine engine;
  for (int i = 0; i < 100; ++i) engine.SendGroup(1'000);
  const int64_t events = *engine.test()->NextPosition("realms/test");
  for (auto _ : state) {
    size_t bytes = 0;
    KASUNDO_CHECK(engine.test()
                      ->journal()
                      .Snapshot()
                      ->Scan(Family::kEvents, "", "",
                             [&](std::string_view, std::string_view value) {
                               bytes += value.size();
                               return true;
                             })
                      .ok());
    benchmark::DoNotOptimize(bytes);
  }
  state.SetItemsProcessed(state.iterations() * events);
}
BENCHMARK(BM_RawScan)->Unit(benchmark::kMillisecond)->UseRealTime();

// A stream of 1,000 events rebuilt as of its end.
void BM_AsOfThousandEvents(benchmark::State& state) {
  BenchEngine engine;
  for (int i = 0; i < 1'000; ++i) {
    toy::RewordPromiseRequest request;
    request.set_name("realms/test/promises/p0");
    request.set_text(std::to_string(i));
    KASUNDO_CHECK(engine.test().Send(request, Acting(kMayor)).status.ok());
  }
  api::v1::AsOf as_of;
  as_of.set_position(*engine.test()->NextPosition("realms/test") - 1);
  for (auto _ : state) KASUNDO_CHECK(engine.test()->Get("realms/test/promises/p0", as_of).ok());
}
BENCHMARK(BM_AsOfThousandEvents)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace kasundo

BENCHMARK_MAIN();
