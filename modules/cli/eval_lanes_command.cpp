// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/eval_commands.hpp"
#include "evaluation/lane_files.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string truth, guesses;
  bool is_json = false;
};

int evaluate_lanes(const Options& options) {
  const auto results = evaluation::evaluate_lane_files(options.truth, options.guesses);
  if (!results) return fail(results.error().message);
  fmt::print("{}", options.is_json ? evaluation::lane_json(*results) + "\n" : evaluation::lane_table(*results));
  return kClean;
}

}  // namespace

void add_eval_lanes(CLI::App& eval, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = eval.add_subcommand("lanes", "Lane markings in pictures against labels, as TuSimple counts them");
  command->add_option("guesses", options->guesses, "A JSON object a line: raw_file, lanes")->required();
  command->add_option("--truth", options->truth, "The same with h_samples, the labelled rows")->required();
  command->add_flag("--json", options->is_json, "Print one JSON object");
  command->callback([options, &exit_code] { exit_code = evaluate_lanes(*options); });
}

}  // namespace hangil::cli
