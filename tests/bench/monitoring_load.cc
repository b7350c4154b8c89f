// A quarter of monitoring for a whole country: 24,972 units (75 provinces, 74 cities, 891
// municipalities, 23,932 barangays in 17 regions) with 27 items each are issued, submitted,
// validated and rolled up on a journal in RocksDB, while somebody else sends other commands all the
// time.
//
//   build/release/tests/bench/monitoring_load [--regions 17 --provinces 75 --towns 965
//   --barangays 23932] [--window 64]
//
// Prints for each phase its time, events a second, and the p50 and p99 of the other commands beside
// their quiet ones; at the end memory and disk. Fails if a figure of the nation is not exactly what
// was reported.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "fmt/format.h"
#include "kasundo/committees/v1/committees_requests.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "kasundo/directory/v1/territory_requests.pb.h"
#include "kasundo/monitoring/v1/checklist_templates_service.pb.h"
#include "kasundo/monitoring/v1/checklists_service.pb.h"
#include "kasundo/monitoring/v1/issuances_service.pb.h"
#include "tests/support/test_engine.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/decimal/decimal.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/engine/check.h"
#include "workflows/engine/engine_kinds.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/rocksdb_journal.h"
#include "workflows/monitoring/monitoring_kinds.h"
#include "workflows/monitoring/rollup_figures.h"
#include "workflows/monitoring/rollup_projection.h"

namespace kasundo {
namespace {

namespace m = monitoring::v1;
using SteadyClock = std::chrono::steady_clock;
using workflows::v1::Actor;

constexpr char kRealm[] = "realms/country";
constexpr char kIssuance[] = "realms/country/issuances/quarter-2016-q1";
constexpr int kCoreItems = 14;
constexpr int kRiderItems = 13;

struct Country {
  int regions = 17;
  int provinces = 75;
  int towns = 965;  // cities and municipalities
  int barangays = 23'932;
  int cities = 74;  // of the towns

  int units() const { return provinces + towns + barangays; }
};

double Seconds(SteadyClock::duration time) { return std::chrono::duration<double>(time).count(); }

std::string Name(const std::string& collection, const std::string& id) {
  return fmt::format("{}/{}/{}", kRealm, collection, id);
}

Actor Administrator() {
  Actor actor;
  actor.set_account("realms/country/accounts/administrator");
  actor.set_administrator(true);
  return actor;
}

// Who acts in an office of the same id as the person.
Actor InOffice(const std::string& id) {
  Actor actor;
  actor.set_account(Name("accounts", id));
  actor.set_person(Name("people", id));
  actor.set_office(Name("offices", id));
  return actor;
}

template <typename Request>
Command Make(Request request, std::string instance, bool creates, const Actor& actor) {
  Command command;
  command.header = request.header();
  command.instance = std::move(instance);
  command.creates = creates;
  command.request = std::make_shared<Request>(std::move(request));
  command.actor = actor;
  return command;
}

// The engine with a thread that decides and one that fires deadlines, as in a server.
class Server {
 public:
  explicit Server(const std::string& folder) {
    auto registry = std::make_shared<KindRegistry>();
    AddEngineKinds(*registry);
    directory::AddDirectory(*registry);
    committees::AddBodies(*registry);
    committees::AddMeetings(*registry);
    monitoring::AddMonitoring(*registry);
    RocksdbJournalOptions options;
    options.folder = folder;
    auto journal = OpenRocksdbJournal(options);
    KASUNDO_CHECK(journal.ok());
    auto engine = Engine::Open({}, *std::move(journal), registry, clock_);
    KASUNDO_CHECK(engine.ok());
    engine_ = *std::move(engine);
    KASUNDO_CHECK(engine_->CreateRealm(kRealm, "Country", "Asia/Manila", Administrator()).ok());
    engine_->SetWake([this] {
      absl::MutexLock lock(&mutex_);
      stirred_ = true;
    });
    writer_ = std::thread([this] { Write(); });
    ticker_ = std::thread([this] { Tick(); });
    projections_ = std::make_unique<ProjectionRunner>(*engine_);
    projections_->Start();
  }
  ~Server() {
    {
      absl::MutexLock lock(&mutex_);
      stop_ = true;
    }
    ticker_.join();
    writer_.join();
    projections_.reset();
  }

