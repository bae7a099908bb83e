// SPDX-License-Identifier: Apache-2.0
#include "base/config.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "base/json.hpp"

namespace hangil::base {

namespace {

std::string bounds_text(Bounds bounds, std::string_view unit) {
  const std::string suffix = unit.empty() ? "" : " " + std::string(unit);
  return json_number(bounds.least) + " to " + json_number(bounds.most) + suffix;
}

bool parse_number(const std::string& text, double& value) {
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  return parsed.ec == std::errc() && parsed.ptr == end && std::isfinite(value);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string nearest_word(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) best = candidate, best_distance = distance;
  }
  return best;
}

ConfigVisitor::ConfigVisitor(const YamlNode* node, std::vector<ConfigProblem>& problems)
    : node_(node), problems_(problems) {
  if (node_ == nullptr || node_->kind == YamlNode::Kind::kNull) {
    node_ = nullptr;
  } else if (!node_->is_map()) {
    problem(*node_, "a map of parameters is expected here");
    node_ = nullptr;
  }
}

const YamlNode* ConfigVisitor::take(std::string_view name) { return node_ == nullptr ? nullptr : node_->find(name); }

void ConfigVisitor::problem(const YamlNode& node, std::string what) {
  problems_.push_back({node.place, std::move(what)});
}

bool ConfigVisitor::read_number(const YamlNode& node, std::string_view name, Bounds bounds, std::string_view unit,
                                double& value) {
  double number = 0;
  if (!node.is_scalar() || !parse_number(node.scalar, number)) {
    problem(node, "'" + std::string(name) + "' must be a number (" + bounds_text(bounds, unit) + ")");
    return false;
  }
  if (number < bounds.least || number > bounds.most) {
    problem(node, "'" + std::string(name) + "' is " + node.scalar + "; allowed: " + bounds_text(bounds, unit));
    return false;
  }
  value = number;
  return true;
}

void ConfigVisitor::field(std::string_view name, double& value, Bounds bounds, std::string_view unit,
                          std::string_view meaning) {
  parameters_.push_back(
      {std::string(name), "number", json_number(value), bounds, std::string(unit), std::string(meaning)});
  if (const YamlNode* node = take(name)) read_number(*node, name, bounds, unit, value);
}

template <class Integer>
void ConfigVisitor::integer_field(std::string_view name, Integer& value, Bounds bounds, std::string_view unit,
                                  std::string_view meaning) {
  parameters_.push_back(
      {std::string(name), "integer", std::to_string(value), bounds, std::string(unit), std::string(meaning)});
  const YamlNode* node = take(name);
  double number = 0;
  const Bounds held{std::max(bounds.least, -9e15), std::min(bounds.most, 9e15)};
  if (node == nullptr || !read_number(*node, name, held, unit, number)) return;
  if (number != std::floor(number)) return problem(*node, "'" + std::string(name) + "' must be a whole number");
  value = static_cast<Integer>(number);
}

void ConfigVisitor::field(std::string_view name, int& value, Bounds bounds, std::string_view unit,
                          std::string_view meaning) {
  constexpr double kMost = std::numeric_limits<int>::max();
  integer_field(name, value, {std::max(bounds.least, -kMost), std::min(bounds.most, kMost)}, unit, meaning);
}

void ConfigVisitor::field(std::string_view name, std::int64_t& value, Bounds bounds, std::string_view unit,
                          std::string_view meaning) {
  integer_field(name, value, bounds, unit, meaning);
}

void ConfigVisitor::field(std::string_view name, bool& value, std::string_view meaning) {
  parameters_.push_back({std::string(name), "true or false", value ? "true" : "false", {}, "", std::string(meaning)});
  const YamlNode* node = take(name);
  if (node == nullptr) return;
  if (node->is_scalar() && (node->scalar == "true" || node->scalar == "false")) {
    value = node->scalar == "true";
  } else {
    problem(*node, "'" + std::string(name) + "' must be true or false");
  }
}

void ConfigVisitor::field(std::string_view name, std::string& value, std::string_view meaning) {
  parameters_.push_back({std::string(name), "text", value, {}, "", std::string(meaning)});
  const YamlNode* node = take(name);
  if (node == nullptr) return;
  if (node->is_scalar())
    value = node->scalar;
  else
    problem(*node, "'" + std::string(name) + "' must be a text");
}

void ConfigVisitor::field(std::string_view name, std::string& value, const std::vector<std::string>& allowed,
                          std::string_view meaning) {
  std::string words;
  for (const std::string& word : allowed) words += (words.empty() ? "" : "|") + word;
  parameters_.push_back({std::string(name), words, value, {}, "", std::string(meaning)});
  const YamlNode* node = take(name);
  if (node == nullptr) return;
  if (node->is_scalar() && std::find(allowed.begin(), allowed.end(), node->scalar) != allowed.end()) {
    value = node->scalar;
  } else {
    problem(*node, "'" + std::string(name) + "' must be one of " + words);
  }
}

void ConfigVisitor::field(std::string_view name, std::vector<double>& value, Bounds bounds, std::string_view unit,
                          std::string_view meaning) {
  std::string text;
  for (const double number : value) text += (text.empty() ? "" : ", ") + json_number(number);
  parameters_.push_back(
      {std::string(name), "numbers", "[" + text + "]", bounds, std::string(unit), std::string(meaning)});
  const YamlNode* node = take(name);
  if (node == nullptr) return;
  if (!is_list(*node, name, "numbers")) return;
  std::vector<double> numbers(node->items.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!read_number(node->items[i], name, bounds, unit, numbers[i])) return;
  }
  value = std::move(numbers);
}

void ConfigVisitor::field(std::string_view name, std::vector<std::string>& value, std::string_view meaning) {
  std::string text;
  for (const std::string& word : value) text += (text.empty() ? "" : ", ") + word;
  parameters_.push_back({std::string(name), "texts", "[" + text + "]", {}, "", std::string(meaning)});
  const YamlNode* node = take(name);
  if (node == nullptr || !is_list(*node, name, "texts")) return;
  std::vector<std::string> words;
  for (const YamlNode& item : node->items) {
    if (!item.is_scalar()) return problem(item, "'" + std::string(name) + "' must be a list of texts");
    words.push_back(item.scalar);
  }
  value = std::move(words);
}

const YamlNode* ConfigVisitor::take_part(std::string_view name, std::string_view type, std::string_view meaning) {
  parameters_.push_back({std::string(name), std::string(type), "", {}, "", std::string(meaning)});
  return take(name);
}

bool ConfigVisitor::is_list(const YamlNode& node, std::string_view name, std::string_view of) {
  if (!node.is_sequence()) problem(node, "'" + std::string(name) + "' must be a list of " + std::string(of));
  return node.is_sequence();
}

void ConfigVisitor::finish() {
  if (node_ == nullptr) return;
  std::vector<std::string> known;
  for (const ParameterInfo& parameter : parameters_) known.push_back(parameter.name);
  for (const auto& [key, node] : node_->members) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::string near = nearest_word(key, known);
    problem(node, "unknown parameter '" + key + "'" + (near.empty() ? "" : "; did you mean '" + near + "'?"));
  }
}

}  // namespace hangil::base
