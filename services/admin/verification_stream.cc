#include "services/admin/verification_stream.h"

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "kasundo/admin/v1/admin_service.pb.h"

namespace kasundo {
namespace {

namespace v1 = admin::v1;

constexpr absl::Duration kReportPeriod = absl::Seconds(1);

class VerificationStream final : public StreamSource {
 public:
  VerificationStream(std::shared_ptr<const CallContext> call, std::vector<std::string> realms)
      : call_(std::move(call)), realms_(std::move(realms)) {}
  // A caller that has gone ends the verification within moments, however large the database is: a
  // server that stops waits for this.
  ~VerificationStream() override {
    given_up_ = true;
    if (thread_.joinable()) thread_.join();
  }

  void Begin(std::function<void()> wake) override {
    wake_ = std::move(wake);
    thread_ = std::thread([this] { Run(); });
  }

  StreamStep Next() override {
    std::lock_guard lock(mutex_);
    if (!reports_.empty()) {
      auto report = std::make_unique<v1::VerifyResponse>(std::move(reports_.front()));
      reports_.pop_front();
      return StreamStep::Message(std::move(report));
    }
    return ended_ ? StreamStep::End(status_) : StreamStep::Wait();
  }

 private:
  void Run() {
    Report({}, true);
    absl::Status status = call_->engine().journal().VerifyChecksums([this] { return !given_up_; });
    for (const std::string& realm : realms_) {
      if (!status.ok()) break;
      bool said_end = false;
      status = call_->engine().Verify(realm, [&](int64_t position, int64_t end) {
        v1::VerifyResponse report;
        report.set_realm(realm);
        report.set_position(position);
        report.set_end(end);
        const bool at_end = position == end;
        Report(std::move(report), at_end && !std::exchange(said_end, at_end));
        return !given_up_;
      });
    }
    if (status.ok()) {
      v1::VerifyResponse done;
      done.set_done(true);
      Report(std::move(done), true);
    }
    {
      std::lock_guard lock(mutex_);
      status_ = std::move(status);
      ended_ = true;
    }
    wake_();
  }

  void Report(v1::VerifyResponse report, bool at_once) {
    const absl::Time now = absl::Now();
    if (!at_once && now - reported_ < kReportPeriod) return;
    reported_ = now;
    {
      std::lock_guard lock(mutex_);
      reports_.push_back(std::move(report));
    }
    wake_();
  }

  const std::shared_ptr<const CallContext> call_;
  const std::vector<std::string> realms_;
  std::function<void()> wake_;
  std::thread thread_;
  std::atomic<bool> given_up_{false};
  absl::Time reported_;  // the thread's own

  std::mutex mutex_;
  std::deque<v1::VerifyResponse> reports_;
  absl::Status status_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<StreamSource> VerifyRealms(std::shared_ptr<const CallContext> call,
                                           std::vector<std::string> realms) {
  return std::make_unique<VerificationStream>(std::move(call), std::move(realms));
}

}  // namespace kasundo
