#include "services/assignments/answerable.h"

#include <algorithm>
#include <map>
#include <optional>

#include "workflows/assignment/tenures.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/term.h"

namespace kasundo::assignments {
namespace {

// Barangay, municipality, province, region, nation; some room for more.
constexpr int kMostLevels = 16;

class Search {
 public:
  Search(const v1::GetAnswerableRequest& request, const Surroundings& surroundings)
      : request_(request), surroundings_(surroundings) {
    // How far each territory around the one asked for lies from it.
    std::string territory = request.territory();
    for (int level = 0; level < kMostLevels && !territory.empty(); ++level) {
      levels_.emplace(territory, level);
      const auto state = surroundings.territory(territory);
      const auto* placement =
          state == nullptr ? nullptr : directory::DatedOnOrFirst(state->placements(), request.on());
      territory = placement == nullptr ? "" : placement->within();
    }
  }

  // How much more than what is asked for an assignment is about: 0 for just that; nullopt if it is
  // about something else.
  std::optional<int> Distance(const v1::AssignmentState& state) const {
    int distance = 0;
    if (!request_.function().empty() && state.function() != request_.function()) {
      return std::nullopt;
    }
    if (!request_.territory().empty()) {
      const auto level = levels_.find(state.territory());
      if (level == levels_.end()) return std::nullopt;
      distance += level->second;
    }
    if (request_.subject().empty()) return distance;
    const std::optional<int> beneath = StepsBeneath(state.subject());
    if (!beneath.has_value()) return std::nullopt;
    distance += *beneath;
    if (*beneath > 0 && !state.part().empty()) return std::nullopt;
    if (!request_.part().empty() && *beneath == 0 && state.part() != request_.part()) {
      if (!state.part().empty()) return std::nullopt;
      ++distance;
    }
    return distance;
  }

  v1::Answerable Describe(const KnownAssignment& assignment, const v1::Tenure& tenure, int distance,
                          const CivilDate& on) const {
    v1::Answerable answer;
    answer.set_assignment(assignment.name);
    answer.set_title(assignment.state->title());
    answer.set_by(distance == 0 ? v1::ANSWERABLE_BY_ASSIGNMENT
                                : v1::ANSWERABLE_BY_WIDER_ASSIGNMENT);
    answer.set_function(assignment.state->function());
    answer.set_territory(assignment.state->territory());
    *answer.mutable_accountable() =
        OnDay(tenure.offices().accountable(), assignment.state.get(), on);
    for (const std::string& office : tenure.offices().responsible()) {
      *answer.add_responsible() = OnDay(office, assignment.state.get(), on);
    }
    *answer.mutable_tenure() = tenure;
    return answer;
  }

  // Nobody, but for the keeper of the function.
  std::optional<v1::Answerable> Keeper() const {
    const auto function =
        request_.function().empty() ? nullptr : surroundings_.function(request_.function());
    if (function == nullptr || function->keeper_office().empty()) return std::nullopt;
    v1::Answerable answer;
    answer.set_by(v1::ANSWERABLE_BY_KEEPER);
    answer.set_function(request_.function());
    answer.set_territory(request_.territory());
    *answer.mutable_accountable() = OnDay(function->keeper_office(), nullptr, request_.on());
    return answer;
  }

 private:
  // How many collections the subject asked for lies beneath another; 0 if it is the same.
  std::optional<int> StepsBeneath(const std::string& subject) const {
    const std::string& asked = request_.subject();
    if (subject == asked) return 0;
    if (subject.empty() || !asked.starts_with(subject + "/")) return std::nullopt;
    return static_cast<int>(std::count(asked.begin() + static_cast<ptrdiff_t>(subject.size()),
                                       asked.end(), '/')) /
           2;
  }

  v1::OfficeOnDay OnDay(const std::string& name, const v1::AssignmentState* state,
                        const CivilDate& on) const {
    v1::OfficeOnDay answer;
    answer.set_office(name);
    if (const auto office = surroundings_.office(name)) {
      const directory::Holding holding = directory::HoldingOn(*office, on);
      answer.set_person(holding.person);
      answer.set_acting(!holding.person.empty() && holding.holding != directory::v1::HOLDING_HELD);
    }
    if (state == nullptr) return answer;
    for (const v1::RoleDelegation& delegation : state->delegations()) {
      if (delegation.office() == name && Covers(delegation.since(), delegation.until(), on)) {
        answer.add_delegates(delegation.delegate());
      }
    }
    return answer;
  }

  const v1::GetAnswerableRequest& request_;
  const Surroundings& surroundings_;
  std::map<std::string, int> levels_;
};

}  // namespace

v1::GetAnswerableResponse AnswerableOn(const v1::GetAnswerableRequest& request,
                                       const std::vector<KnownAssignment>& assignments,
                                       const Surroundings& surroundings) {
  v1::GetAnswerableResponse response;
  *response.mutable_on() = request.on();
  const Search search(request, surroundings);
  std::map<int, std::vector<v1::Answerable>> by_distance;
  const v1::Tenure* before = nullptr;
  const v1::Tenure* after = nullptr;
  for (const KnownAssignment& assignment : assignments) {
    const std::optional<int> distance = search.Distance(*assignment.state);
    if (!distance.has_value()) continue;
    const Tenures& tenures = assignment.state->tenures();
    if (const v1::Tenure* tenure = TenureOn(tenures, request.on())) {
      by_distance[*distance].push_back(
          search.Describe(assignment, *tenure, *distance, request.on()));
    }
    for (const v1::Tenure& tenure : tenures) {
      if (IsSet(tenure.until()) && Before(tenure.until(), request.on()) &&
          (before == nullptr || Before(before->until(), tenure.until()))) {
        before = &tenure;
        *response.mutable_before() = search.Describe(assignment, tenure, *distance, tenure.until());
      }
      if (Before(request.on(), tenure.since()) &&
          (after == nullptr || Before(tenure.since(), after->since()))) {
        after = &tenure;
        *response.mutable_after() = search.Describe(assignment, tenure, *distance, tenure.since());
      }
    }
  }
  if (!by_distance.empty()) {
    for (v1::Answerable& answer : by_distance.begin()->second) {
      *response.add_answerable() = std::move(answer);
    }
  } else if (auto keeper = search.Keeper()) {
    *response.add_answerable() = *std::move(keeper);
  }
  response.set_nobody(response.answerable().empty());
  if (!response.nobody()) {
    response.clear_before();
    response.clear_after();
  }
  return response;
}

}  // namespace kasundo::assignments
