#include "workflows/assignment/tenures.h"

#include <algorithm>

#include "workflows/directory/dated.h"

namespace kasundo::assignments {
namespace {

bool Has(const google::protobuf::RepeatedPtrField<std::string>& list, std::string_view office) {
  return std::find(list.begin(), list.end(), office) != list.end();
}

}  // namespace

const v1::Tenure* TenureOn(const Tenures& tenures, const CivilDate& day) {
  const v1::Tenure* found = nullptr;
  for (const v1::Tenure& tenure : tenures) {
    if (Covers(tenure.since(), tenure.until(), day)) found = &tenure;
  }
  return found;
}

const v1::Tenure* LastTenure(const Tenures& tenures) {
  return tenures.empty() ? nullptr : &tenures[tenures.size() - 1];
}

std::vector<std::string> AnswerableOffices(const v1::Offices& offices) {
  std::vector<std::string> all;
  if (!offices.accountable().empty()) all.push_back(offices.accountable());
  for (const std::string& office : offices.responsible()) {
    if (std::find(all.begin(), all.end(), office) == all.end()) all.push_back(office);
  }
  return all;
}

bool IsAnswerable(const v1::Offices& offices, std::string_view office) {
  return !office.empty() && (offices.accountable() == office || Has(offices.responsible(), office));
}

bool IsInvolved(const v1::Offices& offices, std::string_view office) {
  return IsAnswerable(offices, office) || Has(offices.consulted(), office) ||
         Has(offices.informed(), office);
}

const v1::RoleDelegation* FindDelegation(const v1::AssignmentState& state, std::string_view id) {
  const auto found =
      std::find_if(state.delegations().begin(), state.delegations().end(),
                   [&](const v1::RoleDelegation& delegation) { return delegation.id() == id; });
  return found == state.delegations().end() ? nullptr : &*found;
}

void BeginTenure(const v1::Tenure& tenure, Tenures* tenures) {
  if (!tenures->empty()) {
    v1::Tenure& before = (*tenures)[tenures->size() - 1];
    *before.mutable_until() = directory::EndBefore(tenure.since());
  }
  v1::Tenure& added = *tenures->Add();
  added = tenure;
  added.set_number(tenures->size());
}

void EndTenures(const CivilDate& on, Tenures* tenures) {
  for (v1::Tenure& tenure : *tenures) {
    if (!IsSet(tenure.until()) || Last(tenure.until()) > Last(on)) *tenure.mutable_until() = on;
  }
}

const CivilDate& LaterOf(const CivilDate& a, const CivilDate& b) { return Before(a, b) ? b : a; }

}  // namespace kasundo::assignments
