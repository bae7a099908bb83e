// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "camera/image_view.hpp"
#include "camera/made_png.hpp"
#include "camera/picture_size.hpp"
#include "camera/prepare_picture.hpp"

namespace hangil::camera {

namespace {

using messages::CameraState;

constexpr int kPictureWidth = 64, kPictureHeight = 48;

// A picture with structure and colour; `change` makes another one of it.
messages::CompressedImage made(int change, int gain = 1, int offset = 0, bool is_grey = false) {
  std::vector<std::uint8_t> rgb;
  for (int i = 0; i < kPictureWidth * kPictureHeight * 3; ++i) {
    const int pixel = i / 3, value = (pixel * 7 + (is_grey ? 0 : i % 3 * 40) + change) % 200;
    rgb.push_back(static_cast<std::uint8_t>(std::clamp(value * gain + offset, 0, 255)));
  }
  messages::CompressedImage image;
  image.header.stamp = {1'000'000'000 + change};
  image.header.frame_id = "camera_front_optical";
  image.format = "png";
  image.data = png_bytes(rgb, kPictureWidth, kPictureHeight);
  return image;
}

messages::CameraInfo calibration() {
  messages::CameraInfo info;
  info.width = kPictureWidth, info.height = kPictureHeight;
  info.k = {50, 0, 32, 0, 50, 24, 0, 0, 1};
  info.p = {50, 0, 32, 0, 0, 50, 24, 0, 0, 0, 1, 0};
  return info;
}

PreparedPicture prepared(const messages::CompressedImage& image, const messages::CameraInfo* info) {
  PreparationState state;
  return prepare_picture(image, info, {}, state);
}

#define SKIP_WITHOUT_OPENCV() \
  if (!imaging_problem().empty()) GTEST_SKIP() << imaging_problem()

}  // namespace

TEST(PreparePicture, AGoodPictureGoesOnAsItIs) {
  SKIP_WITHOUT_OPENCV();
  const auto info = calibration();
  const auto result = prepared(made(0), &info);
  EXPECT_EQ(result.status.state, CameraState::kGood) << result.status.reason;
  ASSERT_TRUE(result.image);
  EXPECT_EQ(result.image->header.frame_id, "camera_front_optical");
  const auto view = view_of(*result.image);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->pixel(1, 0)[2], 7);  // red of the second pixel
}

TEST(PreparePicture, WithoutIntrinsicsItIsUsedAsItIsAndSaysSo) {
  SKIP_WITHOUT_OPENCV();
  auto info = calibration();
  EXPECT_EQ(prepared(made(0), nullptr).status.state, CameraState::kUncalibrated);
  info.k[0] = 0;
  const auto result = prepared(made(0), &info);
  EXPECT_EQ(result.status.state, CameraState::kUncalibrated);
  EXPECT_NE(result.status.reason.find("no intrinsics"), std::string::npos);
  EXPECT_TRUE(result.image);
}

TEST(PreparePicture, WhatShowsNothingDoesNotGoOn) {
  SKIP_WITHOUT_OPENCV();
  const auto info = calibration();
  auto small = calibration();
  small.width = 32;
  auto cut = made(0);
  cut.data.resize(cut.data.size() / 2);
  auto noise = made(0);
  noise.data.assign(200, 7);
  const std::vector<std::pair<PreparedPicture, CameraState>> cases = {
      {prepared(made(0, 0), &info), CameraState::kBlack},
      {prepared(made(0, 0, 255), &info), CameraState::kOverexposed},
      {prepared(made(0), &small), CameraState::kWrongSize},
      {prepared(noise, &info), CameraState::kUnreadable},
      {prepared({}, &info), CameraState::kUnreadable}};
  for (const auto& [result, state] : cases) {
    EXPECT_EQ(result.status.state, state) << result.status.reason;
    EXPECT_FALSE(result.image);
    EXPECT_FALSE(result.status.reason.empty());
  }
}

TEST(PreparePicture, AGreyPictureIsTold) {
  SKIP_WITHOUT_OPENCV();
  const auto info = calibration();
  EXPECT_TRUE(prepared(made(0, 1, 0, true), &info).status.is_grey);
  EXPECT_FALSE(prepared(made(0), &info).status.is_grey);
}

TEST(PreparePicture, TheSamePictureAgainAndAgainIsAFrozenCamera) {
  SKIP_WITHOUT_OPENCV();
  const auto info = calibration();
  PreparationState state;
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(prepare_picture(made(1), &info, {}, state).image) << i;
  EXPECT_EQ(prepare_picture(made(1), &info, {}, state).status.state, CameraState::kFrozen);
  EXPECT_EQ(prepare_picture(made(2), &info, {}, state).status.state, CameraState::kGood);
}

TEST(PreparePicture, DistortionIsUndone) {
  SKIP_WITHOUT_OPENCV();
  auto info = calibration();
  info.distortion_model = "plumb_bob";
  info.d = {-0.3, 0.1, 0, 0, 0};
  const auto straight = prepared(made(0), nullptr), result = prepared(made(0), &info);
  ASSERT_TRUE(result.image);
  const auto raw = *view_of(*straight.image), rectified = *view_of(*result.image);
  EXPECT_EQ(rectified.pixel(32, 24)[1], raw.pixel(32, 24)[1]);  // the centre stays
  EXPECT_NE(rectified.pixel(2, 2)[1], raw.pixel(2, 2)[1]);
  info.distortion_model = "imaginary";
  EXPECT_EQ(prepared(made(0), &info).status.state, CameraState::kUncalibrated);
}

TEST(PictureSize, IsReadFromTheHeaderAndHugeOnesAreRefused) {
  auto bytes = made(0).data;
  const auto size = picture_size(bytes);
  ASSERT_TRUE(size);
  EXPECT_EQ(size->width, kPictureWidth);
  EXPECT_EQ(size->height, kPictureHeight);
  bytes[16] = 0x7f;
  EXPECT_NE(picture_size(bytes).error().message.find("at most"), std::string::npos);
  const std::vector<std::uint8_t> jpeg = {0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 17, 8, 0, 48, 0, 64, 3};
  ASSERT_TRUE(picture_size(jpeg));
  EXPECT_EQ(picture_size(jpeg)->height, 48);
  for (std::size_t length = 0; length < 17; ++length) EXPECT_FALSE(picture_size({jpeg.data(), length})) << length;
}

TEST(ImageView, SizesThatDoNotFitAreRefused) {
  messages::Image image;
  image.width = 2, image.height = 2, image.encoding = "bgr8", image.step = 6, image.data.resize(12);
  EXPECT_TRUE(view_of(image));
  image.data.resize(11);
  EXPECT_FALSE(view_of(image));
  image.data.resize(12), image.encoding = "mono8";
  EXPECT_FALSE(view_of(image));
  EXPECT_FALSE(view_of({}));
}

}  // namespace hangil::camera
