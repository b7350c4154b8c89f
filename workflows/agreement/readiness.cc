#include "workflows/agreement/readiness.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/agreements/v1/articles_events.pb.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "workflows/agreement/article_text.h"
#include "workflows/agreement/party_roles.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

using Parties = std::vector<const v1::Party*>;

Parties Those(const v1::AgreementState& state, const std::function<bool(const v1::Party&)>& are) {
  Parties those;
  for (const v1::Party* party : PartiesOf(state)) {
    if (are(*party)) those.push_back(party);
  }
  return those;
}

std::string Ids(const Parties& parties) {
  std::vector<std::string> ids;
  for (const v1::Party* party : parties) ids.push_back(party->id());
  return fmt::format("{}", fmt::join(ids, ","));
}

// A refusal that names the parties from whom something is missing; OK if there are none.
absl::Status MissingFrom(const Parties& parties, v1::Reason reason, std::string_view what,
                         std::string_view mend, const Context& context) {
  if (parties.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, reason,
                fmt::format("{} missing from {}", what, InWords(parties, context)))
      .Mend(mend)
      .With("missing", static_cast<int64_t>(parties.size()))
      .With("parties", Ids(parties));
}

std::vector<std::string> MissingCells(const v1::Party& party) {
  std::vector<std::string> cells;
  const v1::PartyRole& role = party.role();
  if (role.role().empty()) cells.push_back("role");
  if (role.responsibilities().empty()) cells.push_back("responsibilities");
  if (role.budget_effect().empty()) cells.push_back("budget effect");
  if (role.monitoring_rule().empty()) cells.push_back("monitoring rule");
  return cells;
}

absl::Status RefuseCells(const Parties& parties, const Context& context) {
  std::vector<std::string> lines;
  int64_t cells = 0;
  Parties missing;
  for (const v1::Party* party : parties) {
    const auto empty = MissingCells(*party);
    if (empty.empty()) continue;
    cells += static_cast<int64_t>(empty.size());
    missing.push_back(party);
    lines.push_back(fmt::format("{}: {}", NameOfParty(*party, context), fmt::join(empty, ", ")));
  }
  if (missing.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ROLE_CELLS_MISSING,
                fmt::format("{} of {} cells {} empty: {}", cells, parties.size() * 4,
                            cells == 1 ? "is" : "are", fmt::join(lines, "; ")))
      .Mend("Each party fills its own with SetPartyRole.")
      .With("missing", cells)
      .With("parties", Ids(missing));
}

std::vector<std::string> PartyIds(const v1::AgreementState& state) {
  std::vector<std::string> ids;
  for (const v1::Party* party : PartiesOf(state)) ids.push_back(party->id());
  return ids;
}

absl::Status RefuseContested(const std::vector<std::string>& contested) {
  if (contested.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ARTICLE_CONTESTED,
                fmt::format("{} article{} contested: {}", contested.size(),
                            contested.size() == 1 ? " is" : "s are", fmt::join(contested, "; ")))
      .Mend(
          "Change the article until the parties read it alike, or let them change their positions.")
      .With("contested", static_cast<int64_t>(contested.size()));
}

// "article 4 between batangas and rome"; "" if it is not contested.
std::string Contested(const v1::ArticleState& article, const std::vector<std::string>& parties) {
  const auto by = ContestedBy(article, parties);
  if (by.empty()) return "";
  return fmt::format("article {} by {}", article.number(), fmt::join(by, " and "));
}

// Who has signed the text that is to come into force, and who has not.
struct SignatureTally {
  Parties missing;
  size_t all = 0;
  size_t there() const { return all - missing.size(); }
};

SignatureTally TallyOf(const v1::AgreementState& state) {
  return {Those(state, [&](const v1::Party& party) { return !HasSigned(state, party); }),
          PartiesOf(state).size()};
}

absl::Status RefuseSignatures(const SignatureTally& tally, const Parties& missing, size_t needed,
                              std::string_view rule, const Context& context) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SIGNATURE_MISSING,
                fmt::format("{} of {} parties have signed, {} needed ({}); missing from {}",
                            tally.there(), tally.all, needed, rule, InWords(missing, context)))
      .Mend("Let their signatory offices sign with SignAgreement.")
      .With("signed", static_cast<int64_t>(tally.there()))
      .With("needed", static_cast<int64_t>(needed))
      .With("parties", Ids(missing));
}

