// Requirement 27: each party confirms its reading of every clause; a clause with diverging readings
// is contested and blocks the signature.
#include "fmt/format.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/agreement/article_authors.h"
#include "workflows/agreement/article_commands.h"
#include "workflows/agreement/article_text.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

using State = v1::ArticleState;

// A position is about what the article says now: the newest version, and not one that is behind its
// source.
absl::Status RequireNewest(const State& state, const v1::LanguageVersion& text) {
  const v1::LanguageVersion* newest = FindText(state, text.language());
  if (newest->version() != text.version()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TEXT_OUTDATED,
                  fmt::format("the text in {} is at version {}, not {}", text.language(),
                              newest->version(), text.version()))
        .Field("version")
        .Mend("Read the newest version, then say how you stand to it.")
        .With("version", newest->version());
  }
  if (IsBehind(state, text.language())) {
    return Refuse(
               absl::StatusCode::kFailedPrecondition, v1::REASON_TEXT_OUTDATED,
               fmt::format("{} {} says what {} {} said, which has a newer version", text.language(),
                           text.version(), text.peg().language(), text.peg().version()))
        .Field("language")
        .Mend(fmt::format("Read the text in {}, or have {} brought up to it first.",
                          text.peg().language(), text.language()))
        .With("source_language", text.peg().language());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadingOf(const v1::TakePositionRequest& request, const State& state) {
  const bool stated = !request.reading().empty() || !request.shares_reading_of().empty();
  if (request.stance() == v1::STANCE_ACCEPTS) {
    if (!stated) return std::string();
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_READING_NOT_NEEDED,
                  "who accepts the article as it is written has no reading of its own")
        .Field("reading")
        .Mend("Leave the reading out, or accept with a reading.");
  }
  if (!stated) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_READING_NEEDED,
                  request.stance() == v1::STANCE_OBJECTS ? "to what does the party object?"
                                                         : "how does the party read the article?")
        .Field("reading")
        .Mend("Say it in a sentence, or name a party whose reading this one shares.");
  }
  if (!request.reading().empty()) return request.reading();
  const v1::ArticlePosition* other = PositionOf(state, request.shares_reading_of());
  if (other == nullptr || other->reading().empty()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_READING_NOT_FOUND,
                  fmt::format("\"{}\" has stated no reading", request.shares_reading_of()))
        .Field("shares_reading_of")
        .Mend("Name a party that has stated one, or state your own in `reading`.");
  }
  return other->reading();
}

bool Says(const v1::ArticlePosition* before, const v1::ArticlePosition& position) {
  return before != nullptr && before->stance() == position.stance() &&
         before->reading() == position.reading() && before->language() == position.language() &&
         before->version() == position.version();
}

}  // namespace

ArticleDecision TakePosition(const v1::TakePositionRequest& request, const State& state,
                             const Context& context) {
  RETURN_IF_ERROR(RequireReadingsOpen(context));
  ASSIGN_OR_RETURN(const v1::Party* party, PartyFor(request.party(), context));
  if (party == nullptr) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_PARTY_NEEDED,
                  "for which party is the position taken?")
        .Field("party")
        .Mend("Give the party's id.");
  }
  ASSIGN_OR_RETURN(const v1::LanguageVersion* text,
                   RequireText(state, request.language(), request.version()));
  RETURN_IF_ERROR(RequireNewest(state, *text));
  v1::ArticleEvent event;
  v1::ArticlePosition& position = *event.mutable_position_taken()->mutable_position();
  position.set_party(party->id());
  position.set_stance(request.stance());
  ASSIGN_OR_RETURN(*position.mutable_reading(), ReadingOf(request, state));
  position.set_language(text->language());
  position.set_version(text->version());
  *position.mutable_author() = AuthorOf(party, context);
  *position.mutable_taken_on() = context.today;
  if (Says(PositionOf(state, party->id()), position)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                  fmt::format("that is the position of \"{}\"", party->id()))
        .Mend("Nothing needs to be done; to change it, take another position.");
  }
  return {{std::move(event)}};
}

}  // namespace kasundo::agreements
