// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/recorded_rig.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string source, against;
};

constexpr double kRadian_deg = 57.29577951308232;

base::Result<fusion::SensorRig> rig_of(const std::string& source) {
  return source.ends_with(".mcap") ? recorded_rig(source) : fusion::load_sensor_rig(source);
}

std::string difference(const std::string& name, const Eigen::Isometry3d& a, const Eigen::Isometry3d& b) {
  const double turn_deg = Eigen::AngleAxisd(a.linear().transpose() * b.linear()).angle() * kRadian_deg;
  const double apart_m = (a.translation() - b.translation()).norm();
  return fmt::format("{}: turned by {:.3f} degrees, {:.4f} m apart", name, turn_deg, apart_m);
}

template <class Mounts, class PoseOf>
void print_differences(const Mounts& mounts, const Mounts& others, PoseOf pose_of) {
  for (const auto& mount : mounts) {
    const auto other =
        std::find_if(others.begin(), others.end(), [&](const auto& o) { return o.frame_id == mount.frame_id; });
    if (other == others.end()) {
      fmt::print("{}: not in the other\n", mount.frame_id);
    } else {
      fmt::print("{}\n", difference(mount.frame_id, pose_of(mount), pose_of(*other)));
    }
  }
}

int show_sensors(const Options& options) {
  const auto rig = rig_of(options.source);
  if (!rig) return fail(rig.error().message);
  if (options.against.empty()) {
    fmt::print("{}", fusion::sensor_rig_text(*rig));
    return kClean;
  }
  const auto other = rig_of(options.against);
  if (!other) return fail(other.error().message);
  print_differences(rig->cameras, other->cameras, [](const fusion::CameraMount& c) { return c.T_ego_camera; });
  print_differences(rig->lidars, other->lidars, [](const fusion::LidarMount& l) { return l.T_ego_lidar; });
  return kClean;
}

}  // namespace

void add_sensors(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("sensors", "Print a vehicle's calibrated sensors, or hold two against each other");
  command->add_option("source", options->source, "configs/sensors/<rig>.yaml, or a recording (.mcap)")->required();
  command->add_option("--against", options->against, "Say how far sensors of the same frame differ from this one's");
  command->callback([options, &exit_code] { exit_code = show_sensors(*options); });
}

}  // namespace hangil::cli
