// What follows of itself from facts of the directory, in the same batch as these
// (workflows/engine/process_manager.h):
//
//   directory-listing    an office appears in its organisation and at the people who have to do
//                        with it, a territory in the one around it, an account at its person: only
//                        so that they can be found from there
//   person-departure     who died or left holds no office, will hold none, stands in for nobody and
//                        cannot sign in (requirement 124)
//   organisation-merger  the open offices of a merged organisation go to the one into which it went
//                        (requirements 4, 132)
//   term-end             an office whose holder's term has run out, and whom nobody followed, is
//                        recorded as vacant
#pragma once

#include "workflows/engine/process_manager.h"

namespace kasundo::directory {

class DirectoryListing final : public ProcessManager {
 public:
  std::string_view name() const override { return "directory-listing"; }
  std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& related) const override;
};

class PersonDeparture final : public ProcessManager {
 public:
  std::string_view name() const override { return "person-departure"; }
  std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& related) const override;
};

class OrganisationMerger final : public ProcessManager {
 public:
  std::string_view name() const override { return "organisation-merger"; }
  std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& related) const override;
};

class TermEnd final : public ProcessManager {
 public:
  std::string_view name() const override { return "term-end"; }
  std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& related) const override;
};

}  // namespace kasundo::directory
