// Page tokens: opaque to callers, bound to the query that they continue. A token for another query,
// or one that was changed, is refused with INVALID_ARGUMENT, reason PAGE_TOKEN_INVALID.
//
//   ASSIGN_OR_RETURN(const Page page, Page::Of(request));       // page_size, page_token of any
//   list request
//   ... up to page.size + 1 rows after page.after ...
//   response.set_next_page_token(page.NextToken(last_key));     // if there was one more
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace kasundo {

struct Page {
  static constexpr int kDefaultSize = 50;
  static constexpr int kMaxSize = 1000;

  int size = kDefaultSize;
  std::string after;   // key of the last row of the page before; "" on the first page
  uint64_t query = 0;  // fingerprint of the request without its paging fields

  // Reads `page_size` and `page_token` of a request. INVALID_ARGUMENT for a negative size
  // (FIELD_INVALID) or a token that is not of this query.
  static absl::StatusOr<Page> Of(const google::protobuf::Message& request);

  // The token of the page after the one that ends with `last_key`.
  std::string NextToken(std::string_view last_key) const;
};

}  // namespace kasundo
