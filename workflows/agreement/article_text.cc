#include "workflows/agreement/article_text.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "workflows/agreement/language_tag.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/sha256.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

bool Contains(const std::vector<std::string>& list, std::string_view entry) {
  return std::find(list.begin(), list.end(), entry) != list.end();
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Two parties that write the same words with other spaces or capitals read alike.
std::string Folded(std::string_view reading) {
  std::string folded;
  bool space = false;
  for (const char c : reading) {
    if (IsSpace(c)) {
      space = !folded.empty();
      continue;
    }
    if (space) folded += ' ';
    space = false;
    folded += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return folded;
}

// The length stands before each part, so that no two lists of parts read the same.
void Add(std::string& content, std::string_view part) {
  content += fmt::format("{}:", part.size());
  content += part;
}

// Figures or letters between points and spaces: "4 bis" is "4" and "bis", so is "4bis".
struct NumberPart {
  bool figures = false;
  std::string text;
};

std::vector<NumberPart> PartsOf(std::string_view number) {
  std::vector<NumberPart> parts;
  bool begins = true;
  for (const char c : number) {
    if (IsSpace(c) || c == '.' || c == '-') {
      begins = true;
      continue;
    }
    const bool figure = c >= '0' && c <= '9';
    if (begins || parts.back().figures != figure) parts.push_back({figure, ""});
    begins = false;
    if (figure && parts.back().text == "0") parts.back().text.clear();  // 07 is 7
    parts.back().text += c;
  }
  return parts;
}

}  // namespace

std::vector<std::string> LanguagesOf(const v1::ArticleState& state) {
  std::vector<std::string> languages;
  for (const v1::LanguageVersion& version : state.versions()) {
    if (!Contains(languages, version.language())) languages.push_back(version.language());
  }
  return languages;
}

const v1::LanguageVersion* FindText(const v1::ArticleState& state, std::string_view language,
                                    int version) {
  const v1::LanguageVersion* found = nullptr;
  for (const v1::LanguageVersion& candidate : state.versions()) {
    if (candidate.language() != language) continue;
    if (version == 0 || candidate.version() == version) found = &candidate;
  }
  return found;
}

absl::StatusOr<const v1::LanguageVersion*> RequireText(const v1::ArticleState& state,
                                                       std::string_view language, int version) {
  const std::vector<std::string> languages = LanguagesOf(state);
  if (languages.empty()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_TEXT_NOT_FOUND,
                  "the article has only its heading yet")
        .Mend("Write its text first.");
  }
  std::string wanted;
  if (!language.empty()) {
    ASSIGN_OR_RETURN(wanted, CanonicalLanguage(language));
  } else if (languages.size() == 1) {
    wanted = languages.front();
  } else {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_LANGUAGE_NEEDED,
                  fmt::format("the article has texts in {}", fmt::join(languages, ", ")))
        .Field("language")
        .Mend("Name the language of the text that you mean.");
  }
  const v1::LanguageVersion* text = FindText(state, wanted, version);
  if (text != nullptr) return text;
  const v1::LanguageVersion* newest = FindText(state, wanted);
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_TEXT_NOT_FOUND,
                newest == nullptr ? fmt::format("the article has no text in {}, but in {}", wanted,
                                                fmt::join(languages, ", "))
                                  : fmt::format("the text in {} has versions 1 to {}, not {}",
                                                wanted, newest->version(), version))
      .Field(newest == nullptr ? "language" : "version")
      .Mend(newest == nullptr ? "Name one of these languages."
                              : "Name one of these versions, or leave it out for the newest.");
}

bool IsBehind(const v1::ArticleState& state, std::string_view language) {
  const v1::LanguageVersion* text = FindText(state, language);
  if (text == nullptr || !text->has_peg()) return false;
  const v1::LanguageVersion* source = FindText(state, text->peg().language());
  return source != nullptr && source->version() > text->peg().version();
}

