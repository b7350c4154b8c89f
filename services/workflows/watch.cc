#include "services/workflows/watch.h"

#include <deque>
#include <set>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace v1 = workflows::v1;

constexpr size_t kBatch = 256;
// Events looked at for one watcher in one go, if none of them is for it: then others get the
// thread.
constexpr size_t kPatience = 4'096;

class WatchSource final : public StreamSource {
 public:
  WatchSource(v1::WatchRequest request, int64_t position, std::shared_ptr<const CallContext> call,
              std::shared_ptr<JournalFeed> feed)
      : request_(std::move(request)),
        kinds_(request_.kinds().begin(), request_.kinds().end()),
        call_(std::move(call)),
        feed_(std::move(feed)),
        position_(position) {}
  ~WatchSource() override {
    if (listener_ != 0) call_->engine().RemoveListener(listener_);
  }

  void Begin(std::function<void()> wake) override {
    wake_ = wake;
    listener_ =
        call_->engine().AddListener([realm = request_.realm(), wake](std::string_view at, int64_t) {
          if (at == realm) wake();
        });
  }

  StreamStep Next() override {
    size_t looked_at = 0;
    while (true) {
      while (!waiting_.empty()) {
        const JournalFeed::EntryPtr entry = std::move(waiting_.front());
        waiting_.pop_front();
        position_ = entry->position + 1;
        ++looked_at;
        if (IsWanted(*entry)) return StreamStep::Bytes(entry->response);
      }
      if (looked_at >= kPatience) {
        wake_();
        return StreamStep::Wait();
      }
      auto entries = feed_->Read(request_.realm(), position_, kBatch);
      if (!entries.ok()) return StreamStep::End(std::move(entries).status());
      if (entries->empty()) break;
      waiting_.assign(entries->begin(), entries->end());
    }
    if (request_.until_end()) return StreamStep::End(absl::OkStatus());
    if (live_) return StreamStep::Wait();
    live_ = true;
    auto response = std::make_unique<v1::WatchResponse>();
    response->set_next_position(position_);
    response->set_live(true);
    return StreamStep::Message(std::move(response));
  }

 private:
  bool IsWanted(const JournalFeed::Entry& entry) const {
    if (!kinds_.empty() && kinds_.find(entry.kind) == kinds_.end()) return false;
    const std::string& above = request_.instance();
    return above.empty() || entry.instance == above ||
           (entry.instance.starts_with(above) && entry.instance[above.size()] == '/');
  }

  const v1::WatchRequest request_;
  const std::set<std::string, std::less<>> kinds_;
  const std::shared_ptr<const CallContext> call_;
  const std::shared_ptr<JournalFeed> feed_;
  std::function<void()> wake_;
  int64_t listener_ = 0;
  int64_t position_;
  std::deque<JournalFeed::EntryPtr> waiting_;
  bool live_ = false;
};

}  // namespace

absl::StatusOr<std::unique_ptr<StreamSource>> OpenWatch(const v1::WatchRequest& request,
                                                        std::shared_ptr<const CallContext> call,
                                                        std::shared_ptr<JournalFeed> feed) {
  ASSIGN_OR_RETURN(const int64_t end, call->engine().NextPosition(request.realm()));
  if (request.from_position() < 0 || (request.only_new() && request.from_position() != 0)) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  fmt::format("from_position is {}", request.from_position()))
        .Field("from_position")
        .Mend("Give a position from 0 on, and none together with only_new.");
  }
  if (request.from_position() > end) {
    return Refuse(absl::StatusCode::kOutOfRange, v1::REASON_POSITION_BEYOND_END,
                  fmt::format("the journal of {} ends before position {}; asked for was {}",
                              request.realm(), end, request.from_position()))
        .Field("from_position")
        .Mend("Begin at the end with only_new, or give a smaller position.")
        .With("end", end);
  }
  const int64_t from = request.only_new() ? end : request.from_position();
  return std::make_unique<WatchSource>(request, from, std::move(call), std::move(feed));
}

}  // namespace kasundo
