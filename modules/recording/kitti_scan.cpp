// SPDX-License-Identifier: Apache-2.0
#include "recording/kitti_scan.hpp"

#include <cmath>
#include <cstring>

#include "recording/file_source.hpp"

namespace hangil::recording {

namespace {

constexpr std::size_t kPointBytes = 16;

// A box turned so that a point in LiDAR coordinates needs one transform and three comparisons.
struct InverseBox {
  Eigen::Matrix3f R_box_lidar;
  Eigen::Vector3f t_box_lidar, half_size_m;

  bool contains(const Eigen::Vector3f& p_lidar) const {
    const Eigen::Vector3f p_box = R_box_lidar * p_lidar + t_box_lidar;
    return (p_box.cwiseAbs().array() <= half_size_m.array()).all();
  }
};

InverseBox invert(const messages::Box3& box, const Eigen::Isometry3d& T_ego_lidar) {
  const Eigen::Isometry3d T_ego_box =
      Eigen::Translation3d(box.x_m, box.y_m, box.z_m) * Eigen::AngleAxisd(box.yaw_rad, Eigen::Vector3d::UnitZ());
  const Eigen::Isometry3d T_box_lidar = T_ego_box.inverse() * T_ego_lidar;
  const Eigen::Vector3d half_size_m = Eigen::Vector3d(box.length_m, box.width_m, box.height_m) / 2;
  return {T_box_lidar.linear().cast<float>(), T_box_lidar.translation().cast<float>(), half_size_m.cast<float>()};
}

Eigen::Vector3f point_at(const messages::PointCloud2& scan, std::size_t index) {
  Eigen::Vector3f point;
  std::memcpy(point.data(), scan.data.data() + index * kPointBytes, 3 * sizeof(float));
  return point;
}

}  // namespace

KittiScan make_kitti_scan(base::Bytes bytes, base::Time stamp) {
  using messages::PointField;
  KittiScan scan;
  const std::size_t point_count = bytes.size() / kPointBytes;
  scan.leftover_byte_count = bytes.size() % kPointBytes;
  bytes.resize(point_count * kPointBytes);
  messages::PointCloud2& cloud = scan.cloud;
  cloud.header = {stamp, "lidar_top"};
  cloud.height = 1;
  cloud.width = static_cast<std::uint32_t>(point_count);
  cloud.point_fields = {{"x", 0, PointField::kFloat32, 1},
                        {"y", 4, PointField::kFloat32, 1},
                        {"z", 8, PointField::kFloat32, 1},
                        {"intensity", 12, PointField::kFloat32, 1}};
  cloud.point_step = kPointBytes;
  cloud.row_step = static_cast<std::uint32_t>(bytes.size());
  cloud.data = std::move(bytes);
  for (std::size_t i = 0; i < point_count; ++i) scan.broken_point_count += point_at(cloud, i).allFinite() ? 0 : 1;
  cloud.is_dense = scan.broken_point_count == 0;
  return scan;
}

base::Result<KittiScan> load_kitti_scan(const std::string& path, base::Time stamp) {
  constexpr std::uint64_t kMostBytes = 256 << 20;
  const auto source = FileSource::open(path);
  if (!source) return source.error();
  if (source->size() > kMostBytes) return base::Error{path + ": over 256 MiB is no scan"};
  base::Bytes bytes(source->size());
  if (auto status = source->read(0, bytes.size(), bytes.data()); !status) return status.error();
  return make_kitti_scan(std::move(bytes), stamp);
}

void count_points(const messages::PointCloud2& scan, const Eigen::Isometry3d& T_ego_lidar,
                  messages::TruthObjects& truth) {
  for (messages::TruthObject& object : truth.objects) {
    const InverseBox box = invert(object.box, T_ego_lidar);
    object.point_count = 0;
    for (std::size_t i = 0; i < scan.width; ++i) object.point_count += box.contains(point_at(scan, i)) ? 1 : 0;
  }
}

}  // namespace hangil::recording
