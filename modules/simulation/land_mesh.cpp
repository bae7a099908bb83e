// SPDX-License-Identifier: Apache-2.0
#include "simulation/land_mesh.hpp"

#include <cmath>

#include "simulation/road_ground.hpp"

namespace hangil::simulation {

namespace {

using Eigen::Vector3d;

constexpr int kCells = 8;  // of a patch, each way
constexpr double kCellM = 4, kPatchSideM = kCells * kCellM, kBelowM = 0.12, kFlatM = 0.01;

// Heights at the corners of a patch's cells.
class Square {
 public:
  Square(RoadLand& land, double x_m, double y_m) : x_m_(x_m), y_m_(y_m) {
    for (int row = 0; row <= kCells; ++row) {
      for (int column = 0; column <= kCells; ++column) {
        z_m_[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] =
            double{land.at(x_m + column * kCellM, y_m + row * kCellM).hill_m} - kBelowM;
      }
    }
  }

  GroundFace cells(int column, int row, int size) const {
    return {{at(column, row), at(column + size, row), at(column + size, row + size), at(column, row + size)},
            kGrass.colour};
  }

  // All of it is one plane.
  bool is_flat() const {
    const double z = z_m_[0][0], along = (z_m_[0][kCells] - z) / kCells, across = (z_m_[kCells][0] - z) / kCells;
    for (int row = 0; row <= kCells; ++row) {
      for (int column = 0; column <= kCells; ++column) {
        if (std::abs(at(column, row).z() - (z + column * along + row * across)) > kFlatM) return false;
      }
    }
    return true;
  }

 private:
  Vector3d at(int column, int row) const {
    return {x_m_ + column * kCellM, y_m_ + row * kCellM,
            z_m_[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)]};
  }

  double x_m_, y_m_;
  std::array<std::array<double, kCells + 1>, kCells + 1> z_m_{};
};

// Two faces, since four corners of a cell need not lie in one plane: the last corner comes twice.
void add_halves(const GroundFace& cell, std::vector<GroundFace>& faces) {
  const auto& c = cell.corners;
  faces.push_back({{c[0], c[1], c[2], c[2]}, cell.colour});
  faces.push_back({{c[0], c[2], c[3], c[3]}, cell.colour});
}

GroundPatch patch_at(RoadLand& land, double x_m, double y_m) {
  const Square square(land, x_m, y_m);
  if (square.is_flat()) return patch_of({square.cells(0, 0, kCells)});
  std::vector<GroundFace> faces;
  for (int i = 0; i < kCells * kCells; ++i) add_halves(square.cells(i % kCells, i / kCells, 1), faces);
  return patch_of(std::move(faces));
}

}  // namespace

std::vector<GroundPatch> land_mesh(const map::Map& map, math::Point2 middle, double z_m, double half_m) {
  RoadLand land(map, z_m, 3 * half_m);
  const double x_m = std::floor((middle.x_m - half_m) / kPatchSideM) * kPatchSideM;
  const double y_m = std::floor((middle.y_m - half_m) / kPatchSideM) * kPatchSideM;
  const int count = static_cast<int>(std::ceil(2 * half_m / kPatchSideM)) + 1;
  std::vector<GroundPatch> patches;
  for (int i = 0; i < count * count; ++i) {
    patches.push_back(patch_at(land, x_m + i % count * kPatchSideM, y_m + i / count * kPatchSideM));
  }
  return patches;
}

}  // namespace hangil::simulation
