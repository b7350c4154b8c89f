// Who holds an office: terms that begin, end, run longer, are corrected; and that nobody holds it.
#include <algorithm>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/decisions.h"
#include "workflows/directory/office_commands.h"
#include "workflows/directory/term.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

using Event = v1::OfficeEvent;
using State = v1::OfficeState;

const v1::Term* FindTerm(const State& state, std::string_view term_id) {
  const auto found = std::find_if(state.terms().begin(), state.terms().end(),
                                  [&](const v1::Term& term) { return term.term_id() == term_id; });
  return found == state.terms().end() ? nullptr : &*found;
}

std::string InWords(const v1::Term& term) {
  return fmt::format("{} ({} to {})", term.person(),
                     IsSet(term.since()) ? ToString(term.since()) : "unknown",
                     IsSet(term.until()) ? ToString(term.until()) : "open");
}

// Two people never hold one office at a time; on the day of handing over they meet.
absl::Status CheckCollision(const State& state, const v1::Term& term) {
  if (term.kind() == v1::TERM_KIND_ACTING) return absl::OkStatus();
  for (const v1::Term& other : state.terms()) {
    if (other.kind() == v1::TERM_KIND_ACTING || other.term_id() == term.term_id()) continue;
    if (!TermsCollide(term, other)) continue;
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TERMS_OVERLAP,
                  fmt::format("{} would overlap with {}", InWords(term), InWords(other)))
        .Field("since")
        .Mend("End the other term first, or record this one as acting.")
        .With("other_term", other.term_id())
        .With("other_person", other.person());
  }
  return absl::OkStatus();
}

absl::Status CheckTerm(const State& state, const v1::Term& term, const Context& context) {
  RETURN_IF_ERROR(CheckPeriod(term.since(), term.until()));
  RETURN_IF_ERROR(CheckPresent(context, "person", term.person(), term.until()));
  return CheckCollision(state, term);
}

absl::Status RefuseUnknownTerm(const State& state, std::string_view term_id,
                               std::string_view field = "term_id") {
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_NOT_RECORDED,
                fmt::format("none of its {} terms has the id \"{}\"", state.terms_size(), term_id))
      .Field(field)
      .Mend("Name one of the office's `terms` by its term_id.");
}

absl::Status RefuseEnded(const v1::Term& term) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TERM_ENDED,
                fmt::format("the term of {} has ended", InWords(term)))
      .Field("term_id")
      .Mend("If its end was recorded wrongly, correct the term.");
}

std::string DefaultId(const v1::Term& term) {
  return fmt::format("{}-{}", IdOf(term.person()), ToString(term.since())).substr(0, 63);
}

v1::Term MakeTerm(const v1::BeginTermRequest& request, const Context& context) {
  v1::Term term;
  term.set_person(request.person());
  *term.mutable_since() = DateOr(request.since(), context.today);
  if (request.has_until()) *term.mutable_until() = request.until();
  term.set_kind(request.kind() == v1::TERM_KIND_UNSPECIFIED ? v1::TERM_KIND_REGULAR
                                                            : request.kind());
  term.set_document(request.document());
  term.set_term_id(request.term_id().empty() ? DefaultId(term) : request.term_id());
  return term;
}

// Who takes an office no longer stands in for its holder.
void ReleaseIfDeputy(const State& state, const v1::Term& term, const Context& context,
                     std::vector<Event>& events) {
  if (term.kind() == v1::TERM_KIND_ACTING || !Covers(term.since(), term.until(), context.today)) {
    return;
  }
  for (const v1::Deputy* deputy : DeputiesOn(state, context.today)) {
    if (deputy->person() != term.person()) continue;
    v1::DeputyReleased fact;
    fact.set_person(deputy->person());
    *fact.mutable_until() = context.today;
    Append(events, &Event::mutable_deputy_released, std::move(fact));
  }
}

