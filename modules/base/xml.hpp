// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.hpp"

namespace hangil::base {

class XmlElement;
struct XmlFile;  // parsed text, by pugixml

// What is wrong in an XML file, gathered while it is read, so that a person sees all of it at once.
class XmlProblems {
 public:
  void add(const XmlElement& element, std::string what);
  bool empty() const { return texts_.empty(); }
  std::size_t size() const { return count_; }
  // The first problems, one a line with file and line, and how many more there are.
  Error error() const;

 private:
  std::vector<std::string> texts_;  // of the first ones
  std::size_t count_ = 0;
};

// An element of an XmlDocument, which must outlive it; null where there is none (then everything below is empty).
class XmlElement {
 public:
  XmlElement() = default;

  explicit operator bool() const { return node_ != nullptr; }
  std::string_view name() const;
  SourcePlace place() const;
  std::string_view text() const;  // without white space around it

  XmlElement first_child() const;
  XmlElement next_sibling() const;
  XmlElement child(std::string_view name) const;                       // the first of that name
  XmlElement next_of_same_name() const;                                // the next sibling of this name
  std::vector<XmlElement> children(std::string_view name = {}) const;  // of that name, or all

  bool has(std::string_view attribute) const;
  std::string_view attribute(std::string_view attribute) const;  // empty where absent
  std::vector<std::string_view> attribute_names() const;

  // Attributes that must be there; a problem is noted and 0 or "" returned where one is absent or malformed. Numbers
  // that are not finite are malformed.
  double number(std::string_view attribute, XmlProblems& problems) const;
  int integer(std::string_view attribute, XmlProblems& problems) const;
  std::string required(std::string_view attribute, XmlProblems& problems) const;
  // Attributes that may be absent or empty.
  double number_or(std::string_view attribute, double otherwise, XmlProblems& problems) const;
  int integer_or(std::string_view attribute, int otherwise, XmlProblems& problems) const;
  // The text of this element as a number.
  double text_number(XmlProblems& problems) const;

 private:
  friend class XmlDocument;
  XmlElement(void* node, const XmlFile* file) : node_(node), file_(file) {}

  void* node_ = nullptr;
  const XmlFile* file_ = nullptr;
};

// A parsed XML file. Refused, with file and line: malformed text, document type declarations (so no entities of the
// file's own), other encodings than UTF-8 and its subsets, more than 256 levels, 20 million tags or 256 MiB.
class XmlDocument {
 public:
  static Result<XmlDocument> parse(std::string text, const std::string& file);
  static Result<XmlDocument> load(const std::string& path);

  XmlElement root() const;

 private:
  explicit XmlDocument(std::shared_ptr<const XmlFile> file) : file_(std::move(file)) {}
  std::shared_ptr<const XmlFile> file_;
};

// A finite number in plain or exponent notation, with white space or a '+' before it allowed; nothing else may follow.
std::optional<double> parse_number(std::string_view text);

}  // namespace hangil::base
