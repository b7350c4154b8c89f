#include "workflows/plan/need_processes.h"

#include <string>
#include <utility>
#include <vector>

#include "kasundo/plans/v1/needs_events.pb.h"
#include "kasundo/plans/v1/plans_follow_ups.pb.h"

namespace kasundo::plans {
namespace {

using google::protobuf::Message;
using workflows::v1::EventRecord;

template <typename Request>
FollowUp Tell(const std::string& plan, const std::string& need) {
  auto request = std::make_unique<Request>();
  request->set_name(plan);
  request->set_need(need);
  return {plan, std::move(request)};
}

class Listing final : public ProcessManager {
 public:
  std::string_view name() const override { return "need-listing"; }

  std::vector<FollowUp> React(const EventRecord& record, const Message& payload,
                              const Context::Lookup& /*related*/) const override {
    std::vector<FollowUp> follow_ups;
    const auto* event = dynamic_cast<const v1::NeedEvent*>(&payload);
    if (event == nullptr) return follow_ups;
    const std::string& need = record.instance();
    if (event->has_need_voiced()) {
      follow_ups.push_back(Tell<v1::ListNeedRequest>(event->need_voiced().plan(), need));
    } else if (event->has_need_reopened()) {
      follow_ups.push_back(Tell<v1::ListNeedRequest>(event->need_reopened().plan(), need));
    } else if (event->has_need_answered()) {
      follow_ups.push_back(Tell<v1::SettleNeedRequest>(event->need_answered().plan(), need));
    }
    return follow_ups;
  }
};

}  // namespace

std::unique_ptr<ProcessManager> NeedListing() { return std::make_unique<Listing>(); }

}  // namespace kasundo::plans
