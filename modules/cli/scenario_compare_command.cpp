// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/scenario_commands.hpp"
#include "cli/text_file.hpp"
#include "verdict/compare.hpp"
#include "verdict/result_file.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string before, after, output;
};

base::Result<std::vector<verdict::ScenarioResult>> read_results(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::Error{path + ": cannot be opened"};
  std::ostringstream text;
  text << file.rdbuf();
  return verdict::parse_results(text.str(), path);
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
  return comparison.is_regression() ? kFailed : kClean;
}

}  // namespace

void add_scenario_compare(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* compare = app.add_subcommand("compare", "What got better, worse or broke between two result files");
  compare->add_option("before", options->before, "results (JSON) to compare with")
      ->required()
      ->check(CLI::ExistingFile);
  compare->add_option("after", options->after, "results (JSON) of the change")->required()->check(CLI::ExistingFile);
  compare->add_option("-o,--output", options->output, "Markdown file instead of stdout");
  compare->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hangil::cli
