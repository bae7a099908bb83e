// SPDX-License-Identifier: Apache-2.0
#include "simulation/drive.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

namespace hangil::simulation {
namespace {

DriveSpec short_drive() {
  DriveSpec spec;
  spec.duration = base::Duration::seconds(0.5);
  return spec;
}

base::Bytes encoded(const DriveRecord& record) {
  base::Bytes bytes;
  std::visit([&](const auto& value) { base::encode_cdr(value, bytes); }, record.value);
  return bytes;
}

TEST(Schedule, IsInOrderOfPublicationAndComplete) {
  const DriveSpec spec = short_drive();
  const std::vector<Measurement> all = schedule(spec);
  std::map<Reading, int> counts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    ++counts[all[i].reading];
    EXPECT_GE(all[i].published, all[i].stamp);
    if (i > 0) {
      EXPECT_GE(all[i].published, all[i - 1].published);
    }
  }
  EXPECT_EQ(counts, (std::map<Reading, int>{{Reading::kOnce, 1},
                                            {Reading::kOdometry, 50},
                                            {Reading::kImu, 50},
                                            {Reading::kGnss, 5},
                                            {Reading::kScan, 5}}));
  EXPECT_EQ(all.front().reading, Reading::kOnce);
}

TEST(Measure, EveryRecordIsOfItsChannelsType) {
  const auto scene = make_scene("urban", 1);
  std::set<std::size_t> seen;
  for (const Measurement& m : schedule(short_drive())) {
    for (const DriveRecord& record : measure(*scene, short_drive(), m)) {
      const auto name =
          std::visit([](const auto& value) { return std::decay_t<decltype(value)>::kType; }, record.value);
      EXPECT_EQ(drive_channels()[record.channel].type->name, name);
      EXPECT_EQ(record.channel, record.value.index());
      seen.insert(record.channel);
    }
  }
  EXPECT_EQ(seen.size(), drive_channels().size());
}

TEST(Measure, SameBytesInAnyOrder) {
  const auto scene = make_scene("motorway", 3);
  const std::vector<Measurement> all = schedule(short_drive());
  std::vector<base::Bytes> forward, backward;
  for (auto m = all.begin(); m != all.end(); ++m) {
    for (const DriveRecord& record : measure(*scene, short_drive(), *m)) forward.push_back(encoded(record));
  }
  const auto again = make_scene("motorway", 3);
  for (auto m = all.rbegin(); m != all.rend(); ++m) {
    std::vector<DriveRecord> records = measure(*again, short_drive(), *m);
    for (auto r = records.rbegin(); r != records.rend(); ++r) backward.push_back(encoded(*r));
  }
  std::reverse(backward.begin(), backward.end());
  EXPECT_EQ(forward, backward);
}

TEST(Measure, MissionLeadsOnBeyondTheDrive) {
  const auto scene = make_scene("urban", 1);
  const DriveSpec spec;
  const auto records = measure(*scene, spec, schedule(spec).front());
  const auto& mission = std::get<messages::Mission>(records.at(1).value);
  EXPECT_NEAR(mission.path.front().x_m, 0, 1e-9);
  EXPECT_NEAR(mission.path.front().y_m, 0, 1e-9);
  const ActorState last = state_at(scene->script.ego, 25);
  double nearest_m = 1e9;
  for (const auto& point : mission.path) {
    nearest_m = std::min(nearest_m, std::hypot(point.x_m - last.pose.x_m, point.y_m - last.pose.y_m));
  }
  EXPECT_LT(nearest_m, 0.51);
  EXPECT_GT(std::hypot(mission.path.back().x_m - last.pose.x_m, mission.path.back().y_m - last.pose.y_m), 50);
  const auto& tf = std::get<messages::TFMessage>(records.at(0).value);
  EXPECT_EQ(tf.transforms.at(0).header.frame_id, "ego");
  EXPECT_EQ(tf.transforms.at(0).child_frame_id, "lidar_top");
  EXPECT_EQ(tf.transforms.at(0).transform.translation.z, 1.73);
}

}  // namespace
}  // namespace hangil::simulation
