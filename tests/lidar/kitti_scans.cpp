// SPDX-License-Identifier: Apache-2.0
#include "lidar/kitti_scans.hpp"

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace hangil::lidar::tests {

namespace {

std::map<std::string, std::vector<double>> read_matrices(const std::string& path) {
  std::map<std::string, std::vector<double>> matrices;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    if (!name.empty() && name.back() == ':') name.pop_back();
    for (double value; words >> value;) matrices[name].push_back(value);
  }
  return matrices;
}

const std::vector<double>& either(const std::map<std::string, std::vector<double>>& matrices, const char* a,
                                  const char* b) {
  return matrices.contains(a) ? matrices.at(a) : matrices.at(b);
}

Eigen::Isometry3d to_isometry(const std::vector<double>& matrix) {
  Eigen::Isometry3d isometry = Eigen::Isometry3d::Identity();
  isometry.affine() = Eigen::Map<const Eigen::Matrix<double, 3, 4, Eigen::RowMajor>>(matrix.data());
  return isometry;
}

SensorPose to_sensor_pose(const Eigen::Isometry3d& T_ego_lidar) {
  SensorPose pose;
  Eigen::Map<Eigen::Matrix<float, 3, 3, Eigen::RowMajor>>(pose.rotation.data()) = T_ego_lidar.linear().cast<float>();
  Eigen::Map<Eigen::Vector3f>(pose.translation_m.data()) = T_ego_lidar.translation().cast<float>();
  return pose;
}

// The words after frame and id: type truncated occluded alpha, image box, h w l, x y z, rotation about y.
KittiLabel parse_label(std::istringstream& words, const KittiCalibration& calibration) {
  KittiLabel label;
  double skipped, h, w, l, x, y, z, rotation;
  words >> label.type >> skipped >> skipped >> skipped;
  for (double& edge : label.image_box_px) words >> edge;
  words >> h >> w >> l >> x >> y >> z >> rotation;
  const Eigen::Isometry3d T_ego_rectified = calibration.T_rectified_ego.inverse();
  const Eigen::Vector3d centre = T_ego_rectified * Eigen::Vector3d(x, y - h / 2, z);
  const Eigen::Vector3d heading =
      T_ego_rectified.linear() * Eigen::Vector3d(std::cos(rotation), 0, -std::sin(rotation));
  label.box = {centre.x(), centre.y(), centre.z(), std::atan2(heading.y(), heading.x()), l, w, h};
  return label;
}

}  // namespace

messages::PointCloud2 read_kitti_bin(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  messages::PointCloud2 cloud;
  cloud.header.frame_id = "lidar_top";
  cloud.data.assign(std::istreambuf_iterator<char>(file), {});
  cloud.height = 1;
  cloud.width = static_cast<std::uint32_t>(cloud.data.size() / 16);
  cloud.point_step = 16;
  cloud.row_step = 16 * cloud.width;
  for (const char* name : {"x", "y", "z", "intensity"}) {
    cloud.point_fields.push_back({name, static_cast<std::uint32_t>(4 * cloud.point_fields.size())});
  }
  return cloud;
}

KittiCalibration read_kitti_calibration(const std::string& path) {
  const auto matrices = read_matrices(path);
  KittiCalibration calibration;
  calibration.image_of_rectified =
      Eigen::Map<const Eigen::Matrix<double, 3, 4, Eigen::RowMajor>>(matrices.at("P2").data());
  const Eigen::Isometry3d T_camera_lidar = to_isometry(either(matrices, "Tr_velo_to_cam", "Tr_velo_cam"));
  Eigen::Isometry3d T_rectified_camera = Eigen::Isometry3d::Identity();
  T_rectified_camera.linear() =
      Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(either(matrices, "R0_rect", "R_rect").data());
  Eigen::Isometry3d T_ego_lidar = to_isometry(either(matrices, "Tr_imu_to_velo", "Tr_imu_velo")).inverse();
  T_ego_lidar.translation().z() = 1.73;
  calibration.T_rectified_ego = T_rectified_camera * T_camera_lidar * T_ego_lidar.inverse();
  calibration.T_ego_lidar = to_sensor_pose(T_ego_lidar);
  return calibration;
}

std::vector<KittiFrame> read_kitti_tracking(const std::string& training_dir, const std::string& sequence) {
  const KittiCalibration calibration = read_kitti_calibration(training_dir + "/calib/" + sequence + ".txt");
  std::vector<KittiFrame> frames;
  for (int i = 0;; ++i) {
    char name[16];
    std::snprintf(name, sizeof name, "/%06d.bin", i);
    const std::string path = training_dir + "/velodyne/" + sequence + name;
    if (!std::filesystem::exists(path)) break;
    frames.push_back({read_kitti_bin(path), {}});
  }
  std::ifstream labels(training_dir + "/label_02/" + sequence + ".txt");
  for (std::string line; std::getline(labels, line);) {
    std::istringstream words(line);
    std::size_t frame = 0;
    int id = -1;
    words >> frame >> id;
    if (frame >= frames.size()) continue;
    frames[frame].labels.push_back(parse_label(words, calibration));
    frames[frame].labels.back().id = id;
  }
  return frames;
}

}  // namespace hangil::lidar::tests
