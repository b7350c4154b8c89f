#include "services/cli/api_description.h"

#include <cctype>

#include "google/protobuf/descriptor.pb.h"
#include "workflows/engine/check.h"

// clang-format off
__asm__(
    ".section .rodata\n"
    ".balign 16\n"
    "kasundo_api_description_begin:\n"
    ".incbin \"" KASUNDO_API_DESCRIPTION "\"\n"
    "kasundo_api_description_end:\n"
    ".byte 0\n"
    ".previous\n");
// clang-format on

extern "C" {
extern const char kasundo_api_description_begin[];
extern const char kasundo_api_description_end[];
}

namespace kasundo::cli {
namespace {

using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;

const FileDescriptorSet& Files() {
  static const FileDescriptorSet* files = [] {
    auto* parsed = new FileDescriptorSet;
    KASUNDO_CHECK(parsed->ParseFromArray(
        kasundo_api_description_begin,
        static_cast<int>(kasundo_api_description_end - kasundo_api_description_begin)));
    return parsed;
  }();
  return *files;
}

// The same elements as in the generated pool, but with comments.
const google::protobuf::DescriptorPool& CommentedPool() {
  static const auto* pool = [] {
    auto* built = new google::protobuf::DescriptorPool;
    for (const FileDescriptorProto& file : Files().file()) {
      KASUNDO_CHECK(built->BuildFile(file) != nullptr);
    }
    return built;
  }();
  return *pool;
}

std::string Trimmed(std::string_view comment) {
  std::string text;
  for (const char c : comment) {
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!space) {
      text += c;
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  if (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

template <typename Element>
std::string CommentOfCommented(const Element* element) {
  google::protobuf::SourceLocation location;
  if (element == nullptr || !element->GetSourceLocation(&location)) return "";
  return Trimmed(location.leading_comments.empty() ? location.trailing_comments
                                                   : location.leading_comments);
}

}  // namespace

const std::vector<std::string>& ApiFiles() {
  static const auto* names = [] {
    auto* found = new std::vector<std::string>;
    for (const FileDescriptorProto& file : Files().file()) {
      if (file.name().rfind("kasundo/", 0) == 0) found->push_back(file.name());
    }
    return found;
  }();
  return *names;
}

std::string CommentOf(const google::protobuf::MethodDescriptor& method) {
  return CommentOfCommented(CommentedPool().FindMethodByName(method.full_name()));
}

std::string CommentOf(const google::protobuf::Descriptor& message) {
  return CommentOfCommented(CommentedPool().FindMessageTypeByName(message.full_name()));
}

std::string CommentOf(const google::protobuf::FieldDescriptor& field) {
  return CommentOfCommented(CommentedPool().FindFieldByName(field.full_name()));
}

std::string CommentOf(const google::protobuf::EnumValueDescriptor& value) {
  return CommentOfCommented(CommentedPool().FindEnumValueByName(value.full_name()));
}

std::string FirstSentence(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const bool ends = text[i] == '.' && (i + 1 == text.size() || text[i + 1] == ' ');
    // "e.g. x" and "No. 5" end no sentence: the next word of one begins with a capital.
    if (ends && (i + 2 >= text.size() || std::isupper(static_cast<unsigned char>(text[i + 2])))) {
      return std::string(text.substr(0, i + 1));
    }
  }
  return std::string(text);
}

}  // namespace kasundo::cli
