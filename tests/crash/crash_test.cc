// kill -9 at random moments under load, again and again on the same data. After each start:
//   - every command that was acknowledged is there, and sent again it gets the first answer, byte
//   for byte;
//   - nothing that was refused is there;
//   - what was under way when the server died is there or not, and after sending it again it is
//   there once.
// Every so often the whole realm is listed, compared with the list kept here, and verified against
// its journal.
//
// The seed is printed; KASUNDO_CRASH_SEED=n repeats a run as far as threads and disks allow.
// KASUNDO_CRASH_ROUNDS=n is for longer runs.
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "fmt/format.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "kasundo/admin/v1/admin_service.pb.h"
#include "kasundo/assignments/v1/functions_service.pb.h"
#include "kasundo/committees/v1/committees_requests.pb.h"
#include "kasundo/directory/v1/directory_service.pb.h"
#include "kasundo/directory/v1/identity_service.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/person.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "kasundo/monitoring/v1/checklist_templates_service.pb.h"
#include "kasundo/plans/v1/plans_requests.pb.h"
#include "kasundo/plans/v1/plans_service.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/runtime/client.h"
#include "tests/support/server_process.h"
#include "workflows/engine/refusal.h"

namespace kasundo::testing {
namespace {

constexpr char kRealm[] = "realms/crash";
constexpr char kAddPersonAlias[] = "kasundo.directory.v1.Directory.AddPersonAlias";
constexpr int kThreads = 4;
constexpr int kRoundsBetweenFullChecks = 25;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

using google::protobuf::Message;

std::shared_ptr<Message> Make(const Message& type, const std::string& text) {
  std::shared_ptr<Message> message(type.New());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, message.get())) << text;
  return message;
}

// How instances of a kind come into being here, and how all of them are listed. {0} is the id.
struct Kind {
  const char* collection;
  const char* create;
  const Message& request;
  const char* text;
  const Message& resource;
  const char* list;
  const Message& list_request;
  const Message& list_response;
};

const std::vector<Kind>& Kinds() {
  static const auto* kinds = new std::vector<Kind>{
      {"people", "kasundo.directory.v1.Directory.CreatePerson",
       directory::v1::CreatePersonRequest::default_instance(),
       R"(parent: "realms/crash" person_id: "{0}" full_name: "Person {0}")",
       directory::v1::Person::default_instance(), "kasundo.directory.v1.Directory.ListPeople",
       directory::v1::ListPeopleRequest::default_instance(),
       directory::v1::ListPeopleResponse::default_instance()},
      {"functions", "kasundo.assignments.v1.Functions.DefineFunction",
       assignments::v1::DefineFunctionRequest::default_instance(),
       R"(parent: "realms/crash" function_id: "{0}"
          version {{ title: "Function {0}" meaning: "What it does" since {{ year: 1991 }}
            legal_bases {{ kind: LEGAL_BASIS_KIND_ACT number: "RA 7160" issuer: "Congress"
              date {{ year: 1991 }} }} }})",
       assignments::v1::Function::default_instance(),
       "kasundo.assignments.v1.Functions.ListFunctions",
       assignments::v1::ListFunctionsRequest::default_instance(),
       assignments::v1::ListFunctionsResponse::default_instance()},
      {"plans", "kasundo.plans.v1.Plans.CreatePlan",
       plans::v1::CreatePlanRequest::default_instance(),
       R"(parent: "realms/crash" plan_id: "{0}" title: "Plan {0}" currency: "PHP"
          body: "realms/crash/committees/cmd" owner_office: "realms/crash/offices/secretary"
          starts_on {{ year: 2016 month: 1 day: 1 }} ends_on {{ year: 2016 month: 12 day: 31 }})",
       plans::v1::Plan::default_instance(), "kasundo.plans.v1.Plans.ListPlans",
       plans::v1::ListPlansRequest::default_instance(),
       plans::v1::ListPlansResponse::default_instance()},
      {"checklistTemplates", "kasundo.monitoring.v1.ChecklistTemplates.PrepareTemplate",
       monitoring::v1::PrepareTemplateRequest::default_instance(),
       R"(parent: "realms/crash" checklist_template_id: "{0}" title: "Checklist {0}"
          validating_body: "realms/crash/committees/cmd"
          items {{ id: "served" text: "How many were served?" type: ANSWER_TYPE_NUMBER }})",
       monitoring::v1::ChecklistTemplate::default_instance(),
       "kasundo.monitoring.v1.ChecklistTemplates.ListChecklistTemplates",
       monitoring::v1::ListChecklistTemplatesRequest::default_instance(),
       monitoring::v1::ListChecklistTemplatesResponse::default_instance()},
  };
  return *kinds;
}

