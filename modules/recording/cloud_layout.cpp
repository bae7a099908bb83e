// SPDX-License-Identifier: Apache-2.0
#include "recording/cloud_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

namespace hangil::recording {

namespace {

using messages::PointCloud2;
using messages::PointField;

std::size_t size_of(std::uint8_t datatype) {
  constexpr std::array<std::uint8_t, 9> kSizes = {0, 1, 1, 2, 2, 4, 4, 4, 8};
  return datatype < kSizes.size() ? kSizes[datatype] : 0;
}

template <class T>
double load_as(const std::uint8_t* bytes, bool is_bigendian) {
  std::array<std::uint8_t, sizeof(T)> raw;
  std::memcpy(raw.data(), bytes, sizeof(T));
  if (is_bigendian) std::reverse(raw.begin(), raw.end());
  T value;
  std::memcpy(&value, raw.data(), sizeof(T));
  return static_cast<double>(value);
}

double load(const std::uint8_t* bytes, std::uint8_t datatype, bool is_bigendian) {
  switch (datatype) {
    case PointField::kInt8:
      return load_as<std::int8_t>(bytes, is_bigendian);
    case PointField::kUint8:
      return load_as<std::uint8_t>(bytes, is_bigendian);
    case PointField::kInt16:
      return load_as<std::int16_t>(bytes, is_bigendian);
    case PointField::kUint16:
      return load_as<std::uint16_t>(bytes, is_bigendian);
    case PointField::kInt32:
      return load_as<std::int32_t>(bytes, is_bigendian);
    case PointField::kUint32:
      return load_as<std::uint32_t>(bytes, is_bigendian);
    case PointField::kFloat32:
      return load_as<float>(bytes, is_bigendian);
    default:
      return load_as<double>(bytes, is_bigendian);
  }
}

const PointField* find_field(const PointCloud2& cloud, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    for (const PointField& field : cloud.point_fields) {
      if (field.name == name && size_of(field.datatype) > 0) return &field;
    }
  }
  return nullptr;
}

// Which member becomes which.
struct Source {
  const PointField *x, *y, *z, *intensity, *ring, *time;
};

Source find_sources(const PointCloud2& cloud) {
  return {find_field(cloud, {"x"}),
          find_field(cloud, {"y"}),
          find_field(cloud, {"z"}),
          find_field(cloud, {"intensity", "reflectivity", "i"}),
          find_field(cloud, {"ring", "channel"}),
          find_field(cloud, {"time", "time_offset", "t", "offset_time", "timestamp"})};
}

base::Status check(const PointCloud2& cloud, const Source& source) {
  if (source.x == nullptr || source.y == nullptr || source.z == nullptr) {
    return base::Error{"the cloud has no fields x, y and z"};
  }
  for (const PointField* field : {source.x, source.y, source.z, source.intensity, source.ring, source.time}) {
    if (field != nullptr && std::uint64_t{field->offset} + size_of(field->datatype) > cloud.point_step) {
      return base::Error{"field '" + field->name + "' reaches beyond point_step " + std::to_string(cloud.point_step)};
    }
  }
  const std::uint64_t row_bytes = std::uint64_t{cloud.width} * cloud.point_step;
  if (cloud.height > 1 && cloud.row_step < row_bytes) {
    return base::Error{"row_step " + std::to_string(cloud.row_step) + " is less than " + std::to_string(cloud.width) +
                       " points of " + std::to_string(cloud.point_step) + " bytes"};
  }
  const bool is_empty = cloud.height == 0 || cloud.width == 0;
  const std::uint64_t needed = is_empty ? 0 : std::uint64_t{cloud.height - 1} * cloud.row_step + row_bytes;
  if (needed > cloud.data.size()) {
    return base::Error{std::to_string(cloud.height) + " x " + std::to_string(cloud.width) + " points need " +
                       std::to_string(needed) + " bytes, the cloud has " + std::to_string(cloud.data.size())};
  }
  return {};
}

// Seconds after the stamp of what drivers call by many names.
float time_after_stamp_s(const PointField& field, double value, base::Time stamp) {
  if (field.name == "t" || field.name == "offset_time") return static_cast<float>(value * 1e-9);
  if (field.name != "timestamp") return static_cast<float>(value);
  constexpr double kNanosecondsIfAbove = 1e14;  // seconds until the year 3 million
  if (value > kNanosecondsIfAbove) return static_cast<float>((value - static_cast<double>(stamp.ns)) * 1e-9);
  return static_cast<float>(value - stamp.to_s());
}

// Appends one point after the other.
class PointPacker {
 public:
  PointPacker(const PointCloud2& cloud, const Source& source, PointCloud2& out)
      : cloud_(cloud), source_(source), out_(out) {}

