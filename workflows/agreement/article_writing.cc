// Writing the text of an article: its heading, versions in each language, and which text says what
// which other says.
#include <algorithm>
#include <cctype>
#include <optional>

#include "fmt/format.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/agreement/article_authors.h"
#include "workflows/agreement/article_commands.h"
#include "workflows/agreement/article_text.h"
#include "workflows/agreement/language_tag.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/engine/usual_checks.h"

namespace kasundo::agreements {
namespace {

using State = v1::ArticleState;

// --- heading ---

bool IsNumber(std::string_view number) {
  const auto plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  return !number.empty() && plain(number.front()) && plain(number.back()) &&
         std::all_of(number.begin(), number.end(),
                     [&](char c) { return plain(c) || c == '.' || c == '-' || c == ' '; });
}

absl::Status CheckNumber(const std::string& number, const Context& context) {
  if (!IsNumber(number)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_NUMBER_INVALID,
                  fmt::format("\"{}\" is not a number of an article", number))
        .Field("number")
        .Mend("Write for example 3, 3.2 or 4 bis.");
  }
  const v1::AgreementState* agreement = AgreementAbove(context);
  if (agreement == nullptr) return absl::OkStatus();
  for (const std::string& name : agreement->articles()) {
    const auto* other = context.Related<State>(name);
    if (name == context.instance || other == nullptr || IsSet(other->withdrawn_on()) ||
        other->number() != number) {
      continue;
    }
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_NUMBER_OF_ANOTHER,
                  fmt::format("article {} of the agreement is \"{}\"", number, other->title()))
        .Field("number")
        .Mend("Renumber that article first, or choose another number.")
        .With("article", name);
  }
  return absl::OkStatus();
}

// --- versions ---

// The source to which a text in `language` is pegged, with its version filled in.
absl::StatusOr<v1::TextPeg> ResolvePeg(const v1::TextPeg& peg, const std::string& language,
                                       const State& state) {
  ASSIGN_OR_RETURN(const std::string source_language, CanonicalLanguage(peg.language()));
  if (source_language == language) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_PEG_TO_ITSELF,
                  fmt::format("a text in {} cannot follow one in {}", language, language))
        .Field("peg.language")
        .Mend("Name the language from which it was translated, or leave the peg out.");
  }
  const v1::LanguageVersion* source = FindText(state, source_language, peg.version());
  if (source == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_PEG_NOT_FOUND,
                  peg.version() == 0 ? fmt::format("the article has no text in {}", source_language)
                                     : fmt::format("the article has no version {} in {}",
                                                   peg.version(), source_language))
        .Field("peg")
        .Mend("Write the source first.");
  }
  if (source->has_peg()) {
    const v1::TextPeg& further = source->peg();
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_PEG_NOT_A_SOURCE,
                  fmt::format("{} {} is itself pegged to {} {}", source_language, source->version(),
                              further.language(), further.version()))
        .Field("peg")
        .Mend(fmt::format("Compare the text with {} {} and peg it to that.", further.language(),
                          further.version()))
        .With("source_language", further.language())
        .With("source_version", further.version());
  }
  v1::TextPeg resolved;
  resolved.set_language(source_language);
  resolved.set_version(source->version());
  return resolved;
}

bool SamePeg(const v1::TextPeg& a, const v1::TextPeg& b) {
  return a.language() == b.language() && a.version() == b.version();
}

// A version of the text as it is written now.
v1::ArticleEvent Written(std::string language, int version, const std::string& text,
                         const std::string& note, const v1::Author& author,
                         const Context& context) {
  v1::ArticleEvent event;
  v1::LanguageVersion& written = *event.mutable_text_written()->mutable_version();
  written.set_language(std::move(language));
  written.set_version(version);
  written.set_text(text);
  written.set_note(note);
  *written.mutable_author() = author;
  *written.mutable_written_on() = context.today;
  return event;
}

}  // namespace

ArticleDecision DraftArticle(const v1::DraftArticleRequest& request, const State&,
                             const Context& context) {
  RETURN_IF_ERROR(RequireTextOpen(context));
  RETURN_IF_ERROR(CheckNumber(request.number(), context));
  std::vector<v1::ArticleEvent> events(1);
  v1::ArticleDrafted& drafted = *events.front().mutable_article_drafted();
  drafted.set_number(request.number());
  drafted.set_title(request.title());
  ASSIGN_OR_RETURN(const v1::Party* party, PartyFor(request.party(), context));
  if (request.text().empty()) return events;
  if (request.language().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TEXT_WITHOUT_LANGUAGE,
                  "in which language is the text?")
        .Field("language")
        .Mend("Give its tag, for example en or it.");
  }
  ASSIGN_OR_RETURN(std::string language, CanonicalLanguage(request.language()));
  events.push_back(Written(std::move(language), 1, request.text(), request.note(),
                           AuthorOf(party, context), context));
  return events;
}

// Requirement 35: a new attempt inherits the text; each party confirms it anew.
ArticleDecision InheritArticle(const v1::InheritArticleRequest& request, const State&,
                               const Context& context) {
  RETURN_IF_ERROR(RequireTextOpen(context));
  const auto* from = context.Related<State>(request.from());
  if (from == nullptr || IsSet(from->withdrawn_on())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ARTICLE_WITHDRAWN,
                  "the article was withdrawn in the earlier attempt")
        .Field("from")
        .Mend("Draft a new article.");
  }
  RETURN_IF_ERROR(CheckNumber(from->number(), context));
  v1::ArticleEvent event;
  v1::ArticleInherited& inherited = *event.mutable_article_inherited();
  inherited.set_from(request.from());
  inherited.set_number(from->number());
  inherited.set_title(from->title());
  *inherited.mutable_versions() = from->versions();
  return {{std::move(event)}};
}

