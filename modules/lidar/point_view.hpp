// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "base/result.hpp"
#include "lidar/points.hpp"
#include "messages/point_cloud2.hpp"

namespace hangil::lidar {

// Where one member of a point lies in its record, and how it is encoded.
struct MemberView {
  std::uint32_t offset = 0;   // bytes
  std::uint8_t datatype = 0;  // messages::PointField::Datatype; 0: the cloud has no such member
};

// A checked look at the bytes of a PointCloud2, valid as long as the message: whatever is read through it lies inside
// the data.
struct PointView {
  std::span<const std::uint8_t> data;
  std::size_t row_count = 0, column_count = 0;
  std::size_t point_step = 0, row_step = 0;  // bytes
  bool is_bigendian = false;
  MemberView x, y, z, intensity;
  std::size_t count() const { return row_count * column_count; }
};

// Refuses clouds without x, y or z, members outside the record, unknown datatypes and sizes that the data does not
// hold; the error names the member, says what it is and what it would have to be. Costs nothing per point.
base::Result<PointView> view_points(const messages::PointCloud2& cloud);

// Copies every point in order (row by row), converting any datatype and byte order to float; intensity is 0 where the
// cloud has none. Not a number stays not a number. Packed little-endian float32 x, y, z, intensity is one fast pass.
void read_points(const PointView& view, Points& points);

}  // namespace hangil::lidar
