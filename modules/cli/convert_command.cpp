// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "recording/kitti_object.hpp"
#include "recording/kitti_tracking.hpp"
#include "recording/ros2_import.hpp"

namespace hangil::cli {

namespace {

using recording::Compression;
using recording::ImportListener;
using recording::ImportReport;

struct Common {
  std::string output;
  recording::WriteOptions write;
  bool as_json = false;
};

using Import = std::function<base::Result<ImportReport>(const ImportListener&)>;

void print_report(const Common& common, const ImportReport& report) {
  if (common.as_json) {
    const nlohmann::json all{{"output", common.output},          {"frames", report.frame_count},
                             {"messages", report.message_count}, {"warnings", report.warning_count},
                             {"lost", report.lost_count},        {"has_mission", report.has_mission},
                             {"cancelled", report.is_cancelled}, {"notes", report.notes}};
    fmt::print("{}\n", all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    return;
  }
  for (const std::string& note : report.notes) fmt::print("note: {}\n", note);
  fmt::print("{}: {} frames, {} messages", common.output, report.frame_count, report.message_count);
  if (report.lost_count > 0) fmt::print(", {} things missing or damaged", report.lost_count);
  fmt::print("\n");
}

int run_import(const Common& common, const Import& import) {
  Progress progress("convert", {0}, {1});
  ImportListener listener;
  listener.progress = [&](double share) { progress.show(share); };
  listener.warning = [&](const std::string& text) {
    progress.finish();
    fmt::print(stderr, "warning: {}\n", text);
  };
  listener.is_cancelled = [] { return interrupted().load(); };
  const auto report = import(listener);
  progress.finish();
  if (!report) return fail(report.error().message);
  print_report(common, *report);
  if (report->is_cancelled) return fmt::print(stderr, "stopped on request; the file is whole up to here\n"), kFailed;
  return report->lost_count > 0 ? kDataLoss : kClean;
}

void add_common(CLI::App& command, Common& common) {
  static const std::map<std::string, Compression> kNames = {
      {"zstd", Compression::kZstd}, {"lz4", Compression::kLz4}, {"none", Compression::kNone}};
  command.add_option("--output,-o", common.output, "Write the recording (.mcap) here")->required();
  command.add_option("--compression", common.write.compression, "zstd, lz4 or none")
      ->transform(CLI::CheckedTransformer(kNames, CLI::ignore_case));
  command.add_option("--level", common.write.zstd_level, "zstd level, -7 quickest to 19 smallest")
      ->check(CLI::Range(-7, 19));
  command.add_flag("--json", common.as_json, "Print one JSON object");
}

void add_kitti_tracking(CLI::App& convert, int& exit_code) {
  CLI::App* command = convert.add_subcommand("kitti-tracking", "A sequence of the KITTI tracking layout");
  auto common = std::make_shared<Common>();
  auto options = std::make_shared<recording::KittiTrackingOptions>();
  command->add_option("folder", options->folder, "The folder that holds velodyne/, calib/, ...")->required();
  command->add_option("--sequence", options->sequence, "Its name: 0000")->required();
  command->add_option("--period-ms", options->period_ms, "Time from frame to frame, which the layout does not tell")
      ->check(CLI::PositiveNumber);
  add_common(*command, *common);
  command->callback([=, &exit_code] {
    exit_code = run_import(*common, [&](const ImportListener& listener) {
      return recording::import_kitti_tracking(*options, common->output, common->write, listener);
    });
  });
}

void add_kitti_object(CLI::App& convert, int& exit_code) {
  CLI::App* command = convert.add_subcommand("kitti-object", "Single frames of the KITTI object layout");
  auto common = std::make_shared<Common>();
  auto options = std::make_shared<recording::KittiObjectOptions>();
  command->add_option("folder", options->folder, "The folder that holds velodyne/, calib/, ...")->required();
  command->add_option("--frame", options->frame, "Only this frame")->check(CLI::NonNegativeNumber);
  command->add_option("--period-ms", options->period_ms, "Time from frame to frame")->check(CLI::PositiveNumber);
  add_common(*command, *common);
  command->callback([=, &exit_code] {
    exit_code = run_import(*common, [&](const ImportListener& listener) {
      return recording::import_kitti_object(*options, common->output, common->write, listener);
    });
  });
}

// "from:=to" as ROS 2 writes it.
bool parse_map(const std::string& text, std::vector<std::pair<std::string, std::string>>& topics) {
  const std::size_t at = text.find(":=");
  if (at == std::string::npos) return false;
  topics.emplace_back(text.substr(0, at), text.substr(at + 2));
  return true;
}

void add_ros2(CLI::App& convert, int& exit_code) {
  CLI::App* command = convert.add_subcommand("ros2", "A ROS 2 bag: an .mcap file or a bag folder");
  auto common = std::make_shared<Common>();
  auto options = std::make_shared<recording::Ros2Options>();
  command->add_option("bag", options->bag, "The file or folder")->required();
  command->add_option_function<std::vector<std::string>>(
      "--map,-m",
      [options](const std::vector<std::string>& texts) {
        for (const std::string& text : texts) {
          if (!parse_map(text, options->topics)) throw CLI::ValidationError("--map", text + " is not FROM:=TO");
        }
      },
      "FROM:=TO, the channel that a topic becomes; may be given again");
  command->add_option("--ego-frame", options->ego_frame, "The frame at the rear axle on the ground");
  add_common(*command, *common);
  command->callback([=, &exit_code] {
    exit_code = run_import(*common, [&](const ImportListener& listener) {
      return recording::import_ros2(*options, common->output, common->write, listener);
    });
  });
}

}  // namespace

void add_convert(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("convert", "Make a recording of drives in other formats");
  command->require_subcommand(1);
  add_kitti_tracking(*command, exit_code);
  add_kitti_object(*command, exit_code);
  add_ros2(*command, exit_code);
}

}  // namespace hangil::cli
