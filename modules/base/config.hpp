// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.hpp"

// A configuration is a struct with defaults and one line a member:
//
//   struct GroundConfig {
//     double cell_m = 0.5;
//     int iteration_count = 3;
//     void visit(base::ConfigVisitor& visitor) {
//       visitor.field("cell_m", cell_m, {0.1, 5.0}, "m", "edge length of a grid cell");
//       visitor.field("iteration_count", iteration_count, {1, 10}, "", "how often the plane is refitted");
//     }
//   };
//
// Reading is strict: unknown, mistyped and out-of-range keys are all reported, with file, line and limits.
namespace hangil::base {

struct Bounds {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
};

// One parameter as `hangil modules describe` prints it.
struct ParameterInfo {
  std::string name, type, default_text;
  Bounds bounds;
  std::string unit, meaning;
};

// Something wrong in a configuration: where, what and what is allowed.
struct ConfigProblem {
  SourcePlace place;
  std::string what;
  std::string text() const { return place.text() + ": " + what; }
};

class ConfigVisitor {
 public:
  // `node` may be null (defaults only). Problems are appended to `problems`.
  ConfigVisitor(const YamlNode* node, std::vector<ConfigProblem>& problems);

  void field(std::string_view name, double& value, Bounds bounds, std::string_view unit, std::string_view meaning);
  void field(std::string_view name, int& value, Bounds bounds, std::string_view unit, std::string_view meaning);
  void field(std::string_view name, std::int64_t& value, Bounds bounds, std::string_view unit,
             std::string_view meaning);
  void field(std::string_view name, bool& value, std::string_view meaning);
  void field(std::string_view name, std::string& value, std::string_view meaning);
  // One of the listed words.
  void field(std::string_view name, std::string& value, const std::vector<std::string>& allowed,
             std::string_view meaning);
  void field(std::string_view name, std::vector<double>& value, Bounds bounds, std::string_view unit,
             std::string_view meaning);

  void field(std::string_view name, std::vector<std::string>& value, std::string_view meaning);
  // A map of its own, read by its own visit().
  template <class Part>
  void part(std::string_view name, Part& value, std::string_view meaning) {
    if (const YamlNode* node = take_part(name, "map", meaning)) value = read_part<Part>(*node);
  }
  // A list of such maps.
  template <class Part>
  void parts(std::string_view name, std::vector<Part>& value, std::string_view meaning) {
    const YamlNode* node = take_part(name, "list of maps", meaning);
    if (node == nullptr || !is_list(*node, name, "maps")) return;
    value.clear();
    for (const YamlNode& item : node->items) value.push_back(read_part<Part>(item));
  }

  // To be called once after the last field: reports keys that no field asked for, naming the nearest known one.
  void finish();

  const std::vector<ParameterInfo>& parameters() const { return parameters_; }

 private:
  const YamlNode* take(std::string_view name);
  bool read_number(const YamlNode& node, std::string_view name, Bounds bounds, std::string_view unit, double& value);
  template <class Integer>
  void integer_field(std::string_view name, Integer& value, Bounds bounds, std::string_view unit,
                     std::string_view meaning);
  void problem(const YamlNode& node, std::string what);
  const YamlNode* take_part(std::string_view name, std::string_view type, std::string_view meaning);
  bool is_list(const YamlNode& node, std::string_view name, std::string_view of);
  template <class Part>
  Part read_part(const YamlNode& node) {
    Part part;
    ConfigVisitor visitor(&node, problems_);
    part.visit(visitor);
    visitor.finish();
    return part;
  }

  const YamlNode* node_;
  std::vector<ConfigProblem>& problems_;
  std::vector<ParameterInfo> parameters_;
};

// Reads a whole struct; what is wrong lands in `problems` and leaves that member at its default.
template <class Config>
Config read_config(const YamlNode* node, std::vector<ConfigProblem>& problems) {
  Config config;
  ConfigVisitor visitor(node, problems);
  config.visit(visitor);
  visitor.finish();
  return config;
}

// The parameters of a struct with their defaults.
template <class Config>
std::vector<ParameterInfo> describe_config() {
  std::vector<ConfigProblem> none;
  ConfigVisitor visitor(nullptr, none);
  Config config;
  config.visit(visitor);
  return visitor.parameters();
}

// The word of `known` nearest to `word` by edit distance, or empty when none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

}  // namespace hangil::base
