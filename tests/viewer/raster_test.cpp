// SPDX-License-Identifier: Apache-2.0
#include "viewer/raster.hpp"

#include <array>
#include <cmath>

#include <gtest/gtest.h>
#include <png.h>

#include "viewer/png.hpp"

namespace hangil::viewer {
namespace {

constexpr Colour kBlack{0, 0, 0}, kWhite{255, 255, 255};

double brightness(const Raster& raster) {
  double sum = 0;
  for (const std::uint8_t value : raster.rgb()) sum += value;
  return sum / 255 / 3;
}

TEST(Raster, ShapesCoverTheirArea) {
  Raster square(40, 40, kBlack), disc(40, 40, kBlack), line(40, 40, kBlack);
  square.polygon(std::array<PixelPoint, 4>{{{5.3, 5.3}, {25.3, 5.3}, {25.3, 15.3}, {5.3, 15.3}}}, kWhite);
  EXPECT_NEAR(brightness(square), 200, 4);
  disc.disc({20.2, 19.7}, 9, kWhite);
  EXPECT_NEAR(brightness(disc), 3.14159 * 81, 3);
  line.line({5, 20}, {35, 20}, 4, kWhite);
  EXPECT_NEAR(brightness(line), 30 * 4 + 3.14159 * 4, 4);
}

TEST(Raster, InsideIsTheColourAndOutsideIsUntouched) {
  Raster raster(20, 20, {10, 20, 30});
  raster.polygon(std::array<PixelPoint, 3>{{{2, 2}, {18, 2}, {2, 18}}}, {200, 100, 50});
  EXPECT_EQ(raster.at(4, 4), (Colour{200, 100, 50}));
  EXPECT_EQ(raster.at(17, 17), (Colour{10, 20, 30}));
}

TEST(Raster, OverlappingSegmentsAreLaidOnOnce) {
  Raster raster(20, 20, kBlack);
  raster.polyline(std::array<PixelPoint, 3>{{{2, 10}, {18, 10}, {2, 10}}}, 4, kWhite, 0.5);
  EXPECT_EQ(raster.at(10, 10), (Colour{128, 128, 128}));
}

TEST(Raster, HalfOpacityIsHalfWay) {
  Raster raster(8, 8, kBlack);
  raster.disc({4, 4}, 3, kWhite, 0.5);
  EXPECT_EQ(raster.at(4, 4), (Colour{128, 128, 128}));
}

TEST(Raster, DashesLeaveGaps) {
  Raster raster(100, 10, kBlack);
  raster.dashed(std::array<PixelPoint, 2>{{{0, 5}, {100, 5}}}, 2, 10, kWhite);
  EXPECT_EQ(raster.at(5, 5), kWhite);
  EXPECT_EQ(raster.at(15, 5), kBlack);
  EXPECT_EQ(raster.at(25, 5), kWhite);
}

TEST(Raster, ShapesBeyondThePictureAndBadNumbersAreHarmless) {
  Raster raster(10, 10, kBlack);
  raster.disc({1e12, -1e12}, 5, kWhite);
  raster.disc({NAN, 3}, 5, kWhite);
  raster.line({-1e9, 20}, {1e9, 20}, 2, kWhite);
  raster.polygon(std::array<PixelPoint, 3>{{{NAN, 2}, {18, HUGE_VAL}, {2, 18}}}, kWhite);
  raster.polyline(std::vector<PixelPoint>{}, 2, kWhite);
  raster.outline(std::vector<PixelPoint>{}, 2, kWhite);
  EXPECT_EQ(brightness(raster), 0);
  raster.line({-1e6, 5}, {1e6, 5}, 2, kWhite);
  EXPECT_EQ(raster.at(5, 5), kWhite);
}

TEST(Png, DecodesToTheSamePixels) {
  Raster raster(37, 23, {1, 2, 3});
  raster.disc({20, 10}, 6, {250, 120, 60});
  const auto bytes = encode_png(raster);
  ASSERT_TRUE(bytes.ok()) << bytes.error().message;
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  ASSERT_NE(png_image_begin_read_from_memory(&image, bytes->data(), bytes->size()), 0) << image.message;
  EXPECT_EQ(image.width, 37u);
  EXPECT_EQ(image.height, 23u);
  image.format = PNG_FORMAT_RGB;
  std::vector<std::uint8_t> pixels(PNG_IMAGE_SIZE(image));
  ASSERT_NE(png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr), 0) << image.message;
  EXPECT_TRUE(std::equal(pixels.begin(), pixels.end(), raster.rgb().begin(), raster.rgb().end()));
}

TEST(Png, SamePictureSameBytes) {
  Raster raster(50, 50, {9, 9, 9});
  raster.line({3, 4}, {45, 40}, 3, kWhite);
  EXPECT_EQ(*encode_png(raster), *encode_png(raster));
}

}  // namespace
}  // namespace hangil::viewer
