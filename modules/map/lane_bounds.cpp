// SPDX-License-Identifier: Apache-2.0
#include "map/lane_bounds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hangil::map {

namespace {

// Shares of the whole length at each point, 0 to 1.
std::vector<double> shares(const std::vector<Point3>& line) {
  std::vector<double> along(line.size(), 0.0);
  for (std::size_t i = 1; i < line.size(); ++i) {
    along[i] = along[i - 1] + std::hypot(line[i].x_m - line[i - 1].x_m, line[i].y_m - line[i - 1].y_m);
  }
  const double whole = along.back();
  for (std::size_t i = 1; i < line.size(); ++i) {
    along[i] = whole > 0 ? along[i] / whole : double(i) / double(line.size() - 1);
  }
  along.back() = 1;
  return along;
}

Point3 between(const Point3& a, const Point3& b, double share) {
  return {a.x_m + share * (b.x_m - a.x_m), a.y_m + share * (b.y_m - a.y_m), a.z_m + share * (b.z_m - a.z_m)};
}

Point3 at_share(const std::vector<Point3>& line, const std::vector<double>& along, double share) {
  const auto after = std::upper_bound(along.begin() + 1, along.end() - 1, share);
  const auto i = static_cast<std::size_t>(after - along.begin());
  const double span = along[i] - along[i - 1];
  return span > 0 ? between(line[i - 1], line[i], std::min((share - along[i - 1]) / span, 1.0)) : line[i];
}

struct Nearest {
  double s_m = 0, distance_m = std::numeric_limits<double>::infinity();
};

Nearest nearest(const std::vector<Point3>& line, const Point3& point) {
  Nearest best;
  double begun_m = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double dx = line[i].x_m - line[i - 1].x_m, dy = line[i].y_m - line[i - 1].y_m, squared = dx * dx + dy * dy;
    const double px = point.x_m - line[i - 1].x_m, py = point.y_m - line[i - 1].y_m;
    const double share = squared > 0 ? std::clamp((px * dx + py * dy) / squared, 0.0, 1.0) : 0;
    const double distance = std::hypot(px - share * dx, py - share * dy), length = std::sqrt(squared);
    if (distance < best.distance_m) best = {begun_m + share * length, distance};
    begun_m += length;
  }
  return best;
}

}  // namespace

std::vector<Point3> middle_line(const std::vector<Point3>& left, const std::vector<Point3>& right) {
  constexpr double kSameShare = 1e-9;
  const std::vector<double> left_shares = shares(left), right_shares = shares(right);
  std::vector<double> all(left_shares);
  all.insert(all.end(), right_shares.begin(), right_shares.end());
  std::sort(all.begin(), all.end());
  std::vector<Point3> middle{between(left.front(), right.front(), 0.5)};
  double last = 0;
  for (const double share : all) {
    if (share <= last + kSameShare || share >= 1 - kSameShare) continue;
    middle.push_back(between(at_share(left, left_shares, share), at_share(right, right_shares, share), 0.5));
    last = share;
  }
  middle.push_back(between(left.back(), right.back(), 0.5));
  return middle;
}

double nearest_s_m(const std::vector<Point3>& line, const Point3& point) { return nearest(line, point).s_m; }

double distance_m(const std::vector<Point3>& line, const Point3& point) { return nearest(line, point).distance_m; }

}  // namespace hangil::map
