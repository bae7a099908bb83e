// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/yaml.hpp"
#include "cli/commands.hpp"
#include "cli/eval_commands.hpp"
#include "cli/text_file.hpp"
#include "evaluation/mot_benchmark.hpp"
#include "evaluation/mot_report.hpp"
#include "fusion/follow_frames.hpp"

namespace hangil::cli {

namespace {

using messages::ObjectClass;

struct Options {
  std::string folder, config, html;
  bool is_json = false, fuses_pictures = false;
};

constexpr std::array kClasses = {ObjectClass::kCar, ObjectClass::kPedestrian};
constexpr std::array kOverlaps = {0.25, 0.5};

base::Result<fusion::TrackerConfig> tracker_config(const std::string& path) {
  fusion::TrackerConfig config = fusion::tracker_config_for_detector();
  if (path.empty()) return config;
  const auto node = base::load_yaml(path);
  if (!node) return node.error();
  std::vector<base::ConfigProblem> problems;
  base::ConfigVisitor visitor(&*node, problems);
  config.visit(visitor);
  config.camera.visit(visitor);
  visitor.finish();
  if (!problems.empty()) return base::Error{problems.front().text()};
  return config;
}

std::vector<messages::Tracks> track(const evaluation::MotRecording& recording, const fusion::TrackerConfig& config) {
  fusion::Tracker tracker(config);
  std::vector<messages::Tracks> tracks(recording.detections.size());
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    tracker.step(recording.detections[i], recording.T_map_ego[i], tracks[i]);
  }
  return tracks;
}

std::vector<messages::Tracks> track_fused(const evaluation::MotRecording& recording,
                                          const fusion::TrackerConfig& config) {
  fusion::CameraLidarTracker tracker(config);
  std::vector<messages::Tracks> tracks(recording.detections.size());
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    tracker.step(recording.detections[i], {recording.optics, recording.T_camera_ego, &recording.image_detections[i]},
                 recording.T_map_ego[i], tracks[i]);
  }
  return tracks;
}

// By class, then sequence.
using Sequences = std::array<std::vector<evaluation::MotSequence>, kClasses.size()>;

base::Result<Sequences> track_all(const Options& options, const std::vector<std::string>& names,
                                  const fusion::TrackerConfig& config) {
  Sequences sequences;
  for (const std::string& name : names) {
    auto recording = evaluation::read_mot_recording(options.folder, name);
    if (!recording) return recording.error();
    if (options.fuses_pictures) {
      if (auto read = evaluation::read_mot_image_detections(options.folder, *recording); !read) return read.error();
    }
    const auto tracks = options.fuses_pictures ? track_fused(*recording, config) : track(*recording, config);
    for (std::size_t i = 0; i < kClasses.size(); ++i) {
      sequences[i].push_back(evaluation::mot_sequence(*recording, tracks, kClasses[i]));
    }
  }
  return sequences;
}

base::Result<std::string> run(const Options& options) {
  const auto config = tracker_config(options.config);
  if (!config) return config.error();
  const auto names = evaluation::mot_sequence_names(options.folder);
  if (!names) return names.error();
  const auto sequences = track_all(options, *names, *config);
  if (!sequences) return sequences.error();
  std::vector<evaluation::MotResult> results;
  std::vector<std::span<const evaluation::MotSequence>> judged;
  for (std::size_t i = 0; i < kClasses.size(); ++i) {
    for (const double overlap : kOverlaps) {
      results.push_back(evaluation::evaluate_mot((*sequences)[i], *names, kClasses[i], overlap));
      judged.emplace_back((*sequences)[i]);
    }
  }
  if (!options.html.empty()) {
    const auto written = write_text_file(options.html, evaluation::mot_page(results, judged));
    if (!written) return written.error();
  }
  return options.is_json ? evaluation::mot_json(results) + "\n" : evaluation::mot_table(results);
}

}  // namespace

void add_eval_mot(CLI::App& eval, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* mot =
      eval.add_subcommand("mot", "Track the detections of a KITTI tracking benchmark folder and score them");
  mot->add_option("folder", options->folder, "label_02, det3d_pointrcnn, oxts and calib lie here")->required();
  mot->add_option("--config", options->config, "tracker parameters that differ (YAML, as in a pipeline's config:)");
  mot->add_flag("--fuse-2d", options->fuses_pictures, "take in the camera's detections too (det2d_rrc)");
  mot->add_option("--html", options->html, "write a page with curves and the worst frames");
  mot->add_flag("--json", options->is_json, "one JSON object instead of a table");
  mot->callback([options, &exit_code] {
    const auto text = run(*options);
    if (text) {
      fmt::print("{}", *text);
    } else {
      fmt::print(stderr, "hangil eval mot: {}\n", text.error().message);
    }
    exit_code = text ? kClean : kFailed;
  });
}

}  // namespace hangil::cli
