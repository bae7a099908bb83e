// SPDX-License-Identifier: Apache-2.0
#include "model/card.hpp"

#include <algorithm>

#include "model/hex_digest.hpp"

namespace hangil::model {

namespace {

using Problems = std::vector<base::ConfigProblem>;

// Names become folders and library names: letters, digits, - _ . and no dot in front.
bool is_plain_name(const std::string& text) {
  const auto is_good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  };
  return !text.empty() && text.size() <= 128 && text.front() != '.' && std::all_of(text.begin(), text.end(), is_good);
}

bool is_card_shape(std::string text) {
  std::replace(text.begin(), text.end(), 'N', '1');
  return parse_shape(text).has_value();
}

void check_names(const Card& card, const base::SourcePlace& place, Problems& problems) {
  if (!is_plain_name(card.name)) {
    problems.push_back({place, "'name' must be letters, digits, '-', '_' and '.', not starting with a dot"});
  }
  if (!card.module.empty() && !is_plain_name(card.module)) problems.push_back({place, "'module' is no library name"});
  if (card.code_licence.empty()) problems.push_back({place, "'code_licence' is missing: say what may be done with it"});
  if (card.sources.empty()) problems.push_back({place, "'sources' is missing: say where the weights come from"});
}

void check_files(const Card& card, const base::SourcePlace& place, Problems& problems) {
  if (card.files.empty()) problems.push_back({place, "'files' is missing: a package without files"});
  for (const CardFile& file : card.files) {
    if (!is_plain_name(file.name)) problems.push_back({place, "files: '" + file.name + "' is no plain file name"});
    if (!is_sha256_hex(file.sha256)) {
      problems.push_back({place, "files: sha256 of '" + file.name + "' must be 64 lower-case hexadecimal digits"});
    }
  }
}

void check_tensors(const std::vector<CardTensor>& tensors, const base::SourcePlace& place, Problems& problems) {
  for (const CardTensor& tensor : tensors) {
    if (is_card_shape(tensor.shape)) continue;
    problems.push_back({place, "shape '" + tensor.shape + "' of '" + tensor.name + "' must be as in 1x3x416x416"});
  }
}

base::Result<Card> card_of(const base::YamlNode& root) {
  Problems problems;
  const Card card = base::read_config<Card>(&root, problems);
  if (problems.empty()) {
    check_names(card, root.place, problems);
    check_files(card, root.place, problems);
    check_tensors(card.inputs, root.place, problems);
    check_tensors(card.outputs, root.place, problems);
  }
  if (problems.empty()) return card;
  std::string text;
  for (const base::ConfigProblem& problem : problems) text += (text.empty() ? "" : "\n") + problem.text();
  return base::Error{text};
}

}  // namespace

base::Result<Card> read_card(const std::string& path) {
  const auto root = base::load_yaml(path);
  if (!root) return root.error();
  return card_of(*root);
}

base::Result<Card> parse_card(std::string_view text, const std::string& file) {
  const auto root = base::parse_yaml(text, file);
  if (!root) return root.error();
  return card_of(*root);
}

}  // namespace hangil::model
