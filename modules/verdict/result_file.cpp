// SPDX-License-Identifier: Apache-2.0
#include "verdict/result_file.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/markup.hpp"
#include "verdict/number_text.hpp"
#include "verdict/read_json.hpp"

namespace hangil::verdict {

namespace {

using nlohmann::json;

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + base::escape_markup(value) + "\"";
}

int count(const std::vector<ScenarioResult>& results, Verdict verdict) {
  return static_cast<int>(std::count_if(results.begin(), results.end(),
                                        [&](const ScenarioResult& one) { return one.verdict == name_of(verdict); }));
}

std::string junit_case(const ScenarioResult& result, const std::string& suite) {
  const std::string name = result.seed == 0 ? result.scenario : result.scenario + " #" + std::to_string(result.seed);
  const std::string head = "  <testcase" + attribute("classname", suite) + attribute("name", name) +
                           attribute("time", number_text(result.duration_s));
  const std::string message = attribute("message", result.reason);
  if (result.verdict == name_of(Verdict::kPass)) return head + "/>\n";
  std::string tag = "error";
  if (result.verdict == name_of(Verdict::kFail)) tag = "failure";
  if (result.verdict == name_of(Verdict::kInconclusive)) tag = "skipped";
  return head + ">\n    <" + tag + message + "/>\n  </testcase>\n";
}

}  // namespace

std::string to_json(const std::vector<ScenarioResult>& results) {
  return base::to_json(ResultFile{.results = results}) + "\n";
}

base::Result<std::vector<ScenarioResult>> parse_results(std::string_view text, const std::string& file) {
  constexpr std::size_t kMost = 256u << 20;
  if (text.size() > kMost) return base::Error{file + ": over 256 MiB; a result file is smaller"};
  const auto parsed = parse_json(text, file);
  if (!parsed.ok()) return parsed.error();
  const json& root = *parsed;
  if (!root.is_object() || !root.contains("version"))
    return base::Error{file + ": no result file: 'version' is missing"};
  if (root["version"] != kResultVersion) {
    return base::Error{file + ": version " + root["version"].dump(-1, ' ', true, json::error_handler_t::replace) +
                       " of the result format; this program reads " + std::to_string(kResultVersion) +
                       ", so run the scenarios again"};
  }
  ResultFile read;
  std::string problem;
  JsonReader reader(root, "", problem);
  ResultFile::fields(read, reader);
  if (!problem.empty()) return base::Error{file + ": " + problem};
  return std::move(read.results);
}

std::string to_junit(const std::vector<ScenarioResult>& results, const std::string& suite) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite" + attribute("name", suite) +
                     attribute("tests", std::to_string(results.size())) +
                     attribute("failures", std::to_string(count(results, Verdict::kFail))) +
                     attribute("errors", std::to_string(count(results, Verdict::kError))) +
                     attribute("skipped", std::to_string(count(results, Verdict::kInconclusive))) + ">\n";
  for (const ScenarioResult& result : results) text += junit_case(result, suite);
  return text + "</testsuite>\n";
}

int exit_code_of(const std::vector<ScenarioResult>& results) {
  if (count(results, Verdict::kFail) > 0) return 1;
  if (count(results, Verdict::kError) > 0) return 5;
  return count(results, Verdict::kInconclusive) > 0 ? 4 : 0;
}

}  // namespace hangil::verdict
