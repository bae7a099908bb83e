// SPDX-License-Identifier: Apache-2.0
#include "recording/text_lines.hpp"

#include <charconv>
#include <cmath>

#include "recording/file_source.hpp"

namespace hangil::recording {

namespace {

constexpr std::string_view kBlanks = " \t\r\v\f";

std::vector<std::string_view> split_words(std::string_view line) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  while ((begin = line.find_first_not_of(kBlanks, begin)) != std::string_view::npos) {
    const std::size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

}  // namespace

std::vector<TextLine> split_lines(std::string_view text) {
  std::vector<TextLine> lines;
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    auto words = split_words(text.substr(0, end));
    ++number;
    if (!words.empty()) lines.push_back({number, std::move(words)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::optional<double> to_number(std::string_view word) {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<int> to_integer(std::string_view word) {
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

base::Result<std::string> read_text(const std::string& path) {
  constexpr std::uint64_t kMostBytes = 64 << 20;
  const auto source = FileSource::open(path);
  if (!source) return source.error();
  if (source->size() > kMostBytes) return base::Error{path + ": over 64 MiB is no text file of a drive"};
  std::string text(source->size(), '\0');
  const auto status = source->read(0, text.size(), reinterpret_cast<std::uint8_t*>(text.data()));
  if (!status) return status.error();
  return text;
}

}  // namespace hangil::recording
