// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

struct PointField {
  static constexpr std::string_view kType = "sensor_msgs/msg/PointField";
  enum Datatype : std::uint8_t { kInt8 = 1, kUint8, kInt16, kUint16, kInt32, kUint32, kFloat32, kFloat64 };
  std::string name;
  std::uint32_t offset = 0;
  std::uint8_t datatype = kFloat32;
  std::uint32_t count = 1;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("offset", self.offset);
    visit("datatype", self.datatype);
    visit("count", self.count);
  }
};

// Points of any layout; see lidar/point_view.hpp for reading them safely.
struct PointCloud2 {
  static constexpr std::string_view kType = "sensor_msgs/msg/PointCloud2";
  Header header;
  std::uint32_t height = 0, width = 0;  // rows x columns; height 1: unordered
  std::vector<PointField> point_fields;
  bool is_bigendian = false;
  std::uint32_t point_step = 0, row_step = 0;  // bytes
  std::vector<std::uint8_t> data;
  bool is_dense = true;  // false: some points are NaN

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("height", self.height);
    visit("width", self.width);
    visit("fields", self.point_fields);
    visit("is_bigendian", self.is_bigendian);
    visit("point_step", self.point_step);
    visit("row_step", self.row_step);
    visit("data", self.data);
    visit("is_dense", self.is_dense);
  }
};

}  // namespace hangil::messages
