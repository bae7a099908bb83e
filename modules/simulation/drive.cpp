// SPDX-License-Identifier: Apache-2.0
#include "simulation/drive.hpp"

#include <algorithm>
#include <array>

#include "simulation/truth.hpp"

namespace hangil::simulation {

namespace {

enum Channel : std::size_t { kTf, kMission, kOdometry, kImu, kGnss, kPoints, kTruth };

// The ego path from the start on, every metre.
messages::Mission mission(const Scene& scene, const DriveSpec& spec) {
  messages::Mission mission;
  mission.header = {spec.start, "map"};
  mission.desired_speed_mps = scene.desired_speed_mps;
  const Motion& ego = scene.script.ego;
  for (double way_m = ego.start_m; way_m <= ego.path.length_m(); way_m += 1) {
    const math::Pose2 pose = ego.path.at(way_m).pose;
    mission.path.push_back({pose.x_m, pose.y_m});
  }
  return mission;
}

std::vector<DriveRecord> scan_records(const Scene& scene, const DriveSpec& spec, const Measurement& m) {
  const Snapshot snapshot = snapshot_at(scene.script, spec.start, m.stamp);
  const std::vector<Echo> echoes = scan(scene.world, snapshot, spec.lidar, spec.seed);
  const auto counts = echo_counts(echoes, scene.world.actors.size());
  std::vector<DriveRecord> records;
  records.push_back({kPoints, m.stamp, m.published, point_cloud(echoes, m.stamp)});
  records.push_back({kTruth, m.stamp, m.published, truth_objects(scene.world, snapshot, counts, spec.truth_range_m)});
  return records;
}

}  // namespace

std::span<const DriveChannelSpec> drive_channels() {
  using base::message_type;
  static const std::array<DriveChannelSpec, 7> kChannels = {{
      {"/source/tf_static", &message_type<messages::TFMessage>()},
      {"/mission", &message_type<messages::Mission>()},
      {"/odometry", &message_type<messages::Odometry>()},
      {"/imu", &message_type<messages::Imu>()},
      {"/gnss", &message_type<messages::NavSatFix>()},
      {"/lidar/top/points", &message_type<messages::PointCloud2>()},
      {"/truth/objects", &message_type<messages::TruthObjects>()},
  }};
  return kChannels;
}

std::vector<Measurement> schedule(const DriveSpec& spec) {
  struct Rate {
    Reading reading;
    base::Duration period, delay;
  };
  const std::array<Rate, 4> rates = {{{Reading::kOdometry, {10'000'000}, {2'000'000}},
                                      {Reading::kImu, {10'000'000}, {1'000'000}},
                                      {Reading::kGnss, {100'000'000}, {20'000'000}},
                                      {Reading::kScan, spec.lidar.period, {spec.lidar.period.ns / 2}}}};
  std::vector<Measurement> all = {{Reading::kOnce, spec.start, spec.start}};
  for (const Rate& rate : rates) {
    for (base::Time stamp = spec.start; stamp < spec.start + spec.duration; stamp = stamp + rate.period) {
      all.push_back({rate.reading, stamp, stamp + rate.delay});
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Measurement& a, const Measurement& b) { return a.published < b.published; });
  return all;
}

std::vector<DriveRecord> measure(const Scene& scene, const DriveSpec& spec, const Measurement& m) {
  if (m.reading == Reading::kScan) return scan_records(scene, spec, m);
  const Ground& ground = scene.world.ground;
  const ActorState ego = state_at(scene.script.ego, (m.stamp - spec.start).to_s());
  std::vector<DriveRecord> records;
  const auto add = [&](Channel channel, DriveValue value) {
    records.push_back({channel, m.stamp, m.published, std::move(value)});
  };
  switch (m.reading) {
    case Reading::kOdometry:
      add(kOdometry, odometry(ground, ego, m.stamp, spec.odometry, spec.seed));
      break;
    case Reading::kImu:
      add(kImu, imu(ground, ego, m.stamp, spec.imu, spec.gnss.x_axis_yaw_rad, spec.seed));
      break;
    case Reading::kGnss:
      add(kGnss, gnss(ground, ego, m.stamp, spec.gnss, spec.seed));
      break;
    default:
      add(kTf, static_transforms(spec.lidar, spec.start)), add(kMission, mission(scene, spec));
      break;
  }
  return records;
}

}  // namespace hangil::simulation
