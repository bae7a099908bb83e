// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/report_figures.hpp"
#include "cli/text_file.hpp"
#include "viewer/figure.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string drive, output;
};

int report(const Options& options) {
  if (const auto other = check_output(options.output, options.drive); !other)
    return fail(other.error().message, kUsage);
  const auto drive = evaluation::read_driven(options.drive);
  if (!drive) return fail(drive.error().message);
  const evaluation::Evaluation result = evaluation::evaluate(*drive);
  auto figures = report_figures(*drive);
  if (!figures) return fail(figures.error().message);
  const std::string page = evaluation::report_page({&*drive, &result, *std::move(figures), viewer::legend_html()});
  if (const auto written = write_text_file(options.output, page); !written) return fail(written.error().message);
  fmt::print("{}: {:.1f} MB, open it in any browser\n", options.output, static_cast<double>(page.size()) * 1e-6);
  return end_of_reading(options.drive, drive->damage);
}

}  // namespace

void add_report(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("report", "Draw a driven recording and its numbers as one HTML page");
  auto options = std::make_shared<Options>();
  command->add_option("drive", options->drive, "Driven recording (.mcap)")->required();
  command->add_option("--output,-o", options->output, "The page to write (.html)")->required();
  command->callback([=, &exit_code] { exit_code = report(*options); });
}

}  // namespace hangil::cli