absl::Status CheckSignatureQuorum(const v1::ForceRule& rule, const SignatureTally& tally,
                                  const Context& context) {
  const auto quorum = static_cast<size_t>(rule.quorum());
  const auto& named = rule.required_parties();
  Parties required;
  for (const v1::Party* party : tally.missing) {
    if (std::find(named.begin(), named.end(), party->id()) != named.end()) {
      required.push_back(party);
    }
  }
  if (!required.empty()) {
    return RefuseSignatures(tally, required, quorum, "a quorum, these among them", context);
  }
  if (tally.there() < quorum) {
    return RefuseSignatures(tally, tally.missing, quorum, "a quorum", context);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckEnoughParties(const v1::AgreementState& state, const Context& context) {
  const int64_t needed = context.Parameter("minimum_parties", int64_t{2});
  const auto there = static_cast<int64_t>(PartiesOf(state).size());
  if (there >= needed) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TOO_FEW_PARTIES,
                fmt::format("{} of {} parties are named", there, needed))
      .Mend("Add the others with AddParty.")
      .With("parties", there)
      .With("needed", needed);
}

absl::Status CheckOwningBodies(const v1::AgreementState& state, const Context& context) {
  std::map<std::string, Parties> sides;
  for (const v1::Party* party : PartiesOf(state)) {
    sides[party->side().empty() ? party->id() : party->side()].push_back(party);
  }
  Parties without;
  for (const auto& [side, parties] : sides) {
    const bool owned = std::any_of(parties.begin(), parties.end(), [](const v1::Party* party) {
      return !party->owning_body().empty();
    });
    if (!owned) without.insert(without.end(), parties.begin(), parties.end());
  }
  return MissingFrom(without, v1::REASON_OWNING_BODY_MISSING, "a standing body as owner is",
                     "Name a committee with several seats as owning body, one on each side.",
                     context);
}

bool MandatesComplete(const v1::AgreementState& state) {
  return Those(state, [](const v1::Party& party) { return !party.has_mandate(); }).empty();
}

absl::Status CheckMandates(const v1::AgreementState& state, const Context& context) {
  if (context.Parameter("mandates", "required") == "not-required") return absl::OkStatus();
  return MissingFrom(Those(state, [](const v1::Party& party) { return !party.has_mandate(); }),
                     v1::REASON_MANDATE_MISSING, "the mandate to sign is",
                     "Each attaches the resolution, ordinance or order with AttachMandate.",
                     context);
}

absl::Status CheckRoleCells(const v1::AgreementState& state, const Context& context) {
  return RefuseCells(PartiesOf(state), context);
}

absl::Status CheckRoleCells(const v1::Party& party, const Context& context) {
  return RefuseCells({&party}, context);
}

absl::Status CheckObjectives(const v1::AgreementState& state, const Context& context) {
  return MissingFrom(Those(state,
                           [](const v1::Party& party) {
                             return party.objectives().empty() || party.time_horizon().empty();
                           }),
                     v1::REASON_OBJECTIVES_MISSING, "objectives and time horizon are",
                     "Each states its own with StateObjectives.", context);
}

absl::Status CheckConfirmations(const v1::AgreementState& state, const Context& context) {
  return MissingFrom(
      Those(state,
            [](const v1::Party& party) {
              return party.confirmation_due() ||
                     (!party.confirmations().empty() &&
                      party.confirmations().rbegin()->answer() != v1::CONFIRMATION_ANSWER_CONFIRM);
            }),
      v1::REASON_CONFIRMATION_MISSING, "the word to go on is",
      "Each answers with AnswerParticipation; who drops out is removed with RemoveParty.", context);
}

absl::Status CheckHasArticles(const v1::AgreementState& state, const Context& context) {
  for (const std::string& name : state.articles()) {
    const auto* article = context.Related<v1::ArticleState>(name);
    if (article != nullptr && !article->has_withdrawn_on()) return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TEXT_EMPTY,
                "the agreement has no articles")
      .Mend("Draft its articles first.");
}

absl::Status CheckArticles(const v1::AgreementState& state, const Context& context) {
  RETURN_IF_ERROR(CheckHasArticles(state, context));
  const auto parties = PartyIds(state);
  std::vector<std::string> contested;
  std::vector<std::string> unread;
  int64_t articles = 0;
  for (const std::string& name : state.articles()) {
    const auto* article = context.Related<v1::ArticleState>(name);
    if (article == nullptr || article->has_withdrawn_on()) continue;
    ++articles;
    const std::string line = Contested(*article, parties);
    if (!line.empty()) contested.push_back(line);
    const auto silent = NotConfirmedBy(*article, parties);
    if (!silent.empty()) {
      unread.push_back(fmt::format("article {}: {} ({})", article->number(), silent.size(),
                                   fmt::join(silent, ", ")));
    }
  }
  RETURN_IF_ERROR(RefuseContested(contested));
  if (unread.empty() || context.Parameter("readings", "required") == "not-required") {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_READING_MISSING,
                fmt::format("{} of {} articles wait for parties to confirm how they read them: {}",
                            unread.size(), articles, fmt::join(unread, "; ")))
      .Mend("Each party takes a position on the article as it now stands, with TakePosition.")
      .With("articles", static_cast<int64_t>(unread.size()));
}

absl::Status CheckNotContested(const v1::AgreementState& state, const v1::AgreedText& text,
                               const Context& context) {
  const auto parties = PartyIds(state);
  std::vector<std::string> contested;
  for (const v1::FrozenArticle& frozen : text.articles()) {
    const auto* article = context.Related<v1::ArticleState>(frozen.article());
    if (article == nullptr) continue;
    const std::string line = Contested(*article, parties);
    if (!line.empty()) contested.push_back(line);
  }
  return RefuseContested(contested);
}

absl::Status CheckAnchor(const v1::AgreementState& state, const Context& context) {
  const int64_t limit = context.Parameter("anchor_over_months", int64_t{36});
  if (limit == 0 || !state.anchors().empty()) return absl::OkStatus();
  const v1::Term& term = state.term();
  const bool endless = !term.has_until() && term.months() == 0;
  const bool longer =
      endless || term.months() > limit ||
      (term.has_until() && Last(term.until()) > absl::CivilDay(First(context.today).year(),
                                                               First(context.today).month() + limit,
                                                               First(context.today).day()));
  if (!longer) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ANCHOR_MISSING,
                fmt::format("it is to hold {}, longer than one term of office ({} months), and has "
                            "no co-owner whose mandate does not follow elections",
                            endless            ? "without end"
                            : term.has_until() ? "until " + ToString(term.until())
                                               : fmt::format("{} months", term.months()),
                            limit))
      .Mend("Name a university, an NGO or a civil service office with AddAnchor.")
      .With("months", limit);
}

