// Everything that a server counts, for Prometheus. Outcomes are gRPC code names ("OK",
// "FAILED_PRECONDITION"); no label holds a name of a person, an account or an instance.
// Thread-safe.
//
//   kasundo_commands_total{service,method,outcome}        commands and actions answered
//   kasundo_reads_total{service,method,outcome}           gets, lists, queries and streams answered
//   kasundo_command_seconds / kasundo_read_seconds        from arrival to answer
//   kasundo_group_commands                                commands decided and synced together
//   kasundo_group_refused_total                           commands that the engine refused
//   kasundo_events_total, kasundo_event_bytes_total       recorded
//   kasundo_decide_seconds, kasundo_sync_seconds          per group: deciding, writing and syncing
//   kasundo_streams                                       open server streams
//   kasundo_calls_open                                    calls that have arrived and are not
//   answered kasundo_journal_next_position{realm}                  read when scraped
//   kasundo_disk_free_bytes                               read when scraped
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "prometheus/collectable.h"
#include "prometheus/counter.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"
#include "workflows/engine/engine.h"

namespace kasundo {

// Of one RPC.
class CallMetrics {
 public:
  CallMetrics(prometheus::Family<prometheus::Counter>& calls, prometheus::Histogram& seconds,
              std::string service, std::string method);
  void Observe(absl::StatusCode outcome, absl::Duration took);

 private:
  static constexpr size_t kCodes = 17;
  prometheus::Family<prometheus::Counter>& calls_;
  prometheus::Histogram& seconds_;
  const std::string service_;
  const std::string method_;
  std::array<std::atomic<prometheus::Counter*>, kCodes> counters_{};  // made when first needed
};

class Metrics {
 public:
  // Reads `engine` when scraped; it must outlive the metrics.
  explicit Metrics(const Engine* engine);
  ~Metrics();

  std::unique_ptr<CallMetrics> ForMethod(const std::string& service, const std::string& method,
                                         bool writes);
  void ObserveGroup(const GroupReport& report);
  prometheus::Gauge& streams() { return streams_; }
  prometheus::Gauge& calls_open() { return calls_open_; }

  // What to expose.
  std::vector<std::shared_ptr<prometheus::Collectable>> collectables() const;

 private:
  std::shared_ptr<prometheus::Registry> registry_;
  std::shared_ptr<prometheus::Collectable> scraped_;
  prometheus::Family<prometheus::Counter>& commands_;
  prometheus::Family<prometheus::Counter>& reads_;
  prometheus::Histogram& command_seconds_;
  prometheus::Histogram& read_seconds_;
  prometheus::Histogram& group_commands_;
  prometheus::Histogram& decide_seconds_;
  prometheus::Histogram& sync_seconds_;
  prometheus::Counter& refused_;
  prometheus::Counter& events_;
  prometheus::Counter& event_bytes_;
  prometheus::Gauge& streams_;
  prometheus::Gauge& calls_open_;
};

}  // namespace kasundo
