#include "services/runtime/page_token.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "absl/strings/escaping.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kForm = 1;  // first byte of a token; another one means another form
constexpr size_t kCheckBytes = 8;

uint64_t Fingerprint(std::string_view bytes) {
  uint64_t first = 0;
  std::memcpy(&first, Sha256(bytes).data(), sizeof(first));
  return first;
}

// What guards a token: the query and the key.
std::string Check(uint64_t query, std::string_view after) {
  std::string guarded(reinterpret_cast<const char*>(&query), sizeof(query));
  guarded.append(after);
  const uint64_t check = Fingerprint(guarded);
  return {reinterpret_cast<const char*>(&check), kCheckBytes};
}

absl::Status BadToken() {
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_PAGE_TOKEN_INVALID,
                "the page token was not given for this query")
      .Field("page_token")
      .Mend(
          "Take next_page_token of the page before and repeat all other fields, or begin without a "
          "token.");
}

}  // namespace

absl::StatusOr<Page> Page::Of(const Message& request) {
  Page page;
  const auto* type = request.GetDescriptor();
  const auto* reflection = request.GetReflection();
  const FieldDescriptor* size = type->FindFieldByName("page_size");
  const FieldDescriptor* token = type->FindFieldByName("page_token");

  std::unique_ptr<Message> query(request.New());
  query->CopyFrom(request);
  if (size != nullptr) query->GetReflection()->ClearField(query.get(), size);
  if (token != nullptr) query->GetReflection()->ClearField(query.get(), token);
  std::string bytes = type->full_name();
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    query->SerializeToCodedStream(&coded);
  }
  page.query = Fingerprint(bytes);

  const int32_t wanted = size == nullptr ? 0 : reflection->GetInt32(request, size);
  if (wanted < 0) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  fmt::format("page_size is {}", wanted))
        .Field("page_size")
        .Mend("Leave it out for 50, or give 1 to 1,000.");
  }
  if (wanted > 0) page.size = std::min(wanted, kMaxSize);

  const std::string sent = token == nullptr ? "" : reflection->GetString(request, token);
  if (!sent.empty()) {
    std::string raw;
    if (!absl::WebSafeBase64Unescape(sent, &raw) || raw.size() < 1 + kCheckBytes ||
        raw[0] != kForm) {
      return BadToken();
    }
    // The last character of base64 has bits that mean nothing: only the one spelling is ours.
    if (absl::WebSafeBase64Escape(raw) != sent) return BadToken();
    page.after = raw.substr(1 + kCheckBytes);
    if (raw.compare(1, kCheckBytes, Check(page.query, page.after)) != 0) return BadToken();
  }
  return page;
}

std::string Page::NextToken(std::string_view last_key) const {
  std::string raw(1, kForm);
  raw += Check(query, last_key);
  raw.append(last_key);
  return absl::WebSafeBase64Escape(raw);
}

}  // namespace kasundo
