// SPDX-License-Identifier: Apache-2.0
#include "lidar/point_view.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace hangil::lidar {
namespace {

using messages::PointCloud2;
using messages::PointField;

constexpr std::size_t kBytes[] = {0, 1, 1, 2, 2, 4, 4, 4, 8};

template <class T>
void put(std::uint8_t* at, double value, bool is_bigendian) {
  const T typed = static_cast<T>(value);
  std::uint8_t bytes[sizeof(T)];
  std::memcpy(bytes, &typed, sizeof(T));
  if (is_bigendian) std::reverse(bytes, bytes + sizeof(T));
  std::memcpy(at, bytes, sizeof(T));
}

void put_any(std::uint8_t* at, std::uint8_t datatype, double value, bool is_bigendian) {
  switch (datatype) {
    case PointField::kInt8:
      return put<std::int8_t>(at, value, is_bigendian);
    case PointField::kUint8:
      return put<std::uint8_t>(at, value, is_bigendian);
    case PointField::kInt16:
      return put<std::int16_t>(at, value, is_bigendian);
    case PointField::kUint16:
      return put<std::uint16_t>(at, value, is_bigendian);
    case PointField::kInt32:
      return put<std::int32_t>(at, value, is_bigendian);
    case PointField::kUint32:
      return put<std::uint32_t>(at, value, is_bigendian);
    case PointField::kFloat32:
      return put<float>(at, value, is_bigendian);
    default:
      return put<double>(at, value, is_bigendian);
  }
}

struct Layout {
  std::uint8_t datatype = PointField::kFloat32;
  bool is_bigendian = false;
  std::uint32_t rows = 1, columns = 5, gap = 0, row_padding = 0;
  std::vector<std::string> order = {"x", "y", "z", "intensity"};
};

// Point i has x = 4 i, y = 4 i + 1, z = 4 i + 2, intensity = 4 i + 3.
PointCloud2 cloud_of(const Layout& layout) {
  PointCloud2 cloud;
  cloud.height = layout.rows;
  cloud.width = layout.columns;
  cloud.is_bigendian = layout.is_bigendian;
  for (const std::string& name : layout.order) {
    cloud.point_fields.push_back({name, cloud.point_step + layout.gap, layout.datatype});
    cloud.point_step += layout.gap + static_cast<std::uint32_t>(kBytes[layout.datatype]);
  }
  cloud.row_step = cloud.point_step * cloud.width + layout.row_padding;
  cloud.data.assign(static_cast<std::size_t>(cloud.row_step) * cloud.height, 0xAB);
  for (std::uint32_t i = 0; i < layout.rows * layout.columns; ++i) {
    std::uint8_t* point =
        cloud.data.data() + i / layout.columns * cloud.row_step + i % layout.columns * cloud.point_step;
    for (const PointField& field : cloud.point_fields) {
      const auto member = std::string("xyzi").find(field.name[0]);
      put_any(point + field.offset, layout.datatype, 4.0 * i + static_cast<double>(member), layout.is_bigendian);
    }
  }
  return cloud;
}

void expect_counting(const PointCloud2& cloud, bool has_intensity = true) {
  const auto view = view_points(cloud);
  ASSERT_TRUE(view.ok()) << view.error().message;
  Points points;
  read_points(*view, points);
  ASSERT_EQ(points.count, std::size_t{cloud.width} * cloud.height);
  for (std::size_t i = 0; i < points.count; ++i) {
    const float first = static_cast<float>(4 * i);
    EXPECT_EQ(points.x_m[i], first);
    EXPECT_EQ(points.y_m[i], first + 1);
    EXPECT_EQ(points.z_m[i], first + 2);
    EXPECT_EQ(points.intensity[i], has_intensity ? first + 3 : 0);
  }
}

void expect_error(const PointCloud2& cloud, const std::string& word) {
  const auto view = view_points(cloud);
  ASSERT_FALSE(view.ok()) << word;
  EXPECT_NE(view.error().message.find(word), std::string::npos) << view.error().message;
}

TEST(PointView, ReadsEveryDatatypeByteOrderAndPadding) {
  for (std::uint8_t datatype = PointField::kInt8; datatype <= PointField::kFloat64; ++datatype) {
    for (const bool is_bigendian : {false, true}) {
      for (const std::uint32_t gap : {0u, 3u}) {
        expect_counting(cloud_of({datatype, is_bigendian, 3, 7, gap, 5}));
      }
    }
  }
}

TEST(PointView, ReadsMembersInAnyOrderAndWithoutIntensity) {
  expect_counting(cloud_of({.order = {"intensity", "z", "x", "y"}}));
  expect_counting(cloud_of({.order = {"z", "y", "x"}}), false);
  expect_counting(cloud_of({.columns = 1}));
}

TEST(PointView, PackedFloatsReadTheSameAsAnyOtherLayout) {
  for (const std::uint32_t columns : {1u, 15u, 64u, 1000u}) expect_counting(cloud_of({.columns = columns}));
}

TEST(PointView, DoublesOutOfRangeOfFloatBecomeInfinite) {
  PointCloud2 cloud = cloud_of({.datatype = PointField::kFloat64, .columns = 2});
  put<double>(cloud.data.data(), 1e300, false);
  put<double>(cloud.data.data() + 8, std::nan(""), false);
  Points points;
  read_points(*view_points(cloud), points);
  EXPECT_TRUE(std::isinf(points.x_m[0]));
  EXPECT_TRUE(std::isnan(points.y_m[0]));
}

TEST(PointView, EmptyCloudHasNoPoints) {
  Points points;
  points.set_count(3);
  read_points(*view_points(cloud_of({.columns = 0})), points);
  EXPECT_EQ(points.count, 0u);
  PointCloud2 no_rows = cloud_of({});
  no_rows.height = 0;
  read_points(*view_points(no_rows), points);
  EXPECT_EQ(points.count, 0u);
}

TEST(PointView, NamesTheMissingMember) {
  expect_error(cloud_of({.order = {"x", "z", "intensity"}}), "'y'");
  expect_error(cloud_of({.order = {"y", "z"}}), "'x'");
}

TEST(PointView, NamesTheMemberThatLies) {
  PointCloud2 outside = cloud_of({});
  outside.point_fields[2].offset = 14;
  expect_error(outside, "'z'");
  outside.point_fields[2].offset = 0xFFFFFFFF;
  expect_error(outside, "'z'");
  PointCloud2 unknown = cloud_of({});
  unknown.point_fields[1].datatype = 9;
  expect_error(unknown, "'y' has datatype 9");
  PointCloud2 many = cloud_of({});
  many.point_fields[3].count = 4;
  expect_error(many, "'intensity' has count 4");
}

TEST(PointView, NamesTheSizeThatLies) {
  PointCloud2 wide = cloud_of({});
  wide.width = 6;
  expect_error(wide, "data has 80 bytes");
  wide.width = 0xFFFFFFFF;
  expect_error(wide, "data has");
  PointCloud2 rows = cloud_of({.rows = 2});
  rows.row_step = 79;
  expect_error(rows, "row_step 79");
  rows.row_step = 0xFFFFFFFF;
  expect_error(rows, "data has");
  rows.height = 0xFFFFFFFF;
  expect_error(rows, "data has");
  PointCloud2 no_step = cloud_of({});
  no_step.point_step = 0;
  expect_error(no_step, "point_step is 0");
}

// Under a sanitizer this would find any read outside the data.
TEST(PointView, RandomLayoutsAreReadWithinTheDataOrRefused) {
  std::mt19937 random(7);
  const auto below = [&random](std::uint32_t most) { return static_cast<std::uint32_t>(random() % most); };
  int read_count = 0;
  for (int round = 0; round < 3000; ++round) {
    PointCloud2 cloud = cloud_of({});
    cloud.height = below(4);
    cloud.width = below(8);
    cloud.point_step = 8 + below(16);
    cloud.row_step = below(200);
    cloud.data.resize(below(600));
    for (PointField& field : cloud.point_fields)
      field = {field.name, below(16), static_cast<std::uint8_t>(1 + below(8)), below(16) == 0 ? 2u : 1u};
    const auto view = view_points(cloud);
    if (!view) continue;
    Points points;
    read_points(*view, points);
    ++read_count;
  }
  EXPECT_GT(read_count, 100);
}

}  // namespace
}  // namespace hangil::lidar
