// How long each command of an agreement takes with 2 and with 80 parties, on RocksDB, each synced
// before it is answered; beside a plain synced write in the same run, since only ratios inside one
// run mean anything on a virtual machine: compare p50_us and p99_us of <command>/80 with those of
// <command>/2 and of RawSync.
//
//   build/release/tests/bench/agreement_bench [--benchmark_filter=Sign]
//
// An agreement lives once from the idea to a party that leaves; what its commands took on the way
// is what is shown. A synced write precedes every command, so that both meet the same disk.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "google/protobuf/text_format.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/agreements_requests.pb.h"
#include "kasundo/agreements/v1/articles_requests.pb.h"
#include "kasundo/agreements/v1/obligations_service.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_engine.h"
#include "workflows/agreement/agreement_kinds.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/engine/check.h"

namespace kasundo {
namespace {

using agreements::v1::AgreementState;
using google::protobuf::Message;
using testing::Administrator;
using testing::TemporaryFolder;
using testing::TestEngine;

constexpr char kRealm[] = "realms/test";
constexpr int kArticles = 10;
constexpr char kRawSync[] = "RawSync";

// What one sort of command took, each time, in microseconds.
using Samples = std::map<std::string, std::vector<double>>;

template <typename Request>
Request Parse(const std::string& text) {
  Request request;
  KASUNDO_CHECK(google::protobuf::TextFormat::ParseFromString(text, &request));
  return request;
}

double MicrosecondsOf(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
  return took.count();
}

// 300 bytes at the end of a file, synced: the floor of whatever is durable.
class RawSync {
 public:
  explicit RawSync(const std::string& folder)
      : file_(open((folder + "/log").c_str(), O_CREAT | O_WRONLY, 0600)) {
    KASUNDO_CHECK(file_ >= 0);
  }
  ~RawSync() { close(file_); }
  void Write() const {
    const std::string event(300, 'x');
    KASUNDO_CHECK(write(file_, event.data(), event.size()) == 300);
    KASUNDO_CHECK(fdatasync(file_) == 0);
  }

 private:
  const int file_;
};

// A realm with the organisations, offices, people and bodies of so many parties.
class BenchRealm {
 public:
  explicit BenchRealm(int parties)
      : test_(Registry(), folder_.path() + "/db"), raw_(folder_.path()) {
    for (int i = 0; i < parties; ++i) Found(Id(i));
  }

  static std::string Id(int party) { return fmt::format("agency-{:02}", party); }
  static std::string Office(const std::string& id) {
    return fmt::format("{}/offices/head-of-{}", kRealm, id);
  }
  static std::string Person(const std::string& id) {
    return fmt::format("{}/people/{}", kRealm, id);
  }

  static workflows::v1::Actor Acting(const std::string& party, const std::string& person) {
    workflows::v1::Actor actor;
    actor.set_account(fmt::format("{}/accounts/{}", kRealm, person));
    actor.set_person(Person(person));
    actor.set_office(Office(party));
    actor.set_organisation(fmt::format("{}/organisations/{}", kRealm, party));
    return actor;
  }

  // Sends a command and remembers what it took, with a raw write before it.
  void Send(const Message& request, const workflows::v1::Actor& actor) {
    std::string sort = request.GetDescriptor()->name();
    sort.resize(sort.size() - std::string_view("Request").size());
    const Command command = test_.Make(request, actor);
    samples_[kRawSync].push_back(MicrosecondsOf([&] { raw_.Write(); }));
    samples_[sort].push_back(MicrosecondsOf([&] { Accept(test_->Execute(command)); }));
  }

  AgreementState StateOf(const std::string& agreement) {
    return static_cast<const AgreementState&>(*test_->Get(agreement)->state);
  }

  const Samples& samples() const { return samples_; }

 private:
  static KindRegistry Registry() {
    KindRegistry registry;
    directory::AddDirectory(registry);
    committees::AddBodies(registry);
    committees::AddMeetings(registry);
    agreements::AddAgreements(registry);
    return registry;
  }

  static void Accept(const Outcome& outcome) {
    if (!outcome.status.ok()) fmt::print(stderr, "{}\n", outcome.status.ToString());
    KASUNDO_CHECK(outcome.status.ok());
  }

  // What is there before the agreement begins is not measured.
  template <typename Request>
  void Enter(const std::string& text) {
    Request request = Parse<Request>(text);
    Accept(test_.Send(request, Administrator()));
  }

