#include "services/cli/marked_text.h"

#include <algorithm>
#include <vector>

#include "kasundo/api/v1/text_difference.pb.h"

namespace kasundo::cli {
namespace {

using api::v1::TextChange;
using api::v1::TextRun;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::string_view kRed = "\033[31m";
constexpr std::string_view kGreen = "\033[32m";
constexpr std::string_view kPlain = "\033[0m";

struct Run {
  TextChange change;
  std::string marked;
};

std::vector<Run> RunsOf(const Message& message, const FieldDescriptor& field) {
  std::vector<Run> runs;
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < reflection->FieldSize(message, &field); ++i) {
    const auto& run =
        dynamic_cast<const TextRun&>(reflection->GetRepeatedMessage(message, &field, i));
    std::string marked = run.text();
    if (run.change() == api::v1::TEXT_CHANGE_REMOVED) marked = "[-" + marked + "-]";
    if (run.change() == api::v1::TEXT_CHANGE_ADDED) marked = "{+" + marked + "+}";
    runs.push_back({run.change(), std::move(marked)});
  }
  return runs;
}

// Wrapping and cleaning a text change nothing but these.
bool IsBlank(char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; }

std::string_view ColourOf(TextChange change) {
  if (change == api::v1::TEXT_CHANGE_REMOVED) return kRed;
  if (change == api::v1::TEXT_CHANGE_ADDED) return kGreen;
  return {};
}

}  // namespace

bool IsMarkedText(const FieldDescriptor& field) {
  return field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type() == TextRun::descriptor();
}

std::string MarkedText(const Message& message, const FieldDescriptor& field) {
  std::string text;
  for (const Run& run : RunsOf(message, field)) text += run.marked;
  return text;
}

std::string Coloured(std::string_view shown, size_t head, const Message& message,
                     const FieldDescriptor& field) {
  std::vector<std::string_view> colours;  // of each byte that is not blank
  for (const Run& run : RunsOf(message, field)) {
    for (const char c : run.marked) {
      if (!IsBlank(c)) colours.push_back(ColourOf(run.change));
    }
  }
  std::string text(shown.substr(0, head));
  std::string_view colour;
  size_t next = 0;
  for (const char c : shown.substr(std::min(head, shown.size()))) {
    // Blanks go with what follows if that has the same colour; a line ends plain, so that what the
    // terminal shows beside it stays as it is.
    std::string_view wanted = next < colours.size() ? colours[next] : std::string_view();
    if (c == '\n' || (IsBlank(c) && wanted != colour)) wanted = {};
    if (!IsBlank(c)) ++next;
    if (wanted != colour) text += wanted.empty() ? kPlain : wanted;
    colour = wanted;
    text += c;
  }
  if (!colour.empty()) text += kPlain;
  return text;
}

}  // namespace kasundo::cli
