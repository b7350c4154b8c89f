// What an article says now: its newest texts and how they hang together, between which parties it
// is contested, and the hash to which signatures are bound. Pure functions of its state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/agreements/v1/articles_events.pb.h"

namespace kasundo::agreements {

// Languages in which the article has a text, in the order in which they came.
std::vector<std::string> LanguagesOf(const v1::ArticleState& state);

// A version of the text in a language; 0 means the newest. nullptr if there is none.
const v1::LanguageVersion* FindText(const v1::ArticleState& state, std::string_view language,
                                    int version = 0);

// The text that a request means: `language` may be empty if there is only one, `version` 0 means
// the newest. LANGUAGE_INVALID, LANGUAGE_NEEDED, TEXT_NOT_FOUND.
absl::StatusOr<const v1::LanguageVersion*> RequireText(const v1::ArticleState& state,
                                                       std::string_view language, int version);

// Whether the newest text of a language is pegged to a version of a source that has a newer one.
bool IsBehind(const v1::ArticleState& state, std::string_view language);

// How the newest text of each language stands, in the order in which the languages came.
std::vector<v1::ArticleLanguage> LanguagesNow(const v1::ArticleState& state,
                                              std::string_view prevailing_language);

// The last position of a party; nullptr if it took none.
const v1::ArticlePosition* PositionOf(const v1::ArticleState& state, std::string_view party);

// Whether the text that the position is about has changed since: there is a newer version in its
// language, or that language is behind its source.
bool IsOutdated(const v1::ArticleState& state, const v1::ArticlePosition& position);

// Ids of the parties between which the article is contested, in the order in which they first took
// a position: those that object, and those whose stated readings differ in words (case and spaces
// aside). Each party's last position counts, also where the text has changed since: an objection
// stands until its party says otherwise. Empty for a withdrawn article.
std::vector<std::string> ContestedBy(const v1::ArticleState& state);

// The same among some parties only: positions of others (who left the agreement) do not count.
std::vector<std::string> ContestedBy(const v1::ArticleState& state,
                                     const std::vector<std::string>& parties);

// Requirement 27: a contested article blocks the signature.
bool IsContested(const v1::ArticleState& state);

// The parties, of those given, that have taken no position on the text as it now stands.
std::vector<std::string> NotConfirmedBy(const v1::ArticleState& state,
                                        const std::vector<std::string>& parties);

// SHA-256, in lower-case hex, over number, title and the newest text of every language, by
// language. Versions, pegs, comments and positions do not count: two articles that say the same
// have the same hash.
std::string ContentHash(const v1::ArticleState& state);

// Whether the number of an article comes before another's: "3.2" before "3.10", "4" before "4 bis".
bool NumberBefore(std::string_view a, std::string_view b);

}  // namespace kasundo::agreements