// A command that was sent, and what was heard of it.
struct Sent {
  enum class Heard { kNothing, kAcknowledged, kRefused };

  std::string method;
  std::shared_ptr<Message> request;
  std::string instance;  // full name of what it makes or changes
  bool makes = false;
  Heard heard = Heard::kNothing;
  std::shared_ptr<Message> answer;  // if acknowledged
  std::string reason;               // if refused
};

// What one client thread does in one round: people, functions, plans and templates are entered,
// some people get another name, and now and then something is asked for that must be refused. Ends
// when the server does.
class Worker {
 public:
  Worker(int round, int thread, uint64_t seed, std::string address, std::string token)
      : prefix_(fmt::format("r{}-t{}", round, thread)), random_(seed) {
    ClientOptions options;
    options.address = std::move(address);
    options.token = std::move(token);
    options.timeout = absl::Seconds(10);
    options.attempts = 1;  // what becomes of a call that got no answer is the question here
    client_ = Client::Connect(std::move(options));
  }

  void Run() {
    for (int number = 0;; ++number) {
      Sent sent = Next(number);
      const absl::Status status = client_->Call(sent.method, *sent.request, sent.answer.get());
      if (status.ok()) {
        sent.heard = Sent::Heard::kAcknowledged;
        if (sent.makes && sent.answer->GetDescriptor() == directory::v1::Person::descriptor()) {
          people_.push_back(sent.instance);
        }
      } else if (!ReasonOf(status).empty() && status.code() != absl::StatusCode::kUnavailable) {
        sent.heard = Sent::Heard::kRefused;
        sent.reason = ReasonOf(status);
      }
      const bool over = sent.heard == Sent::Heard::kNothing;
      sent_.push_back(std::move(sent));
      if (over) return;
    }
  }

  std::vector<Sent>& sent() { return sent_; }

 private:
  Sent Next(int number) {
    Sent sent;
    const std::string id = fmt::format("{}-{}", prefix_, number);
    const int what = static_cast<int>(random_() % 10);
    if (what < 3 && !people_.empty()) {
      auto request = std::make_shared<directory::v1::AddPersonAliasRequest>();
      sent.instance = people_[random_() % people_.size()];
      request->set_name(sent.instance);
      request->mutable_alias()->set_text("also " + id);
      request->mutable_header()->set_request_id(id);
      sent.method = kAddPersonAlias;
      sent.request = std::move(request);
      sent.answer = std::make_shared<directory::v1::Person>();
      return sent;
    }
    const bool refused = what == 9;
    const Kind& kind = Kinds()[refused ? 0 : random_() % Kinds().size()];
    const std::string made = refused ? "refused-" + id : id;
    std::string text = fmt::format(fmt::runtime(kind.text), made);
    if (refused) text += R"( adviser_office: "realms/crash/offices/nowhere")";
    text += fmt::format(R"( header {{ request_id: "{}" }})", id);
    sent.makes = true;
    sent.instance = fmt::format("{}/{}/{}", kRealm, kind.collection, made);
    sent.method = kind.create;
    sent.request = Make(kind.request, text);
    sent.answer.reset(kind.resource.New());
    return sent;
  }

  const std::string prefix_;
  std::mt19937_64 random_;
  std::unique_ptr<Client> client_;
  std::vector<std::string> people_;  // acknowledged, of this round
  std::vector<Sent> sent_;
};

