#include "services/agreements/articles_service.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "fmt/format.h"
#include "kasundo/agreements/v1/articles_service.pb.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "services/agreements/article_mapping.h"
#include "services/agreements/whole_text.h"
#include "workflows/agreement/article_text.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

using agreements::ArticleThen;
using agreements::WholeText;
using api::v1::AsOf;
namespace v1 = agreements::v1;

constexpr size_t kReadAtOnce = 500;

std::shared_ptr<const v1::ArticleState> ArticleOf(const Instance& instance) {
  return std::static_pointer_cast<const v1::ArticleState>(instance.state);
}

absl::Status WrongKind(const Instance& instance, const char* wanted) {
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                fmt::format("\"{}\" is of the kind {}", instance.name, instance.record.kind()))
      .Field("name")
      .Mend(fmt::format("Give the name of {}.", wanted));
}

// --- reading texts ---

absl::StatusOr<WholeText> ReadAgreement(const Engine& engine, const std::string& name,
                                        const std::optional<AsOf>& as_of, std::string when) {
  ASSIGN_OR_RETURN(const Instance agreement, engine.Get(name, as_of));
  auto state = std::dynamic_pointer_cast<const v1::AgreementState>(agreement.state);
  if (state == nullptr) return WrongKind(agreement, "an agreement");
  WholeText text{name, std::move(state), {}, std::move(when)};
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const auto page, engine.List("article", name, after, kReadAtOnce, as_of));
    for (const Instance& article : page) {
      text.articles.push_back({article.name, ArticleOf(article)});
    }
    if (page.size() < kReadAtOnce) return text;
    after = page.back().name;
  }
}

// The number of the text that an event of an agreement brought; 0 if it brought none.
int AgreedTextIn(const v1::AgreementEvent& event) {
  if (event.has_text_agreed()) return event.text_agreed().text().number();
  if (event.has_amendment_adopted()) return event.amendment_adopted().text().number();
  if (event.has_party_left()) return event.party_left().text().number();
  return 0;
}

// The agreement's text as it was agreed then: that of the journal position at which it was.
absl::StatusOr<WholeText> ReadAgreedText(const Engine& engine, const std::string& name,
                                         int number) {
  for (int64_t from = 1;;) {
    ASSIGN_OR_RETURN(const auto page, engine.History(name, from, kReadAtOnce));
    for (const workflows::v1::EventRecord& record : page) {
      v1::AgreementEvent event;
      if (record.payload_type() != event.GetTypeName() ||
          !event.ParseFromString(record.payload()) || AgreedTextIn(event) != number) {
        continue;
      }
      AsOf as_of;
      as_of.set_position(record.position());
      return ReadAgreement(engine, name, as_of,
                           fmt::format("agreed text {} of {}", number, ToString(event.on())));
    }
    if (page.size() < kReadAtOnce) break;
    from = page.back().revision() + 1;
  }
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_TEXT_NOT_FOUND,
                fmt::format("the agreement has no agreed text {}", number))
      .Field("version")
      .Mend("See text_versions of the agreement, or give a time or a journal position.");
}

// What a point of a comparison stands for.
struct Moment {
  std::optional<AsOf> as_of;
  int version = 0;
  std::string words = "the present text";
};

Moment MomentOf(const v1::TextPoint& point) {
  Moment moment;
  switch (point.at_case()) {
    case v1::TextPoint::kVersion:
      moment.version = point.version();
      moment.words = fmt::format("version {}", point.version());
      break;
    case v1::TextPoint::kTime: {
      *moment.as_of.emplace().mutable_time() = point.time();
      const absl::Time time = absl::FromUnixSeconds(point.time().seconds());
      moment.words =
          "the text at " + absl::FormatTime("%Y-%m-%d %H:%M UTC", time, absl::UTCTimeZone());
      break;
    }
    case v1::TextPoint::kPosition:
      moment.as_of.emplace().set_position(point.position());
      moment.words = fmt::format("the text at journal position {}", point.position());
      break;
    case v1::TextPoint::AT_NOT_SET:
      break;
  }
  return moment;
}

bool NotThereYet(const absl::Status& status) { return ReasonOf(status) == "NOT_YET_EXISTING"; }

