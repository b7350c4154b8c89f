#include "workflows/continuity/coverage.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "workflows/directory/person_decider.h"

namespace kasundo::continuity {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::string_view kOffice = "office:";

// Strings in the message, at any depth, that begin with `prefix`.
void CollectNames(const Message& message, const std::string& prefix, std::set<std::string>& names) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        CollectNames(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                          : reflection->GetMessage(message, field),
                     prefix, names);
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        std::string text = field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                                : reflection->GetString(message, field);
        if (text.starts_with(prefix)) names.insert(std::move(text));
      }
    }
  }
}

bool IsActing(v1::Capacity capacity) { return capacity != v1::CAPACITY_HOLDER; }

// Joins two covers of one office: carriers in the order in which the office has them.
void Join(const v1::OfficeCover& whole, const v1::OfficeCover& more, v1::OfficeCover& into) {
  std::set<std::string> people;
  for (const auto* cover : {&std::as_const(into), &more}) {
    for (const v1::Carrier& carrier : cover->carriers()) people.insert(carrier.person());
  }
  into.clear_carriers();
  for (const v1::Carrier& carrier : whole.carriers()) {
    if (people.contains(carrier.person())) *into.add_carriers() = carrier;
  }
}

}  // namespace

Coverage::Coverage(const OfficeRegister& offices, const Kind& kind, const Message& state,
                   Context context)
    : offices_(offices), kind_(kind), state_(state), context_(std::move(context)) {
  context_.actor.Clear();
  lookup_ = std::move(context_.lookup);
  context_.lookup = [this](std::string_view name) -> const RelatedInstance* {
    const RelatedInstance* found = lookup_ ? lookup_(name) : nullptr;
    if (found != nullptr && found->state != nullptr) looked_up_.insert(found->state);
    return found;
  };
}

const RoleCover& Coverage::Of(const std::string& role) {
  const auto known = known_.find(role);
  if (known != known_.end()) return known->second;
  return known_.emplace(role, Compute(role)).first->second;
}

bool Coverage::Holds(const std::string& role, const std::string& person, std::string_view office,
                     std::string_view organisation, bool acting) {
  context_.actor.set_person(person);
  context_.actor.set_office(std::string(office));
  context_.actor.set_organisation(std::string(organisation));
  context_.actor.set_acting(acting);
  return kind_.HoldsRole(role, state_, context_);
}

RoleCover Coverage::Compute(const std::string& role) {
  RoleCover cover;
  if (role == "anyone") {
    cover.anyone = true;
    return cover;
  }
  if (role == "system") {
    cover.system = true;
    return cover;
  }
  if (role == "administrator") {
    cover.administrators = true;
    return cover;
  }
  if (std::string_view(role).starts_with(kOffice)) {
    const std::string name = role.substr(kOffice.size());
    if (const KnownOffice* office = offices_.Find(name)) {
      cover.offices.push_back(office->cover);
    } else {  // an office that is not there holds the role, and nobody can act for it
      cover.offices.emplace_back().set_office(name);
      cover.offices.back().set_vacant(true);
    }
    return cover;
  }
  for (const auto& [name, office] : offices_.all()) {
    const std::string& organisation = office.cover.organisation();
    std::vector<const v1::Carrier*> holders;
    for (const v1::Carrier& carrier : office.cover.carriers()) {
      if (Holds(role, carrier.person(), name, organisation, IsActing(carrier.capacity()))) {
        holders.push_back(&carrier);
      }
    }
    const bool empty = office.cover.carriers().empty();
    if (holders.empty() && !(empty && Holds(role, "", name, organisation, false))) continue;
    v1::OfficeCover& held = cover.offices.emplace_back(office.cover);
    held.clear_carriers();
    for (const v1::Carrier* carrier : holders) *held.add_carriers() = *carrier;
  }
  Holds(role, "", "", "", false);  // looks up what the predicate needs, also without any office
  for (const std::string& person : PeopleNamed()) {
    if (Holds(role, person, "", "", false)) cover.people.push_back(person);
  }
  return cover;
}

std::set<std::string> Coverage::PeopleNamed() const {
  const std::string prefix = fmt::format("{}/{}/", std::string(RealmOf(context_.instance)),
                                         directory::PersonDecider::Traits().collection);
  std::set<std::string> people;
  CollectNames(state_, prefix, people);
  for (const Message* state : looked_up_) CollectNames(*state, prefix, people);
  return people;
}

RoleCover Coverage::OfAny(const std::vector<std::string>& roles) {
  RoleCover joined;
  std::map<std::string, v1::OfficeCover> offices;
  std::set<std::string> people;
  for (const std::string& role : roles) {
    const RoleCover& cover = Of(role);
    joined.anyone = joined.anyone || cover.anyone;
    joined.system = joined.system || cover.system;
    joined.administrators = joined.administrators || cover.administrators;
    people.insert(cover.people.begin(), cover.people.end());
    for (const v1::OfficeCover& office : cover.offices) {
      const auto [place, fresh] = offices.emplace(office.office(), office);
      const KnownOffice* known = fresh ? nullptr : offices_.Find(office.office());
      if (known != nullptr) Join(known->cover, office, place->second);
    }
  }
  std::set<std::string> in_office;
  for (auto& [name, office] : offices) {
    for (const v1::Carrier& carrier : office.carriers()) in_office.insert(carrier.person());
    joined.offices.push_back(std::move(office));
  }
  // Who acts in an office that holds the role does not count again in the person's own name.
  for (const std::string& person : people) {
    if (!in_office.contains(person)) joined.people.push_back(person);
  }
  return joined;
}

}  // namespace kasundo::continuity
