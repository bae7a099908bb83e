// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/text_file.hpp"
#include "evaluation/latency_page.hpp"
#include "evaluation/result_tables.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string drive, html;
  bool as_json = false;
};

int latency(const Options& options) {
  if (const auto other = check_output(options.html, options.drive); !other) return fail(other.error().message, kUsage);
  const auto drive = evaluation::read_driven(options.drive);
  if (!drive) return fail(drive.error().message);
  const auto result = evaluation::evaluate_latency(*drive);
  if (!result)
    return fail(options.drive + ": " + result.error().message + "; `hangil replay` or `hangil run` drives it");
  const evaluation::DriveFacts facts = evaluation::drive_facts(*drive);
  fmt::print("{}\n", options.as_json ? evaluation::latency_json(facts, *result) : evaluation::text_of(facts, *result));
  if (!options.html.empty()) {
    const auto written = write_text_file(options.html, evaluation::latency_page(*drive, facts, *result));
    if (!written) return fail(written.error().message);
  }
  return end_of_reading(options.drive, drive->damage);
}

}  // namespace

void add_latency(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("latency", "Say where a drive's time went, and what was late or dropped");
  auto options = std::make_shared<Options>();
  command->add_option("drive", options->drive, "Driven recording (.mcap)")->required();
  command->add_option("--html", options->html, "Write it as a page here");
  command->add_flag("--json", options->as_json, "Print one JSON object");
  command->callback([=, &exit_code] { exit_code = latency(*options); });
}

}  // namespace hangil::cli
