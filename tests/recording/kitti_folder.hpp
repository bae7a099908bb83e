// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstring>

#include "recording/drive_files.hpp"
#include "recording/import.hpp"

namespace hangil::tests {

// A camera with f = 700 px, looking along the LiDAR's x; the IMU 0.8 m behind the LiDAR, 0.3 m left and 0.9 m below it.
inline const char* const kKittiCalibration =
    "P0: 700 0 600 0 0 700 180 0 0 0 1 0\n"
    "P2: 700 0 600 42 0 700 180 0.7 0 0 1 0.003\n"
    "R_rect 1 0 0 0 1 0 0 0 1\n"
    "Tr_velo_cam 0 -1 0 0 0 0 -1 -0.08 1 0 0 -0.27\n"
    "Tr_imu_velo 1 0 0 -0.8 0 1 0 0.3 0 0 1 -0.9\n";

inline base::Bytes scan_bytes(const std::vector<std::array<float, 4>>& points) {
  base::Bytes bytes(points.size() * 16);
  if (!points.empty()) std::memcpy(bytes.data(), points.data(), bytes.size());
  return bytes;
}

// The first bytes of a PNG file of 640 x 200, which is all that an importer looks at.
inline base::Bytes png_bytes() {
  return {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0x02, 0x80, 0, 0, 0, 200};
}

// A KITTI tracking folder with one sequence, "0003", of `frame_count` frames: the vehicle drives 1 m east a frame, a
// car (id 4) stands still 10 m ahead of the first pose and has 3 points, a cyclist has none.
class KittiFolder {
 public:
  explicit KittiFolder(std::string root, int frame_count = 5) : root_(std::move(root)) {
    write_text(root_ + "/calib/0003.txt", kKittiCalibration);
    std::string labels, oxts;
    for (int frame = 0; frame < frame_count; ++frame) {
      const float ahead = 10.0f - static_cast<float>(frame) - 0.8f;  // of the LiDAR
      write_file(
          scan(frame),
          scan_bytes({{ahead, 0, -1, 0.5f}, {ahead + 1, 0.5f, -1, 0.5f}, {ahead, 0, -1.2f, 0.1f}, {30, 5, 0, 0.9f}}));
      write_file(image(frame), png_bytes());
      labels += label_line(frame, ahead);
      oxts += oxts_line(frame);
    }
    write_text(labels_path(), labels);
    write_text(oxts_path(), oxts);
  }

  std::string scan(int frame) const { return root_ + "/velodyne/0003/" + name(frame) + ".bin"; }
  std::string image(int frame) const { return root_ + "/image_02/0003/" + name(frame) + ".png"; }
  std::string labels_path() const { return root_ + "/label_02/0003.txt"; }
  std::string oxts_path() const { return root_ + "/oxts/0003.txt"; }
  std::string calib_path() const { return root_ + "/calib/0003.txt"; }
  const std::string& root() const { return root_; }

 private:
  static std::string name(int frame) {
    char text[16];
    std::snprintf(text, sizeof text, "%06d", frame);
    return text;
  }

  static std::string label_line(int frame, float ahead) {
    const std::string f = std::to_string(frame);
    // The camera is 0.27 m ahead of the LiDAR; the car's bottom is on the ground, 1.73 - 0.08 m below the camera.
    return f + " 4 Car 0 1 0 100 100 200 150 1.5 1.8 4.0 0 1.65 " + std::to_string(ahead - 0.27f) + " -1.5707963\n" +
           f + " 5 Cyclist 1 2 0 300 100 320 150 1.7 0.6 1.8 4 1.65 20 0\n" + f +
           " -1 DontCare -1 -1 -10 500 100 550 130 -1000 -1000 -1000 -10 -1 -1 -1\n";
  }

  // 1e-5 degrees of longitude at the equator are 1.1132 m.
  static std::string oxts_line(int frame) {
    char longitude[32];
    std::snprintf(longitude, sizeof longitude, "%.12f", 8 + frame / 111319.4908);
    return "0 " + std::string(longitude) +
           " 100 0 0 0 0 10 9.66 0.1 0 0.2 0.3 9.8 0.2 0.3 9.8 0.01 0.02 0.03 0.01 0.02 0.03 0.05 0.07 4 10 4 4 0\n";
  }

  std::string root_;
};

// An import whose warnings are kept.
struct HeardImport {
  std::vector<std::string> warnings;
  recording::ImportListener listener() {
    recording::ImportListener listener;
    listener.warning = [this](const std::string& text) { warnings.push_back(text); };
    return listener;
  }
  bool heard(std::string_view part) const {
    return std::any_of(warnings.begin(), warnings.end(),
                       [&](const std::string& text) { return text.find(part) != std::string::npos; });
  }
};

}  // namespace hangil::tests