  Engine& engine() { return *engine_; }
  ProjectionRunner& projections() { return *projections_; }

 private:
  void Write() {
    while (true) {
      {
        absl::MutexLock lock(&mutex_);
        mutex_.Await(absl::Condition(
            +[](Server* self)
                 ABSL_NO_THREAD_SAFETY_ANALYSIS { return self->stirred_ || self->stop_; },
            this));
        if (stop_ && !stirred_) return;
        stirred_ = false;
      }
      engine_->Pump();
    }
  }
  void Tick() {
    while (true) {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&stop_), absl::Milliseconds(5))) return;
      mutex_.Unlock();
      engine_->FireDueTimers();
      mutex_.Lock();
    }
  }

  SystemClock clock_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<ProjectionRunner> projections_;
  absl::Mutex mutex_;
  bool stirred_ ABSL_GUARDED_BY(mutex_) = true;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread writer_;
  std::thread ticker_;
};

// Keeps so many commands on their way at once, and waits for the rest at the end.
class Sender {
 public:
  Sender(Engine& engine, int window) : engine_(engine), window_(window) {}

  void Send(Command command) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(
          +[](Sender* self) ABSL_NO_THREAD_SAFETY_ANALYSIS { return self->open_ < self->window_; },
          this));
      ++open_;
    }
    engine_.Submit(std::move(command), [this](const Outcome& outcome) {
      if (!outcome.status.ok()) {
        std::cerr << outcome.status << "\n";
        std::abort();
      }
      absl::MutexLock lock(&mutex_);
      --open_;
    });
  }
  void Finish() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](int* open) { return *open == 0; }, &open_));
  }

 private:
  Engine& engine_;
  const int window_;
  absl::Mutex mutex_;
  int open_ ABSL_GUARDED_BY(mutex_) = 0;
};

// Somebody else, who sends a command every few milliseconds and waits for its answer.
class Others {
 public:
  explicit Others(Engine& engine) : engine_(engine), thread_([this] { Run(); }) {}
  ~Others() {
    stop_ = true;
    thread_.join();
  }

  // p50 and p99 in milliseconds since the last call.
  std::string Take() {
    absl::MutexLock lock(&mutex_);
    std::sort(times_.begin(), times_.end());
    const auto at = [&](double part) {
      return times_.empty()
                 ? 0.0
                 : times_[static_cast<size_t>(part * static_cast<double>(times_.size() - 1))];
    };
    std::string text =
        fmt::format("others: {} answered, p50 {:.1f} ms, p99 {:.1f} ms, most {:.1f} ms",
                    times_.size(), at(0.5), at(0.99), at(1.0));
    times_.clear();
    return text;
  }

