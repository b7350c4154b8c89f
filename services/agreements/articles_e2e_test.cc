// The text of a twinning from its draft to the difference of two versions, as two provinces and a
// broker see it on their terminals: whole command lines over real gRPC.
#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/agreements/v1/articles_service.pb.h"
#include "services/agreements/articles_service.h"
#include "services/cli/problem.h"
#include "services/cli/program.h"
#include "services/directory/directory_service.h"
#include "tests/support/test_server.h"
#include "workflows/agreement/agreement_kinds.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/directory/directory_kinds.h"

namespace kasundo {
namespace {

using cli::Exit;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kAdmin[] = "realms/test/accounts/the-admin";
constexpr char kBatangas[] = "realms/test/accounts/ada";
constexpr char kRome[] = "realms/test/accounts/ben";
constexpr char kBroker[] = "realms/test/accounts/cora";

testing::TestServerOptions Services() {
  testing::TestServerOptions options;
  options.modules = {
      {"directory", directory::AddDirectory, directory::RegisterDirectory},
      {"agreements",
       [](KindRegistry& kinds) {
         committees::AddBodies(kinds);
         committees::AddMeetings(kinds);
         agreements::AddAgreements(kinds);
       },
       [](ServiceCatalog& catalog, Engine&) {
         RegisterAgreements(catalog);
         RegisterArticles(catalog);
       }},
  };
  return options;
}

class ArticlesE2e : public ::testing::Test {
 protected:
  ArticlesE2e() : server_(Services()) {
    std::filesystem::create_directories(folder_);
    console_.environment = {
        {"HOME", folder_}, {"KASUNDO_SERVER", server_.address()}, {"KASUNDO_REALM", "realms/test"}};
    for (const char* id : {"batangas", "rome", "cfo"}) {
      Must(kAdmin, {"act", "CreateOrganisation", std::string("organisations/") + id,
                    std::string("title=") + id, "kind=local-government"});
    }
    const std::pair<const char*, const char*> offices[] = {
        {"ada", "batangas"}, {"ben", "rome"}, {"cora", "cfo"}};
    for (const auto& [office, organisation] : offices) {
      Must(kAdmin, {"act", "CreateOffice", std::string("offices/") + office, "title=Desk",
                    std::string("organisation=organisations/") + organisation});
    }
    Must(kAdmin, {"act", "CreateAgreement", "agreements/accord", "definition=mou", "title=Accord",
                  "instrument=memorandum-of-understanding",
                  "parties=[{id: batangas, organisation: realms/test/organisations/batangas, "
                  "signatory_office: realms/test/offices/ada}, {id: rome, organisation: "
                  "realms/test/organisations/rome, signatory_office: realms/test/offices/ben}]",
                  "brokers=[{id: cfo, organisation: realms/test/organisations/cfo, office: "
                  "realms/test/offices/cora, function: started the talks}]"});
  }
  ~ArticlesE2e() override { std::filesystem::remove_all(folder_); }

  Exit Run(const std::string& account, const std::vector<std::string>& arguments) {
    static const cli::Catalog catalog;
    out_.str("");
    err_.str("");
    console_.environment["KASUNDO_TOKEN"] = account;
    return static_cast<Exit>(cli::Run(arguments, console_, catalog));
  }
  void Must(const std::string& account, const std::vector<std::string>& arguments) {
    EXPECT_EQ(Run(account, arguments), Exit::kOk) << err_.str();
  }
  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }

  // Article 3.2 in English, the Italian pegged to it, and a second English version.
  void DraftHealth() {
    Must(kBatangas,
         {"act", "DraftArticle", "agreements/accord/articles/health", "number=3.2", "title=Health",
          "language=en", "text=The host pays for the lodging of nurses who are exchanged."});
    Must(kRome, {"act", "WriteText", "agreements/accord/articles/health", "language=it",
                 "text=Paga chi ospita.", "peg.language=en"});
    Must(kBatangas, {"act", "WriteText", "agreements/accord/articles/health", "language=en",
                     "text=The guest pays for the travel of nurses who are exchanged."});
  }

