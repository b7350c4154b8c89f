#include "workflows/committee/coverage.h"

#include <string>

#include "fmt/format.h"

namespace kasundo::committees {
namespace {

v1::GroupCoverage& GroupOf(v1::Coverage& coverage, const std::string& name) {
  for (v1::GroupCoverage& group : *coverage.mutable_groups()) {
    if (group.group() == name) return group;
  }
  v1::GroupCoverage& group = *coverage.add_groups();
  group.set_group(name);
  return group;
}

std::string Explain(const v1::Coverage& coverage) {
  std::string text = fmt::format("{} of {} done", coverage.done(), coverage.total());
  std::string by_group;
  for (const v1::GroupCoverage& group : coverage.groups()) {
    if (group.group().empty()) continue;
    by_group += fmt::format("{}{} of {} {}", by_group.empty() ? ": " : ", ", group.done(),
                            group.total(), group.group());
  }
  text += by_group;
  if (coverage.released() > 0) text += fmt::format("; {} released", coverage.released());
  return text;
}

}  // namespace

v1::Coverage CoverageOf(const v1::ResolutionState& resolution) {
  v1::Coverage coverage;
  for (const v1::ResolutionObligation& obligation : resolution.obligations()) {
    if (obligation.obligation_state() == v1::OBLIGATION_STATE_RELEASED) {
      coverage.set_released(coverage.released() + 1);
      continue;
    }
    const int done = obligation.obligation_state() == v1::OBLIGATION_STATE_DONE ? 1 : 0;
    v1::GroupCoverage& group = GroupOf(coverage, obligation.group());
    group.set_total(group.total() + 1);
    group.set_done(group.done() + done);
    coverage.set_total(coverage.total() + 1);
    coverage.set_done(coverage.done() + done);
  }
  coverage.set_explanation(Explain(coverage));
  return coverage;
}

}  // namespace kasundo::committees
