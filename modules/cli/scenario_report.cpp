// SPDX-License-Identifier: Apache-2.0
#include "cli/scenario_report.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "cli/text_file.hpp"
#include "verdict/result_file.hpp"

namespace hangil::cli {

namespace {

base::Status make_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return error ? base::Status{base::Error{folder + ": cannot be made: " + error.message()}} : base::Status{};
}

std::string file_name(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '/' || c == ' ' || c == '\0'; }, '_');
  return name;
}

}  // namespace

void keep_log(const std::string& folder, const std::string& name, const std::string& log) {
  if (folder.empty() || log.empty()) return;
  base::Status kept = make_folder(folder + "/logs");
  if (kept) kept = write_text_file(folder + "/logs/" + file_name(name) + ".log", log);
  if (!kept) fmt::print(stderr, "{}\n", kept.error().message);
}

base::Status write_report(const std::string& folder, const std::string& title, std::vector<viewer::PageRun> runs) {
  constexpr std::size_t kMostTraces = 300;
  if (const auto made = make_folder(folder); !made) return made;
  std::vector<verdict::ScenarioResult> results;
  std::size_t trace_count = 0;
  for (viewer::PageRun& run : runs) {
    results.push_back(run.result);
    if (!run.trace_json.empty() && ++trace_count > kMostTraces) run.trace_json.clear();
  }
  if (const auto json = write_text_file(folder + "/results.json", verdict::to_json(results)); !json) return json;
  if (const auto junit = write_text_file(folder + "/junit.xml", verdict::to_junit(results, title)); !junit)
    return junit;
  return write_text_file(folder + "/report.html", viewer::scenario_page(title, runs));
}

std::string result_line(const verdict::ScenarioResult& result) {
  return fmt::format("{:12} {:36} {:6.2f} s  {}\n", result.verdict, result.scenario, result.duration_s, result.reason);
}

std::string totals_text(const std::vector<verdict::ScenarioResult>& results) {
  const auto count = [&](std::string_view word) {
    return std::count_if(results.begin(), results.end(), [&](const auto& one) { return one.verdict == word; });
  };
  return fmt::format("{} PASS, {} FAIL, {} INCONCLUSIVE, {} ERROR\n", count("PASS"), count("FAIL"),
                     count("INCONCLUSIVE"), count("ERROR"));
}

}  // namespace hangil::cli