// One article as if it were the whole text; empty if it was not there yet.
absl::StatusOr<WholeText> ReadArticle(const Engine& engine, const std::string& name,
                                      const Moment& moment) {
  ASSIGN_OR_RETURN(const Instance agreement, engine.Get(ParentOf(name)));
  auto state = std::dynamic_pointer_cast<const v1::AgreementState>(agreement.state);
  if (state == nullptr) return WrongKind(agreement, "an article of an agreement");
  WholeText text{name, std::move(state), {}, moment.words};
  const auto article = engine.Get(name, moment.as_of);
  if (article.ok()) {
    text.articles.push_back({name, ArticleOf(*article), moment.version});
  } else if (!NotThereYet(article.status())) {
    return article.status();
  }
  return text;
}

absl::StatusOr<WholeText> ReadPoint(const Engine& engine, const Instance& instance,
                                    const v1::TextPoint& point) {
  const Moment moment = MomentOf(point);
  if (instance.record.kind() == "article") return ReadArticle(engine, instance.name, moment);
  if (moment.version != 0) return ReadAgreedText(engine, instance.name, moment.version);
  auto text = ReadAgreement(engine, instance.name, moment.as_of, moment.words);
  if (text.ok() || !NotThereYet(text.status())) return text;
  // Before the agreement there was no text: everything was added.
  WholeText nothing{instance.name, std::make_shared<v1::AgreementState>(), {}, moment.words};
  return nothing;
}

// A version that is asked for by number must be there. Adds to the words when it was written.
absl::Status RequireVersion(const std::string& language, WholeText& text) {
  for (const ArticleThen& article : text.articles) {
    if (article.version == 0) continue;
    ASSIGN_OR_RETURN(const v1::LanguageVersion* version,
                     agreements::RequireText(*article.state, language, article.version));
    text.when =
        fmt::format("version {} of {}", version->version(), ToString(version->written_on()));
  }
  return absl::OkStatus();
}

// --- RPCs ---

absl::StatusOr<v1::GetAgreementTextResponse> GetAgreementText(
    const v1::GetAgreementTextRequest& request, const CallContext& call) {
  const Engine& engine = call.engine();
  std::optional<AsOf> as_of;
  if (request.has_as_of()) as_of = request.as_of();
  ASSIGN_OR_RETURN(const WholeText text,
                   request.agreed_text() != 0
                       ? ReadAgreedText(engine, request.name(), request.agreed_text())
                       : ReadAgreement(engine, request.name(), as_of,
                                       as_of ? "the text as it was" : "the present text"));
  ASSIGN_OR_RETURN(const std::string language,
                   agreements::ChooseLanguage(request.language(), {&text}));
  return agreements::TextIn(language, text);
}

absl::StatusOr<v1::CompareTextsResponse> CompareTexts(const v1::CompareTextsRequest& request,
                                                      const CallContext& call) {
  const Engine& engine = call.engine();
  ASSIGN_OR_RETURN(const Instance instance, engine.Get(request.name()));
  if (instance.record.kind() != "article" && instance.record.kind() != "agreement") {
    return WrongKind(instance, "an agreement or one of its articles");
  }
  ASSIGN_OR_RETURN(WholeText before, ReadPoint(engine, instance, request.before()));
  ASSIGN_OR_RETURN(WholeText after, ReadPoint(engine, instance, request.after()));
  ASSIGN_OR_RETURN(const std::string language,
                   agreements::ChooseLanguage(request.language(), {&before, &after}));
  RETURN_IF_ERROR(RequireVersion(language, before));
  RETURN_IF_ERROR(RequireVersion(language, after));
  return agreements::Compare(language, before, after, request.unchanged_too());
}

std::string Rpc(std::string_view method) {
  return fmt::format("kasundo.agreements.v1.Articles.{}", method);
}

}  // namespace

void RegisterArticles(ServiceCatalog& catalog) {
  catalog.AddService(v1::CompareTextsRequest::descriptor()->file()->FindServiceByName("Articles"));
  catalog.AddKind<v1::Article>(
      "article", [](const Instance& instance, const MappingContext& context) {
        const auto agreement = context.Related<v1::AgreementState>(ParentOf(instance.name));
        return agreements::ToArticle(*ArticleOf(instance),
                                     agreement == nullptr ? v1::AgreementState() : *agreement,
                                     context.in_list);
      });
  catalog.Query<v1::GetAgreementTextRequest, v1::GetAgreementTextResponse>(Rpc("GetAgreementText"),
                                                                           GetAgreementText);
  catalog.Query<v1::CompareTextsRequest, v1::CompareTextsResponse>(Rpc("CompareTexts"),
                                                                   CompareTexts);
}

}  // namespace kasundo
