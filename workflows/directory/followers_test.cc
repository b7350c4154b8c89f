#include "workflows/directory/followers.h"

#include <map>

#include "gmock/gmock.h"
#include "kasundo/directory/v1/account_events.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "workflows/directory/office_facts.h"

namespace kasundo::directory {
namespace {

using ::kasundo::testing::Parse;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace facts;  // NOLINT(google-build-using-namespace)

// The instances that a follower may look at.
class Neighbourhood {
 public:
  Neighbourhood& With(const std::string& name, const std::string& lifecycle_state,
                      const google::protobuf::Message& state) {
    std::shared_ptr<google::protobuf::Message> copy(state.New());
    copy->CopyFrom(state);
    states_[name] = copy;
    instances_[name] = RelatedInstance{name, "", lifecycle_state, 1, 0, copy.get()};
    return *this;
  }

  // "<instance> <request type> <request>" of each follow-up.
  std::vector<std::string> React(const ProcessManager& follower, const std::string& instance,
                                 const google::protobuf::Message& payload) const {
    workflows::v1::EventRecord record;
    record.set_instance(instance);
    std::vector<std::string> texts;
    for (const FollowUp& follow_up : follower.React(record, payload, [this](std::string_view name) {
           const auto found = instances_.find(std::string(name));
           return found == instances_.end() ? nullptr : &found->second;
         })) {
      texts.push_back(follow_up.instance + " " + follow_up.request->GetDescriptor()->name() + " " +
                      follow_up.request->ShortDebugString());
    }
    return texts;
  }

