// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/xml.hpp"
#include "scenario/findings.hpp"
#include "scenario/read_context.hpp"

namespace hangil::scenario {

template <class Enum>
using Spelling = std::pair<std::string_view, Enum>;

// Reads one element strictly: parameters are replaced, what is missing or malformed becomes an error finding (and the
// value 0, "" or the first spelling), and at its end attributes and children that nobody asked for are reported.
class ElementReader {
 public:
  ElementReader(base::XmlElement element, ReadContext& context) : element_(element), context_(context) {}
  ~ElementReader() { report_unread(); }
  ElementReader(const ElementReader&) = delete;
  ElementReader& operator=(const ElementReader&) = delete;

  base::XmlElement element() const { return element_; }
  ReadContext& context() const { return context_; }

  std::string text(std::string_view attribute);
  std::optional<std::string> optional_text(std::string_view attribute);
  // Of `name` and what refers to one: where its expression cannot be evaluated it stays as it is written.
  std::string name(std::string_view attribute = "name");
  // As `entity`, but a selection's name stands for all its members; appended.
  void entities(std::string_view attribute, std::vector<EntityIndex>& members);
  double number(std::string_view attribute);
  std::optional<double> optional_number(std::string_view attribute);
  double number_or(std::string_view attribute, double otherwise) {
    return optional_number(attribute).value_or(otherwise);
  }
  int integer(std::string_view attribute);
  std::optional<int> optional_integer(std::string_view attribute);
  bool flag(std::string_view attribute);
  std::optional<bool> optional_flag(std::string_view attribute);
  bool flag_or(std::string_view attribute, bool otherwise) { return optional_flag(attribute).value_or(otherwise); }

  template <class Enum, std::size_t N>
  Enum one_of(std::string_view attribute, const std::array<Spelling<Enum>, N>& spellings) {
    return spelled(attribute, text(attribute), spellings);
  }
  template <class Enum, std::size_t N>
  Enum one_of_or(std::string_view attribute, const std::array<Spelling<Enum>, N>& spellings, Enum otherwise) {
    const auto given = optional_text(attribute);
    return given ? spelled(attribute, *given, spellings) : otherwise;
  }

  // The index of the entity that the attribute names.
  EntityIndex entity(std::string_view attribute);
  std::optional<EntityIndex> optional_entity(std::string_view attribute);

  // The first child of that name; null, with an error finding, when a required one is absent.
  base::XmlElement child(std::string_view name);
  base::XmlElement required_child(std::string_view name);
  // For elements that hold exactly one of several: the first child, whatever its name.
  base::XmlElement only_child();
  template <class Function>
  void each(std::string_view name, const Function& function) {
    ask_child(name);
    for (auto found = element_.child(name); found; found = found.next_of_same_name()) function(found);
  }
  // Every child, whatever its name.
  template <class Function>
  void every_child(const Function& function) {
    reads_all_children_ = true;
    for (auto found = element_.first_child(); found; found = found.next_sibling()) function(found);
  }

  // Marks attributes or children as known though nothing here depends on them.
  void skip(std::initializer_list<std::string_view> names);
  void skip_everything() { skips_all_ = true; }

  void error(std::string what) { add(Severity::kError, std::move(what)); }
  void unsupported(std::string what) { add(Severity::kUnsupported, std::move(what)); }
  void no_effect(std::string what) { add(Severity::kNoEffect, std::move(what)); }
  void add(Severity severity, std::string what);

 private:
  // Names asked for; a handful an element, so a fixed array.
  class Names {
   public:
    void add(std::string_view name) {
      if (count_ < names_.size() && !has(name)) names_[count_++] = name;
    }
    bool has(std::string_view name) const {
      for (std::size_t i = 0; i < count_; ++i) {
        if (names_[i] == name) return true;
      }
      return false;
    }

   private:
    std::array<std::string_view, 40> names_;
    std::size_t count_ = 0;
  };

  template <class Enum, std::size_t N>
  Enum spelled(std::string_view attribute, const std::string& word, const std::array<Spelling<Enum>, N>& spellings) {
    std::array<std::string_view, N> words;
    for (std::size_t i = 0; i < N; ++i) {
      if (spellings[i].first == word) return spellings[i].second;
      words[i] = spellings[i].first;
    }
    wrong_word(attribute, word, words);
    return spellings[0].second;
  }
  void wrong_word(std::string_view attribute, const std::string& word, std::span<const std::string_view> words);
  void ask_child(std::string_view name) { children_.add(name); }
  void report_unread();

  base::XmlElement element_;
  ReadContext& context_;
  Names attributes_, children_;
  bool reads_all_children_ = false, skips_all_ = false;
};

}  // namespace hangil::scenario
