// SPDX-License-Identifier: Apache-2.0
#include "base/xml.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>

#include <pugixml.hpp>

namespace hangil::base {

struct XmlFile {
  std::string name, text;
  std::vector<std::size_t> line_starts;
  pugi::xml_document document;

  int line_at(std::ptrdiff_t offset) const {
    const auto after = std::upper_bound(line_starts.begin(), line_starts.end(), static_cast<std::size_t>(offset));
    return static_cast<int>(after - line_starts.begin());
  }
};

namespace {

constexpr std::size_t kXmlBytesMax = std::size_t{256} << 20, kXmlTagsMax = 20'000'000;
constexpr int kXmlDepthMax = 256;
constexpr std::size_t kProblemsKept = 20;

pugi::xml_node xml_node(void* node) { return pugi::xml_node(static_cast<pugi::xml_node_struct*>(node)); }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

pugi::xml_node element_from(pugi::xml_node node) {
  while (node && node.type() != pugi::node_element) node = node.next_sibling();
  return node;
}

std::vector<std::size_t> find_line_starts(const std::string& text) {
  std::vector<std::size_t> starts{0};
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    starts.push_back(at + 1);
  return starts;
}

// Encodings are told by the first bytes (XML 1.0, appendix F).
std::string refusal(const std::string& text) {
  if (text.size() > kXmlBytesMax) return "is larger than 256 MiB";
  const std::string_view start = std::string_view(text).substr(0, 2);
  if (start == "\xff\xfe" || start == "\xfe\xff") return "is UTF-16; save it as UTF-8";
  const auto tags = static_cast<std::size_t>(std::count(text.begin(), text.end(), '<'));
  if (tags > kXmlTagsMax) return "has more than 20 million tags";
  return {};
}

// The first document type declaration or element nested too deep, and what is wrong with it.
std::pair<pugi::xml_node, const char*> find_forbidden(const pugi::xml_document& document) {
  for (const pugi::xml_node node : document.children()) {
    if (node.type() == pugi::node_doctype) return {node, "document type declarations are not read; remove it"};
  }
  int depth = 1;
  pugi::xml_node node = document.first_child();
  while (node) {
    if (depth > kXmlDepthMax) return {node, "elements are nested deeper than 256 levels"};
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node) node = node.next_sibling();
  }
  return {};
}

std::string quoted(std::string_view text) { return "'" + std::string(text.substr(0, 60)) + "'"; }

std::string tag(const XmlElement& element) { return "<" + std::string(element.name()) + ">"; }

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

void XmlProblems::add(const XmlElement& element, std::string what) {
  if (texts_.size() < kProblemsKept) texts_.push_back(element.place().text() + ": " + what);
  ++count_;
}

Error XmlProblems::error() const {
  std::string all;
  for (const std::string& text : texts_) all += (all.empty() ? "" : "\n") + text;
  if (count_ > texts_.size()) all += "\nand " + std::to_string(count_ - texts_.size()) + " more problems";
  return {all};
}

std::string_view XmlElement::name() const { return xml_node(node_).name(); }

SourcePlace XmlElement::place() const {
  if (node_ == nullptr) return {file_ == nullptr ? "" : file_->name, 0};
  return {file_->name, file_->line_at(xml_node(node_).offset_debug())};
}

std::string_view XmlElement::text() const { return trimmed(xml_node(node_).child_value()); }

XmlElement XmlElement::first_child() const {
  return {element_from(xml_node(node_).first_child()).internal_object(), file_};
}

XmlElement XmlElement::next_sibling() const {
  return {element_from(xml_node(node_).next_sibling()).internal_object(), file_};
}

XmlElement XmlElement::child(std::string_view wanted) const {
  for (XmlElement at = first_child(); at; at = at.next_sibling()) {
    if (at.name() == wanted) return at;
  }
  return {nullptr, file_};
}

XmlElement XmlElement::next_of_same_name() const {
  XmlElement at = next_sibling();
  while (at && at.name() != name()) at = at.next_sibling();
  return at;
}

std::vector<XmlElement> XmlElement::children(std::string_view wanted) const {
  std::vector<XmlElement> found;
  for (XmlElement at = first_child(); at; at = at.next_sibling()) {
    if (wanted.empty() || at.name() == wanted) found.push_back(at);
  }
  return found;
}

bool XmlElement::has(std::string_view wanted) const {
  for (const pugi::xml_attribute attribute : xml_node(node_).attributes()) {
    if (attribute.name() == wanted) return true;
  }
  return false;
}

std::string_view XmlElement::attribute(std::string_view wanted) const {
  for (const pugi::xml_attribute attribute : xml_node(node_).attributes()) {
    if (attribute.name() == wanted) return attribute.value();
  }
  return {};
}

std::vector<std::string_view> XmlElement::attribute_names() const {
  std::vector<std::string_view> names;
  for (const pugi::xml_attribute attribute : xml_node(node_).attributes()) names.emplace_back(attribute.name());
  return names;
}

double XmlElement::number_or(std::string_view wanted, double otherwise, XmlProblems& problems) const {
  const std::string_view value = attribute(wanted);
  if (trimmed(value).empty()) return otherwise;
  const auto parsed = parse_number(value);
  if (!parsed) problems.add(*this, tag(*this) + " " + std::string(wanted) + " " + quoted(value) + " is not a number");
  return parsed.value_or(otherwise);
}

int XmlElement::integer_or(std::string_view wanted, int otherwise, XmlProblems& problems) const {
  const double value = number_or(wanted, otherwise, problems);
  if (value == std::trunc(value) && std::abs(value) < 2e9) return static_cast<int>(value);
  problems.add(*this,
               tag(*this) + " " + std::string(wanted) + " " + quoted(attribute(wanted)) + " is not a whole number");
  return otherwise;
}

std::string XmlElement::required(std::string_view wanted, XmlProblems& problems) const {
  if (!has(wanted)) problems.add(*this, tag(*this) + " needs the attribute " + std::string(wanted));
  return std::string(attribute(wanted));
}

double XmlElement::number(std::string_view wanted, XmlProblems& problems) const {
  if (trimmed(attribute(wanted)).empty()) {
    problems.add(*this, tag(*this) + " needs a number " + std::string(wanted));
    return 0;
  }
  return number_or(wanted, 0, problems);
}

int XmlElement::integer(std::string_view wanted, XmlProblems& problems) const {
  if (trimmed(attribute(wanted)).empty()) {
    problems.add(*this, tag(*this) + " needs a whole number " + std::string(wanted));
    return 0;
  }
  return integer_or(wanted, 0, problems);
}

double XmlElement::text_number(XmlProblems& problems) const {
  const auto parsed = parse_number(text());
  if (!parsed) problems.add(*this, tag(*this) + " " + quoted(text()) + " is not a number");
  return parsed.value_or(0);
}

Result<XmlDocument> XmlDocument::parse(std::string text, const std::string& name) {
  if (const std::string why = refusal(text); !why.empty()) return Error{name + " " + why};
  auto file = std::make_shared<XmlFile>();
  file->name = name;
  file->text = std::move(text);
  file->line_starts = find_line_starts(file->text);
  const auto parsed = file->document.load_buffer_inplace(
      file->text.data(), file->text.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  const auto at = [&](std::ptrdiff_t offset) { return name + ":" + std::to_string(file->line_at(offset)) + ": "; };
  if (!parsed) return Error{at(parsed.offset) + "malformed XML: " + parsed.description()};
  if (const auto [node, what] = find_forbidden(file->document); what != nullptr) {
    return Error{at(std::max<std::ptrdiff_t>(node.offset_debug(), 0)) + what};
  }
  if (!file->document.document_element()) return Error{name + ": holds no XML element"};
  return XmlDocument(std::move(file));
}

Result<XmlDocument> XmlDocument::load(const std::string& path) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  if (failure) return Error{path + ": " + failure.message()};
  if (size > kXmlBytesMax) return Error{path + " is larger than 256 MiB"};
  std::ifstream stream(path, std::ios::binary);
  std::string text(size, '\0');
  if (!stream.read(text.data(), static_cast<std::streamsize>(size))) return Error{path + ": cannot be read"};
  return parse(std::move(text), path);
}

XmlElement XmlDocument::root() const { return {file_->document.document_element().internal_object(), file_.get()}; }

}  // namespace hangil::base