 private:
  std::map<std::string, RelatedInstance> instances_;
  std::map<std::string, std::shared_ptr<google::protobuf::Message>> states_;
};

TEST(DirectoryListing, ListsATerritoryInTheOneAroundIt) {
  const auto placed = Parse<v1::TerritoryEvent>("territory_placed { placement { within: 'up' } }");
  EXPECT_THAT(Neighbourhood()
                  .With("up", "existing", v1::TerritoryState())
                  .React(DirectoryListing(), "down", placed),
              ElementsAre("up ListUnitRequest name: \"up\" unit: \"down\""));
  v1::TerritoryState listed;
  listed.add_units("down");
  EXPECT_THAT(
      Neighbourhood().With("up", "existing", listed).React(DirectoryListing(), "down", placed),
      IsEmpty());
}

TEST(DirectoryListing, ListsAnOfficeInItsOrganisationAndAtItsPeople) {
  Neighbourhood all;
  all.With("realms/test/organisations/one", "active", v1::OrganisationState())
      .With("realms/test/people/ana", "present", v1::PersonState());
  EXPECT_THAT(all.React(DirectoryListing(), "o", Created()),
              ElementsAre("realms/test/organisations/one ListOfficeRequest name: "
                          "\"realms/test/organisations/one\" office: \"o\""));
  for (const auto& event :
       {Held("ana", "2010"), Deputised("ana", 1),
        Fact("delegation_given { delegation { person: 'realms/test/people/ana' } }"),
        Fact("term_corrected { term { person: 'realms/test/people/ana' } }")}) {
    EXPECT_THAT(all.React(DirectoryListing(), "o", event),
                ElementsAre("realms/test/people/ana ListPersonOfficeRequest name: "
                            "\"realms/test/people/ana\" office: \"o\""));
  }
}

TEST(DirectoryListing, ListsAnAccountAtItsPerson) {
  EXPECT_THAT(Neighbourhood()
                  .With("p", "present", v1::PersonState())
                  .React(DirectoryListing(), "a",
                         Parse<v1::AccountEvent>("account_created { person: 'p' }")),
              ElementsAre("p ListPersonAccountRequest name: \"p\" account: \"a\""));
}

// Requirement 124.
TEST(PersonDeparture, EndsTermsDeputyDutiesAndDelegationsAndFreezesAccounts) {
  v1::PersonState ana;
  ana.add_offices("o");
  ana.add_accounts("active");
  ana.add_accounts("frozen");
  Neighbourhood all;
  all.With("realms/test/people/ana", "deceased", ana)
      .With("o", "open",
            State({Created(), Held("ana", "2010"), Held("ben", "2000", "2009"), Deputised("ana", 1),
                   Fact("delegation_given { delegation { delegation_id: 'd' "
                        "person: 'realms/test/people/ana' } }"),
                   Fact("delegation_given { delegation { delegation_id: 'past' "
                        "person: 'realms/test/people/ana' until { year: 2001 } } }")}))
      .With("active", "active", v1::AccountState())
      .With("frozen", "frozen", v1::AccountState());
  EXPECT_THAT(
      all.React(PersonDeparture(), "realms/test/people/ana",
                Parse<v1::PersonEvent>("person_died { on { year: 2011 month: 6 } }")),
      ElementsAre("o EndTermRequest name: \"o\" term_id: \"ana\" until { year: 2011 month: 6 } "
                  "cause: VACANCY_CAUSE_DEATH",
                  "o ReleaseDeputyRequest name: \"o\" person: \"realms/test/people/ana\" "
                  "until { year: 2011 month: 6 }",
                  "o RevokeDelegationRequest name: \"o\" delegation_id: \"d\" "
                  "until { year: 2011 month: 6 }",
                  "active FreezeAccountRequest name: \"active\" cause: \"death of "
                  "realms/test/people/ana\""));
}

TEST(PersonDeparture, SaysThatTheHolderLeft) {
  v1::PersonState ana;
  ana.add_offices("o");
  EXPECT_THAT(Neighbourhood()
                  .With("realms/test/people/ana", "left", ana)
                  .With("o", "open", State({Created(), Held("ana", "2010")}))
                  .React(PersonDeparture(), "realms/test/people/ana",
                         Parse<v1::PersonEvent>("person_left { on { year: 2011 } }")),
              ElementsAre("o EndTermRequest name: \"o\" term_id: \"ana\" until { year: 2011 } "
                          "cause: VACANCY_CAUSE_DEPARTURE"));
}

TEST(OrganisationMerger, TransfersTheOpenOffices) {
  v1::OrganisationState one;
  one.add_offices("o");
  one.add_offices("closed");
  EXPECT_THAT(
      Neighbourhood()
          .With("realms/test/organisations/one", "merged", one)
          .With("o", "open", State({Created()}))
          .With("closed", "closed", State({Created()}))
          .React(OrganisationMerger(), "realms/test/organisations/one",
                 Parse<v1::OrganisationEvent>(
                     "organisation_merged { into: 'two' on { year: 2020 } document: 'd' }")),
      ElementsAre("o TransferOfficeRequest name: \"o\" organisation: \"two\" since { year: "
                  "2020 } document: \"d\""));
}

TEST(TermEnd, RecordsTheVacancyUnlessSomebodyFollowed) {
  workflows::v1::EngineEvent reached;
  reached.mutable_deadline_reached()->set_deadline("term-end");
  EXPECT_THAT(Neighbourhood()
                  .With("o", "open", State({Created(), Held("ana", "2010", "2013-06-30")}))
                  .React(TermEnd(), "o", reached),
              ElementsAre("o RecordVacancyRequest name: \"o\" since { year: 2013 month: 7 day: 1 } "
                          "cause: VACANCY_CAUSE_END_OF_TERM"));
  EXPECT_THAT(
      Neighbourhood()
          .With("o", "open",
                State({Created(), Held("ana", "2010", "2013-06-30"), Held("ben", "2013-06-30")}))
          .React(TermEnd(), "o", reached),
      IsEmpty());
  reached.mutable_deadline_reached()->set_deadline("reachability");
  EXPECT_THAT(Neighbourhood()
                  .With("o", "open", State({Created(), Held("ana", "2010", "2013-06-30")}))
                  .React(TermEnd(), "o", reached),
              IsEmpty());
}

}  // namespace
}  // namespace kasundo::directory
