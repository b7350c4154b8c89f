#include "workflows/agreement/article_authors.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_split.h"
#include "fmt/format.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "workflows/agreement/party_roles.h"
#include "workflows/engine/refusal.h"

namespace kasundo::agreements {
namespace {

// Where a definition does not say it.
constexpr std::string_view kTextOpenStates =
    "idea mandate-sought mandate-secured drafting legal-review under-review";
constexpr std::string_view kReadingOpenStates =
    "idea mandate-sought mandate-secured drafting legal-review under-review agreed-text "
    "signing-scheduled partly-signed";

const RelatedInstance* Above(const Context& context) {
  return context.Find(ParentOf(context.instance));
}

bool Lists(const std::string& states, const std::string& state) {
  const std::vector<std::string> list = absl::StrSplit(states, ' ', absl::SkipEmpty());
  return std::find(list.begin(), list.end(), state) != list.end();
}

}  // namespace

const v1::AgreementState* AgreementAbove(const Context& context) {
  return context.Related<v1::AgreementState>(ParentOf(context.instance));
}

bool WritesForParty(const Context& context) {
  const v1::AgreementState* agreement = AgreementAbove(context);
  return agreement != nullptr && ActsForAnyParty(*agreement, v1::HELPER_SCOPE_TEXT, context);
}

bool IsBrokerAbove(const Context& context) {
  const v1::AgreementState* agreement = AgreementAbove(context);
  return agreement != nullptr && BrokerOfActor(*agreement, context) != nullptr;
}

absl::StatusOr<const v1::Party*> PartyFor(std::string_view party_id, const Context& context) {
  const v1::AgreementState* agreement = AgreementAbove(context);
  if (agreement == nullptr) return nullptr;
  if (party_id.empty()) return PartyOfActor(*agreement, v1::HELPER_SCOPE_TEXT, context);
  const v1::Party* party = FindParty(*agreement, party_id);
  if (party == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_PARTY_NOT_FOUND,
                  fmt::format("the agreement has no party \"{}\"", party_id))
        .Field("party")
        .Mend("Name a party of the agreement by its id, or leave it out to speak for your own.")
        .With("party", party_id);
  }
  if (!context.actor.administrator() && !context.actor.system() &&
      !ActsFor(*party, v1::HELPER_SCOPE_TEXT, context)) {
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_OF_THE_PARTY,
                  fmt::format("you do not act for {}", NameOfParty(*party, context)))
        .Field("party")
        .Mend(
            "Act in an office of the party, or let the party name your office as its helper for "
            "texts.")
        .With("party", party_id);
  }
  return party;
}

v1::Author AuthorOf(const v1::Party* party, const Context& context) {
  v1::Author author;
  author.set_office(context.actor.office());
  author.set_person(context.actor.person());
  author.set_account(context.actor.account());
  if (party != nullptr) {
    author.set_party(party->id());
    author.set_helper(!IsOfParty(*party, context) &&
                      HelpsParty(*party, v1::HELPER_SCOPE_TEXT, context));
  } else {
    author.set_broker(IsBrokerAbove(context));
  }
  return author;
}

absl::Status RequireTextOpen(const Context& context) {
  const RelatedInstance* agreement = Above(context);
  if (agreement == nullptr ||
      Lists(context.Parameter("text_open_states", kTextOpenStates), agreement->lifecycle_state)) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TEXT_CLOSED,
                fmt::format("the agreement is \"{}\": its text is no longer worked on",
                            agreement->lifecycle_state))
      .Mend(
          "Comment on the article; to change an agreed text, take up drafting again, or open a "
          "review and propose an amendment.")
      .With("agreement_state", agreement->lifecycle_state);
}

absl::Status RequireReadingsOpen(const Context& context) {
  const RelatedInstance* agreement = Above(context);
  if (agreement == nullptr || Lists(context.Parameter("reading_open_states", kReadingOpenStates),
                                    agreement->lifecycle_state)) {
    return absl::OkStatus();
  }
  return Refuse(
             absl::StatusCode::kFailedPrecondition, v1::REASON_READINGS_CLOSED,
             fmt::format("the agreement is \"{}\": its readings stand", agreement->lifecycle_state))
      .Mend("Comment on the article, or open a review of the agreement.")
      .With("agreement_state", agreement->lifecycle_state);
}

absl::Status RequireArticleReason(const Context& context) {
  if (!context.reason.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_REASON_NEEDED,
                "others rely on this, so it needs a reason")
      .Field("header.reason")
      .Mend("Say why, in a sentence.");
}

}  // namespace kasundo::agreements
