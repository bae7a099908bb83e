// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "base/message_type.hpp"
#include "messages/mission.hpp"
#include "messages/tf_message.hpp"
#include "messages/truth_objects.hpp"
#include "simulation/inertial.hpp"
#include "simulation/lidar.hpp"
#include "simulation/scene.hpp"

// A scripted scene as the messages a recorded drive would hold.
namespace hangil::simulation {

struct DriveSpec {
  base::Time start{1'767'225'600'000'000'000};  // 2026-01-01 00:00 UTC
  base::Duration duration{25'000'000'000};
  std::uint64_t seed = 1;
  LidarSpec lidar;
  OdometrySpec odometry;
  ImuSpec imu;
  GnssSpec gnss;
  double truth_range_m = 100;
};

using DriveValue = std::variant<messages::TFMessage, messages::Mission, messages::Odometry, messages::Imu,
                                messages::NavSatFix, messages::PointCloud2, messages::TruthObjects>;

// One message as it would have arrived.
struct DriveRecord {
  std::size_t channel = 0;  // index into drive_channels()
  base::Time stamp, published;
  DriveValue value;
};

struct DriveChannelSpec {
  std::string_view topic;
  const base::MessageType* type;
};
// In order of DriveValue's alternatives.
std::span<const DriveChannelSpec> drive_channels();

// What is measured when. Scans and truth every 100 ms from the start, GNSS every 100 ms, odometry and IMU every 10 ms,
// mission and transforms once.
enum class Reading { kOnce, kOdometry, kImu, kGnss, kScan };
struct Measurement {
  Reading reading = Reading::kOnce;
  base::Time stamp, published;
};

// Every measurement of a drive of this length, by time of publication: 1 ms (IMU), 2 ms (odometry), 20 ms (GNSS) after
// the stamp; scans half a turn, 50 ms, after it.
std::vector<Measurement> schedule(const DriveSpec& spec);

// The messages of one measurement; needs no other one to have been made.
std::vector<DriveRecord> measure(const Scene& scene, const DriveSpec& spec, const Measurement& measurement);

}  // namespace hangil::simulation
