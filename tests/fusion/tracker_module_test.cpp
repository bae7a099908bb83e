// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "fusion/moving_objects.hpp"
#include "messages/odometry.hpp"
#include "messages/tracks.hpp"
#include "runtime/module.hpp"

extern "C" const hangil::runtime::ModuleLibrary* hangil_module_library();

namespace hangil::fusion {
namespace {

// The module with boxes and poses, driven by hand.
class ModuleUnderTest {
 public:
  ModuleUnderTest() : setup_(nullptr, problems_), module_(hangil_module_library()->make(setup_)) {}

  const runtime::Setup& setup() const { return setup_; }

  // What one activation publishes; nothing: no output.
  std::optional<messages::Tracks> step(const messages::Objects& objects, const std::vector<messages::Odometry>& poses) {
    runtime::Activation::Inputs inputs(6);
    inputs[0].push_back(message(objects.header.stamp, std::make_shared<const messages::Objects>(objects)));
    for (const auto& pose : poses) {
      inputs[1].push_back(message(pose.header.stamp, std::make_shared<const messages::Odometry>(pose)));
    }
    runtime::Activation activation({.now = objects.header.stamp}, inputs);
    module_->step(activation);
    if (activation.outputs().empty()) return std::nullopt;
    return *static_cast<const messages::Tracks*>(activation.outputs()[0].value.get());
  }

 private:
  static runtime::MessagePtr message(base::Time stamp, std::shared_ptr<const void> value) {
    auto message = std::make_shared<runtime::Message>();
    message->stamp = message->published = stamp;
    message->value = std::move(value);
    return message;
  }

  std::vector<base::ConfigProblem> problems_;
  runtime::Setup setup_;
  std::unique_ptr<runtime::Module> module_;
};

messages::Odometry odometry(base::Time stamp, double x_m) {
  messages::Odometry pose;
  pose.header = {stamp, "map"};
  pose.pose.pose.position.x = x_m;
  return pose;
}

TEST(TrackerModule, DeclaresItsPorts) {
  const ModuleUnderTest module;
  ASSERT_EQ(module.setup().inputs().size(), 6u);
  EXPECT_EQ(module.setup().inputs()[0].name, "objects");
  for (std::size_t i = 1; i < 6; ++i) EXPECT_EQ(module.setup().inputs()[i].need, runtime::Need::kOptional);
  EXPECT_EQ(module.setup().outputs().at(0).name, "tracks");
  EXPECT_LE(module.setup().parameters().size(), 10u);
}

TEST(TrackerModule, WithoutPoseTracksAreInTheFrameOfTheBoxes) {
  ModuleUnderTest module;
  const auto tracks = module.step(tests::frame_of({{.x_m = 9}}, 0), {});
  ASSERT_TRUE(tracks.has_value());
  EXPECT_EQ(tracks->header.frame_id, "ego");
  EXPECT_NEAR(tracks->tracks.at(0).box.x_m, 9, 1e-9);
}

TEST(TrackerModule, InterpolatesThePoseAtTheStampOfTheBoxes) {
  ModuleUnderTest module;
  const base::Time stamp = tests::frame_stamp(0);
  const base::Duration half{5'000'000};
  const auto tracks =
      module.step(tests::frame_of({{.x_m = 9}}, 0), {odometry(stamp - half, 100), odometry(stamp + half, 102)});
  ASSERT_TRUE(tracks.has_value());
  EXPECT_EQ(tracks->header.frame_id, "map");
  EXPECT_EQ(tracks->header.stamp, stamp);
  EXPECT_NEAR(tracks->tracks.at(0).box.x_m, 110, 1e-9);
}

TEST(TrackerModule, FirstPoseStartsAnewInItsFrame) {
  ModuleUnderTest module;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(module.step(tests::frame_of({{.x_m = 9}}, i), {}).has_value());
  const auto tracks = module.step(tests::frame_of({{.x_m = 9}}, 5), {odometry(tests::frame_stamp(5), 100)});
  ASSERT_TRUE(tracks.has_value());
  ASSERT_EQ(tracks->tracks.size(), 1u);
  EXPECT_EQ(tracks->tracks[0].age, base::Duration{});
  EXPECT_NEAR(tracks->tracks[0].box.x_m, 109, 1e-9);
}

TEST(TrackerModule, PublishesNothingWhileThePoseIsLost) {
  ModuleUnderTest module;
  ASSERT_TRUE(module.step(tests::frame_of({{.x_m = 9}}, 0), {odometry(tests::frame_stamp(0), 0)}).has_value());
  EXPECT_FALSE(module.step(tests::frame_of({{.x_m = 9}}, 10), {}).has_value());
  const auto tracks = module.step(tests::frame_of({{.x_m = 9}}, 11), {odometry(tests::frame_stamp(11), 0)});
  EXPECT_TRUE(tracks.has_value());
}

TEST(TrackerModule, RepeatedBoxesAreNotPublishedTwice) {
  ModuleUnderTest module;
  ASSERT_TRUE(module.step(tests::frame_of({{.x_m = 9}}, 0), {}).has_value());
  EXPECT_FALSE(module.step(tests::frame_of({{.x_m = 9}}, 0), {}).has_value());
}

}  // namespace
}  // namespace hangil::fusion