bool HasSigned(const v1::AgreementState& state, const v1::Party& party) {
  if (party.has_joined_on()) return true;
  const v1::AgreedText* text = CurrentText(state);
  return std::any_of(state.signatures().begin(), state.signatures().end(),
                     [&](const v1::Signature& signature) {
                       return signature.party() == party.id() &&
                              (state.has_in_force_on() ||
                               (text != nullptr && signature.text_hash() == text->hash()));
                     });
}

absl::Status CheckForceRule(const v1::AgreementState& state, const Context& context) {
  const SignatureTally tally = TallyOf(state);
  switch (state.force_rule().kind()) {
    case v1::FORCE_RULE_KIND_ALL:
      if (tally.missing.empty()) return absl::OkStatus();
      return RefuseSignatures(tally, tally.missing, tally.all, "all", context);
    case v1::FORCE_RULE_KIND_QUORUM:
      return CheckSignatureQuorum(state.force_rule(), tally, context);
    case v1::FORCE_RULE_KIND_PAIRWISE:
      if (tally.there() >= 2) return absl::OkStatus();
      return RefuseSignatures(tally, tally.missing, 2, "pairwise", context);
    case v1::FORCE_RULE_KIND_UNSPECIFIED:
    case v1::ForceRuleKind_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::ForceRuleKind_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_FORCE_RULE_MISSING,
                "nobody has said when it comes into force: all parties, a quorum, or pairwise")
      .Mend("Fix the rule with SetForceRule before the first signature.");
}

CivilDate SigningDayOf(const v1::AgreementState& state, const CivilDate& otherwise) {
  if (!state.signatures().empty()) return state.signatures(0).signed_on();
  return IsSet(state.signing_date()) ? state.signing_date() : otherwise;
}

const v1::AgreedText* CurrentText(const v1::AgreementState& state) {
  return state.text_versions().empty() ? nullptr : &*state.text_versions().rbegin();
}

absl::StatusOr<const v1::AgreedText*> CurrentTextOr(const v1::AgreementState& state) {
  if (const v1::AgreedText* text = CurrentText(state)) return text;
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TEXT_EMPTY,
                "no text has been agreed")
      .Mend("Agree on the text with AgreeText first.");
}

}  // namespace kasundo::agreements
