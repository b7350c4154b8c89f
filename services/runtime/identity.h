// Who calls. services/directory implements Identity over the accounts, tokens and terms of office
// in the engine of the same process; remote_directory.h asks the process that holds the directory.
//
// Authenticate is called for every request before anything of it is read, also by the thread that
// takes calls in: it must answer from memory unless MayBlock() says otherwise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/api/v1/civil_date.pb.h"
#include "kasundo/workflows/v1/records.pb.h"

namespace kasundo {

// An authenticated account.
struct Caller {
  std::string account;         // full name ("realms/calabarzon/accounts/ana")
  std::string person;          // full name; empty for machines
  bool administrator = false;  // of its realm; of every realm, for accounts of realms/system
  std::vector<std::string>
      offices;        // full names, in the account's order: holds or deputises for today
  std::string token;  // as sent, to pass on to another service; never logged
};

class Identity {
 public:
  virtual ~Identity() = default;

  // The account behind a bearer token. UNAUTHENTICATED, reason IDENTITY_REQUIRED if it is unknown,
  // expired or revoked.
  virtual absl::StatusOr<Caller> Authenticate(std::string_view token) const = 0;

  // The actor that `caller` is when it acts on `day` in `office`; "" means its first office, or
  // none if it has none. PERMISSION_DENIED, reason NOT_HOLDER_OF_OFFICE if it neither held it nor
  // deputised for it on that day.
  virtual absl::StatusOr<workflows::v1::Actor> ActIn(const Caller& caller, std::string_view office,
                                                     const api::v1::CivilDate& day) const = 0;

  // Authenticate and ActIn may wait for another process: requests are then handled on worker
  // threads.
  virtual bool MayBlock() const { return false; }
};

}  // namespace kasundo