  void Found(const std::string& id) {
    Enter<directory::v1::CreateOrganisationRequest>(
        fmt::format("parent: '{}' organisation_id: '{}' title: 'Agency' kind: "
                    "ORGANISATION_KIND_NATIONAL_AGENCY",
                    kRealm, id));
    Enter<directory::v1::CreateOfficeRequest>(
        fmt::format("parent: '{0}' office_id: 'head-of-{1}' title: 'Head' organisation: "
                    "'{0}/organisations/{1}'",
                    kRealm, id));
    for (const char* role : {"", "-deputy"}) {
      Enter<directory::v1::CreatePersonRequest>(
          fmt::format("parent: '{}' person_id: '{}{}' full_name: 'Somebody'", kRealm, id, role));
    }
    Enter<directory::v1::BeginTermRequest>(
        fmt::format("name: '{}' person: '{}' since {{ year: 2010 }}", Office(id), Person(id)));
    Enter<directory::v1::NameDeputyRequest>(fmt::format(
        "name: '{}' person: '{}-deputy' rank: 1 since {{ year: 2010 }} document: 'Order 1'",
        Office(id), Person(id)));
    Enter<committees::v1::EstablishCommitteeRequest>(fmt::format(
        "parent: '{}' committee_id: '{}' title: 'Committee' form {{ type: BODY_TYPE_COMMITTEE }} "
        "since {{ year: 2010 }} seats {{ id: 'a' title: 'A' category: 'a' }} "
        "seats {{ id: 'b' title: 'B' category: 'b' }}",
        kRealm, id));
  }

  TemporaryFolder folder_;
  TestEngine test_;
  RawSync raw_;
  Samples samples_;
};

// One agreement from the idea to a party that leaves.
class Life {
 public:
  Life(BenchRealm& realm, int parties, int number)
      : realm_(realm), parties_(parties), id_(fmt::format("pact-{}", number)) {}

  void Run() {
    Prepare();
    Draft();
    Sign();
    Change();
  }

 private:
  std::string Name() const { return fmt::format("{}/agreements/{}", kRealm, id_); }
  std::string Article(int number) const { return fmt::format("{}/articles/a{}", Name(), number); }

  template <typename Request>
  void Do(const std::string& text = "", const std::string& party = "", bool deputy = false) {
    Request request = Parse<Request>(text);
    if (request.name().empty()) request.set_name(Name());
    Send(request, party, deputy);
  }
  void Send(const Message& request, const std::string& party, bool deputy = false) {
    realm_.Send(request, party.empty()
                             ? Administrator()
                             : BenchRealm::Acting(party, deputy ? party + "-deputy" : party));
  }
  template <typename Visit>
  void ForEachParty(const Visit& visit) {
    for (int i = 0; i < parties_; ++i) visit(BenchRealm::Id(i));
  }

  void Prepare() {
    auto create = Parse<agreements::v1::CreateAgreementRequest>(
        fmt::format("parent: '{}' definition: 'mou' title: 'Unified memorandum' "
                    "instrument: INSTRUMENT_TYPE_MEMORANDUM_OF_UNDERSTANDING",
                    kRealm));
    create.set_agreement_id(id_);
    Send(create, "");
    ForEachParty([&](const std::string& party) {
      Do<agreements::v1::AddPartyRequest>(
          fmt::format("party {{ id: '{1}' organisation: '{0}/organisations/{1}' owning_body: "
                      "'{0}/committees/{1}' signatory_office: '{2}' }}",
                      kRealm, party, BenchRealm::Office(party)));
    });
    Do<agreements::v1::SeekMandatesRequest>();
    ForEachParty([&](const std::string& party) {
      const std::string own = fmt::format("party_id: '{}' ", party);
      Do<agreements::v1::AttachMandateRequest>(
          own +
              "mandate { kind: MANDATE_KIND_RESOLUTION number: '7' date { year: 2016 month: 1 } "
              "issuing_body: 'Council' }",
          party);
      Do<agreements::v1::StateObjectivesRequest>(
          own + "objectives: 'one desk for all' time_horizon: 'two years'", party);
      Do<agreements::v1::SetPartyRoleRequest>(
          own +
              "role { role: 'partner' responsibilities: 'sends staff' budget_effect: 'none' "
              "monitoring_rule: 'yearly report' }",
          party);
    });
  }

