#include "services/committees/realm_queries.h"

#include <algorithm>
#include <map>
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/context.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

constexpr size_t kReadAtOnce = 500;

bool ExistedOn(const v1::CommitteeState& state, const CivilDate& on) {
  return Covers(state.since(), state.closed_on(), on);
}

bool HasLegalBasisOn(const v1::CommitteeState& state, const CivilDate& on) {
  return std::any_of(
      state.legal_bases().begin(), state.legal_bases().end(), [&](const v1::LegalBasis& basis) {
        return Covers(basis.date(), CivilDate(), on) &&
               (!IsSet(basis.repealed_on()) || Last(on) < First(basis.repealed_on()));
      });
}

// The bodies by the body in which they are nested.
using Children = std::multimap<std::string, const BodyOfRealm*>;

void AddTree(const BodyOfRealm& body, int depth, const Children& children, const CivilDate& on,
             bool closed_too, v1::GetBodyTreeResponse& response) {
  const v1::CommitteeState& state = body.state();
  const bool shown = ExistedOn(state, on) || (closed_too && Covers(state.since(), CivilDate(), on));
  if (shown) {
    v1::BodyTreeNode& node = *response.add_bodies();
    node.set_name(body.name);
    if (const v1::BodyName* name = NameOn(state, on)) node.set_title(name->title());
    if (const v1::Form* form = FormOn(state, on)) *node.mutable_form() = *form;
    node.set_parent_body(state.parent_body());
    node.set_depth(depth);
    node.set_state(body.lifecycle_state);
    node.set_territory(state.territory());
  }
  const auto [first, last] = children.equal_range(body.name);
  for (auto child = first; child != last; ++child) {
    AddTree(*child->second, depth + (shown ? 1 : 0), children, on, closed_too, response);
  }
}

// The bodies beneath `root` at any depth, without it.
std::set<std::string> Beneath(const std::vector<BodyOfRealm>& bodies, const std::string& root) {
  std::set<std::string> found;
  for (bool grew = true; grew;) {
    grew = false;
    for (const BodyOfRealm& body : bodies) {
      const std::string& parent = body.state().parent_body();
      if ((parent == root || found.contains(parent)) && found.insert(body.name).second) {
        grew = true;
      }
    }
  }
  return found;
}

bool IsOneOf(const v1::CommitteeState& state, const v1::GetCoverageRequest& request,
             const CivilDate& on) {
  if (!ExistedOn(state, on)) return false;
  if (request.established_only() && !HasLegalBasisOn(state, on)) return false;
  if (request.types().empty()) return true;
  const v1::Form* form = FormOn(state, on);
  return form != nullptr && std::find(request.types().begin(), request.types().end(),
                                      form->type()) != request.types().end();
}

}  // namespace

absl::StatusOr<std::vector<Instance>> ReadAll(const Engine& engine, std::string_view kind,
                                              const std::string& parent) {
  std::vector<Instance> all;
  while (true) {
    const std::string after = all.empty() ? "" : all.back().name;
    ASSIGN_OR_RETURN(auto page, engine.List(kind, parent, after, kReadAtOnce));
    const bool last = page.size() < kReadAtOnce;
    for (Instance& instance : page) all.push_back(std::move(instance));
    if (last) return all;
  }
}

absl::StatusOr<std::vector<BodyOfRealm>> BodiesOf(const Engine& engine, const std::string& realm) {
  ASSIGN_OR_RETURN(const auto instances, ReadAll(engine, "committee", realm));
  std::vector<BodyOfRealm> bodies;
  for (const Instance& instance : instances) {
    bodies.push_back({instance.name, instance.record.lifecycle_state(), instance.state});
  }
  return bodies;
}

absl::StatusOr<v1::GetBodyTreeResponse> TreeOf(const std::vector<BodyOfRealm>& bodies,
                                               const std::string& root, const CivilDate& on,
                                               bool closed_too) {
  Children children;
  std::set<std::string> names;
  for (const BodyOfRealm& body : bodies) {
    children.emplace(body.state().parent_body(), &body);
    names.insert(body.name);
  }
  v1::GetBodyTreeResponse response;
  bool found = RealmOf(root) == root;
  for (const BodyOfRealm& body : bodies) {
    const bool at_top = RealmOf(root) == root && !names.contains(body.state().parent_body());
    if (!at_top && body.name != root) continue;
    found = true;
    AddTree(body, 0, children, on, closed_too, response);
  }
  if (found) return response;
  return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_INSTANCE_NOT_FOUND,
                fmt::format("there is no body {}", root))
      .Field("name")
      .Mend("Give a realm, or a body of it; ListCommittees lists them.");
}

v1::GetCoverageResponse CoverageOf(const std::vector<BodyOfRealm>& bodies,
                                   const v1::GetCoverageRequest& request, const CivilDate& on) {
  const std::set<std::string> beneath =
      request.beneath().empty() ? std::set<std::string>() : Beneath(bodies, request.beneath());
  std::multimap<std::string, std::string> by_territory;
  for (const BodyOfRealm& body : bodies) {
    if (!request.beneath().empty() && !beneath.contains(body.name)) continue;
    if (IsOneOf(body.state(), request, on))
      by_territory.emplace(body.state().territory(), body.name);
  }
  v1::GetCoverageResponse response;
  response.set_total(request.territories_size());
  for (const std::string& territory : request.territories()) {
    v1::TerritoryCoverage& coverage = *response.add_territories();
    coverage.set_territory(territory);
    const auto [first, last] = by_territory.equal_range(territory);
    for (auto body = first; body != last; ++body) coverage.add_bodies(body->second);
    if (coverage.bodies().empty()) {
      response.add_uncovered(territory);
    } else {
      response.set_covered(response.covered() + 1);
    }
  }
  std::string text =
      fmt::format("{} of {} territories have one", response.covered(), response.total());
  if (!response.uncovered().empty()) {
    std::vector<std::string_view> without;
    for (const std::string& territory : response.uncovered()) without.push_back(IdOf(territory));
    text += fmt::format("; without: {}", fmt::join(without, ", "));
  }
  response.set_explanation(text);
  return response;
}

}  // namespace kasundo::committees
