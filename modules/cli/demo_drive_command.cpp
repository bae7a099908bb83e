// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "recording/drive_writer.hpp"
#include "simulation/drive.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string output, scene = "urban";
  double duration_s = 25;
  std::uint64_t seed = 1;
};

std::vector<int> add_channels(recording::DriveWriter& writer, const simulation::DriveSpec& spec) {
  std::vector<int> channels;
  for (const simulation::DriveChannelSpec& channel : simulation::drive_channels()) {
    std::map<std::string, std::string> metadata;
    if (channel.topic == "/lidar/top/points") {
      metadata["motion_compensated"] = spec.lidar.is_motion_compensated ? "true" : "false";
    }
    channels.push_back(writer.add_channel(std::string(channel.topic), *channel.type, metadata));
  }
  return channels;
}

base::Status write_measurements(recording::DriveWriter& writer, const simulation::Scene& scene,
                                const simulation::DriveSpec& spec, std::size_t& scan_count) {
  const std::vector<int> channels = add_channels(writer, spec);
  Progress progress("making the drive", spec.start, spec.start + spec.duration);
  for (const simulation::Measurement& measurement : simulation::schedule(spec)) {
    if (interrupted()) break;
    progress.show(measurement.published);
    for (const simulation::DriveRecord& record : simulation::measure(scene, spec, measurement)) {
      const auto write = [&](const auto& value) {
        return writer.write(channels[record.channel], record.stamp, record.published, value);
      };
      if (auto written = std::visit(write, record.value); !written) return written;
    }
    scan_count += measurement.reading == simulation::Reading::kScan;
  }
  progress.finish();
  return writer.close();
}

int make_drive(const Options& options) {
  const auto scene = simulation::make_scene(options.scene, options.seed);
  if (!scene) return fail(scene.error().message);
  simulation::DriveSpec spec;
  spec.duration = base::Duration::seconds(options.duration_s);
  spec.seed = options.seed;
  auto writer = recording::DriveWriter::create(options.output);
  if (!writer) return fail(writer.error().message);
  (void)writer->add_metadata("demo_drive", {{"scene", options.scene}, {"seed", std::to_string(options.seed)}});
  std::size_t scan_count = 0;
  if (const auto written = write_measurements(*writer, *scene, spec, scan_count); !written) {
    return fail(written.error().message);
  }
  fmt::print("{}: scene {}, seed {}, {} scans\n", options.output, options.scene, options.seed, scan_count);
  return interrupted() ? kFailed : kClean;
}

}  // namespace

void add_demo_drive(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("demo-drive", "Make a drive in a small simulated world: LiDAR, IMU, truth");
  auto options = std::make_shared<Options>();
  const auto names = simulation::scene_names();
  command->add_option("--output,-o", options->output, "Recording to write (.mcap)")->required();
  command->add_option("--seconds", options->duration_s, "Length of the drive")->check(CLI::Range(0.1, 60.0));
  command->add_option("--seed", options->seed, "Seed of noise, sizes and gaps");
  command->add_option("--scene", options->scene, fmt::format("One of {}", fmt::join(names, ", ")))
      ->check(CLI::IsMember(std::vector<std::string>(names.begin(), names.end())));
  command->callback([=, &exit_code] { exit_code = make_drive(*options); });
}

}  // namespace hangil::cli
