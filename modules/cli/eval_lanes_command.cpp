// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/eval_commands.hpp"
#include "cli/text_file.hpp"
#include "evaluation/lane_files.hpp"
#include "evaluation/metric_page.hpp"
#include "evaluation/worst_frames.hpp"
#include "viewer/figure.hpp"

namespace hangil::cli {

namespace {

constexpr std::size_t kWorstPictures = 6;

struct Options {
  std::string truth, guesses, html, pictures;
  bool is_json = false;
};

// The picture as a data: URI; empty where it cannot be had.
std::string picture_uri(const Options& options, const std::string& name) {
  if (options.pictures.empty()) return "";
  std::ifstream stream(options.pictures + "/" + name, std::ios::binary);
  const std::vector<std::uint8_t> bytes(std::istreambuf_iterator<char>(stream), {});
  if (bytes.empty()) return "";
  return viewer::image_uri(name.ends_with(".png") ? "png" : "jpeg", bytes);
}

// Labels give no picture size: TuSimple's, or as far as rows and columns reach.
evaluation::WorstFrame worst_picture(const evaluation::LaneResult& result, const Options& options) {
  double width_px = 1280, height_px = 720;
  for (const double row : result.lanes.rows) height_px = std::max(height_px, row);
  for (const auto* lanes : {&result.lanes.truths, &result.lanes.guesses}) {
    for (const auto& lane : *lanes) {
      for (const double column : lane) width_px = std::max(width_px, column);
    }
  }
  const std::string title = fmt::format("{}: accuracy {:.1f} %", result.picture, 100 * result.score.accuracy);
  return {title,
          evaluation::lanes_svg(picture_uri(options, result.picture), width_px, height_px, result.lanes.rows,
                                result.lanes.truths, result.lanes.guesses, title),
          ""};
}

base::Status write_page(std::vector<evaluation::LaneResult> results, const Options& options) {
  evaluation::MetricPage page{options.guesses.substr(options.guesses.rfind('/') + 1), "Hangil lanes",
                              "Accuracy as TuSimple counts it: the share of labelled rows that are near enough"};
  page.json = evaluation::lane_json(results), page.legend = evaluation::worst_legend();
  evaluation::Table table{"By picture, the worst first", {"picture", "accuracy", "false", "missed"}, {}, ""};
  std::stable_sort(results.begin(), results.end(),
                   [](const auto& a, const auto& b) { return a.score.accuracy < b.score.accuracy; });
  for (const auto& result : results) {
    table.rows.push_back({result.picture, evaluation::percent_text(result.score.accuracy),
                          evaluation::percent_text(result.score.false_positives),
                          evaluation::percent_text(result.score.false_negatives)});
    if (page.worst.size() < kWorstPictures) page.worst.push_back(worst_picture(result, options));
  }
  page.tables = {std::move(table)};
  return write_text_file(options.html, evaluation::metric_page(page));
}

int evaluate_lanes(const Options& options) {
  const auto results = evaluation::evaluate_lane_files(options.truth, options.guesses);
  if (!results) return fail(results.error().message);
  if (!options.html.empty()) {
    for (const std::string& input : {options.truth, options.guesses}) {
      if (const auto other = check_output(options.html, input); !other) return fail(other.error().message, kUsage);
    }
    if (const auto written = write_page(*results, options); !written) return fail(written.error().message);
  }
  fmt::print("{}", options.is_json ? evaluation::lane_json(*results) + "\n" : evaluation::lane_table(*results));
  return kClean;
}

}  // namespace

void add_eval_lanes(CLI::App& eval, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = eval.add_subcommand("lanes", "Lane markings in pictures against labels, as TuSimple counts them");
  command->add_option("guesses", options->guesses, "A JSON object a line: raw_file, lanes")->required();
  command->add_option("--truth", options->truth, "The same with h_samples, the labelled rows")->required();
  command->add_option("--html", options->html, "Write a page with the worst pictures");
  command->add_option("--pictures", options->pictures, "Folder that raw_file names lie in, for the page");
  command->add_flag("--json", options->is_json, "Print one JSON object");
  command->callback([options, &exit_code] { exit_code = evaluate_lanes(*options); });
}

}  // namespace hangil::cli
