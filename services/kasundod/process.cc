#include "services/kasundod/process.h"

#include <prometheus/exposer.h>

#include <condition_variable>
#include <exception>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "fmt/format.h"
#include "services/admin/admin_service.h"
#include "services/runtime/health.h"
#include "services/runtime/listen_address.h"
#include "services/runtime/metrics.h"
#include "services/runtime/server.h"
#include "services/workflows/workflows_service.h"
#include "spdlog/spdlog.h"
#include "workflows/engine/engine_kinds.h"
#include "workflows/engine/projection.h"
#include "workflows/engine/rocksdb_journal.h"
#include "workflows/engine/status_macros.h"

#ifndef KASUNDO_VERSION
#error "KASUNDO_VERSION is given by CMake"
#endif

namespace kasundo {
namespace {

constexpr char kSystemRealm[] = "realms/system";

absl::StatusOr<std::string> ReadWholeFile(const std::string& field, const std::string& path) {
  if (path.empty()) return std::string();
  std::ifstream file(path);
  if (!file)
    return absl::FailedPreconditionError(fmt::format("cannot read {} (set as {})", path, field));
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Members are destroyed from the last to the first: what is served before what serves it.
class ServingProcess final : public Process {
 public:
  ~ServingProcess() override { Stop(absl::Seconds(1)); }

  absl::Status Begin(const admin::v1::ServerConfig& config, ProcessParts parts) {
    if (parts.clock != nullptr) clock_ = parts.clock;
    auto kinds = std::make_shared<KindRegistry>();
    AddEngineKinds(*kinds);
    for (const ServiceModule& module : parts.modules) module.add_kinds(*kinds);

    const bool on_disk = parts.journal == nullptr;
    if (on_disk) {
      RocksdbJournalOptions options;
      options.folder = config.data();
      options.warn = [](std::string_view line) {
        spdlog::warn("event=database message=\"{}\"", line);
      };
      ASSIGN_OR_RETURN(parts.journal, OpenRocksdbJournal(options));
    }
    EngineOptions options;
    options.min_free_bytes = config.min_free_bytes();
    options.max_group = static_cast<size_t>(config.max_group());
    ASSIGN_OR_RETURN(engine_, Engine::Open(options, std::move(parts.journal), kinds, *clock_));
    if (!kinds->projections.empty()) {
      projections_ = std::make_unique<ProjectionRunner>(*engine_);
      projections_->Start();
    }
    RETURN_IF_ERROR(FoundSystemRealm());
    ASSIGN_OR_RETURN(identity_, parts.identity(*engine_));
    resolver_ = std::move(parts.resolver);

    health_.Register(catalog_);
    RegisterWorkflows(catalog_, engine_.get());
    RegisterAdmin(catalog_, {std::string(ProgramVersion()), on_disk ? config.data() : ""});
    for (const ServiceModule& module : parts.modules) module.add_services(catalog_, *engine_);
    const std::vector<std::string> missing = catalog_.Complete(engine_->kinds());
    if (!missing.empty()) {
      std::string message = "not every RPC can be served:";
      for (const std::string& one : missing) message += fmt::format("\n  {}", one);
      return absl::InternalError(message);
    }

    dispatcher_ =
        std::make_unique<Dispatcher>(engine_.get(), &catalog_, identity_.get(), resolver_.get());
    metrics_ = std::make_unique<Metrics>(engine_.get());
    RETURN_IF_ERROR(Expose(config.metrics_listen()));
    ServerOptions server;
    server.listen = config.listen();
    ASSIGN_OR_RETURN(server.tls_certificate,
                     ReadWholeFile("tls_certificate", config.tls_certificate()));
    ASSIGN_OR_RETURN(server.tls_key, ReadWholeFile("tls_key", config.tls_key()));
    server.read_threads = config.read_threads();
    server.timer_period = parts.timer_period;
    ASSIGN_OR_RETURN(server_, Server::Start(std::move(server), dispatcher_.get(), metrics_.get()));
    for (const ServiceModule& module : parts.modules) {
      if (module.make_follower) followers_.push_back(module.make_follower(*engine_));
    }
    if (!followers_.empty()) {
      follow_ = std::thread([this, period = parts.timer_period] { Follow(period); });
    }
    return absl::OkStatus();
  }

  int port() const override { return server_->port(); }
  int metrics_port() const override { return metrics_port_; }
  Engine& engine() override { return *engine_; }
  const ServiceCatalog& catalog() const override { return catalog_; }
  void BeginDrain() override {
    health_.StopServing();
    server_->BeginDrain();
  }
  void Stop(absl::Duration grace) override {
    health_.StopServing();
    {
      std::lock_guard lock(follow_mutex_);
      stopping_ = true;
    }
    stopping_changed_.notify_all();
    if (follow_.joinable()) follow_.join();  // it sends commands, which the server decides
    // The web server of the metrics takes up to two seconds to notice: beside the draining, not
    // after it.
    std::thread metrics([this] { exposer_.reset(); });
    if (server_ != nullptr) server_->Stop(grace);
    metrics.join();
  }

 private:
  // The realm of those who operate the server. Its days are those of UTC: it lies in no place.
  absl::Status FoundSystemRealm() {
    for (const std::string& realm : engine_->Realms()) {
      if (realm == kSystemRealm) return absl::OkStatus();
    }
    workflows::v1::Actor actor;
    actor.set_account("system");
    actor.set_system(true);
    return engine_->CreateRealm(kSystemRealm, "Operation of the server", "UTC", actor);
  }

  absl::Status Expose(const std::string& address) {
    if (address == "off") return absl::OkStatus();
    try {
      exposer_ = std::make_unique<prometheus::Exposer>(address, 1);
    } catch (const std::exception&) {
      return absl::FailedPreconditionError(WhyNotListening(address, "--metrics-listen"));
    }
    metrics_collected_ = metrics_->collectables();  // the exposer keeps weak pointers only
    for (const auto& one : metrics_collected_) exposer_->RegisterCollectable(one);
    metrics_port_ = exposer_->GetListeningPorts().front();
    return absl::OkStatus();
  }

  void Follow(absl::Duration period) {
    while (true) {
      {
        std::unique_lock lock(follow_mutex_);
        if (stopping_changed_.wait_for(lock, absl::ToChronoNanoseconds(period),
                                       [this] { return stopping_; })) {
          return;
        }
      }
      for (const auto& follower : followers_) {
        const absl::Status status = follower->Follow();
        if (!status.ok()) spdlog::warn("a follower will try again: {}", status.ToString());
      }
    }
  }

  SystemClock system_clock_;
  const Clock* clock_ = &system_clock_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<ProjectionRunner> projections_;
  std::unique_ptr<Identity> identity_;
  std::unique_ptr<ReferenceResolver> resolver_;
  Health health_;
  ServiceCatalog catalog_;
  std::unique_ptr<Dispatcher> dispatcher_;
  std::unique_ptr<Metrics> metrics_;
  std::vector<std::shared_ptr<prometheus::Collectable>> metrics_collected_;
  std::unique_ptr<prometheus::Exposer> exposer_;
  std::unique_ptr<Server> server_;
  int metrics_port_ = 0;
  std::vector<std::unique_ptr<Follower>> followers_;
  std::mutex follow_mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ ABSL_GUARDED_BY(follow_mutex_) = false;
  std::thread follow_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Process>> Process::Start(const admin::v1::ServerConfig& config,
                                                        ProcessParts parts) {
  auto process = std::make_unique<ServingProcess>();
  RETURN_IF_ERROR(process->Begin(config, std::move(parts)));
  return process;
}

std::string_view ProgramVersion() { return KASUNDO_VERSION; }

}  // namespace kasundo
