// SPDX-License-Identifier: Apache-2.0
#include "viewer/scenario_page.hpp"

#include "base/json.hpp"

namespace hangil::viewer {

extern const char* const kScenarioPage;  // web/scenario_page.html, as it stands at build time

namespace {

// JSON within a script element: no end of it, no comment.
std::string in_script(const std::string& json) {
  std::string out;
  for (const char c : json) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

std::string run_text(const PageRun& run) {
  std::string text = R"({"result":)" + base::to_json(run.result) + R"(,"parameters":{)";
  for (std::size_t i = 0; i < run.parameters.size(); ++i) {
    text += (i == 0 ? "" : ",") + base::json_quote(run.parameters[i].first) + ":" +
            base::json_quote(run.parameters[i].second);
  }
  return text + R"(},"trace":)" + (run.trace_json.empty() ? "null" : run.trace_json) + "}";
}

}  // namespace

std::string scenario_page(const std::string& title, const std::vector<PageRun>& runs) {
  const std::string page = kScenarioPage, mark = "/*DATA*/null";
  std::string data = R"({"title":)" + base::json_quote(title) + R"(,"runs":[)";
  for (std::size_t i = 0; i < runs.size(); ++i) data += (i == 0 ? "\n" : ",\n") + run_text(runs[i]);
  const std::size_t at = page.find(mark);
  return page.substr(0, at) + in_script(data + "\n]}") + page.substr(at + mark.size());
}

}  // namespace hangil::viewer
