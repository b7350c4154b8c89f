#include "services/agreements/whole_text.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "services/agreements/article_mapping.h"
#include "workflows/agreement/article_text.h"
#include "workflows/agreement/language_tag.h"
#include "workflows/agreement/text_difference.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

bool Stands(const ArticleThen& article) { return !IsSet(article.state->withdrawn_on()); }

bool HasText(const WholeText& text, const std::string& language) {
  return std::any_of(text.articles.begin(), text.articles.end(), [&](const ArticleThen& article) {
    return Stands(article) && FindText(*article.state, language, article.version) != nullptr;
  });
}

// Every language that an article has, in the order of the articles.
std::vector<std::string> LanguagesIn(const WholeText& text) {
  std::vector<std::string> languages;
  for (const ArticleThen& article : text.articles) {
    if (!Stands(article)) continue;
    for (std::string& language : LanguagesOf(*article.state)) {
      if (std::find(languages.begin(), languages.end(), language) == languages.end()) {
        languages.push_back(std::move(language));
      }
    }
  }
  return languages;
}

std::string Named(const std::string& language) {
  return fmt::format("{} ({})", LanguageName(language), language);
}

std::string Counted(size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

v1::TextOfArticle TextOf(const ArticleThen& article, const std::string& language,
                         const v1::AgreementState& agreement) {
  const v1::ArticleState& state = *article.state;
  v1::TextOfArticle entry;
  entry.set_article(article.name);
  entry.set_number(state.number());
  entry.set_title(state.title());
  std::vector<std::string> remarks;
  const v1::LanguageVersion* text = FindText(state, language);
  if (text == nullptr) {
    entry.set_missing(true);
    remarks.push_back(fmt::format("no text in {} yet", LanguageName(language)));
  } else {
    entry.set_text(text->text());
    entry.set_version(text->version());
    if (text->has_peg()) *entry.mutable_peg() = text->peg();
    entry.set_behind(IsBehind(state, language));
  }
  if (entry.behind()) {
    remarks.push_back(fmt::format("behind: says what {0} {1} said, {0} is at {2}",
                                  entry.peg().language(), entry.peg().version(),
                                  FindText(state, entry.peg().language())->version()));
  }
  const std::vector<std::string> contested = ContestedBy(state, agreement);
  entry.set_contested(!contested.empty());
  if (entry.contested()) {
    remarks.push_back(fmt::format("contested by {}", fmt::join(contested, ", ")));
  }
  entry.set_remark(fmt::format("{}", fmt::join(remarks, "; ")));
  return entry;
}

std::string Explain(const v1::GetAgreementTextResponse& response, const std::string& when) {
  std::string text = fmt::format("{} in {}: {}.", when, Named(response.language()),
                                 Counted(response.articles_size(), "article", "articles"));
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  const std::string& prevailing = response.prevailing_language();
  if (prevailing.empty()) {
    text += response.languages_size() > 1 ? " No language prevails over the others." : "";
  } else if (prevailing == response.language()) {
    text += " It prevails where the texts differ.";
  } else {
    text += fmt::format(" Where the texts differ, {} prevails.", Named(prevailing));
  }
  const auto add = [&](const char* words, const auto& picks) {
    std::vector<std::string> numbers;
    for (const v1::TextOfArticle& article : response.articles()) {
      if (picks(article)) numbers.push_back(article.number());
    }
    if (!numbers.empty()) text += fmt::format(" {}: {}.", words, fmt::join(numbers, ", "));
  };
  add("Behind its source", [](const auto& article) { return article.behind(); });
  add("Not written yet", [](const auto& article) { return article.missing(); });
  add("Contested", [](const auto& article) { return article.contested(); });
  return text;
}

// --- comparing ---

// An article on both sides; nullptr where it is not.
struct Pair {
  const ArticleThen* before = nullptr;
  const ArticleThen* after = nullptr;
};

const v1::LanguageVersion* TextOf(const ArticleThen* article, const std::string& language) {
  return article == nullptr ? nullptr : FindText(*article->state, language, article->version);
}

void AddRuns(const std::string& before, const std::string& after,
             google::protobuf::RepeatedPtrField<api::v1::TextRun>& runs) {
  for (api::v1::TextRun& run : Difference(before, after)) *runs.Add() = std::move(run);
}

v1::ArticleDifference Compare(const Pair& pair, const std::string& language) {
  const ArticleThen& last = pair.after == nullptr ? *pair.before : *pair.after;
  const auto number = [](const ArticleThen* article) {
    return article == nullptr ? "" : article->state->number();
  };
  const auto title = [](const ArticleThen* article) {
    return article == nullptr ? "" : article->state->title();
  };
  const v1::LanguageVersion* before = TextOf(pair.before, language);
  const v1::LanguageVersion* after = TextOf(pair.after, language);
  v1::ArticleDifference difference;
  difference.set_article(last.name);
  difference.set_number(last.state->number());
  if (before != nullptr) difference.set_version_before(before->version());
  if (after != nullptr) difference.set_version_after(after->version());
  AddRuns(title(pair.before), title(pair.after), *difference.mutable_title());
  AddRuns(before == nullptr ? "" : before->text(), after == nullptr ? "" : after->text(),
          *difference.mutable_text());
  if (pair.before == nullptr) {
    difference.set_change(v1::ARTICLE_CHANGE_ADDED);
    return difference;
  }
  if (pair.after == nullptr) {
    difference.set_change(v1::ARTICLE_CHANGE_REMOVED);
    return difference;
  }
  const bool renumbered = number(pair.before) != number(pair.after);
  if (renumbered) difference.set_number_before(number(pair.before));
  const bool reworded =
      (before == nullptr ? "" : before->text()) != (after == nullptr ? "" : after->text());
  difference.set_change(renumbered || reworded || title(pair.before) != title(pair.after)
                            ? v1::ARTICLE_CHANGE_CHANGED
                            : v1::ARTICLE_CHANGE_UNCHANGED);
  return difference;
}

}  // namespace

