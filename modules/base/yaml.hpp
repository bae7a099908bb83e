// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace hangil::base {

// Where a value stands: "configs/pipelines/lidar.yaml:12".
struct SourcePlace {
  std::string file;
  int line = 0;
  std::string text() const { return line > 0 ? file + ":" + std::to_string(line) : file; }
};

struct YamlMember;

// A YAML document as plain values: scalars keep their text, maps their order.
struct YamlNode {
  enum class Kind { kNull, kScalar, kSequence, kMap };
  Kind kind = Kind::kNull;
  std::string scalar;
  std::vector<YamlNode> items;      // of a sequence
  std::vector<YamlMember> members;  // of a map
  SourcePlace place;

  const YamlNode* find(std::string_view key) const;
  // The member of this map with that key, made when absent; a null node becomes a map.
  YamlNode& at_or_make(std::string_view key);
  bool is_map() const { return kind == Kind::kMap; }
  bool is_sequence() const { return kind == Kind::kSequence; }
  bool is_scalar() const { return kind == Kind::kScalar; }
};

struct YamlMember {
  std::string key;
  YamlNode value;
};

// Reads one document. Refused with file and line: syntax errors, aliases and anchors, tags, duplicate keys, maps with
// keys that are not scalars, nesting deeper than 64, texts over 1 MiB, a second document.
Result<YamlNode> parse_yaml(std::string_view text, const std::string& file);
Result<YamlNode> load_yaml(const std::string& path);

}  // namespace hangil::base