  const std::string folder_ = ::testing::TempDir() + "/articles_e2e." + std::to_string(getpid());
  testing::TestServer server_;
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
  cli::Console console_{in_, out_, err_};
};

TEST_F(ArticlesE2e, ADifferenceOfTwoVersionsIsReadableOnTheTerminal) {
  DraftHealth();
  Must(kRome, {"act", "CompareTexts", "agreements/accord/articles/health", "language=en",
               "before.version=1", "after.version=2"});
  EXPECT_THAT(out(), HasSubstr("The [-host-]{+guest+} pays for the [-lodging-]{+travel+} of nurses "
                               "who are exchanged."));
  EXPECT_THAT(out(), HasSubstr("Articles: 1 changed."));
}

TEST_F(ArticlesE2e, TheWholeTextSaysWhatIsBehindItsSource) {
  DraftHealth();
  Must(kRome, {"act", "GetAgreementText", "agreements/accord", "language=it"});
  EXPECT_THAT(out(), AllOf(HasSubstr("Paga chi ospita."),
                           HasSubstr("behind: says what en 1 said, en is at 2"),
                           HasSubstr("No language prevails over the others.")));
}

TEST_F(ArticlesE2e, TheTextOfAPastPositionIsAsItWas) {
  Must(kBatangas, {"act", "DraftArticle", "agreements/accord/articles/health", "number=3.2",
                   "title=Health", "language=en", "text=The host pays."});
  const int64_t position = *server_.engine().NextPosition("realms/test") - 1;
  Must(kBatangas, {"act", "WriteText", "agreements/accord/articles/health", "language=en",
                   "text=The guest pays."});
  const std::string at = std::to_string(position);
  Must(kRome, {"act", "GetAgreementText", "agreements/accord", "as_of.position=" + at});
  EXPECT_THAT(out(), AllOf(HasSubstr("The host pays."), Not(HasSubstr("guest"))));
  Must(kRome, {"act", "CompareTexts", "agreements/accord", "before.position=" + at});
  EXPECT_THAT(out(), HasSubstr("The [-host-]{+guest+} pays."));
}

TEST_F(ArticlesE2e, BeforeTheAgreementThereWasNothing) {
  DraftHealth();
  Must(kRome, {"act", "CompareTexts", "agreements/accord", "language=it", "before.position=0"});
  EXPECT_THAT(out(), HasSubstr("{+Paga chi ospita.+}"));
}

TEST_F(ArticlesE2e, ABrokerCommentsAndDoesNotWrite) {
  DraftHealth();
  Must(kBroker, {"act", "CommentOnArticle", "agreements/accord/articles/health", "language=en",
                 "quote=guest", "text=Also for travel?"});
  EXPECT_EQ(Run(kBroker, {"act", "WriteText", "agreements/accord/articles/health", "language=en",
                          "text=The broker pays."}),
            Exit::kPermission);
  EXPECT_THAT(err(), HasSubstr("ROLE_REQUIRED"));
}

TEST_F(ArticlesE2e, AnArticleThatPartiesReadDifferentlyIsShownAsContested) {
  DraftHealth();
  Must(kBatangas, {"act", "TakePosition", "agreements/accord/articles/health", "language=en",
                   "stance=accepts-with-reading", "reading=Economy class."});
  Must(kRome, {"act", "TakePosition", "agreements/accord/articles/health", "language=en",
               "stance=accepts-with-reading", "reading=Any class."});
  Must(kRome, {"get", "agreements/accord/articles/health"});
  EXPECT_THAT(out(), HasSubstr("batangas, rome"));
  Must(kRome, {"act", "GetAgreementText", "agreements/accord", "language=en"});
  EXPECT_THAT(out(), HasSubstr("Contested: 3.2."));
}

TEST_F(ArticlesE2e, AVersionThatIsNotThereIsNotCompared) {
  DraftHealth();
  EXPECT_EQ(Run(kRome, {"act", "CompareTexts", "agreements/accord/articles/health", "language=en",
                        "before.version=7"}),
            Exit::kNotFound);
  EXPECT_THAT(err(), HasSubstr("TEXT_NOT_FOUND"));
  EXPECT_EQ(Run(kRome, {"act", "CompareTexts", "agreements/accord", "before.version=1"}),
            Exit::kNotFound);
  EXPECT_THAT(err(), HasSubstr("TEXT_NOT_FOUND"));
}

TEST_F(ArticlesE2e, OnlyTextsAreCompared) {
  EXPECT_EQ(Run(kRome, {"act", "CompareTexts", "offices/ada", "before.version=1"}), Exit::kInvalid);
  EXPECT_THAT(err(), HasSubstr("NAME_INVALID"));
}

}  // namespace
}  // namespace kasundo