  void Draft() {
    Do<agreements::v1::StartDraftingRequest>();
    const std::string words(1'500, 'w');
    for (int i = 1; i <= kArticles; ++i) {
      auto draft = Parse<agreements::v1::DraftArticleRequest>(
          fmt::format("number: '{}' title: 'About' language: 'en' text: '{}'", i, words));
      draft.set_parent(Name());
      draft.set_article_id(fmt::format("a{}", i));
      Send(draft, "");
    }
    for (int i = 1; i <= kArticles; ++i) {
      Do<agreements::v1::WriteTextRequest>(
          fmt::format("name: '{}' language: 'en' text: '{} again' based_on: 1", Article(i), words));
    }
    ForEachParty([&](const std::string& party) {
      Do<agreements::v1::CommentOnArticleRequest>(
          fmt::format("name: '{}' language: 'en' text: 'Who pays?'", Article(1)), party);
      for (int i = 1; i <= kArticles; ++i) {
        Do<agreements::v1::TakePositionRequest>(
            fmt::format("name: '{}' stance: STANCE_ACCEPTS language: 'en'", Article(i)), party);
      }
    });
    Do<agreements::v1::SetForceRuleRequest>("rule { kind: FORCE_RULE_KIND_ALL }");
    Do<agreements::v1::SetTermRequest>("term { months: 24 }");
    Do<agreements::v1::StartLegalReviewRequest>();
    Do<agreements::v1::AgreeTextRequest>("prevailing_language: 'en'");
  }

  // Out of order, every tenth by its deputy.
  void Sign() {
    Do<agreements::v1::ScheduleSigningRequest>(
        "signing_date { year: 2016 month: 2 day: 1 } place: 'Naga'");
    const std::string hash = realm_.StateOf(Name()).text_versions(0).hash();
    for (int i = parties_ - 1; i >= 0; --i) {
      const std::string party = BenchRealm::Id(i);
      Do<agreements::v1::SignAgreementRequest>(
          fmt::format("party_id: '{}' text_hash: '{}'", party, hash), party, i % 10 == 0);
    }
    Do<agreements::v1::BringIntoForceRequest>();
  }

  void Change() {
    ForEachParty([&](const std::string& party) {
      auto record = Parse<agreements::v1::RecordObligationRequest>(fmt::format(
          "parent: '{0}' obligation_id: '{1}' party_id: '{1}' article: '{2}' duty: 'reports' "
          "owner_office: '{3}' due_date {{ year: 2017 }}",
          Name(), party, Article(1), BenchRealm::Office(party)));
      Send(record, party);
    });
    Do<agreements::v1::ProposeAmendmentRequest>(fmt::format(
        "amendment_id: 'wider' note: 'one city more' territories: '{}/territories/lipa'", kRealm));
    const std::string hash = realm_.StateOf(Name()).amendments(0).text().hash();
    ForEachParty([&](const std::string& party) {
      Do<agreements::v1::ConsentToAmendmentRequest>(
          fmt::format("party_id: '{}' amendment_id: 'wider' text_hash: '{}'", party, hash), party);
    });
    if (parties_ > 2) {
      Do<agreements::v1::LeaveAgreementRequest>(
          fmt::format("party_id: '{}' header {{ reason: 'closed' }}", BenchRealm::Id(1)));
    }
    Do<agreements::v1::TerminateAgreementRequest>("header { reason: 'it is over' }");
  }

  BenchRealm& realm_;
  const int parties_;
  const std::string id_;
};

double Percentile(std::vector<double> samples, int percent) {
  const size_t at = std::min(samples.size() - 1, samples.size() * percent / 100);
  std::nth_element(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(at),
                   samples.end());
  return samples[at];
}

// Gives the framework what was measured: one iteration for each command.
void Report(benchmark::State& state, const std::vector<double>& samples) {
  size_t next = 0;
  for (auto _ : state) state.SetIterationTime(samples[next++] / 1e6);
  state.counters["p50_us"] = Percentile(samples, 50);
  state.counters["p99_us"] = Percentile(samples, 99);
}

// As many commands of each sort for few parties as for many.
void Measure(int parties, int lives) {
  BenchRealm realm(parties);
  for (int i = 0; i < lives; ++i) Life(realm, parties, i).Run();
  for (const auto& [sort, samples] : realm.samples()) {
    benchmark::RegisterBenchmark(
        fmt::format("{}/{}", sort, parties).c_str(),
        [samples = samples](benchmark::State& state) { Report(state, samples); })
        ->Iterations(static_cast<benchmark::IterationCount>(samples.size()))
        ->UseManualTime()
        ->Unit(benchmark::kMicrosecond);
  }
}

}  // namespace
}  // namespace kasundo

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  kasundo::Measure(/*parties=*/2, /*lives=*/100);
  kasundo::Measure(/*parties=*/80, /*lives=*/5);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
