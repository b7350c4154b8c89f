// Sends steps in their order, many at a time.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "services/cli/invocation.h"
#include "services/cli/manifest.h"

namespace kasundo::cli {

// What became of a step.
struct StepResult {
  enum class Kind { kCreated, kChanged, kUnchanged, kRefused, kNotSent };
  Kind kind = Kind::kNotSent;
  absl::Status refusal;  // kRefused
  std::shared_ptr<google::protobuf::Message>
      resource;  // after the step, if the server answered with it
};

class BatchSender {
 public:
  // Called with the number of steps that have been dealt with so far.
  using Progress = std::function<void(size_t done)>;

  BatchSender(Invocation& run, const std::vector<Step>& steps, Progress progress)
      : run_(run), steps_(steps), progress_(std::move(progress)), results_(steps.size()) {}

  // Sends all steps. Unless `go_on`, nothing is recorded from the first refused step on: every
  // batch is rehearsed before it is recorded. An error means that the server could not be asked;
  // sending everything again is then safe.
  absl::Status Send(bool go_on);

  // Decides all steps as if, each seeing what those before it would have done, and records nothing.
  // Steps in a realm that an earlier step would found cannot be rehearsed: they stay kNotSent.
  absl::Status Rehearse();

  const std::vector<StepResult>& results() const { return results_; }

 private:
  // The end of the steps that can go together with the one at `begin`, at most `most`: commands;
  // anything else goes alone.
  size_t BatchEnd(size_t begin, size_t most) const;
  absl::Status SendBatch(size_t begin, size_t end, bool rehearse);
  absl::Status SendAction(size_t at, bool rehearse);
  bool HasRefusal(size_t begin, size_t end, size_t* first) const;

  Invocation& run_;
  const std::vector<Step>& steps_;
  const Progress progress_;
  std::vector<StepResult> results_;
};

}  // namespace kasundo::cli