ArticleDecision RenumberArticle(const v1::RenumberArticleRequest& request, const State& state,
                                const Context& context) {
  RETURN_IF_ERROR(RequireTextOpen(context));
  if (request.number() == state.number()) {
    return NothingToChange(fmt::format("it is article {}", state.number())).Field("number");
  }
  RETURN_IF_ERROR(CheckNumber(request.number(), context));
  v1::ArticleEvent event;
  event.mutable_article_renumbered()->set_number(request.number());
  return {{std::move(event)}};
}

ArticleDecision RetitleArticle(const v1::RetitleArticleRequest& request, const State& state,
                               const Context& context) {
  RETURN_IF_ERROR(RequireTextOpen(context));
  if (request.title() == state.title()) {
    return NothingToChange("that is its title").Field("title");
  }
  v1::ArticleEvent event;
  event.mutable_article_retitled()->set_title(request.title());
  return {{std::move(event)}};
}

ArticleDecision WriteText(const v1::WriteTextRequest& request, const State& state,
                          const Context& context) {
  RETURN_IF_ERROR(RequireTextOpen(context));
  ASSIGN_OR_RETURN(std::string language, CanonicalLanguage(request.language()));
  const v1::LanguageVersion* newest = FindText(state, language);
  const int last = newest == nullptr ? 0 : newest->version();
  if (request.based_on() != 0 && request.based_on() != last) {
    return Refuse(absl::StatusCode::kAborted, v1::REASON_TEXT_WRITTEN_MEANWHILE,
                  fmt::format("the text in {} is at version {}, yours is based on {}", language,
                              last, request.based_on()))
        .Field("based_on")
        .Mend("Compare the two versions and write yours upon the newest.")
        .With("version", last);
  }
  std::optional<v1::TextPeg> peg;
  if (request.has_peg()) {
    ASSIGN_OR_RETURN(peg, ResolvePeg(request.peg(), language, state));
  }
  // A translation that becomes a source, with the same words, is a new version; all else with the
  // same words is none.
  if (newest != nullptr && newest->text() == request.text() && (peg || !newest->has_peg())) {
    return NothingToChange(fmt::format("version {} in {} has these words", last, language))
        .Field("text")
        .Mend("If it follows a newer source without a change, peg it with PegText.");
  }
  ASSIGN_OR_RETURN(const v1::Party* party, PartyFor(request.party(), context));
  const v1::Author author = AuthorOf(party, context);
  v1::ArticleEvent event =
      Written(std::move(language), last + 1, request.text(), request.note(), author, context);
  if (peg) {
    v1::LanguageVersion& written = *event.mutable_text_written()->mutable_version();
    *written.mutable_peg() = *peg;
    *written.mutable_pegged_by() = author;
    *written.mutable_pegged_on() = context.today;
  }
  return {{std::move(event)}};
}

ArticleDecision PegText(const v1::PegTextRequest& request, const State& state,
                        const Context& context) {
  RETURN_IF_ERROR(RequireTextOpen(context));
  ASSIGN_OR_RETURN(const std::string language, CanonicalLanguage(request.language()));
  const v1::LanguageVersion* text = FindText(state, language);
  if (text == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_TEXT_NOT_FOUND,
                  fmt::format("the article has no text in {}", language))
        .Field("language")
        .Mend("Name a language in which it has a text, or write one with WriteText.");
  }
  ASSIGN_OR_RETURN(const v1::TextPeg peg, ResolvePeg(request.peg(), language, state));
  if (text->has_peg() && SamePeg(text->peg(), peg)) {
    return NothingToChange(fmt::format("{} {} is pegged to {} {}", language, text->version(),
                                       peg.language(), peg.version()))
        .Field("peg");
  }
  // Else a chain of pegs would come about in which nobody knows whose words are whose.
  for (const std::string& other : LanguagesOf(state)) {
    const v1::LanguageVersion* follower = FindText(state, other);
    if (follower->has_peg() && follower->peg().language() == language &&
        follower->peg().version() == text->version()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_PEG_SOURCE_OF_OTHERS,
                    fmt::format("{} {} is pegged to {} {}", other, follower->version(), language,
                                text->version()))
          .Field("language")
          .Mend(fmt::format("Peg {} to {} {} first.", other, peg.language(), peg.version()))
          .With("language", other);
    }
  }
  ASSIGN_OR_RETURN(const v1::Party* party, PartyFor({}, context));
  v1::ArticleEvent event;
  v1::TextPegged& pegged = *event.mutable_text_pegged();
  pegged.set_language(language);
  pegged.set_version(text->version());
  *pegged.mutable_peg() = peg;
  *pegged.mutable_author() = AuthorOf(party, context);
  *pegged.mutable_pegged_on() = context.today;
  return {{std::move(event)}};
}

ArticleDecision WithdrawArticle(const v1::WithdrawArticleRequest&, const State&,
                                const Context& context) {
  RETURN_IF_ERROR(RequireTextOpen(context));
  RETURN_IF_ERROR(RequireArticleReason(context));
  v1::ArticleEvent event;
  event.mutable_article_withdrawn()->set_reason(context.reason);
  *event.mutable_article_withdrawn()->mutable_withdrawn_on() = context.today;
  return {{std::move(event)}};
}

}  // namespace kasundo::agreements
