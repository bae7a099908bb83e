// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "model/card.hpp"

namespace hangil::model {

namespace {

// Writes what ConfigVisitor reads. Texts are JSON strings, which YAML 1.2 reads too.
class CardWriter {
 public:
  explicit CardWriter(std::string indent) : indent_(std::move(indent)) {}

  void field(std::string_view name, const std::string& value, std::string_view) { line(name, base::json_quote(value)); }
  void field(std::string_view name, double value, base::Bounds, std::string_view, std::string_view) {
    line(name, base::json_number(value));
  }
  void field(std::string_view name, int value, base::Bounds, std::string_view, std::string_view) {
    line(name, std::to_string(value));
  }
  void field(std::string_view name, bool value, std::string_view) { line(name, value ? "true" : "false"); }
  void field(std::string_view name, const std::vector<std::string>& value, std::string_view) {
    std::string list;
    for (const std::string& word : value) list += (list.empty() ? "" : ", ") + base::json_quote(word);
    line(name, "[" + list + "]");
  }
  template <class Part>
  void parts(std::string_view name, std::vector<Part>& value, std::string_view) {
    line(name, value.empty() ? "[]" : "");
    for (Part& part : value) {
      CardWriter inner(indent_ + "    ");
      part.visit(inner);
      inner.text_.replace(indent_.size() + 2, 1, "-");
      text_ += inner.text_;
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void line(std::string_view name, const std::string& value) {
    text_ += indent_ + std::string(name) + (value.empty() ? ":" : ": " + value) + "\n";
  }

  std::string indent_, text_;
};

}  // namespace

std::string card_text(const Card& card) {
  CardWriter writer("");
  Card copy = card;  // visit() reads and writes alike
  copy.visit(writer);
  return "# SPDX-License-Identifier: Apache-2.0\n" + writer.take();
}

}  // namespace hangil::model