class Crash : public ::testing::Test {
 protected:
  void SetUp() override {
    seed_ = FromEnvironment("KASUNDO_CRASH_SEED", std::random_device()());
    std::cout << "KASUNDO_CRASH_SEED=" << seed_ << std::endl;
    random_.seed(seed_);
    StartAndConnect();
    if (HasFatalFailure()) return;
    // The one-time token of the first start opens the realm and gives way to one that lasts.
    directory::v1::IssueTokenResponse issued;
    absl::Status status = client_->Call("kasundo.directory.v1.Identity.IssueToken",
                                        directory::v1::IssueTokenRequest(), &issued);
    ASSERT_TRUE(status.ok()) << status << server_.log();
    token_ = issued.token();
    Connect();
    admin::v1::CreateRealmRequest found;
    found.set_realm_id("crash");
    found.set_title("A realm to crash in");
    admin::v1::Realm realm;
    status = client_->Call("kasundo.admin.v1.Admin.CreateRealm", found, &realm);
    ASSERT_TRUE(status.ok()) << status;
    Enter("kasundo.directory.v1.Directory.CreateOrganisation",
          directory::v1::CreateOrganisationRequest::default_instance(),
          R"(parent: "realms/crash" organisation_id: "neda" title: "NEDA"
             kind: ORGANISATION_KIND_NATIONAL_AGENCY)",
          directory::v1::Organisation::default_instance());
    Enter("kasundo.directory.v1.Directory.CreateOffice",
          directory::v1::CreateOfficeRequest::default_instance(),
          R"(parent: "realms/crash" office_id: "secretary" title: "Secretary"
             organisation: "realms/crash/organisations/neda")",
          directory::v1::Office::default_instance());
    Enter("kasundo.committees.v1.Committees.EstablishCommittee",
          committees::v1::EstablishCommitteeRequest::default_instance(),
          R"(parent: "realms/crash" committee_id: "cmd" title: "Committee"
             form { type: BODY_TYPE_COMMITTEE })",
          committees::v1::Committee::default_instance());
  }

  void Enter(const std::string& method, const Message& type, const std::string& text,
             const Message& resource) {
    const std::unique_ptr<Message> answer(resource.New());
    const absl::Status status = client_->Call(method, *Make(type, text), answer.get());
    ASSERT_TRUE(status.ok()) << method << status;
  }

  void Connect() {
    ClientOptions options;
    options.address = server_.address();
    options.token = token_;
    client_ = Client::Connect(std::move(options));
  }

  void StartAndConnect() {
    const absl::Status started = server_.Start();
    ASSERT_TRUE(started.ok()) << started;
    if (token_.empty()) token_ = server_.administrator_token();
    ASSERT_FALSE(token_.empty()) << server_.log();
    Connect();
  }

  // Load from several clients until the server is killed in the middle of it.
  std::vector<Sent> LoadAndKill(int round) {
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < kThreads; ++i) {
      workers.push_back(std::make_unique<Worker>(round, i, random_(), server_.address(), token_));
    }
    std::vector<std::thread> threads;
    for (const auto& worker : workers) threads.emplace_back([&worker] { worker->Run(); });
    absl::SleepFor(absl::Microseconds(1'000 + static_cast<int64_t>(random_() % 60'000)));
    server_.Kill();
    for (std::thread& thread : threads) thread.join();
    std::vector<Sent> all;
    for (const auto& worker : workers) {
      for (Sent& sent : worker->sent()) all.push_back(std::move(sent));
    }
    return all;
  }

  // Checks what was sent in a round, and settles what was under way.
  void Check(std::vector<Sent>& all) {
    for (Sent& sent : all) {
      const std::unique_ptr<Message> answer(sent.answer->New());
      const absl::Status status = client_->Call(sent.method, *sent.request, answer.get());
      switch (sent.heard) {
        case Sent::Heard::kAcknowledged:
          ASSERT_TRUE(status.ok()) << sent.request->ShortDebugString() << status;
          ASSERT_EQ(answer->SerializeAsString(), sent.answer->SerializeAsString())
              << "the second answer is another one: " << answer->ShortDebugString()
              << "\nfirst: " << sent.answer->ShortDebugString();
          ++events_[sent.instance];
          ++acknowledged_;
          break;
        case Sent::Heard::kRefused:
          ASSERT_EQ(ReasonOf(status), sent.reason) << status;
          ++refused_;
          break;
        case Sent::Heard::kNothing: {
          // A request that is refused whenever it is sent stays refused; all others are done now at
          // the latest.
          if (sent.instance.find("/refused-") != std::string::npos) {
            ASSERT_EQ(ReasonOf(status), "REFERENCE_NOT_FOUND") << status;
            break;
          }
          ASSERT_TRUE(status.ok()) << sent.request->ShortDebugString() << status;
          const std::unique_ptr<Message> again(sent.answer->New());
          const absl::Status repeated = client_->Call(sent.method, *sent.request, again.get());
          ASSERT_TRUE(repeated.ok()) << repeated;
          ASSERT_EQ(again->SerializeAsString(), answer->SerializeAsString());
          ++events_[sent.instance];
          ++under_way_;
          break;
        }
      }
    }
    std::set<std::string> touched;
    for (const Sent& sent : all) touched.insert(sent.instance);
    for (const std::string& instance : touched) {
      workflows::v1::ListHistoryRequest request;
      request.set_name(instance);
      request.set_page_size(1000);
      workflows::v1::ListHistoryResponse history;
      const absl::Status status =
          client_->Call("kasundo.workflows.v1.Workflows.ListHistory", request, &history);
      const auto expected = events_.find(instance);
      if (expected == events_.end()) {
        ASSERT_EQ(ReasonOf(status), "INSTANCE_NOT_FOUND")
            << instance << " was refused, and is there";
        continue;
      }
      ASSERT_TRUE(status.ok()) << instance << status;
      ASSERT_EQ(history.entries_size(), expected->second) << instance;
    }
  }

  // The names of all that there is of a kind.
  void List(const Kind& kind, std::set<std::string>& present) {
    const auto field = [](const Message& message, const char* name) {
      return message.GetDescriptor()->FindFieldByName(name);
    };
    const std::shared_ptr<Message> request =
        Make(kind.list_request, R"(parent: "realms/crash" page_size: 1000)");
    std::string token;
    do {
      request->GetReflection()->SetString(request.get(), field(*request, "page_token"), token);
      const std::unique_ptr<Message> page(kind.list_response.New());
      const absl::Status status = client_->Call(kind.list, *request, page.get());
      ASSERT_TRUE(status.ok()) << status;
      const auto* reflection = page->GetReflection();
      const auto* rows = page->GetDescriptor()->field(0);
      for (int i = 0; i < reflection->FieldSize(*page, rows); ++i) {
        const Message& row = reflection->GetRepeatedMessage(*page, rows, i);
        present.insert(row.GetReflection()->GetString(row, field(row, "name")));
      }
      token = reflection->GetString(*page, field(*page, "next_page_token"));
    } while (!token.empty());
  }

  // Everything that ever was acknowledged, and nothing else, is there; and it follows from the
  // journal.
  void CheckAll() {
    std::set<std::string> present;
    for (const Kind& kind : Kinds()) List(kind, present);
    if (HasFatalFailure()) return;
    std::set<std::string> expected;
    for (const auto& [instance, events] : events_) expected.insert(instance);
    ASSERT_EQ(present, expected);

    auto stream = client_->Open("kasundo.admin.v1.Admin.Verify", admin::v1::VerifyRequest());
    admin::v1::VerifyResponse progress;
    bool done = false;
    while (stream->Read(&progress)) done = progress.done();
    const absl::Status verified = stream->Finish();
    ASSERT_TRUE(verified.ok()) << verified;
    ASSERT_TRUE(done);
  }

  uint64_t seed_ = 0;
  std::mt19937_64 random_;
  TemporaryFolder folder_;
  ServerProcess server_{folder_.path()};
  std::string token_;
  std::unique_ptr<Client> client_;
  std::map<std::string, int> events_;  // by instance: how many events it must have
  int acknowledged_ = 0;
  int refused_ = 0;
  int under_way_ = 0;
};