absl::StatusOr<std::string> ChooseLanguage(const std::string& asked,
                                           const std::vector<const WholeText*>& texts) {
  std::vector<std::string> there;
  for (const WholeText* text : texts) {
    for (std::string& language : LanguagesIn(*text)) there.push_back(std::move(language));
  }
  std::string language;
  if (!asked.empty()) {
    ASSIGN_OR_RETURN(language, CanonicalLanguage(asked));
  } else {
    language = PrevailingLanguage(*texts.back()->agreement);
    if (language.empty() && !there.empty()) language = there.front();
  }
  for (const WholeText* text : texts) {
    if (HasText(*text, language)) return language;
  }
  std::sort(there.begin(), there.end());
  there.erase(std::unique(there.begin(), there.end()), there.end());
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_TEXT_NOT_FOUND,
                there.empty() ? "no article has a text"
                              : fmt::format("no article has a text in {}, but in {}", language,
                                            fmt::join(there, ", ")))
      .Field("language")
      .Mend(there.empty() ? "Let a party write the articles first."
                          : "Name one of these languages.");
}

v1::GetAgreementTextResponse TextIn(const std::string& language, const WholeText& text) {
  v1::GetAgreementTextResponse response;
  response.set_name(text.name);
  response.set_title(text.agreement->title());
  response.set_language(language);
  response.set_prevailing_language(PrevailingLanguage(*text.agreement));
  for (std::string& each : LanguagesIn(text)) response.add_languages(std::move(each));
  for (const ArticleThen& article : text.articles) {
    if (Stands(article)) *response.add_articles() = TextOf(article, language, *text.agreement);
  }
  std::sort(response.mutable_articles()->begin(), response.mutable_articles()->end(),
            [](const v1::TextOfArticle& a, const v1::TextOfArticle& b) {
              return NumberBefore(a.number(), b.number());
            });
  response.set_explanation(Explain(response, text.when));
  return response;
}

v1::CompareTextsResponse Compare(const std::string& language, const WholeText& before,
                                 const WholeText& after, bool unchanged_too) {
  std::map<std::string, Pair> pairs;
  for (const ArticleThen& article : before.articles) {
    if (Stands(article)) pairs[article.name].before = &article;
  }
  for (const ArticleThen& article : after.articles) {
    if (Stands(article)) pairs[article.name].after = &article;
  }
  v1::CompareTextsResponse response;
  response.set_name(after.name);
  response.set_language(language);
  std::map<v1::ArticleChange, size_t> counts;
  for (const auto& [name, pair] : pairs) {
    v1::ArticleDifference difference = Compare(pair, language);
    ++counts[difference.change()];
    if (difference.change() != v1::ARTICLE_CHANGE_UNCHANGED || unchanged_too) {
      *response.add_articles() = std::move(difference);
    }
  }
  std::sort(response.mutable_articles()->begin(), response.mutable_articles()->end(),
            [](const v1::ArticleDifference& a, const v1::ArticleDifference& b) {
              return NumberBefore(a.number(), b.number());
            });
  std::vector<std::string> parts;
  for (const auto& [change, words] : {std::pair(v1::ARTICLE_CHANGE_CHANGED, "changed"),
                                      std::pair(v1::ARTICLE_CHANGE_ADDED, "added"),
                                      std::pair(v1::ARTICLE_CHANGE_REMOVED, "removed"),
                                      std::pair(v1::ARTICLE_CHANGE_UNCHANGED, "the same")}) {
    if (counts[change] > 0) parts.push_back(fmt::format("{} {}", counts[change], words));
  }
  response.set_explanation(
      fmt::format("{}, from {} to {}. Articles: {}.", Named(language), before.when, after.when,
                  parts.empty() ? "none" : fmt::format("{}", fmt::join(parts, ", "))));
  return response;
}

}  // namespace kasundo::agreements
