// SPDX-License-Identifier: Apache-2.0
#include "fusion/frustum.hpp"

#include <algorithm>
#include <cmath>

#include "fusion/extent.hpp"

namespace hangil::fusion {

namespace {

using messages::ObjectClass;

constexpr int kLeastPoints = 4;
constexpr double kMiddle_ratio = 0.7;  // of a box's width and height: its rim shows what is behind
constexpr double kRival_ratio = 0.5;   // a nearer depth wins with that part of the most points
constexpr double kLeastHeight_ratio = 0.55, kMostHeight_ratio = 1.5;  // of what the class usually has
constexpr double kCutEdge_px = 3;

std::optional<Extent> usual_size(ObjectClass object_class) {
  switch (object_class) {
    case ObjectClass::kPedestrian:
      return Extent{0.6, 0.6, 1.75};
    case ObjectClass::kCyclist:
      return Extent{1.8, 0.6, 1.75};
    case ObjectClass::kMotorcycle:
      return Extent{2.1, 0.8, 1.6};
    case ObjectClass::kCar:
      return Extent{4.2, 1.8, 1.5};
    case ObjectClass::kVan:
      return Extent{5.0, 1.9, 2.1};
    case ObjectClass::kTruck:
      return Extent{8.0, 2.5, 3.2};
    case ObjectClass::kBus:
      return Extent{11.0, 2.5, 3.2};
    default:
      return std::nullopt;
  }
}

std::vector<float> depths_inside(const math::PixelBox& box, const ProjectedPoints& projected) {
  const double half_width = box.width_px() * kMiddle_ratio / 2, half_height = box.height_px() * kMiddle_ratio / 2;
  const double x = (box.left_px + box.right_px) / 2, y = (box.top_px + box.bottom_px) / 2;
  std::vector<float> depths;
  for (std::size_t i = 0; i < projected.x_px.size(); ++i) {
    if (std::abs(projected.x_px[i] - x) < half_width && std::abs(projected.y_px[i] - y) < half_height) {
      depths.push_back(projected.depth_m[i]);
    }
  }
  std::sort(depths.begin(), depths.end());
  return depths;
}

// Depths that lie within one body's depth of each other.
struct Group {
  double near_m = 0;
  int count = 0;
};

// The group from each depth on, ends found with one pass.
std::vector<Group> groups_of(const std::vector<float>& depths, double deep_m) {
  std::vector<Group> groups;
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < depths.size(); ++begin) {
    while (end < depths.size() && depths[end] <= depths[begin] + deep_m) ++end;
    groups.push_back({depths[begin], static_cast<int>(end - begin)});
  }
  return groups;
}

bool is_likely_height(const math::PixelBox& box, const math::Pinhole& optics, double depth_m, double usual_m) {
  const double height_m = box.height_px() / optics.fy_px * depth_m;
  const bool is_cut = box.top_px < kCutEdge_px || box.bottom_px > optics.height_px - kCutEdge_px;
  return height_m <= kMostHeight_ratio * usual_m && (is_cut || height_m >= kLeastHeight_ratio * usual_m);
}

std::optional<Group> group_of_body(const math::PixelBox& box, const ImageView& view, const ProjectedPoints& projected,
                                   const Extent& usual) {
  const std::vector<Group> groups =
      groups_of(depths_inside(box, projected), std::max(0.8, (usual.length_m + usual.width_m) / 2));
  int most = 0;
  const auto may_be = [&](const Group& group) {
    return group.count >= kLeastPoints && is_likely_height(box, view.optics, group.near_m, usual.height_m);
  };
  for (const Group& group : groups) {
    if (may_be(group)) most = std::max(most, group.count);
  }
  for (const Group& group : groups) {
    if (may_be(group) && group.count >= kRival_ratio * most) return group;
  }
  return std::nullopt;
}

}  // namespace

void take_points_ahead(const messages::ObstaclePoints& obstacles, const math::Pinhole& optics,
                       const Eigen::Isometry3d& T_camera_ego, FrustumPoints& points) {
  points.x_m.clear(), points.y_m.clear(), points.z_m.clear();
  const Eigen::Matrix<float, 3, 4> T = T_camera_ego.matrix().topRows<3>().cast<float>();
  const float most = static_cast<float>(optics.width_px / optics.fx_px);
  const std::size_t count = std::min({obstacles.x_m.size(), obstacles.y_m.size(), obstacles.z_m.size()});
  for (std::size_t i = 0; i < count; ++i) {
    const Eigen::Vector3f p(obstacles.x_m[i], obstacles.y_m[i], obstacles.z_m[i]);
    const float depth = T.row(2).head<3>().dot(p) + T(2, 3), side = T.row(0).head<3>().dot(p) + T(0, 3);
    if (!(depth > 0.5F) || !(std::abs(side) < most * depth)) continue;
    points.x_m.push_back(p.x()), points.y_m.push_back(p.y()), points.z_m.push_back(p.z());
  }
}

void project_points(const FrustumPoints& points, const ImageView& view, ProjectedPoints& projected) {
  projected.x_px.clear(), projected.y_px.clear(), projected.depth_m.clear();
  for (std::size_t i = 0; i < points.x_m.size(); ++i) {
    const Eigen::Vector3d p = view.T_camera_ego * Eigen::Vector3d(points.x_m[i], points.y_m[i], points.z_m[i]);
    const auto pixel = math::project(view.optics, p);
    if (!pixel || !view.optics.contains(*pixel)) continue;
    projected.x_px.push_back(static_cast<float>(pixel->x_px));
    projected.y_px.push_back(static_cast<float>(pixel->y_px));
    projected.depth_m.push_back(static_cast<float>(p.z()));
  }
}

std::optional<messages::Object> object_in_frustum(const messages::ImageObject& seen, const ImageView& view,
                                                  const ProjectedPoints& projected) {
  const auto usual = usual_size(seen.object_class);
  if (!usual || !is_sound(seen)) return std::nullopt;
  const math::PixelBox box = pixel_box(seen);
  const auto group = group_of_body(box, view, projected, *usual);
  if (!group) return std::nullopt;
  // Its near side is where the points are; which side that is nobody knows.
  const double depth_m = group->near_m + (usual->length_m + usual->width_m) / 4;
  const math::Pixel middle = {(box.left_px + box.right_px) / 2, (box.top_px + box.bottom_px) / 2};
  const Eigen::Vector3d centre = view.T_camera_ego.inverse() * (math::ray(view.optics, middle) * depth_m);
  const double height_m =
      std::clamp(box.height_px() / view.optics.fy_px * group->near_m, 0.8 * usual->height_m, 1.2 * usual->height_m);
  messages::Object object;
  object.object_class = seen.object_class;
  object.existence_probability = seen.existence_probability;
  object.box = {centre.x(), centre.y(), centre.z(), 0, usual->length_m, usual->width_m, height_m};
  object.point_count = static_cast<std::uint32_t>(group->count);
  return object;
}

}  // namespace hangil::fusion