TEST_F(Crash, LosesNothingAcknowledgedAndKeepsNothingRefused) {
  const int rounds = static_cast<int>(FromEnvironment("KASUNDO_CRASH_ROUNDS", 220));
  for (int round = 1; round <= rounds; ++round) {
    SCOPED_TRACE(fmt::format("round {} of {}, KASUNDO_CRASH_SEED={}", round, rounds, seed_));
    std::vector<Sent> sent = LoadAndKill(round);
    // Every fifth time it is killed again while it starts.
    if (round % 5 == 0) {
      const absl::Status launched = server_.Launch();
      ASSERT_TRUE(launched.ok()) << launched;
      absl::SleepFor(absl::Microseconds(static_cast<int64_t>(random_() % 150'000)));
      server_.Kill();
    }
    StartAndConnect();
    if (HasFatalFailure()) return;
    Check(sent);
    if (HasFatalFailure()) return;
    if (round % kRoundsBetweenFullChecks == 0 || round == rounds) CheckAll();
    if (HasFatalFailure()) return;
  }
  std::cout
      << fmt::format(
             "{} rounds: {} commands acknowledged, {} refused, {} under way when the server died",
             rounds, acknowledged_, refused_, under_way_)
      << std::endl;
  // A run in which next to nothing was at stake shows nothing.
  EXPECT_GT(acknowledged_, rounds);
  EXPECT_GT(refused_, rounds / 20);
  EXPECT_GT(under_way_, 0);
}

}  // namespace
}  // namespace kasundo::testing
