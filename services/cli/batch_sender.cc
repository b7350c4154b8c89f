#include "services/cli/batch_sender.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/cli/any_message.h"
#include "services/cli/names.h"
#include "services/cli/resource_access.h"
#include "services/runtime/rpc_status.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::cli {
namespace {

using google::protobuf::Message;
namespace wf = workflows::v1;

constexpr size_t kBatch =
    200;  // steps recorded at once: a progress bar moves, a broken call repeats little
constexpr size_t kRehearsal = 1000;  // the most that the server takes at once
constexpr int kAttempts = 5;

// A command that changes nothing is what applying again is meant to be.
bool IsNothingToChange(const absl::Status& status) {
  return ReasonOf(status) == "NOTHING_TO_CHANGE";
}

void SetOutcome(const Step& step, const wf::BatchResult& outcome, StepResult& result) {
  result = {};
  if (outcome.has_refusal()) {
    result.refusal = FromRpcStatus(outcome.refusal());
    result.kind = IsNothingToChange(result.refusal) ? StepResult::Kind::kUnchanged
                                                    : StepResult::Kind::kRefused;
    return;
  }
  if (auto resource = Unpack(outcome.resource()); resource.ok())
    result.resource = std::move(*resource);
  if (outcome.repeated_request() || outcome.events().empty()) {
    result.kind = StepResult::Kind::kUnchanged;
  } else {
    result.kind = Creates(*step.method) ? StepResult::Kind::kCreated : StepResult::Kind::kChanged;
  }
}

}  // namespace

size_t BatchSender::BatchEnd(size_t begin, size_t most) const {
  size_t end = begin;
  while (end < steps_.size() && end - begin < most && IsCommand(*steps_[end].method)) ++end;
  return std::max(end, begin + 1);
}

absl::Status BatchSender::SendBatch(size_t begin, size_t end, bool rehearse) {
  if (begin == end) return absl::OkStatus();
  if (!IsCommand(*steps_[begin].method)) return SendAction(begin, rehearse);
  wf::BatchRequest request;
  request.set_validate_only(rehearse);
  for (size_t i = begin; i < end; ++i) request.add_commands()->PackFrom(*steps_[i].request);
  absl::StatusOr<wf::BatchResponse> response;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    // Every step has a request id, so a batch may be sent again.
    if (attempt > 0) absl::SleepFor(absl::Milliseconds(200) * (1 << attempt));
    response = run_.Call<wf::BatchResponse>(request);
    if (!absl::IsUnavailable(response.status())) break;
  }
  RETURN_IF_ERROR(response.status());
  if (static_cast<size_t>(response->results_size()) != end - begin) {
    return absl::InternalError(
        fmt::format("the server answered {} of {} steps", response->results_size(), end - begin));
  }
  for (size_t i = begin; i < end; ++i) {
    SetOutcome(steps_[i], response->results(static_cast<int>(i - begin)), results_[i]);
  }
  return absl::OkStatus();
}

absl::Status BatchSender::SendAction(size_t at, bool rehearse) {
  const Step& step = steps_[at];
  const std::unique_ptr<Message> request(step.request->New());
  request->CopyFrom(*step.request);
  if (rehearse) {
    const FieldDescriptor* header = request->GetDescriptor()->FindFieldByName("header");
    auto& fields = static_cast<api::v1::CommandHeader&>(
        *request->GetReflection()->MutableMessage(request.get(), header));
    fields.set_validate_only(true);
  }
  // Acts that are no commands do not say whether they were repeated: what is there already shows
  // it.
  const Collection* collection = run_.catalog().FindCollectionOf(*step.method->output_type());
  const std::string made =
      Creates(*step.method) && collection != nullptr ? NewName(*request, collection->id) : "";
  const bool existed = !made.empty() && GetResource(run_, made).ok();
  auto answer = run_.Call(*step.method, *request);
  StepResult& result = results_[at];
  result = {};
  if (answer.ok()) {
    result.resource = std::move(*answer);
    result.kind = existed                 ? StepResult::Kind::kUnchanged
                  : Creates(*step.method) ? StepResult::Kind::kCreated
                                          : StepResult::Kind::kChanged;
    return absl::OkStatus();
  }
  if (ExitOf(answer.status()) == Exit::kUnavailable) return answer.status();
  result.refusal = answer.status();
  result.kind =
      IsNothingToChange(result.refusal) ? StepResult::Kind::kUnchanged : StepResult::Kind::kRefused;
  return absl::OkStatus();
}

bool BatchSender::HasRefusal(size_t begin, size_t end, size_t* first) const {
  for (size_t i = begin; i < end; ++i) {
    if (results_[i].kind == StepResult::Kind::kRefused) {
      *first = i;
      return true;
    }
  }
  return false;
}

absl::Status BatchSender::Send(bool go_on) {
  for (size_t begin = 0; begin < steps_.size();) {
    const size_t end = BatchEnd(begin, kBatch);
    size_t refused = end;
    if (!go_on && IsCommand(*steps_[begin].method)) {
      RETURN_IF_ERROR(SendBatch(begin, end, true));
      HasRefusal(begin, end, &refused);
    }
    if (refused < end) {
      const StepResult why = results_[refused];
      for (size_t i = begin; i < end; ++i) results_[i] = {};
      RETURN_IF_ERROR(SendBatch(begin, refused, false));
      results_[refused] = why;
      progress_(refused);
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(SendBatch(begin, end, false));
    progress_(end);
    if (!go_on && HasRefusal(begin, end, &refused)) return absl::OkStatus();
    begin = end;
  }
  return absl::OkStatus();
}

absl::Status BatchSender::Rehearse() {
  for (size_t begin = 0; begin < steps_.size();) {
    const size_t end = BatchEnd(begin, kRehearsal);
    RETURN_IF_ERROR(SendBatch(begin, end, true));
    progress_(end);
    begin = end;
  }
  // A realm that is only rehearsed is not there for the steps in it.
  const bool founds = std::any_of(results_.begin(), results_.end(), [&](const StepResult& result) {
    return result.kind == StepResult::Kind::kCreated &&
           !IsCommand(*steps_[&result - results_.data()].method);
  });
  for (StepResult& result : results_) {
    if (founds && ReasonOf(result.refusal) == "REALM_NOT_FOUND") result = {};
  }
  return absl::OkStatus();
}

}  // namespace kasundo::cli
