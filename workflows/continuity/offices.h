// The offices of a realm on a day: who can act for each of them, in order, and until when.
//
//   OfficeRegister offices(day);
//   offices.Add("realms/x/offices/governor", state);
//   for (const KnownOffice& office : offices.all()) ... office.cover.carriers() ...
//
// For a day that is over, states are first rebuilt without hindsight: who died in June was not
// known in May to leave in June.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "kasundo/continuity/v1/continuity.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/workflows/v1/records.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::continuity {

// An event of an office with its record.
using OfficeFact = std::pair<workflows::v1::EventRecord, directory::v1::OfficeEvent>;

// An office as it was known on a day, from its history: without what happened later by the day that
// was given for it, and without ends of terms, vacancies and releases after that day unless they
// had been recorded by then. Facts without a day of their own stay, since they carry dates. nullopt
// if nothing of it was known.
std::optional<directory::v1::OfficeState> WithoutHindsight(const std::vector<OfficeFact>& history,
                                                           const CivilDate& day,
                                                           absl::TimeZone zone);

struct KnownOffice {
  std::string name;
  directory::v1::OfficeState state;
  v1::OfficeCover cover;                        // everybody who can act for it
  const directory::v1::Term* holder = nullptr;  // regular; into `state`
};

class OfficeRegister {
 public:
  explicit OfficeRegister(CivilDate day) : day_(std::move(day)) {}
  OfficeRegister(const OfficeRegister&) = delete;
  OfficeRegister& operator=(const OfficeRegister&) = delete;
  OfficeRegister(OfficeRegister&&) = default;

  // Offices that did not exist on the day are left out.
  void Add(std::string name, directory::v1::OfficeState state);

  const CivilDate& day() const { return day_; }
  const std::map<std::string, KnownOffice, std::less<>>& all() const { return offices_; }
  // nullptr if there is none.
  const KnownOffice* Find(std::string_view name) const;

 private:
  CivilDate day_;
  std::map<std::string, KnownOffice, std::less<>> offices_;
};

// The last day on which the holder's office is surely covered by its term; absent without a holder
// or a known end.
CivilDate TermEndOf(const KnownOffice& office);

}  // namespace kasundo::continuity