  void pack(const std::uint8_t* point) {
    const std::array<float, 4> values = {number(source_.x, point), number(source_.y, point), number(source_.z, point),
                                         source_.intensity != nullptr ? number(source_.intensity, point) : 0.0f};
    const bool is_finite = std::isfinite(values[0]) && std::isfinite(values[1]) && std::isfinite(values[2]);
    if (!is_finite) out_.is_dense = false;
    append(values.data(), sizeof values);
    if (source_.ring != nullptr) {
      const double ring = load(point + source_.ring->offset, source_.ring->datatype, cloud_.is_bigendian);
      const auto clamped = static_cast<std::uint16_t>(std::isfinite(ring) ? std::clamp(ring, 0.0, 65535.0) : 0.0);
      append(&clamped, sizeof clamped);
    }
    if (source_.time != nullptr) {
      const double value = load(point + source_.time->offset, source_.time->datatype, cloud_.is_bigendian);
      const float time_s = time_after_stamp_s(*source_.time, value, cloud_.header.stamp);
      append(&time_s, sizeof time_s);
    }
  }

 private:
  float number(const PointField* field, const std::uint8_t* point) const {
    return static_cast<float>(load(point + field->offset, field->datatype, cloud_.is_bigendian));
  }
  void append(const void* value, std::size_t size) {
    const auto* bytes = static_cast<const std::uint8_t*>(value);
    out_.data.insert(out_.data.end(), bytes, bytes + size);
  }

  const PointCloud2& cloud_;
  const Source& source_;
  PointCloud2& out_;
};

PointCloud2 empty_like(const PointCloud2& cloud, const Source& source) {
  PointCloud2 out;
  out.header = cloud.header;
  out.height = cloud.height;
  out.width = cloud.width;
  out.point_fields = {{"x", 0, PointField::kFloat32, 1},
                      {"y", 4, PointField::kFloat32, 1},
                      {"z", 8, PointField::kFloat32, 1},
                      {"intensity", 12, PointField::kFloat32, 1}};
  out.point_step = 16;
  const auto add = [&](const char* name, std::uint8_t datatype) {
    out.point_fields.push_back({name, out.point_step, datatype, 1});
    out.point_step += static_cast<std::uint32_t>(size_of(datatype));
  };
  if (source.ring != nullptr) add("ring", PointField::kUint16);
  if (source.time != nullptr) add("time", PointField::kFloat32);
  out.row_step = out.width * out.point_step;
  return out;
}

}  // namespace

base::Result<PointCloud2> normalize_cloud(const PointCloud2& cloud) {
  const Source source = find_sources(cloud);
  if (auto status = check(cloud, source); !status) return status.error();
  PointCloud2 out = empty_like(cloud, source);
  out.data.reserve(std::size_t{out.height} * out.width * out.point_step);
  if (cloud.width == 0) return out;  // rows without points may have a length, and no data
  PointPacker packer(cloud, source, out);
  for (std::size_t row = 0; row < cloud.height; ++row) {
    const std::uint8_t* point = cloud.data.data() + row * cloud.row_step;
    for (std::size_t i = 0; i < cloud.width; ++i, point += cloud.point_step) packer.pack(point);
  }
  return out;
}

}  // namespace hangil::recording