 private:
  void Run() {
    for (int i = 0; !stop_; ++i) {
      directory::v1::CreatePersonRequest request;
      request.set_parent(kRealm);
      request.set_person_id(fmt::format("other-{}", i));
      request.set_full_name("Somebody Else");
      const auto began = SteadyClock::now();
      // Submitted and waited for, as a server does. Execute() would also wait for the turn of its
      // own pump, which comes only when nothing else is left to do.
      absl::Notification answered;
      engine_.Submit(Make(request, Name("people", request.person_id()), true, Administrator()),
                     [&](const Outcome& outcome) {
                       KASUNDO_CHECK(outcome.status.ok());
                       answered.Notify();
                     });
      answered.WaitForNotification();
      {
        absl::MutexLock lock(&mutex_);
        times_.push_back(Seconds(SteadyClock::now() - began) * 1'000);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
  }

  Engine& engine_;
  std::atomic<bool> stop_ = false;
  absl::Mutex mutex_;
  std::vector<double> times_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

// One unit, its province and the number that it reports.
struct Unit {
  std::string id;
  std::string province;
};

std::string Served(size_t unit) { return fmt::format("{}.{:02}", unit % 1'000, unit % 100); }

class Load {
 public:
  Load(const Country& country, int window, const std::string& folder)
      : country_(country), folder_(folder), server_(folder + "/db"), window_(window) {}

  int Run() {
    FoundCountry();
    Others others(server_.engine());
    std::this_thread::sleep_for(std::chrono::seconds(2));
    std::cout << "quiet                " << others.Take() << std::endl;

    Phase("issue", others, [&] { Issue(); });
    Phase("submit", others, [&] { Submit(); });
    Phase("validate", others, [&] { Validate(); });
    Phase("rolled up", others, [&] { WaitForRollUp(); });
    return Report();
  }

 private:
  template <typename F>
  void Phase(const std::string& name, Others& others, const F& work) {
    others.Take();
    const int64_t before = *server_.engine().NextPosition(kRealm);
    const auto began = SteadyClock::now();
    work();
    const double time = Seconds(SteadyClock::now() - began);
    const int64_t events = *server_.engine().NextPosition(kRealm) - before;
    std::cout << fmt::format("{:<10} {:7.2f} s   {:8} events   {:8.0f} events/s   {}\n", name, time,
                             events, static_cast<double>(events) / time, others.Take())
              << std::flush;
  }

  void FoundCountry() {
    const auto began = SteadyClock::now();
    Sender sender(server_.engine(), window_);
    Territory(sender, "nation", directory::v1::TERRITORY_LEVEL_NATION, "");
    Organisation(sender, "centre");
    Body(sender, "nation", "");
    for (int i = 0; i < country_.regions; ++i) {
      const std::string id = fmt::format("r{}", i);
      Territory(sender, id, directory::v1::TERRITORY_LEVEL_REGION, "nation");
      Body(sender, id, "nation");
    }
    for (int i = 0; i < country_.provinces; ++i) {
      const std::string id = fmt::format("p{}", i);
      const std::string region = fmt::format("r{}", i % country_.regions);
      Organisation(sender, id);
      Territory(sender, id, directory::v1::TERRITORY_LEVEL_PROVINCE, region);
      Body(sender, id, region);
      AddUnit(sender, id, id);
    }
    for (int i = 0; i < country_.towns; ++i) {
      const std::string province = fmt::format("p{}", i % country_.provinces);
      Territory(sender, fmt::format("t{}", i),
                i < country_.cities ? directory::v1::TERRITORY_LEVEL_CITY
                                    : directory::v1::TERRITORY_LEVEL_MUNICIPALITY,
                province);
      AddUnit(sender, fmt::format("t{}", i), province);
    }
    for (int i = 0; i < country_.barangays; ++i) {
      const int town = i % country_.towns;
      Territory(sender, fmt::format("b{}", i), directory::v1::TERRITORY_LEVEL_BARANGAY,
                fmt::format("t{}", town));
      AddUnit(sender, fmt::format("b{}", i), fmt::format("p{}", town % country_.provinces));
    }
    Template(sender, "core", kCoreItems, "");
    Template(sender, "rider", kRiderItems, "core");
    sender.Finish();
    std::cout << fmt::format("country of {} units founded in {:.1f} s, {} events\n",
                             country_.units(), Seconds(SteadyClock::now() - began),
                             *server_.engine().NextPosition(kRealm))
              << std::flush;
  }

  void Territory(Sender& sender, const std::string& id, directory::v1::TerritoryLevel level,
                 const std::string& within) {
    directory::v1::CreateTerritoryRequest request;
    request.set_parent(kRealm);
    request.set_territory_id(id);
    request.set_title(id);
    request.set_level(level);
    if (!within.empty()) request.set_within(Name("territories", within));
    sender.Send(Make(request, Name("territories", id), true, Administrator()));
  }
  void Organisation(Sender& sender, const std::string& id) {
    directory::v1::CreateOrganisationRequest request;
    request.set_parent(kRealm);
    request.set_organisation_id(id);
    request.set_title(id);
    request.set_kind(directory::v1::ORGANISATION_KIND_LOCAL_GOVERNMENT);
    sender.Send(Make(request, Name("organisations", id), true, Administrator()));
  }
  void Office(Sender& sender, const std::string& id, const std::string& organisation,
              const std::string& territory) {
    directory::v1::CreateOfficeRequest request;
    request.set_parent(kRealm);
    request.set_office_id(id);
    request.set_title(id);
    request.set_organisation(Name("organisations", organisation));
    request.set_post(directory::v1::POST_KIND_UNIT);
    if (!territory.empty()) request.set_territory(Name("territories", territory));
    sender.Send(Make(request, Name("offices", id), true, Administrator()));
  }
  void Body(Sender& sender, const std::string& id, const std::string& parent) {
    Office(sender, "council-" + id, "centre", "");
    committees::v1::EstablishCommitteeRequest request;
    request.set_parent(kRealm);
    request.set_committee_id(id);
    request.set_title(id);
    request.mutable_form()->set_type(committees::v1::BODY_TYPE_COUNCIL);
    request.set_territory(Name("territories", id));
    if (!parent.empty()) request.set_parent_body(Name("committees", parent));
    request.mutable_since()->set_year(2010);
    auto& basis = *request.add_legal_bases();
    basis.set_kind(committees::v1::LEGAL_BASIS_KIND_RESOLUTION);
    basis.set_number("1");
    basis.set_issuer("Governor");
    basis.mutable_date()->set_year(2010);
    request.mutable_secretariat()->set_office(Name("offices", "council-" + id));
    sender.Send(Make(request, Name("committees", id), true, Administrator()));
  }
  void AddUnit(Sender& sender, const std::string& id, const std::string& province) {
    Office(sender, id, province, id);
    units_.push_back({id, province});
  }
  void Template(Sender& sender, const std::string& id, int items, const std::string& core) {
    m::PrepareTemplateRequest request;
    request.set_parent(kRealm);
    request.set_checklist_template_id(id);
    request.set_title(id);
    request.set_validating_body(Name("committees", "nation"));
    if (!core.empty()) {
      request.set_instrument(m::INSTRUMENT_RIDER);
      request.set_rider_to(Name("checklistTemplates", core));
    }
    for (int i = 0; i < items; ++i) {
      m::TemplateItem& item = *request.add_items();
      item.set_id(fmt::format("{}-{:02}", id, i));
      item.set_text("Does the unit have a desk for overseas workers and their families?");
      item.set_type(i % 3 == 0 ? m::ANSWER_TYPE_NUMBER : m::ANSWER_TYPE_YES_NO_PARTLY);
    }
    const std::string name = Name("checklistTemplates", id);
    sender.Send(Make(request, name, true, Administrator()));
    m::ValidateTemplateRequest validate;
    validate.set_name(name);
    validate.mutable_decision()->set_document("Resolution 1");
    sender.Send(Make(validate, name, false, Administrator()));
  }

  void Issue() {
    m::BeginIssuanceRequest request;
    request.set_parent(kRealm);
    request.set_issuance_id("quarter-2016-q1");
    request.set_title("Quarter");
    request.set_checklist_template(Name("checklistTemplates", "core"));
    request.add_riders()->set_rider(Name("checklistTemplates", "rider"));
    request.mutable_units()->add_within(Name("territories", "nation"));
    for (const auto level :
         {directory::v1::TERRITORY_LEVEL_PROVINCE, directory::v1::TERRITORY_LEVEL_CITY,
          directory::v1::TERRITORY_LEVEL_MUNICIPALITY, directory::v1::TERRITORY_LEVEL_BARANGAY}) {
      request.mutable_units()->add_levels(level);
    }
    request.set_oversight_body(Name("committees", "nation"));
    const Outcome begun = server_.engine().Execute(Make(request, kIssuance, true, Administrator()));
    KASUNDO_CHECK(begun.status.ok());
    while (true) {
      const auto issuance = server_.engine().Get(kIssuance);
      KASUNDO_CHECK(issuance.ok());
      if (issuance->record.lifecycle_state() != "issuing") break;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  std::string ChecklistOf(const Unit& unit) const {
    return fmt::format("{}/checklists/{}", kIssuance, unit.id);
  }

  void Submit() {
    const std::vector<std::pair<std::string, int>> parts = {{"core", kCoreItems},
                                                            {"rider", kRiderItems}};
    Sender sender(server_.engine(), window_);
    for (size_t i = 0; i < units_.size(); ++i) {
      m::SubmitChecklistRequest request;
      request.set_name(ChecklistOf(units_[i]));
      for (const auto& [id, items] : parts) {
        for (int item = 0; item < items; ++item) {
          m::Answer& answer = *request.add_answers();
          answer.set_item(fmt::format("{}-{:02}", id, item));
          if (item % 3 == 0) {
            answer.set_number(Served(i));
          } else {
            answer.set_choice_of_three(
                static_cast<m::YesNoPartly>(1 + (static_cast<int>(i % 3) + item) % 3));
          }
        }
      }
      sender.Send(Make(request, request.name(), false, InOffice(units_[i].id)));
    }
    sender.Finish();
  }

  void Validate() {
    Sender sender(server_.engine(), window_);
    for (const Unit& unit : units_) {
      m::ValidateChecklistRequest request;
      request.set_name(ChecklistOf(unit));
      // The council of its province, which reported nothing itself.
      sender.Send(Make(request, request.name(), false, InOffice("council-" + unit.province)));
    }
    sender.Finish();
  }

  void WaitForRollUp() {
    const int64_t last = *server_.engine().NextPosition(kRealm) - 1;
    const absl::Status status =
        server_.projections().WaitUntilApplied(kRealm, last, absl::Minutes(10));
    KASUNDO_CHECK(status.ok());
  }

  int Report() {
    const auto began = SteadyClock::now();
    const auto number = server_.engine().RealmNumber(kRealm);
    const auto view = server_.engine().journal().Snapshot();
    const ProjectionRows rows(*view, *number, monitoring::RollUps::kName);
    const auto nation =
        monitoring::RollUpRows(rows).RowOf(kIssuance, Name("territories", "nation"));
    KASUNDO_CHECK(nation.ok() && nation->has_value());
    const double read = Seconds(SteadyClock::now() - began);
    Decimal expected;
    for (size_t i = 0; i < units_.size(); ++i) expected += *Decimal::Parse(Served(i));
    std::string sum;
    int64_t answered = 0;
    for (const m::ItemFigures& item : (*nation)->items()) {
      if (item.item() != "core-00") continue;
      for (const m::StageFigures& stage : item.stages()) {
        const m::FigureSums sums = monitoring::EffectiveSums(item, stage);
        if (stage.stage() == m::DATA_STAGE_VALIDATED) {
          sum = sums.sum();
          answered = sums.answered();
        }
      }
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::cout << fmt::format(
        "nation: {} units, sum {} (expected {}), read in {:.2f} ms; items of {} units: {}\n"
        "memory {} MiB at most, disk {} MiB, journal {} events\n",
        answered, sum, expected.ToString(), read * 1'000, units_.size(), (*nation)->items_size(),
        usage.ru_maxrss / 1024, DiskMebibytes(), *server_.engine().NextPosition(kRealm));
    const bool exact = sum == expected.ToString() &&
                       answered == static_cast<int64_t>(units_.size()) &&
                       (*nation)->items_size() == kCoreItems + kRiderItems;
    return exact ? 0 : 1;
  }

  uint64_t DiskMebibytes() const {
    uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
      if (entry.is_regular_file()) bytes += entry.file_size();
    }
    return bytes >> 20;
  }

  const Country country_;
  const std::string folder_;
  Server server_;
  const int window_;
  std::vector<Unit> units_;
};

int Main(int argc, char** argv) {
  CLI::App app{"A quarter of monitoring for a whole country"};
  Country country;
  int window = 64;
  app.add_option("--regions", country.regions, "Regions");
  app.add_option("--provinces", country.provinces, "Provinces");
  app.add_option("--towns", country.towns, "Cities and municipalities");
  app.add_option("--barangays", country.barangays, "Barangays");
  app.add_option("--window", window, "Commands on their way at once");
  CLI11_PARSE(app, argc, argv);
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const testing::TemporaryFolder folder;
  return Load(country, window, folder.path()).Run();
}

}  // namespace
}  // namespace kasundo

int main(int argc, char** argv) { return kasundo::Main(argc, argv); }
