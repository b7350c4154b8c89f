#include "services/runtime/metrics.h"

#include "prometheus/metric_family.h"

namespace kasundo {
namespace {

using prometheus::Histogram;

// From a tenth of a millisecond to ten seconds: an echo takes two tenths, a sync three, a backup
// seconds.
const Histogram::BucketBoundaries kSeconds = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                              0.01,   0.025,   0.05,   0.1,   0.25,   0.5,
                                              1,      2.5,     5,      10};
const Histogram::BucketBoundaries kCommands = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000};

prometheus::Family<prometheus::Counter>& Counters(prometheus::Registry& registry, const char* name,
                                                  const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

Histogram& OneHistogram(prometheus::Registry& registry, const char* name, const char* help,
                        const Histogram::BucketBoundaries& buckets) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add({}, buckets);
}

prometheus::Gauge& OneGauge(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

prometheus::MetricFamily GaugeFamily(const char* name, const char* help) {
  prometheus::MetricFamily family;
  family.name = name;
  family.help = help;
  family.type = prometheus::MetricType::Gauge;
  return family;
}

// Figures that the engine knows anyway: read when somebody asks, so that the writer pays nothing.
class EngineFigures final : public prometheus::Collectable {
 public:
  explicit EngineFigures(const Engine* engine) : engine_(engine) {}

  std::vector<prometheus::MetricFamily> Collect() const override {
    auto positions =
        GaugeFamily("kasundo_journal_next_position", "Number of events in the realm's journal");
    for (const std::string& realm : engine_->Realms()) {
      const auto next = engine_->NextPosition(realm);
      if (!next.ok()) continue;
      prometheus::ClientMetric metric;
      metric.label.push_back({"realm", realm});
      metric.gauge.value = static_cast<double>(*next);
      positions.metric.push_back(std::move(metric));
    }
    auto free_bytes =
        GaugeFamily("kasundo_disk_free_bytes", "Free bytes where the journal is kept");
    prometheus::ClientMetric metric;
    metric.gauge.value = static_cast<double>(const_cast<Engine*>(engine_)->journal().FreeBytes());
    free_bytes.metric.push_back(std::move(metric));
    return {std::move(positions), std::move(free_bytes)};
  }

 private:
  const Engine* const engine_;
};

}  // namespace

CallMetrics::CallMetrics(prometheus::Family<prometheus::Counter>& calls, Histogram& seconds,
                         std::string service, std::string method)
    : calls_(calls), seconds_(seconds), service_(std::move(service)), method_(std::move(method)) {}

void CallMetrics::Observe(absl::StatusCode outcome, absl::Duration took) {
  size_t code = static_cast<size_t>(outcome);
  if (code >= kCodes) code = static_cast<size_t>(absl::StatusCode::kUnknown);
  prometheus::Counter* counter = counters_[code].load(std::memory_order_acquire);
  if (counter == nullptr) {
    // Add() gives the same counter for the same labels, so a race only stores it twice.
    counter =
        &calls_.Add({{"service", service_},
                     {"method", method_},
                     {"outcome", absl::StatusCodeToString(static_cast<absl::StatusCode>(code))}});
    counters_[code].store(counter, std::memory_order_release);
  }
  counter->Increment();
  seconds_.Observe(absl::ToDoubleSeconds(took));
}

Metrics::Metrics(const Engine* engine)
    : registry_(std::make_shared<prometheus::Registry>()),
      scraped_(std::make_shared<EngineFigures>(engine)),
      commands_(Counters(*registry_, "kasundo_commands_total", "Commands and actions answered")),
      reads_(
          Counters(*registry_, "kasundo_reads_total", "Gets, lists, queries and streams answered")),
      command_seconds_(OneHistogram(*registry_, "kasundo_command_seconds",
                                    "Arrival of a command to its answer", kSeconds)),
      read_seconds_(OneHistogram(*registry_, "kasundo_read_seconds",
                                 "Arrival of a read to its answer", kSeconds)),
      group_commands_(OneHistogram(*registry_, "kasundo_group_commands",
                                   "Commands decided and synced together", kCommands)),
      decide_seconds_(
          OneHistogram(*registry_, "kasundo_decide_seconds", "Deciding one group", kSeconds)),
      sync_seconds_(OneHistogram(*registry_, "kasundo_sync_seconds",
                                 "Writing and syncing one group", kSeconds)),
      refused_(
          Counters(*registry_, "kasundo_group_refused_total", "Commands that the engine refused")
              .Add({})),
      events_(Counters(*registry_, "kasundo_events_total", "Events recorded").Add({})),
      event_bytes_(
          Counters(*registry_, "kasundo_event_bytes_total", "Bytes of events recorded").Add({})),
      streams_(OneGauge(*registry_, "kasundo_streams", "Open server streams")),
      calls_open_(OneGauge(*registry_, "kasundo_calls_open",
                           "Calls that have arrived and are not answered")) {}

Metrics::~Metrics() = default;

std::unique_ptr<CallMetrics> Metrics::ForMethod(const std::string& service,
                                                const std::string& method, bool writes) {
  return std::make_unique<CallMetrics>(writes ? commands_ : reads_,
                                       writes ? command_seconds_ : read_seconds_, service, method);
}

void Metrics::ObserveGroup(const GroupReport& report) {
  group_commands_.Observe(static_cast<double>(report.commands));
  decide_seconds_.Observe(absl::ToDoubleSeconds(report.decide));
  if (report.events > 0) sync_seconds_.Observe(absl::ToDoubleSeconds(report.commit));
  refused_.Increment(static_cast<double>(report.refused));
  events_.Increment(static_cast<double>(report.events));
  event_bytes_.Increment(static_cast<double>(report.bytes));
}

std::vector<std::shared_ptr<prometheus::Collectable>> Metrics::collectables() const {
  return {registry_, scraped_};
}

}  // namespace kasundo
