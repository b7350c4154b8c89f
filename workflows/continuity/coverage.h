// Who holds a role of an instance. A role of a kind is only a predicate, so nobody lists its
// holders: every office of the register is asked, with each of those who can act for it, and so is
// every person whom the instance or what it looks up names.
//
//   Coverage coverage(offices, kind, state, context);
//   const RoleCover& signatories = coverage.Of("signatory");
//
// Sound for predicates over (state, context) as kinds write them. A role that asked for something
// of a person which neither the instance nor what it looks up names would not be found for people
// who act in no office.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/message.h"
#include "kasundo/continuity/v1/continuity.pb.h"
#include "workflows/continuity/offices.h"
#include "workflows/engine/context.h"
#include "workflows/engine/kind.h"

namespace kasundo::continuity {

struct RoleCover {
  bool anyone = false;          // everybody holds it
  bool system = false;          // the engine holds it
  bool administrators = false;  // those who run the server hold it
  // Offices, by name, with those of their carriers who hold the role; none: the office holds it and
  // nobody is there.
  std::vector<v1::OfficeCover> offices;
  // People who hold it in their own name, by name.
  std::vector<std::string> people;
};

class Coverage {
 public:
  // All must outlive it. `context` is of the instance and the register's day; its actor is not
  // looked at.
  Coverage(const OfficeRegister& offices, const Kind& kind, const google::protobuf::Message& state,
           Context context);
  Coverage(const Coverage&) = delete;
  Coverage& operator=(const Coverage&) = delete;

  // Computed once per role.
  const RoleCover& Of(const std::string& role);

  // Covers of several roles as one: an office that holds two of them comes once.
  RoleCover OfAny(const std::vector<std::string>& roles);

 private:
  RoleCover Compute(const std::string& role);
  bool Holds(const std::string& role, const std::string& person, std::string_view office,
             std::string_view organisation, bool acting);
  // Names of people in the instance's state and in everything that was looked up so far.
  std::set<std::string> PeopleNamed() const;

  const OfficeRegister& offices_;
  const Kind& kind_;
  const google::protobuf::Message& state_;
  Context context_;
  Context::Lookup lookup_;
  std::set<const google::protobuf::Message*> looked_up_;
  std::map<std::string, RoleCover> known_;
};

}  // namespace kasundo::continuity
