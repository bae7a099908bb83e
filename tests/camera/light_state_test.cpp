// SPDX-License-Identifier: Apache-2.0
#include "camera/light_state.hpp"

#include <gtest/gtest.h>

#include "camera/light_crops.hpp"

namespace hangil::camera {

namespace {

using messages::LightState;

// A dark head of 20 x 60 pixels on a bright wall; bulbs from the top, each (b, g, r) or black.
Picture made_head(const std::array<std::array<std::uint8_t, 3>, 3>& bulbs,
                  std::array<std::uint8_t, 3> wall = {200, 200, 205}) {
  Picture picture{40, 80, {}};
  for (int y = 0; y < 80; ++y) {
    for (int x = 0; x < 40; ++x) {
      std::array<std::uint8_t, 3> colour = wall;
      if (x >= 10 && x < 30 && y >= 10 && y < 70) colour = {30, 32, 30};
      for (std::size_t i = 0; i < 3; ++i) {
        const double dx = x - 19.5, dy = y - (19.5 + 20.0 * static_cast<double>(i));
        if (dx * dx + dy * dy < 49) colour = bulbs[i];
      }
      picture.bgr.insert(picture.bgr.end(), colour.begin(), colour.end());
    }
  }
  return picture;
}

constexpr std::array<std::uint8_t, 3> kDark = {35, 35, 38}, kRed = {60, 50, 250}, kYellow = {40, 190, 250},
                                      kGreen = {180, 220, 40};

LightState read(const Picture& picture, const LightConfig& config = {}) {
  messages::TrafficLight head;
  head.x_min_px = 10, head.y_min_px = 10, head.x_max_px = 30, head.y_max_px = 70;
  return read_light(picture, head, config).state;
}

}  // namespace

TEST(ReadLight, EachBulbIsReadWhereItBelongs) {
  EXPECT_EQ(read(made_head({kRed, kDark, kDark})), LightState::kRed);
  EXPECT_EQ(read(made_head({kDark, kYellow, kDark})), LightState::kYellow);
  EXPECT_EQ(read(made_head({kDark, kDark, kGreen})), LightState::kGreen);
  EXPECT_EQ(read(made_head({kRed, kYellow, kDark})), LightState::kRedYellow);
  EXPECT_EQ(read(made_head({kDark, kDark, kDark})), LightState::kOff);
}

TEST(ReadLight, AColouredWallIsNoBulb) {
  EXPECT_EQ(read(made_head({kDark, kDark, kGreen}, {40, 40, 180})), LightState::kGreen);
  EXPECT_EQ(read(made_head({kRed, kDark, kDark}, {120, 190, 60})), LightState::kRed);
}

TEST(ReadLight, GreyTinyAndOutlyingHeadsStayUnknown) {
  constexpr std::array<std::uint8_t, 3> kWhite = {240, 240, 240}, kGrey = {40, 40, 40};
  Picture grey = made_head({kWhite, kGrey, kGrey}, kGrey);
  for (std::uint8_t& value : grey.bgr) value = value < 100 ? 40 : 240;
  EXPECT_EQ(read(grey), LightState::kUnknown);
  messages::TrafficLight outside;
  outside.x_min_px = 900, outside.x_max_px = 950, outside.y_min_px = -50, outside.y_max_px = -10;
  EXPECT_EQ(read_light(made_head({kRed, kDark, kDark}), outside, {}).state, LightState::kUnknown);
  EXPECT_EQ(read(made_head({kRed, kDark, kDark}), {.least_height_px = 100}), LightState::kUnknown);
}

TEST(ReadLight, RealHeadsAreReadRight) {
  HANGIL_NEEDS_DATA(light_crops_dir());
  const LightScore score = score_lights();
  EXPECT_EQ(score.count, 1187);
  EXPECT_GE(score.right, score.count * 98 / 100);
  EXPECT_LE(score.red_as_green, score.count / 100);
  EXPECT_LE(score.green_as_red, score.count / 100);
}

}  // namespace hangil::camera