// The term to be ended: by id, or the only one that runs on that day.
absl::StatusOr<const v1::Term*> TermToEnd(const State& state, const std::string& term_id,
                                          const CivilDate& until) {
  if (!term_id.empty()) {
    const v1::Term* term = FindTerm(state, term_id);
    if (term == nullptr) return RefuseUnknownTerm(state, term_id);
    return term;
  }
  std::vector<const v1::Term*> running;
  for (const v1::Term& term : state.terms()) {
    if (term.ended_by() == v1::VACANCY_CAUSE_UNSPECIFIED &&
        Covers(term.since(), term.until(), until)) {
      running.push_back(&term);
    }
  }
  if (running.size() == 1) return running.front();
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_NOT_RECORDED,
                fmt::format("{} terms run on {}, so the term must be named", running.size(),
                            ToString(until)))
      .Field("term_id")
      .Mend("Name one of the office's `terms` by its term_id, or give another day in `until`.");
}

// Whether nobody follows as regular holder the day after a term has ended.
bool LeavesVacant(State state, const v1::Term& ended, const CivilDate& until) {
  if (ended.kind() == v1::TERM_KIND_ACTING) return false;
  for (v1::Term& term : *state.mutable_terms()) {
    if (term.term_id() == ended.term_id()) *term.mutable_until() = until;
  }
  return HolderOn(state, FromDay(Last(until) + 1)) == nullptr;
}

v1::OfficeVacated MakeVacated(const CivilDate& since, v1::VacancyCause cause,
                              const std::string& last_holder) {
  v1::OfficeVacated fact;
  *fact.mutable_vacancy()->mutable_since() = since;
  fact.mutable_vacancy()->set_cause(cause);
  fact.mutable_vacancy()->set_last_holder(last_holder);
  return fact;
}

// Who was to follow does not come: the office is vacant from the end of the term before.
void RecordGap(const State& state, const v1::Term& struck, std::vector<Event>& events) {
  if (struck.kind() == v1::TERM_KIND_ACTING || !IsSet(struck.since())) return;
  const v1::Term* before = nullptr;
  for (const v1::Term& term : state.terms()) {
    if (term.term_id() == struck.term_id() || term.kind() == v1::TERM_KIND_ACTING) continue;
    if (!IsSet(term.until()) || First(term.until()) > First(struck.since())) continue;
    if (before == nullptr || Last(before->until()) < Last(term.until())) before = &term;
  }
  // One that has only a foreseen end leaves the vacancy to its deadline.
  if (before == nullptr || before->ended_by() == v1::VACANCY_CAUSE_UNSPECIFIED) return;
  State left = state;
  left.mutable_terms()->erase(
      std::remove_if(left.mutable_terms()->begin(), left.mutable_terms()->end(),
                     [&](const v1::Term& term) { return term.term_id() == struck.term_id(); }),
      left.mutable_terms()->end());
  const CivilDate since = StartAfter(before->until());
  const bool recorded =
      std::any_of(state.vacancies().begin(), state.vacancies().end(),
                  [&](const v1::Vacancy& vacancy) { return Same(vacancy.since(), since); });
  if (recorded || HolderOn(left, FromDay(Last(before->until()) + 1)) != nullptr) return;
  Append(events, &Event::mutable_office_vacated,
         MakeVacated(since, before->ended_by(), before->person()));
}

}  // namespace

OfficeEvents BeginTerm(const v1::BeginTermRequest& request, const State& state,
                       const Context& context) {
  RETURN_IF_ERROR(CheckId("term_id", request.term_id()));
  v1::Term term = MakeTerm(request, context);
  if (FindTerm(state, term.term_id()) != nullptr) {
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_ALREADY_RECORDED,
                  fmt::format("there is a term with the id \"{}\"", term.term_id()))
        .Field("term_id")
        .Mend("Give another term_id, or correct the term that is there (CorrectTerm).");
  }
  RETURN_IF_ERROR(CheckTerm(state, term, context));
  std::vector<Event> events;
  v1::TermBegun fact;
  *fact.mutable_term() = term;
  Append(events, &Event::mutable_term_begun, std::move(fact));
  ReleaseIfDeputy(state, term, context, events);
  return events;
}

