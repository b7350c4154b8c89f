#include "services/cli/output.h"

#include "gtest/gtest.h"
#include "kasundo/monitoring/v1/checklists.pb.h"
#include "kasundo/monitoring/v1/reports.pb.h"
#include "kasundo/testing/v1/toy.pb.h"

namespace kasundo::cli {
namespace {

testing::v1::Promise Sample(const std::string& id) {
  testing::v1::Promise promise;
  promise.set_name("realms/test/promises/" + id);
  promise.set_definition_version(2);
  promise.mutable_due()->set_year(2016);
  return promise;
}

TEST(Print, WritesJsonWithTheFieldsNamesOfTheProtos) {
  EXPECT_EQ(Print(Sample("a"), Format::kJson),
            "{\n \"name\": \"realms/test/promises/a\",\n \"definition_version\": 2,\n \"due\": {\n "
            " \"year\": 2016\n }\n}\n");
}

TEST(Print, WritesYamlAsItIsRead) {
  EXPECT_EQ(Print(Sample("a"), Format::kYaml),
            "name: realms/test/promises/a\ndefinition_version: 2\ndue: 2016\n");
}

// "yes" alone would be a boolean to other readers of YAML, but it is what people type.
TEST(Print, WritesChoicesInYamlAsPeopleTypeThem) {
  monitoring::v1::Answer answer;
  answer.set_choice_of_three(monitoring::v1::YES_NO_PARTLY_YES);
  EXPECT_EQ(Print(answer, Format::kYaml), "choice_of_three: \"yes\"\n");
}

TEST(Print, WritesNamesAlone) {
  EXPECT_EQ(Print(Sample("a"), Format::kName), "realms/test/promises/a\n");
}

TEST(Print, WritesTheTableThatAMessageBringsAlongAsItIs) {
  monitoring::v1::Report report;
  report.set_csv("#,PROJECT\r\n1,\"Desk, of Lipa\"\r\n");
  EXPECT_EQ(Print(report, Format::kCsv), report.csv());
  EXPECT_EQ(CsvField(*testing::v1::Promise::descriptor()), nullptr);
}

TEST(PrintAll, WritesAListThatIsAlsoOneWhenEmpty) {
  const auto a = Sample("a");
  const auto b = Sample("b");
  EXPECT_EQ(PrintAll({&a, &b}, Format::kName), "realms/test/promises/a\nrealms/test/promises/b\n");
  EXPECT_EQ(PrintAll({}, Format::kJson), "[]\n");
  EXPECT_EQ(PrintAll({&a}, Format::kJson),
            "[\n{\"name\":\"realms/test/promises/"
            "a\",\"definition_version\":2,\"due\":{\"year\":2016}}\n]\n");
  EXPECT_EQ(PrintAll({&a, &b}, Format::kYaml).find("---\n"), 0u);
}

TEST(ParseFormat, KnowsFour) {
  EXPECT_EQ(ParseFormat("json"), Format::kJson);
  EXPECT_EQ(ParseFormat("xml"), std::nullopt);
}

}  // namespace
}  // namespace kasundo::cli
