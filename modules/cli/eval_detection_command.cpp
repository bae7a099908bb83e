// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/eval_commands.hpp"
#include "evaluation/centre_frames.hpp"
#include "evaluation/kitti_frames.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string drive, protocol = "kitti", topic = std::string(evaluation::kObjectsTopic);
  std::vector<std::size_t> frames;
  bool is_json = false;
};

using ObjectChannel = evaluation::Channel<messages::Objects>;

base::Result<std::string> kitti_text(const evaluation::DrivenRecording& drive, const ObjectChannel& objects,
                                     const Options& options) {
  const auto rows = evaluation::kitti_rows(drive, objects, {options.frames.begin(), options.frames.end()});
  if (!rows) return rows.error();
  return options.is_json ? evaluation::kitti_json(*rows) + "\n" : evaluation::kitti_table(*rows);
}

base::Result<std::string> nuscenes_text(const evaluation::DrivenRecording& drive, const ObjectChannel& objects,
                                        const Options& options) {
  const auto rows = evaluation::centre_rows(drive, objects);
  if (!rows) return rows.error();
  return options.is_json ? evaluation::centre_json(*rows) + "\n" : evaluation::centre_table(*rows);
}

int evaluate_detection(const Options& options) {
  const auto drive = evaluation::read_driven(options.drive);
  if (!drive) return fail(drive.error().message);
  const auto objects = recording::read_channel<messages::Objects>(options.drive, options.topic);
  if (!objects) return fail(objects.error().message);
  if (objects->empty()) return fail(options.drive + ": no " + options.topic + " in this recording");
  const auto text =
      options.protocol == "kitti" ? kitti_text(*drive, *objects, options) : nuscenes_text(*drive, *objects, options);
  if (!text) return fail(text.error().message);
  fmt::print("{}", *text);
  return end_of_reading(options.drive, drive->damage);
}

}  // namespace

void add_eval_detection(CLI::App& eval, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = eval.add_subcommand("detection", "Average precision of a driven recording's objects");
  command->add_option("drive", options->drive, "Driven recording (.mcap)")->required();
  command
      ->add_option("--protocol", options->protocol,
                   "kitti: by overlap, 40 recall points; nuscenes: by distance of centres")
      ->check(CLI::IsMember({"kitti", "nuscenes"}));
  command->add_option("--topic", options->topic, "Channel of objects to judge");
  command->add_option("--frames", options->frames, "kitti: only these labelled frames, from 0: 0,3,7")->delimiter(',');
  command->add_flag("--json", options->is_json, "Print one JSON object");
  command->callback([options, &exit_code] { exit_code = evaluate_detection(*options); });
}

}  // namespace hangil::cli
