// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include <zlib.h>

#include "lidar/made_scan.hpp"

// Range images with a class a point: 'RIM1', rows and columns as uint16, then zlib of byte planes x low, x high, y low,
// y high, z low, z high (int16, 5 mm), intensity * 100, class.
namespace hangil::lidar::tests {

struct LabelledScan {
  messages::PointCloud2 cloud;
  std::vector<int> classes;  // of each point; 0: nobody knows
};

inline LabelledScan read_labelled_scan(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<unsigned char> bytes(std::istreambuf_iterator<char>(file), {});
  LabelledScan scan;
  if (bytes.size() < 8) return scan;
  const std::size_t count = std::size_t{bytes[4]} * 1 + std::size_t{bytes[5]} * 256;
  const std::size_t pixels = count * (std::size_t{bytes[6]} + std::size_t{bytes[7]} * 256);
  std::vector<unsigned char> planes(8 * pixels);
  uLongf size = planes.size();
  if (uncompress(planes.data(), &size, bytes.data() + 8, bytes.size() - 8) != Z_OK) return scan;
  std::vector<float> values;
  for (std::size_t i = 0; i < pixels; ++i) {
    const auto metres = [&](std::size_t plane) {
      return static_cast<float>(
                 static_cast<std::int16_t>(planes[plane * pixels + i] | planes[(plane + 1) * pixels + i] << 8)) *
             0.005f;
    };
    if (metres(0) == 0 && metres(2) == 0) continue;
    values.insert(values.end(), {metres(0), metres(2), metres(4), static_cast<float>(planes[6 * pixels + i]) / 100});
    scan.classes.push_back(planes[7 * pixels + i]);
  }
  scan.cloud = packed_cloud(values);
  return scan;
}

// Road, parking, sidewalk, other ground, terrain.
inline bool is_ground_class(int label) { return (label >= 9 && label <= 12) || label == 17; }

}  // namespace hangil::lidar::tests
