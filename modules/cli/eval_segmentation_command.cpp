// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/eval_commands.hpp"
#include "cli/text_file.hpp"
#include "evaluation/metric_page.hpp"
#include "evaluation/segmentation_frames.hpp"
#include "recording/drive_reader.hpp"
#include "viewer/figure.hpp"
#include "viewer/png.hpp"

namespace hangil::cli {

namespace {

using evaluation::LabelCoding;
using evaluation::SegmentationFrame;

constexpr std::size_t kWorstPictures = 6;

const std::map<std::string, LabelCoding> kCodings = {
    {"mask", LabelCoding::kMask}, {"kitti-road", LabelCoding::kKittiRoad}, {"bdd", LabelCoding::kBdd}};

struct Options {
  std::string truth, guesses, html, topic = "/camera/front/drivable_area", labels = "mask";
  double least_probability = 0.5;
  bool is_json = false;
};

base::Result<evaluation::LabelImage> read_labels(const std::filesystem::path& path, LabelCoding coding) {
  std::ifstream stream(path, std::ios::binary);
  const base::Bytes bytes(std::istreambuf_iterator<char>(stream), {});
  const auto picture = viewer::decode_png(bytes);
  if (!picture) return base::Error{path.string() + ": " + picture.error().message};
  return evaluation::labels_of(picture->width_px, picture->height_px, picture->rgb, coding);
}

base::Result<std::vector<std::filesystem::path>> pictures_in(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".png") paths.push_back(entry.path());
  }
  if (error) return base::Error{folder + ": " + error.message()};
  if (paths.empty()) return base::Error{folder + ": holds no .png with labels"};
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The k-th area of the recording is that of the k-th labelled picture.
base::Status guess_from_recording(const Options& options, std::vector<SegmentationFrame>& frames) {
  const auto areas = recording::read_channel<messages::DrivableArea>(options.guesses, options.topic);
  if (!areas) return areas.error();
  if (areas->size() != frames.size()) {
    return base::Error{
        fmt::format("{}: {} holds {} areas, labelled are {} pictures: labels are taken in the order of "
                    "their names, one for each picture of the drive",
                    options.guesses, options.topic, areas->size(), frames.size())};
  }
  for (std::size_t i = 0; i < frames.size(); ++i) {
    auto labels = evaluation::labels_of((*areas)[i].value, options.least_probability);
    if (!labels) return base::Error{options.guesses + ": " + labels.error().message};
    frames[i].guess = *std::move(labels);
  }
  return {};
}

base::Result<std::vector<SegmentationFrame>> read_frames(const Options& options) {
  const auto paths = pictures_in(options.truth);
  if (!paths) return paths.error();
  const bool is_recording = options.guesses.ends_with(".mcap");
  std::vector<SegmentationFrame> frames;
  for (const auto& path : *paths) {
    auto truth = read_labels(path, kCodings.at(options.labels));
    if (!truth) return truth.error();
    SegmentationFrame& frame = frames.emplace_back();
    frame.name = path.filename().string(), frame.truth = *std::move(truth);
    if (is_recording) continue;
    auto guess = read_labels(std::filesystem::path(options.guesses) / frame.name, LabelCoding::kMask);
    if (!guess) return guess.error();
    frame.guess = *std::move(guess);
  }
  if (!is_recording) return frames;
  const auto guessed = guess_from_recording(options, frames);
  if (!guessed) return guessed.error();
  return frames;
}

base::Status write_page(const evaluation::SegmentationResult& result, const Options& options) {
  evaluation::MetricPage page{options.guesses.substr(options.guesses.rfind('/') + 1), "Hangil segmentation",
                              "Intersection over union of drivable area and the rest, over all judged pixels"};
  page.json = evaluation::segmentation_json(result);
  page.legend = "<p>Green: found; blue: missed; red: false; grey: not judged.</p>";
  evaluation::Table table{"By picture, the worst first", {"picture", "mean IoU", "right"}, {}, ""};
  for (const SegmentationFrame* frame : evaluation::worst_first(result)) {
    table.rows.push_back({frame->name, evaluation::percent_text(frame->score.mean_iou),
                          evaluation::percent_text(frame->score.accuracy)});
    if (page.worst.size() == kWorstPictures) continue;
    const auto png = viewer::encode_png({frame->truth.width, frame->truth.height, evaluation::error_picture(*frame)});
    if (!png) return png.error();
    page.worst.push_back({fmt::format("{}: mean IoU {:.1f} %", frame->name, 100 * frame->score.mean_iou), "",
                          viewer::image_uri("png", *png)});
  }
  page.tables = {std::move(table)};
  return write_text_file(options.html, evaluation::metric_page(page));
}

int evaluate(const Options& options) {
  auto frames = read_frames(options);
  if (!frames) return fail(frames.error().message);
  const auto result = evaluation::evaluate_segmentation(*std::move(frames));
  if (!result) return fail(result.error().message);
  if (!options.html.empty()) {
    if (const auto other = check_output(options.html, options.guesses); !other)
      return fail(other.error().message, kUsage);
    if (const auto written = write_page(*result, options); !written) return fail(written.error().message);
  }
  fmt::print("{}",
             options.is_json ? evaluation::segmentation_json(*result) + "\n" : evaluation::segmentation_table(*result));
  return kClean;
}

}  // namespace

void add_eval_segmentation(CLI::App& eval, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      eval.add_subcommand("segmentation", "Drivable area in pictures against labels: intersection over union");
  command
      ->add_option("guesses", options->guesses,
                   "Driven recording (.mcap), or a folder of .png masks named as the truth")
      ->required();
  command->add_option("--truth", options->truth, "Folder of .png labels, one a picture")->required();
  command
      ->add_option("--labels", options->labels, "How the truth is painted: mask (not black: drivable), kitti-road, bdd")
      ->check(CLI::IsMember({"mask", "kitti-road", "bdd"}));
  command->add_option("--topic", options->topic, "Channel of the recording with the areas");
  command->add_option("--least", options->least_probability, "Probability from which a cell counts as drivable")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--html", options->html, "Write a page with the worst pictures");
  command->add_flag("--json", options->is_json, "Print one JSON object");
  command->callback([options, &exit_code] { exit_code = evaluate(*options); });
}

}  // namespace hangil::cli
