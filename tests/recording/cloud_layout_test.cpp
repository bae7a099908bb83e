// SPDX-License-Identifier: Apache-2.0
#include "recording/cloud_layout.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include <gtest/gtest.h>

#include "base/diff.hpp"

namespace hangil::recording {
namespace {

using messages::PointCloud2;
using messages::PointField;

template <class T>
void put(base::Bytes& bytes, std::size_t at, T value, bool is_bigendian = false) {
  std::uint8_t raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof(T));
  if (is_bigendian) std::reverse(raw, raw + sizeof(T));
  std::copy(raw, raw + sizeof(T), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

float number_at(const PointCloud2& cloud, std::size_t point, const std::string& name) {
  const auto field = std::find_if(cloud.point_fields.begin(), cloud.point_fields.end(),
                                  [&](const PointField& f) { return f.name == name; });
  EXPECT_NE(field, cloud.point_fields.end()) << name;
  if (field == cloud.point_fields.end()) return std::numeric_limits<float>::quiet_NaN();
  const std::uint8_t* at = cloud.data.data() + point * cloud.point_step + field->offset;
  if (field->datatype == PointField::kUint16) {
    std::uint16_t value;
    std::memcpy(&value, at, sizeof value);
    return value;
  }
  float value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

// Two points as an Ouster driver lays them out: floats, padding, uint32 ns, uint16 reflectivity, uint8 ring, and more.
PointCloud2 ouster_cloud() {
  PointCloud2 cloud;
  cloud.header.stamp = {5'000'000'000};
  cloud.height = 1, cloud.width = 2, cloud.point_step = 32, cloud.row_step = 64;
  cloud.point_fields = {{"x", 0, PointField::kFloat32, 1},
                        {"y", 4, PointField::kFloat32, 1},
                        {"z", 8, PointField::kFloat32, 1},
                        {"t", 16, PointField::kUint32, 1},
                        {"reflectivity", 20, PointField::kUint16, 1},
                        {"ring", 22, PointField::kUint8, 1},
                        {"range", 24, PointField::kUint32, 1}};
  cloud.data.resize(64);
  for (std::size_t i = 0; i < 2; ++i) {
    const std::size_t at = 32 * i;
    put(cloud.data, at, 1.5f + static_cast<float>(i));
    put(cloud.data, at + 4, -2.0f);
    put(cloud.data, at + 8, 0.25f);
    put(cloud.data, at + 16, static_cast<std::uint32_t>(1'000'000 * (i + 1)));
    put(cloud.data, at + 20, std::uint16_t{300});
    put(cloud.data, at + 22, static_cast<std::uint8_t>(7 + i));
  }
  return cloud;
}

TEST(NormalizeCloud, NamesTypesAndUnitsOfDriversBecomeOurs) {
  const auto cloud = normalize_cloud(ouster_cloud());
  ASSERT_TRUE(cloud.ok()) << cloud.error().message;
  EXPECT_EQ(cloud->point_step, 22u);
  EXPECT_EQ(cloud->data.size(), 44u);
  EXPECT_EQ(number_at(*cloud, 1, "x"), 2.5f);
  EXPECT_EQ(number_at(*cloud, 1, "y"), -2.0f);
  EXPECT_EQ(number_at(*cloud, 1, "intensity"), 300.0f);
  EXPECT_EQ(number_at(*cloud, 1, "ring"), 8.0f);
  EXPECT_FLOAT_EQ(number_at(*cloud, 1, "time"), 0.002f);
  EXPECT_TRUE(cloud->is_dense);
}

TEST(NormalizeCloud, OurOwnLayoutStaysAsItIs) {
  const auto once = normalize_cloud(ouster_cloud());
  const auto twice = normalize_cloud(*once);
  ASSERT_TRUE(twice.ok());
  EXPECT_TRUE(base::diff(*once, *twice).empty());
}

TEST(NormalizeCloud, BigEndianDoublesInPaddedRowsAreReadAlike) {
  PointCloud2 cloud;
  cloud.header.stamp = {100'000'000'000};
  cloud.height = 2, cloud.width = 1, cloud.point_step = 32, cloud.row_step = 40;
  cloud.is_bigendian = true;
  cloud.point_fields = {{"x", 0, PointField::kFloat64, 1},
                        {"y", 8, PointField::kFloat64, 1},
                        {"z", 16, PointField::kFloat64, 1},
                        {"timestamp", 24, PointField::kFloat64, 1}};
  cloud.data.resize(72);  // the last row is not padded
  for (std::size_t row = 0; row < 2; ++row) {
    put(cloud.data, 40 * row, 3.0 + static_cast<double>(row), true);
    put(cloud.data, 40 * row + 8, 4.0, true);
    put(cloud.data, 40 * row + 16, 5.0, true);
    put(cloud.data, 40 * row + 24, 100.05, true);
  }
  const auto normal = normalize_cloud(cloud);
  ASSERT_TRUE(normal.ok()) << normal.error().message;
  EXPECT_EQ(normal->height, 2u);
  EXPECT_FALSE(normal->is_bigendian);
  EXPECT_EQ(number_at(*normal, 1, "x"), 4.0f);
  EXPECT_EQ(number_at(*normal, 1, "intensity"), 0.0f);
  EXPECT_NEAR(number_at(*normal, 1, "time"), 0.05f, 1e-6);
}

TEST(NormalizeCloud, PointsThatAreNotFiniteMakeItNotDense) {
  PointCloud2 cloud = ouster_cloud();
  put(cloud.data, 32, std::numeric_limits<float>::quiet_NaN());
  const auto normal = normalize_cloud(cloud);
  ASSERT_TRUE(normal.ok());
  EXPECT_FALSE(normal->is_dense);
  EXPECT_TRUE(std::isnan(number_at(*normal, 1, "x")));
}

TEST(NormalizeCloud, SizesThatTheDataDoesNotHoldAreRefused) {
  const auto error_of = [](auto change) {
    PointCloud2 cloud = ouster_cloud();
    change(cloud);
    const auto normal = normalize_cloud(cloud);
    return normal ? std::string("accepted") : normal.error().message;
  };
  EXPECT_NE(error_of([](auto& c) { c.width = 3; }).find("need 96 bytes, the cloud has 64"), std::string::npos);
  EXPECT_NE(error_of([](auto& c) { c.point_fields[2].offset = 29; }).find("'z' reaches beyond"), std::string::npos);
  EXPECT_NE(error_of([](auto& c) { c.point_fields[0].name = "q"; }).find("no fields x, y and z"), std::string::npos);
  EXPECT_NE(error_of([](auto& c) { c.point_fields[0].datatype = 99; }).find("no fields x, y and z"), std::string::npos);
  EXPECT_NE(error_of([](auto& c) { c.height = 2, c.row_step = 10; }).find("row_step"), std::string::npos);
  EXPECT_NE(error_of([](auto& c) { c.point_step = 0; }).find("reaches beyond"), std::string::npos);
  EXPECT_NE(
      error_of([](auto& c) { c.width = 0xFFFFFFFF, c.height = 0xFFFFFFFF, c.row_step = 0xFFFFFFFF; }).find("row_step"),
      std::string::npos);
}

TEST(NormalizeCloud, EmptyCloudStaysEmpty) {
  PointCloud2 cloud = ouster_cloud();
  cloud.width = 0, cloud.data = {};
  cloud.height = 185, cloud.row_step = 77;  // rows without points, each with a length: found by fuzzing
  const auto normal = normalize_cloud(cloud);
  ASSERT_TRUE(normal.ok()) << normal.error().message;
  EXPECT_TRUE(normal->data.empty());
}

}  // namespace
}  // namespace hangil::recording
