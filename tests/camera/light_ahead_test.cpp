// SPDX-License-Identifier: Apache-2.0
#include "camera/light_ahead.hpp"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "camera/imaging.hpp"
#include "camera/light_crops.hpp"
#include "camera/shared_models.hpp"
#include "model/caffe_weights.hpp"

namespace hangil::camera {
namespace {

using messages::LightState;

std::string nexar_file() {
  return shared_model("nexar_tl_squeezenet") + "/train_squeezenet_trainval_manual_p2__iter_3817.caffemodel";
}

messages::TrafficLights heads(std::vector<LightState> states) {
  messages::TrafficLights lights;
  for (const LightState state : states) lights.lights.push_back({.state = state, .state_probability = 0.5F});
  return lights;
}

TEST(TakeLightAhead, OnlyHeadsWithoutAReadingTakeASureAnswer) {
  messages::TrafficLights lights = heads({LightState::kUnknown, LightState::kGreen, LightState::kOff});
  take_light_ahead({{0.02F, 0.95F, 0.03F}}, 0.9F, lights);
  EXPECT_EQ(lights.lights[0].state, LightState::kRed);
  EXPECT_FLOAT_EQ(lights.lights[0].state_probability, 0.95F);
  EXPECT_EQ(lights.lights[1].state, LightState::kGreen);
  EXPECT_EQ(lights.lights[2].state, LightState::kOff);
  for (const LightAhead::Answer& unsure : {LightAhead::Answer{{0.9F, 0.05F, 0.05F}}, {{0.1F, 0.1F, 0.8F}}}) {
    messages::TrafficLights left = heads({LightState::kUnknown});
    take_light_ahead(unsure, 0.9F, left);
    EXPECT_EQ(left.lights[0].state, LightState::kUnknown);
  }
}

TEST(LightAhead, OtherWeightsAreRefused) { EXPECT_FALSE(LightAhead::make(model::Weights()).ok()); }

base::Result<Picture> read_picture(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return decode_picture(std::vector<std::uint8_t>(std::istreambuf_iterator<char>(stream), {}));
}

// The network sees whole pictures of the road: the drive up to a red light is its task, crops of heads are not, and
// there it says so instead of guessing.
TEST(LightAhead, KnowsTheRedLightOfAWholePictureAndNoHeadAlone) {
  const std::string pictures = tests::drives_dir() + "/kitti_tracking/training/image_02/9000";
  HANGIL_NEEDS_DATA(nexar_file());
  HANGIL_NEEDS_DATA(pictures);
  HANGIL_NEEDS_DATA(light_crops_dir() + "/red");
  const auto weights = model::read_caffe_weights(nexar_file());
  ASSERT_TRUE(weights.ok()) << weights.error().message;
  auto ahead = LightAhead::make(*weights);
  ASSERT_TRUE(ahead.ok()) << ahead.error().message;
  for (const char* name : {"000049.jpg", "000063.jpg", "000077.jpg"}) {
    const auto answer = ahead->look(*read_picture(pictures + "/" + name));
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    const auto& p = answer->probability;
    EXPECT_NEAR(p[0] + p[1] + p[2], 1, 1e-4);
    EXPECT_GT(p[1], 0.9F) << name;
  }
  int crops = 0, said = 0;
  for (const auto& entry : std::filesystem::directory_iterator(light_crops_dir() + "/green")) {
    const auto picture = read_picture(entry.path());
    if (!picture || ++crops > 40) continue;
    const auto answer = ahead->look(*picture);
    said += answer.ok() && answer->probability[0] < 0.5F ? 1 : 0;
  }
  EXPECT_GE(crops, 40);
  EXPECT_LE(said, 2);
}

}  // namespace
}  // namespace hangil::camera
