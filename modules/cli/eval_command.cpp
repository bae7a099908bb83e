// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/eval_commands.hpp"
#include "cli/text_file.hpp"
#include "evaluation/report_page.hpp"
#include "evaluation/result_tables.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string drive, html;
  bool as_json = false;
};

int evaluate(const Options& options) {
  if (const auto other = check_output(options.html, options.drive); !other) return fail(other.error().message, kUsage);
  const auto drive = evaluation::read_driven(options.drive);
  if (!drive) return fail(drive.error().message);
  const evaluation::Evaluation result = evaluation::evaluate(*drive);
  fmt::print("{}\n", options.as_json ? evaluation::to_json(result) : evaluation::text_of(result));
  if (!options.html.empty()) {
    const auto written = write_text_file(options.html, evaluation::report_page({&*drive, &result, {}, ""}));
    if (!written) return fail(written.error().message);
  }
  return end_of_reading(options.drive, drive->damage);
}

}  // namespace

void add_eval(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("eval", "Hold a driven recording against its ground truth and its deadlines");
  auto options = std::make_shared<Options>();
  command->add_option("drive", options->drive, "Driven recording (.mcap)");
  command->add_option("--html", options->html, "Write the numbers as a page of their own here");
  command->add_flag("--json", options->as_json, "Print one JSON object with a member for each family of metrics");
  for (const AddCommand add : kEvalCommands) add(*command, exit_code);
  command->callback([=, &exit_code] {
    if (!command->get_subcommands().empty()) return;
    if (options->drive.empty()) throw CLI::RequiredError("drive");
    exit_code = evaluate(*options);
  });
}

}  // namespace hangil::cli
