// SPDX-License-Identifier: Apache-2.0
#include "recording/kitti_calibration.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "recording/text_lines.hpp"
#include "recording/transforms.hpp"

namespace hangil::recording {

namespace {

constexpr double kLidarHeight_m = 1.73;
// Where the IMU sits in the LiDAR's frame in every drive of the data set, to the centimetre.
const Eigen::Vector3d kNominalImu_m(-0.81, 0.32, -0.80);

struct Row {
  int line = 0;
  std::vector<std::string_view> values;
};
using Rows = std::map<std::string, Row, std::less<>>;

base::Error error_at(const std::string& file, int line, const std::string& what) {
  return {file + ":" + std::to_string(line) + ": " + what};
}

base::Result<Rows> collect_rows(std::string_view text, const std::string& file) {
  Rows rows;
  for (TextLine& line : split_lines(text)) {
    std::string key(line.words[0]);
    if (key.ends_with(':')) key.pop_back();
    line.words.erase(line.words.begin());
    const bool is_new = rows.emplace(key, Row{line.number, std::move(line.words)}).second;
    if (!is_new) return error_at(file, line.number, "'" + key + "' stands here a second time");
  }
  return rows;
}

const Row* find_row(const Rows& rows, std::initializer_list<std::string_view> spellings) {
  for (const std::string_view spelling : spellings) {
    if (const auto row = rows.find(spelling); row != rows.end()) return &row->second;
  }
  return nullptr;
}

template <int Rows_, int Columns>
base::Result<Eigen::Matrix<double, Rows_, Columns>> to_matrix(const Row& row, const std::string& file) {
  if (row.values.size() != std::size_t{Rows_ * Columns}) {
    return error_at(
        file, row.line,
        "has " + std::to_string(row.values.size()) + " numbers, expected " + std::to_string(Rows_ * Columns));
  }
  Eigen::Matrix<double, Rows_, Columns> matrix;
  for (int i = 0; i < Rows_ * Columns; ++i) {
    const std::string_view word = row.values[static_cast<std::size_t>(i)];
    const auto number = to_number(word);
    constexpr double kMost = 1e6;  // no focal length in pixels or distance in metres is more
    if (!number) return error_at(file, row.line, "'" + std::string(word) + "' is not a number");
    if (std::abs(*number) > kMost) return error_at(file, row.line, "'" + std::string(word) + "' is out of range");
    matrix(i / Columns, i % Columns) = *number;
  }
  return matrix;
}

// The files give five to seven digits, so a rotation is one to about 1e-5; the nearest exact one is taken.
base::Result<Eigen::Matrix3d> to_rotation(const Eigen::Matrix3d& matrix, const Row& row, const std::string& file) {
  constexpr double kTolerance = 1e-2;
  const double defect = (matrix * matrix.transpose() - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff();
  if (defect > kTolerance || matrix.determinant() < 0) {
    return error_at(file, row.line, "is not a rotation (R * R^T differs from 1 by " + std::to_string(defect) + ")");
  }
  return Eigen::Matrix3d(Eigen::Quaterniond(matrix).normalized().toRotationMatrix());
}

base::Result<Eigen::Isometry3d> to_transform(const Row& row, const std::string& file) {
  const auto matrix = to_matrix<3, 4>(row, file);
  if (!matrix) return matrix.error();
  const auto rotation = to_rotation(matrix->leftCols<3>(), row, file);
  if (!rotation) return rotation.error();
  Eigen::Isometry3d transform = Eigen::Isometry3d::Identity();
  transform.linear() = *rotation;
  transform.translation() = matrix->col(3);
  return transform;
}

base::Status check_projection(const Eigen::Matrix<double, 3, 4>& P, const Row& row, const std::string& file) {
  const bool is_pinhole = P(0, 0) >= 1 && P(1, 1) >= 1 && P(1, 0) == 0 && P(2, 0) == 0 && P(2, 1) == 0 && P(2, 2) == 1;
  if (is_pinhole) return {};
  return error_at(file, row.line, "is not a projection of a pinhole camera (f s cx tx; 0 f cy ty; 0 0 1 tz)");
}

Eigen::Isometry3d T_velo_imu_or_nominal(const KittiCalibration& calibration) {
  return calibration.T_velo_imu.value_or(Eigen::Isometry3d(Eigen::Translation3d(kNominalImu_m)));
}

}  // namespace

base::Result<KittiCalibration> parse_kitti_calibration(std::string_view text, const std::string& file) {
  const auto rows = collect_rows(text, file);
  if (!rows) return rows.error();
  const Row* p2 = find_row(*rows, {"P2"});
  const Row* r_rect = find_row(*rows, {"R_rect", "R0_rect"});
  const Row* velo = find_row(*rows, {"Tr_velo_cam", "Tr_velo_to_cam"});
  const Row* imu = find_row(*rows, {"Tr_imu_velo", "Tr_imu_to_velo"});
  if (p2 == nullptr) return base::Error{file + ": no line 'P2'"};
  if (r_rect == nullptr) return base::Error{file + ": no line 'R_rect' or 'R0_rect'"};
  if (velo == nullptr) return base::Error{file + ": no line 'Tr_velo_cam' or 'Tr_velo_to_cam'"};
  const auto P2 = to_matrix<3, 4>(*p2, file);
  if (!P2) return P2.error();
  if (auto status = check_projection(*P2, *p2, file); !status) return status.error();
  const auto R = to_matrix<3, 3>(*r_rect, file);
  if (!R) return R.error();
  const auto R_rect = to_rotation(*R, *r_rect, file);
  if (!R_rect) return R_rect.error();
  const auto T_cam_velo = to_transform(*velo, file);
  if (!T_cam_velo) return T_cam_velo.error();
  KittiCalibration calibration{*P2, *R_rect, *T_cam_velo, std::nullopt};
  if (imu == nullptr) return calibration;
  const auto T_velo_imu = to_transform(*imu, file);
  if (!T_velo_imu) return T_velo_imu.error();
  calibration.T_velo_imu = *T_velo_imu;
  return calibration;
}

base::Result<KittiCalibration> load_kitti_calibration(const std::string& path) {
  const auto text = read_text(path);
  if (!text) return text.error();
  return parse_kitti_calibration(*text, path);
}

Eigen::Isometry3d T_ego_lidar(const KittiCalibration& calibration) {
  Eigen::Isometry3d T_ego_lidar = T_velo_imu_or_nominal(calibration).inverse();
  T_ego_lidar.translation().z() = kLidarHeight_m;
  return T_ego_lidar;
}

Eigen::Isometry3d T_ego_imu(const KittiCalibration& calibration) {
  return T_ego_lidar(calibration) * T_velo_imu_or_nominal(calibration);
}

Eigen::Isometry3d T_ego_label(const KittiCalibration& calibration) {
  const Eigen::Isometry3d T_rect_cam(calibration.R_rect);
  return T_ego_lidar(calibration) * (T_rect_cam * calibration.T_cam_velo).inverse();
}

Eigen::Isometry3d T_camera_ego(const KittiCalibration& calibration) {
  const Eigen::Matrix3d K = calibration.P2.leftCols<3>();
  const Eigen::Translation3d T_camera_label(K.inverse() * calibration.P2.col(3));
  return T_camera_label * T_ego_label(calibration).inverse();
}

messages::TFMessage kitti_static_transforms(const KittiCalibration& calibration, base::Time stamp) {
  messages::TFMessage message;
  message.transforms.push_back(transform_message(T_ego_lidar(calibration), stamp, "ego", "lidar_top"));
  message.transforms.push_back(transform_message(T_camera_ego(calibration).inverse(), stamp, "ego", "camera_front"));
  message.transforms.push_back(transform_message(T_ego_imu(calibration), stamp, "ego", "imu"));
  return message;
}

messages::CameraInfo kitti_camera_info(const KittiCalibration& calibration, base::Time stamp, std::uint32_t width_px,
                                       std::uint32_t height_px) {
  messages::CameraInfo info;
  info.header = {stamp, "camera_front"};
  info.width = width_px;
  info.height = height_px;
  info.distortion_model = "plumb_bob";
  info.d.assign(5, 0.0);
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      const auto r = static_cast<std::size_t>(row), c = static_cast<std::size_t>(column);
      info.k[3 * r + c] = info.p[4 * r + c] = calibration.P2(row, column);
      info.r[3 * r + c] = row == column ? 1 : 0;
    }
  }
  return info;
}

}  // namespace hangil::recording