std::vector<v1::ArticleLanguage> LanguagesNow(const v1::ArticleState& state,
                                              std::string_view prevailing_language) {
  std::vector<v1::ArticleLanguage> languages;
  for (const std::string& language : LanguagesOf(state)) {
    const v1::LanguageVersion* text = FindText(state, language);
    v1::ArticleLanguage& now = languages.emplace_back();
    now.set_language(language);
    now.set_version(text->version());
    now.set_prevailing(language == prevailing_language);
    if (!text->has_peg()) continue;
    *now.mutable_peg() = text->peg();
    now.set_behind(IsBehind(state, language));
    const v1::LanguageVersion* source = FindText(state, text->peg().language());
    if (source != nullptr) now.set_newest_source_version(source->version());
  }
  return languages;
}

const v1::ArticlePosition* PositionOf(const v1::ArticleState& state, std::string_view party) {
  for (const v1::ArticlePosition& position : state.positions()) {
    if (position.party() == party) return &position;
  }
  return nullptr;
}

bool IsOutdated(const v1::ArticleState& state, const v1::ArticlePosition& position) {
  const v1::LanguageVersion* newest = FindText(state, position.language());
  return newest == nullptr || newest->version() != position.version() ||
         IsBehind(state, position.language());
}

std::vector<std::string> ContestedBy(const v1::ArticleState& state,
                                     const std::vector<std::string>& parties) {
  if (IsSet(state.withdrawn_on())) return {};
  std::set<std::string> readings;
  for (const v1::ArticlePosition& position : state.positions()) {
    if (Contains(parties, position.party()) &&
        position.stance() == v1::STANCE_ACCEPTS_WITH_READING) {
      readings.insert(Folded(position.reading()));
    }
  }
  const bool readings_diverge = readings.size() > 1;
  std::vector<std::string> contested;
  for (const v1::ArticlePosition& position : state.positions()) {
    if (!Contains(parties, position.party())) continue;
    if (position.stance() == v1::STANCE_OBJECTS ||
        (readings_diverge && position.stance() == v1::STANCE_ACCEPTS_WITH_READING)) {
      contested.push_back(position.party());
    }
  }
  return contested;
}

std::vector<std::string> ContestedBy(const v1::ArticleState& state) {
  std::vector<std::string> parties;
  for (const v1::ArticlePosition& position : state.positions()) parties.push_back(position.party());
  return ContestedBy(state, parties);
}

bool IsContested(const v1::ArticleState& state) { return !ContestedBy(state).empty(); }

std::vector<std::string> NotConfirmedBy(const v1::ArticleState& state,
                                        const std::vector<std::string>& parties) {
  std::vector<std::string> missing;
  for (const std::string& party : parties) {
    const v1::ArticlePosition* position = PositionOf(state, party);
    if (position == nullptr || IsOutdated(state, *position)) missing.push_back(party);
  }
  return missing;
}

std::string ContentHash(const v1::ArticleState& state) {
  std::string content;
  Add(content, state.number());
  Add(content, state.title());
  std::vector<std::string> languages = LanguagesOf(state);
  std::sort(languages.begin(), languages.end());
  for (const std::string& language : languages) {
    Add(content, language);
    Add(content, FindText(state, language)->text());
  }
  const std::string hash = Sha256(content);
  return fmt::format("{:02x}", fmt::join(std::vector<uint8_t>(hash.begin(), hash.end()), ""));
}

bool NumberBefore(std::string_view a, std::string_view b) {
  const std::vector<NumberPart> left = PartsOf(a);
  const std::vector<NumberPart> right = PartsOf(b);
  for (size_t i = 0; i < left.size() && i < right.size(); ++i) {
    const NumberPart& l = left[i];
    const NumberPart& r = right[i];
    if (l.figures != r.figures) return l.figures;
    if (l.figures && l.text.size() != r.text.size()) return l.text.size() < r.text.size();
    if (l.text != r.text) return l.text < r.text;
  }
  if (left.size() != right.size()) return left.size() < right.size();
  return a < b;
}

}  // namespace kasundo::agreements
