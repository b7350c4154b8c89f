// Questions about texts, of one article or of a whole agreement: what it says, and what changed.
// Pure functions; articles_service.cc reads what they ask about.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/articles_events.pb.h"
#include "kasundo/agreements/v1/articles_service.pb.h"

namespace kasundo::agreements {

// An article at some point.
struct ArticleThen {
  std::string name;
  std::shared_ptr<const v1::ArticleState> state;
  int version = 0;  // of the language that is asked for; 0 means the newest
};

// The text of an agreement at some point.
struct WholeText {
  std::string name;
  std::shared_ptr<const v1::AgreementState> agreement;
  std::vector<ArticleThen> articles;  // any order; those that were withdrawn do not count
  std::string when;                   // in words: "the present text", "agreed text 2"
};

// The language that a question means: the one asked for in its canonical form, else the one that
// prevails, else the first that an article has. TEXT_NOT_FOUND if no article has a text in it;
// LANGUAGE_INVALID.
absl::StatusOr<std::string> ChooseLanguage(const std::string& asked,
                                           const std::vector<const WholeText*>& texts);

// REQUIRES: a language that ChooseLanguage gave.
v1::GetAgreementTextResponse TextIn(const std::string& language, const WholeText& text);

// What changed from one to the other, article by article.
// REQUIRES: a language that ChooseLanguage gave.
v1::CompareTextsResponse Compare(const std::string& language, const WholeText& before,
                                 const WholeText& after, bool unchanged_too);

}  // namespace kasundo::agreements