OfficeEvents EndTerm(const v1::EndTermRequest& request, const State& state,
                     const Context& context) {
  const CivilDate& until = DateOr(request.until(), context.today);
  ASSIGN_OR_RETURN(const v1::Term* term, TermToEnd(state, request.term_id(), until));
  if (term->ended_by() != v1::VACANCY_CAUSE_UNSPECIFIED) return RefuseEnded(*term);
  RETURN_IF_ERROR(CheckPeriod(term->since(), until));
  std::vector<Event> events;
  v1::TermEnded fact;
  fact.set_term_id(term->term_id());
  fact.set_person(term->person());
  *fact.mutable_until() = until;
  fact.set_cause(request.cause());
  fact.set_document(request.document());
  Append(events, &Event::mutable_term_ended, std::move(fact));
  if (LeavesVacant(state, *term, until)) {
    Append(events, &Event::mutable_office_vacated,
           MakeVacated(StartAfter(until), request.cause(), term->person()));
  }
  return events;
}

OfficeEvents ExtendTerm(const v1::ExtendTermRequest& request, const State& state,
                        const Context& context) {
  const v1::Term* term = FindTerm(state, request.term_id());
  if (term == nullptr) return RefuseUnknownTerm(state, request.term_id());
  if (term->ended_by() != v1::VACANCY_CAUSE_UNSPECIFIED) return RefuseEnded(*term);
  if (Same(term->until(), request.until())) {
    return NothingToChange("the term ends on that day already").Field("until");
  }
  v1::Term extended = *term;
  *extended.mutable_until() = request.until();
  RETURN_IF_ERROR(CheckTerm(state, extended, context));
  v1::TermExtended fact;
  fact.set_term_id(request.term_id());
  if (request.has_until()) *fact.mutable_until() = request.until();
  fact.set_document(request.document());
  return Answer<Event, v1::TermExtended>(&Event::mutable_term_extended, std::move(fact));
}

OfficeEvents CorrectTerm(const v1::CorrectTermRequest& request, const State& state,
                         const Context& context) {
  const v1::Term* recorded = FindTerm(state, request.term().term_id());
  if (recorded == nullptr)
    return RefuseUnknownTerm(state, request.term().term_id(), "term.term_id");
  v1::TermCorrected fact;
  fact.set_struck(request.strike());
  if (request.strike()) {
    *fact.mutable_term() = *recorded;
    std::vector<Event> events;
    Append(events, &Event::mutable_term_corrected, std::move(fact));
    RecordGap(state, *recorded, events);
    return events;
  }
  v1::Term& term = *fact.mutable_term();
  term = request.term();
  if (term.person().empty()) term.set_person(recorded->person());
  if (term.kind() == v1::TERM_KIND_UNSPECIFIED) term.set_kind(recorded->kind());
  if (term.SerializeAsString() == recorded->SerializeAsString()) {
    return NothingToChange("the term is recorded so already").Field("term");
  }
  RETURN_IF_ERROR(CheckTerm(state, term, context));
  return Answer<Event, v1::TermCorrected>(&Event::mutable_term_corrected, std::move(fact));
}

OfficeEvents RecordVacancy(const v1::RecordVacancyRequest& request, const State& state,
                           const Context&) {
  const CivilDate day = FromDay(Last(request.since()));
  if (const v1::Term* term = HolderOn(state, day)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_VACANT,
                  fmt::format("{} holds it on {}", term->person(), ToString(day)))
        .Field("since")
        .Mend("Give a day on which nobody holds it, or end that term first (EndTerm).");
  }
  for (const v1::Vacancy& vacancy : state.vacancies()) {
    if (!Same(vacancy.since(), request.since())) continue;
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_ALREADY_RECORDED,
                  fmt::format("the vacancy since {} is recorded", ToString(request.since())))
        .Field("since")
        .Mend("Nothing needs to be done. If another vacancy was meant, give its first day.");
  }
  std::string last_holder;
  for (const v1::Term& term : state.terms()) {
    if (term.kind() != v1::TERM_KIND_ACTING) last_holder = term.person();
  }
  return Answer<Event, v1::OfficeVacated>(
      &Event::mutable_office_vacated, MakeVacated(request.since(), request.cause(), last_holder));
}

}  // namespace kasundo::directory
