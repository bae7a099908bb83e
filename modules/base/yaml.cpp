// SPDX-License-Identifier: Apache-2.0
#include "base/yaml.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace hangil::base {

namespace {

constexpr std::size_t kMaxBytes = 1 << 20;
constexpr std::size_t kMaxDepth = 64;

struct Refusal {
  int line;
  std::string what;
};

// Builds the tree from yaml-cpp's events, so that nothing is ever expanded: an alias is refused where it stands.
class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(std::string file) : file_(std::move(file)) { open_.push_back(&root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse(mark, "aliases (*name) are not allowed"); }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check_anchor(mark, anchor);
    add(mark, YamlNode::Kind::kNull, "");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check(mark, tag, anchor);
    const bool is_null = tag == "?" && (value == "~" || value == "null");
    add(mark, is_null ? YamlNode::Kind::kNull : YamlNode::Kind::kScalar, value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    check(mark, tag, anchor);
    descend(mark, YamlNode::Kind::kSequence);
  }
  void OnSequenceEnd() override { open_.pop_back(), keys_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    check(mark, tag, anchor);
    descend(mark, YamlNode::Kind::kMap);
  }
  void OnMapEnd() override { open_.pop_back(), keys_.pop_back(); }

  YamlNode take() { return root_.items.empty() ? YamlNode{.place = {file_, 1}} : std::move(root_.items.front()); }

 private:
  struct PendingKey {
    bool is_set = false;
    std::string text;
    std::set<std::string> seen = {};
  };

  [[noreturn]] static void refuse(const YAML::Mark& mark, std::string what) {
    throw Refusal{mark.line + 1, std::move(what)};
  }

  static void check_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) refuse(mark, "anchors (&name) are not allowed");
  }
  static void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    check_anchor(mark, anchor);
    if (!tag.empty() && tag != "?" && tag != "!") refuse(mark, "tags (!name) are not allowed");
  }

  void descend(const YAML::Mark& mark, YamlNode::Kind kind) {
    if (open_.size() > kMaxDepth) refuse(mark, "nested deeper than " + std::to_string(kMaxDepth) + " levels");
    YamlNode* node = add(mark, kind, "");
    open_.push_back(node);
    keys_.emplace_back();
  }

  YamlNode* add(const YAML::Mark& mark, YamlNode::Kind kind, const std::string& text) {
    YamlNode node{.kind = kind, .scalar = text, .place = {file_, mark.line + 1}};
    YamlNode& parent = *open_.back();
    if (parent.kind != YamlNode::Kind::kMap) return &parent.items.emplace_back(std::move(node));
    PendingKey& key = keys_.back();
    if (!key.is_set) {
      if (kind != YamlNode::Kind::kScalar) refuse(mark, "a key must be a plain text");
      if (!key.seen.insert(text).second) refuse(mark, "key '" + text + "' stands twice in one map");
      key.is_set = true;
      key.text = text;
      return nullptr;
    }
    key.is_set = false;
    return &parent.members.emplace_back(YamlMember{std::move(key.text), std::move(node)}).value;
  }

  std::string file_;
  YamlNode root_{.kind = YamlNode::Kind::kSequence};
  std::vector<YamlNode*> open_;
  std::vector<PendingKey> keys_ = std::vector<PendingKey>(1);
};

Error error_at(const std::string& file, int line, const std::string& what) {
  return Error{SourcePlace{file, line}.text() + ": " + what};
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const auto& [name, node] : members) {
    if (name == key) return &node;
  }
  return nullptr;
}

YamlNode& YamlNode::at_or_make(std::string_view key) {
  if (kind == Kind::kNull) kind = Kind::kMap;
  for (auto& [name, node] : members) {
    if (name == key) return node;
  }
  return members.emplace_back(YamlMember{std::string(key), YamlNode{.place = place}}).value;
}

Result<YamlNode> parse_yaml(std::string_view text, const std::string& file) {
  if (text.size() > kMaxBytes) return Error{file + ": larger than 1 MiB; a configuration this large is a mistake"};
  std::istringstream stream{std::string(text)};
  TreeBuilder builder(file);
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    TreeBuilder rest(file);
    if (parser.HandleNextDocument(rest)) return Error{file + ": holds a second document; use one file each"};
  } catch (const Refusal& refusal) {
    return error_at(file, refusal.line, refusal.what);
  } catch (const YAML::Exception& exception) {
    return error_at(file, exception.mark.line + 1, exception.msg);
  } catch (const std::exception& exception) {
    return Error{file + ": " + exception.what()};
  }
  return builder.take();
}

Result<YamlNode> load_yaml(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return Error{path + ": cannot be opened for reading"};
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream.good() || text.fail()) return Error{path + ": cannot be read (is it a directory?)"};
  return parse_yaml(text.str(), path);
}

}  // namespace hangil::base
