// RETURN_IF_ERROR and ASSIGN_OR_RETURN, which Debian's abseil does not have.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define KASUNDO_CONCAT_INNER(a, b) a##b
#define KASUNDO_CONCAT(a, b) KASUNDO_CONCAT_INNER(a, b)

#define RETURN_IF_ERROR(expression)                                                              \
  do {                                                                                           \
    if (absl::Status kasundo_status = (expression); !kasundo_status.ok()) return kasundo_status; \
  } while (false)

#define ASSIGN_OR_RETURN(target, expression) \
  ASSIGN_OR_RETURN_INNER(KASUNDO_CONCAT(kasundo_or_, __LINE__), target, expression)
#define ASSIGN_OR_RETURN_INNER(temporary, target, expression) \
  auto temporary = (expression);                              \
  if (!temporary.ok()) return std::move(temporary).status();  \
  target = *std::move(temporary)
