// SPDX-License-Identifier: Apache-2.0
#include "lidar/point_view.hpp"

#include <bit>
#include <cstring>
#include <limits>
#include <string>

#include "base/hot.hpp"

namespace hangil::lidar {

namespace {

using messages::PointField;

std::size_t datatype_bytes(std::uint8_t datatype) {
  constexpr std::size_t kBytes[] = {0, 1, 1, 2, 2, 4, 4, 4, 8};
  return datatype < std::size(kBytes) ? kBytes[datatype] : 0;
}

base::Error lie(const std::string& what) { return {"PointCloud2: " + what + "; the sender's layout is wrong"}; }

base::Result<MemberView> find_member(const messages::PointCloud2& cloud, std::string_view name) {
  for (const PointField& field : cloud.point_fields) {
    if (field.name != name) continue;
    const std::size_t bytes = datatype_bytes(field.datatype);
    const std::string member = "member '" + field.name + "'";
    if (bytes == 0) return lie(member + " has datatype " + std::to_string(field.datatype) + ", known are 1 to 8");
    if (field.count > 1) return lie(member + " has count " + std::to_string(field.count) + ", expected 1");
    if (field.offset > cloud.point_step || cloud.point_step - field.offset < bytes) {
      return lie(member + " of " + std::to_string(bytes) + " bytes at offset " + std::to_string(field.offset) +
                 " does not fit point_step " + std::to_string(cloud.point_step));
    }
    return MemberView{field.offset, field.datatype};
  }
  return MemberView{};
}

// width, height, point_step and row_step against the size of the data, without overflow.
base::Status check_sizes(const messages::PointCloud2& cloud) {
  const std::uint64_t size = cloud.data.size();
  if (cloud.width == 0 || cloud.height == 0) return {};
  if (cloud.point_step == 0) return lie("point_step is 0");
  const std::uint64_t row_bytes = std::uint64_t{cloud.width} * cloud.point_step;
  if (cloud.height > 1 && cloud.row_step < row_bytes) {
    return lie("row_step " + std::to_string(cloud.row_step) + " is less than width " + std::to_string(cloud.width) +
               " times point_step " + std::to_string(cloud.point_step));
  }
  const std::uint64_t needed = std::uint64_t{cloud.height - 1} * cloud.row_step;  // below 2^64
  if (needed > size || row_bytes > size - needed) {
    return lie("data has " + std::to_string(size) + " bytes, too few for " + std::to_string(cloud.height) +
               " rows of " + std::to_string(row_bytes) + " bytes");
  }
  return {};
}

template <class T>
T load(const std::uint8_t* bytes, bool is_bigendian) {
  std::uint8_t ordered[sizeof(T)];
  for (std::size_t i = 0; i < sizeof(T); ++i) ordered[i] = bytes[is_bigendian ? sizeof(T) - 1 - i : i];
  T value;
  std::memcpy(&value, ordered, sizeof(T));
  return value;
}

float load_any(const std::uint8_t* bytes, std::uint8_t datatype, bool is_bigendian) {
  switch (datatype) {
    case PointField::kInt8:
      return static_cast<float>(load<std::int8_t>(bytes, is_bigendian));
    case PointField::kUint8:
      return static_cast<float>(load<std::uint8_t>(bytes, is_bigendian));
    case PointField::kInt16:
      return static_cast<float>(load<std::int16_t>(bytes, is_bigendian));
    case PointField::kUint16:
      return static_cast<float>(load<std::uint16_t>(bytes, is_bigendian));
    case PointField::kInt32:
      return static_cast<float>(load<std::int32_t>(bytes, is_bigendian));
    case PointField::kUint32:
      return static_cast<float>(load<std::uint32_t>(bytes, is_bigendian));
    case PointField::kFloat32:
      return load<float>(bytes, is_bigendian);
    case PointField::kFloat64: {
      // Out of float's range would be undefined; such a coordinate is as bad as infinity.
      const double value = load<double>(bytes, is_bigendian);
      constexpr double kMost = std::numeric_limits<float>::max();
      return value > kMost || value < -kMost ? std::numeric_limits<float>::infinity() : static_cast<float>(value);
    }
    default:
      return 0;
  }
}

bool is_float_at(const MemberView& member, std::uint32_t offset) {
  return member.datatype == PointField::kFloat32 && member.offset == offset;
}

bool is_packed_xyzi(const PointView& view) {
  return std::endian::native == std::endian::little && !view.is_bigendian && view.point_step == 16 &&
         (view.row_count <= 1 || view.row_step == 16 * view.column_count) && is_float_at(view.x, 0) &&
         is_float_at(view.y, 4) && is_float_at(view.z, 8) && is_float_at(view.intensity, 12);
}

HANGIL_HOT void read_packed(const std::uint8_t* __restrict bytes, std::size_t count, float* __restrict x,
                            float* __restrict y, float* __restrict z, float* __restrict intensity) {
  for (std::size_t i = 0; i < count; ++i) {
    std::memcpy(&x[i], bytes + 16 * i, 4);
    std::memcpy(&y[i], bytes + 16 * i + 4, 4);
    std::memcpy(&z[i], bytes + 16 * i + 8, 4);
    std::memcpy(&intensity[i], bytes + 16 * i + 12, 4);
  }
}

void read_member(const PointView& view, const MemberView& member, float* values) {
  for (std::size_t row = 0; row < view.row_count; ++row) {
    const std::uint8_t* bytes = view.data.data() + row * view.row_step + member.offset;
    for (std::size_t column = 0; column < view.column_count; ++column, bytes += view.point_step) {
      *values++ = load_any(bytes, member.datatype, view.is_bigendian);
    }
  }
}

}  // namespace

base::Result<PointView> view_points(const messages::PointCloud2& cloud) {
  PointView view{cloud.data, cloud.height, cloud.width, cloud.point_step, cloud.row_step, cloud.is_bigendian};
  if (const auto status = check_sizes(cloud); !status) return status.error();
  const auto find = [&cloud](std::string_view name, MemberView& member, bool is_required) -> base::Status {
    const auto found = find_member(cloud, name);
    if (!found) return found.error();
    member = *found;
    if (is_required && member.datatype == 0) return lie("no member '" + std::string(name) + "'");
    return {};
  };
  if (cloud.width == 0 || cloud.height == 0) view.row_count = view.column_count = 0;
  for (const auto& status : {find("x", view.x, true), find("y", view.y, true), find("z", view.z, true),
                             find("intensity", view.intensity, false)}) {
    if (!status) return status.error();
  }
  return view;
}

void read_points(const PointView& view, Points& points) {
  points.set_count(view.count());
  if (is_packed_xyzi(view)) {
    read_packed(view.data.data(), points.count, points.x_m.data(), points.y_m.data(), points.z_m.data(),
                points.intensity.data());
    return;
  }
  read_member(view, view.x, points.x_m.data());
  read_member(view, view.y, points.y_m.data());
  read_member(view, view.z, points.z_m.data());
  read_member(view, view.intensity, points.intensity.data());
}

}  // namespace hangil::lidar
