// SPDX-License-Identifier: Apache-2.0
#include "scenario/expression.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>

#include "base/xml.hpp"

namespace hangil::scenario {

namespace {

constexpr int kMaxDepth = 100;

struct ExpressionValue {
  double number = 0;
  bool is_boolean = false;
};

struct NamedFunction {
  std::string_view name;
  double (*apply)(double, double);
  int argument_count;
};

double round_half_away(double a, double) { return std::round(a); }
double sign_of(double a, double) { return a > 0 ? 1 : a < 0 ? -1 : 0; }

constexpr std::array<NamedFunction, 15> kFunctions = {{
    {"round", round_half_away, 1},
    {"floor", [](double a, double) { return std::floor(a); }, 1},
    {"ceil", [](double a, double) { return std::ceil(a); }, 1},
    {"sqrt", [](double a, double) { return std::sqrt(a); }, 1},
    {"abs", [](double a, double) { return std::abs(a); }, 1},
    {"sign", sign_of, 1},
    {"sin", [](double a, double) { return std::sin(a); }, 1},
    {"cos", [](double a, double) { return std::cos(a); }, 1},
    {"tan", [](double a, double) { return std::tan(a); }, 1},
    {"asin", [](double a, double) { return std::asin(a); }, 1},
    {"acos", [](double a, double) { return std::acos(a); }, 1},
    {"atan", [](double a, double) { return std::atan(a); }, 1},
    {"pow", [](double a, double b) { return std::pow(a, b); }, 2},
    {"min", [](double a, double b) { return std::fmin(a, b); }, 2},
    {"max", [](double a, double b) { return std::fmax(a, b); }, 2},
}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Recursive descent, one function a level of precedence; the first trouble ends it.
class ExpressionParser {
 public:
  ExpressionParser(std::string_view text, const ParameterLookup& lookup) : text_(text), lookup_(lookup) {}

  base::Result<ExpressionValue> parse() {
    const ExpressionValue value = disjunction();
    skip_space();
    if (trouble_.empty() && at_ < text_.size()) fail("unexpected '" + std::string(1, text_[at_]) + "'");
    if (trouble_.empty() && !std::isfinite(value.number)) fail("the result is not a finite number");
    if (!trouble_.empty()) return base::Error{trouble_};
    return value;
  }

 private:
  ExpressionValue disjunction() {
    ExpressionValue left = conjunction();
    while (take_word("or")) left = logical(left, conjunction(), false);
    return left;
  }
  ExpressionValue conjunction() {
    ExpressionValue left = comparison();
    while (take_word("and")) left = logical(left, comparison(), true);
    return left;
  }
  ExpressionValue logical(ExpressionValue a, ExpressionValue b, bool is_and) {
    if (!a.is_boolean || !b.is_boolean) fail("'and' and 'or' take true or false");
    const bool value = is_and ? a.number != 0 && b.number != 0 : a.number != 0 || b.number != 0;
    return {value ? 1.0 : 0.0, true};
  }
  ExpressionValue comparison() {
    const ExpressionValue left = sum();
    for (const std::string_view sign : {"<=", ">=", "==", "!=", "<", ">"}) {
      if (!take(sign)) continue;
      return {compare(sign, left.number, sum().number) ? 1.0 : 0.0, true};
    }
    return left;
  }
  static bool compare(std::string_view sign, double a, double b) {
    if (sign == "<=") return a <= b;
    if (sign == ">=") return a >= b;
    if (sign == "==") return a == b;
    if (sign == "!=") return a != b;
    return sign == "<" ? a < b : a > b;
  }
  ExpressionValue sum() {
    ExpressionValue left = product();
    for (;;) {
      if (take("+"))
        left = {numeric(left) + numeric(product())};
      else if (take("-"))
        left = {numeric(left) - numeric(product())};
      else
        return left;
    }
  }
  ExpressionValue product() {
    ExpressionValue left = unary();
    for (;;) {
      if (take("*"))
        left = {numeric(left) * numeric(unary())};
      else if (take("/"))
        left = {divide(numeric(left), numeric(unary()))};
      else if (take("%"))
        left = {remainder(numeric(left), numeric(unary()))};
      else
        return left;
    }
  }
  double divide(double a, double b) { return b == 0 ? (fail("division by zero"), 0) : a / b; }
  double remainder(double a, double b) { return b == 0 ? (fail("division by zero"), 0) : std::fmod(a, b); }
  double numeric(ExpressionValue value) {
    if (value.is_boolean) fail("a number is wanted, not true or false");
    return value.number;
  }
  ExpressionValue unary() {
    if (++depth_ > kMaxDepth) return fail("nested deeper than " + std::to_string(kMaxDepth));
    ExpressionValue value;
    if (take("-"))
      value = {-numeric(unary())};
    else if (take("+"))
      value = {numeric(unary())};
    else if (take_word("not"))
      value = negation(unary());
    else
      value = primary();
    --depth_;
    return value;
  }
  ExpressionValue negation(ExpressionValue value) {
    if (!value.is_boolean) fail("'not' takes true or false");
    return {value.number == 0 ? 1.0 : 0.0, true};
  }
  ExpressionValue primary() {
    skip_space();
    if (at_ >= text_.size()) return fail("ends too early");
    const char c = text_[at_];
    if (c == '(') return parenthesized();
    if (c == '$') return parameter();
    if (is_digit(c) || c == '.') return number();
    if (is_letter(c)) return named();
    return fail("unexpected '" + std::string(1, c) + "'");
  }
  ExpressionValue parenthesized() {
    ++at_;
    const ExpressionValue value = disjunction();
    if (!take(")")) return fail("')' is missing");
    return value;
  }
  ExpressionValue number() {
    double value = 0;
    const auto read = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (read.ec != std::errc()) return fail("malformed number");
    at_ = static_cast<std::size_t>(read.ptr - text_.data());
    return {value};
  }
  ExpressionValue parameter() {
    ++at_;
    const std::string_view name = word();
    const auto text = lookup_(name);
    if (!text) return fail(text.error().message);
    if (*text == "true" || *text == "false") return {*text == "true" ? 1.0 : 0.0, true};
    const auto value = base::parse_number(*text);
    if (!value) return fail("$" + std::string(name) + " is '" + *text + "', not a number");
    return {*value};
  }
  ExpressionValue named() {
    const std::string_view name = word();
    if (name == "true" || name == "false") return {name == "true" ? 1.0 : 0.0, true};
    if (name == "pi" || name == "PI") return {std::numbers::pi};
    for (const NamedFunction& function : kFunctions) {
      if (function.name == name) return call(function);
    }
    return fail("'" + std::string(name) + "' is no function or constant (parameters begin with '$')");
  }
  ExpressionValue call(const NamedFunction& function) {
    if (!take("(")) return fail(std::string(function.name) + " wants '('");
    const double first = numeric(disjunction());
    double second = 0;
    if (function.argument_count == 2) {
      if (!take(",")) return fail(std::string(function.name) + " takes two numbers");
      second = numeric(disjunction());
    }
    if (!take(")")) return fail(std::string(function.name) + ": ')' is missing");
    return {function.apply(first, second)};
  }

  std::string_view word() {
    const std::size_t from = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    return text_.substr(from, at_ - from);
  }
  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
  }
  bool take(std::string_view sign) {
    skip_space();
    if (!trouble_.empty() || text_.substr(at_, sign.size()) != sign) return false;
    at_ += sign.size();
    return true;
  }
  bool take_word(std::string_view wanted) {
    skip_space();
    const std::size_t from = at_;
    if (trouble_.empty() && word() == wanted) return true;
    at_ = from;
    return false;
  }
  ExpressionValue fail(std::string what) {
    if (trouble_.empty()) trouble_ = what + " at character " + std::to_string(at_ + 1);
    return {};
  }

  std::string_view text_;
  const ParameterLookup& lookup_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string trouble_;
};

}  // namespace

std::string number_text(double value) {
  std::array<char, 32> text;
  const auto written = std::to_chars(text.data(), text.data() + text.size(), value == 0 ? 0.0 : value);
  return {text.data(), written.ptr};
}

base::Result<std::string> evaluate_expression(std::string_view expression, const ParameterLookup& lookup) {
  const auto value = ExpressionParser(expression, lookup).parse();
  if (!value) return base::Error{"${" + std::string(expression) + "}: " + value.error().message};
  if (value->is_boolean) return std::string(value->number != 0 ? "true" : "false");
  return number_text(value->number);
}

base::Result<std::string> substitute(std::string_view text, const ParameterLookup& lookup) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (text.size() < 2 || text.front() != '$') return std::string(text);
  if (text[1] != '{') return lookup(text.substr(1));
  while (text.back() == ' ') text.remove_suffix(1);
  if (text.back() != '}') return base::Error{"'" + std::string(text) + "': '}' is missing at the end"};
  return evaluate_expression(text.substr(2, text.size() - 3), lookup);
}

}  // namespace hangil::scenario
