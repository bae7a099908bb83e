// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/scenario_commands.hpp"
#include "cli/text_file.hpp"
#include "sweep/result_store.hpp"
#include "verdict/annotations.hpp"
#include "verdict/compare.hpp"
#include "verdict/result_file.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string before, after, output, annotations, annotations_file;
};

base::Result<std::vector<verdict::ScenarioResult>> read_results(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::Error{path + ": cannot be opened"};
  std::ostringstream text;
  text << file.rdbuf();
  if (text.str().rfind(R"({"format":"hangil sweep")", 0) != 0) return verdict::parse_results(text.str(), path);
  const auto rows = sweep::parse_store(text.str(), path, nullptr);
  if (!rows) return rows.error();
  std::vector<verdict::ScenarioResult> results;
  for (const sweep::SweepRow& row : *rows) results.push_back(row.result);
  return results;
}

// Annotations for a CI system, to stdout or a file.
base::Status annotate(const Options& options, const verdict::Comparison& comparison) {
  if (options.annotations.empty()) return {};
  const std::string text = options.annotations == "github" ? to_github(comparison) : to_gitlab(comparison);
  if (!options.annotations_file.empty()) return write_text_file(options.annotations_file, text);
  fmt::print("{}", text);
  return {};
}

int run(const Options& options) {
  const auto before = read_results(options.before), after = read_results(options.after);
  if (!before) return fail(before.error().message, kUsage);
  if (!after) return fail(after.error().message, kUsage);
  const verdict::Comparison comparison = verdict::compare(*before, *after);
  const std::string text = to_markdown(comparison);
  if (options.output.empty()) {
    fmt::print("{}", text);
  } else if (const auto written = write_text_file(options.output, text); !written) {
    return fail(written.error().message);
  }
  if (const auto annotated = annotate(options, comparison); !annotated) return fail(annotated.error().message);
  return comparison.is_regression() ? kFailed : kClean;
}

}  // namespace

void add_scenario_compare(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* compare = app.add_subcommand("compare", "What got better, worse or broke between two result files");
  compare->add_option("before", options->before, "results.json, or results.jsonl of a sweep, to compare with")
      ->required()
      ->check(CLI::ExistingFile);
  compare->add_option("after", options->after, "the same of the change")->required()->check(CLI::ExistingFile);
  compare->add_option("-o,--output", options->output, "Markdown file instead of stdout");
  compare->add_option("--annotations", options->annotations, "github: workflow commands; gitlab: Code Quality report")
      ->check(CLI::IsMember({"github", "gitlab"}));
  compare->add_option("--annotations-file", options->annotations_file, "Where they go instead of stdout");
  compare->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hangil::cli
