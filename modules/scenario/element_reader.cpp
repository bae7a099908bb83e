// SPDX-License-Identifier: Apache-2.0
#include "scenario/element_reader.hpp"

#include <algorithm>
#include <cmath>

#include "base/config.hpp"

namespace hangil::scenario {

void ElementReader::add(Severity severity, std::string what) {
  context_.findings.push_back({severity, element_.place(), std::string(element_.name()), std::move(what)});
}

std::optional<std::string> ElementReader::optional_text(std::string_view attribute) {
  attributes_.add(attribute);
  if (!element_.has(attribute)) return std::nullopt;
  const std::string_view raw = element_.attribute(attribute);
  if (raw.find('$') == std::string_view::npos || context_.scope == nullptr) return std::string(raw);
  auto resolved = context_.scope->resolve(raw);
  if (!resolved) {
    error(std::string(attribute) + ": " + resolved.error().message);
    return std::string();
  }
  return *resolved;
}

std::string ElementReader::name(std::string_view attribute) {
  attributes_.add(attribute);
  const std::string raw(element_.attribute(attribute));
  if (raw.find('$') == std::string::npos || context_.scope == nullptr) return raw;
  const auto resolved = context_.scope->resolve(raw);
  if (!resolved) no_effect(std::string(attribute) + ": " + resolved.error().message + "; it is used as it is written");
  return resolved ? *resolved : raw;
}

std::string ElementReader::text(std::string_view attribute) {
  auto given = optional_text(attribute);
  if (!given && element_) error("attribute '" + std::string(attribute) + "' is missing");
  return given.value_or("");
}

std::optional<double> ElementReader::optional_number(std::string_view attribute) {
  const std::size_t errors_before = context_.findings.size();
  const auto given = optional_text(attribute);
  if (!given || given->empty()) {
    if (given && context_.findings.size() == errors_before) error(std::string(attribute) + " is empty");
    return given ? std::optional<double>(0.0) : std::nullopt;
  }
  if (*given == "INF" || *given == "inf") return std::numeric_limits<double>::infinity();
  const auto value = base::parse_number(*given);
  if (!value) error(std::string(attribute) + " = '" + *given + "' is no finite number");
  return value.value_or(0);
}

double ElementReader::number(std::string_view attribute) {
  const auto given = optional_number(attribute);
  if (!given && element_) error("attribute '" + std::string(attribute) + "' is missing");
  return given.value_or(0);
}

std::optional<int> ElementReader::optional_integer(std::string_view attribute) {
  const auto given = optional_number(attribute);
  if (!given) return std::nullopt;
  if (*given != std::floor(*given) || std::abs(*given) > 2e9) {
    error(std::string(attribute) + " = " + std::to_string(*given) + " is no whole number");
    return 0;
  }
  return static_cast<int>(*given);
}

int ElementReader::integer(std::string_view attribute) {
  const auto given = optional_integer(attribute);
  if (!given && element_) error("attribute '" + std::string(attribute) + "' is missing");
  return given.value_or(0);
}

std::optional<bool> ElementReader::optional_flag(std::string_view attribute) {
  const auto given = optional_text(attribute);
  if (!given) return std::nullopt;
  if (*given == "true" || *given == "1") return true;
  if (*given != "false" && *given != "0")
    error(std::string(attribute) + " = '" + *given + "' is neither true nor false");
  return false;
}

bool ElementReader::flag(std::string_view attribute) {
  const auto given = optional_flag(attribute);
  if (!given && element_) error("attribute '" + std::string(attribute) + "' is missing");
  return given.value_or(false);
}

std::optional<EntityIndex> ElementReader::optional_entity(std::string_view attribute) {
  const auto given = optional_text(attribute);
  if (!given || given->empty()) return std::nullopt;
  const auto& names = context_.entity_names;
  const auto found = std::find(names.begin(), names.end(), *given);
  if (found != names.end()) return static_cast<EntityIndex>(found - names.begin());
  const std::string nearest = base::nearest_word(*given, names);
  error("entity '" + *given + "' is not declared" + (nearest.empty() ? "" : ", did you mean '" + nearest + "'?"));
  return 0;
}

EntityIndex ElementReader::entity(std::string_view attribute) {
  const auto given = optional_entity(attribute);
  if (!given && element_) error("attribute '" + std::string(attribute) + "' names no entity");
  return given.value_or(0);
}

void ElementReader::entities(std::string_view attribute, std::vector<EntityIndex>& members) {
  const auto given = optional_text(attribute);
  const auto found = std::find_if(context_.selections.begin(), context_.selections.end(),
                                  [&](const EntitySelection& one) { return given && one.name == *given; });
  const std::vector<EntityIndex> named =
      found != context_.selections.end() ? found->members : std::vector<EntityIndex>{entity(attribute)};
  for (const EntityIndex one : named) {
    if (std::find(members.begin(), members.end(), one) == members.end()) members.push_back(one);
  }
}

base::XmlElement ElementReader::child(std::string_view name) {
  ask_child(name);
  return element_.child(name);
}

base::XmlElement ElementReader::required_child(std::string_view name) {
  const base::XmlElement found = child(name);
  if (!found && element_) error("element '" + std::string(name) + "' is missing");
  return found;
}

base::XmlElement ElementReader::only_child() {
  const base::XmlElement found = element_.first_child();
  if (!found && element_) error("is empty");
  if (found) ask_child(found.name());
  return found;
}

void ElementReader::skip(std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    attributes_.add(name);
    children_.add(name);
  }
}

void ElementReader::wrong_word(std::string_view attribute, const std::string& word,
                               std::span<const std::string_view> words) {
  std::string known;
  for (const std::string_view one : words) known += (known.empty() ? "" : ", ") + std::string(one);
  error(std::string(attribute) + " = '" + word + "' is none of " + known);
}

void ElementReader::report_unread() {
  if (!element_ || skips_all_ || !context_.is_strict) return;
  for (const std::string_view name : element_.attribute_names()) {
    if (attributes_.has(name) || name.substr(0, 3) == "xsi" || name.substr(0, 5) == "xmlns") continue;
    add(Severity::kUnsupported, "attribute '" + std::string(name) + "' is not known and is ignored");
  }
  if (reads_all_children_) return;
  constexpr std::size_t kMost = 20;  // of one element, so that a file of nothing else ends in a page
  std::size_t count = 0;
  for (auto found = element_.first_child(); found; found = found.next_sibling()) {
    if (children_.has(found.name()) || ++count > kMost) continue;
    context_.findings.push_back({Severity::kUnsupported, found.place(), std::string(found.name()),
                                 "is not known inside " + std::string(element_.name()) + " and is ignored"});
  }
  if (count > kMost) {
    const std::string more = std::to_string(count - kMost) + " more elements are not known in here and are ignored";
    add(Severity::kUnsupported, more);
  }
}

}  // namespace hangil::scenario
