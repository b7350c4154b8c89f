// Many instances, page by page, so that no more than a page is held at once.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "workflows/engine/engine.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::monitoring {

// Calls `visit` for each instance of `kind` beneath `parent` ("-" stands for any id), by name,
// until it answers an error.
inline absl::Status EachInstance(const Engine& engine, const std::string& kind,
                                 const std::string& parent,
                                 const std::optional<api::v1::AsOf>& as_of,
                                 const std::function<absl::Status(const Instance&)>& visit) {
  constexpr size_t kReadAtOnce = 500;
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const auto page, engine.List(kind, parent, after, kReadAtOnce, as_of));
    for (const Instance& instance : page) RETURN_IF_ERROR(visit(instance));
    if (page.size() < kReadAtOnce) return absl::OkStatus();
    after = page.back().name;
  }
}

}  // namespace kasundo::monitoring
