#include "workflows/engine/context.h"

#include <algorithm>
#include <charconv>

namespace kasundo {

std::string Context::Parameter(std::string_view key, std::string_view otherwise) const {
  if (parameters == nullptr) return std::string(otherwise);
  const auto found = parameters->find(std::string(key));
  return found == parameters->end() ? std::string(otherwise) : found->second;
}

int64_t Context::Parameter(std::string_view key, int64_t otherwise) const {
  const std::string text = Parameter(key, std::string_view());
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty() ? value
                                                                                   : otherwise;
}

std::string_view RealmOf(std::string_view name) {
  const size_t first = name.find('/');
  if (first == std::string_view::npos) return name;
  return name.substr(0, name.find('/', first + 1));
}

std::string_view ParentOf(std::string_view name) {
  const size_t last = name.rfind('/');
  if (last == std::string_view::npos) return {};
  const size_t before = name.rfind('/', last - 1);
  return before == std::string_view::npos ? std::string_view() : name.substr(0, before);
}

std::string_view IdOf(std::string_view name) {
  const size_t last = name.rfind('/');
  return last == std::string_view::npos ? name : name.substr(last + 1);
}

std::string_view CollectionOf(std::string_view name) {
  const size_t last = name.rfind('/');
  if (last == std::string_view::npos) return {};
  const size_t before = name.rfind('/', last - 1);
  const size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return name.substr(begin, last - begin);
}

bool IsValidId(std::string_view id) {
  if (id.empty() || id.size() > 63 || id.front() == '-' || id.back() == '-') return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace kasundo
