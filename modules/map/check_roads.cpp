// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "map/check_parts.hpp"
#include "map/road_pose.hpp"

namespace hangil::map::check {

namespace {

struct Reporter {
  const Road& road;
  std::vector<MapFinding>& findings;

  void add(MapFault fault, double s_m, std::string text) const {
    findings.push_back({fault, road.id, s_m, road.line, std::move(text)});
  }
};

void check_steps(const Reporter& report, const Profile& profile, double limit, const std::string& name,
                 std::string (*unit)(double)) {
  for (std::size_t i = 1; i < profile.pieces.size(); ++i) {
    const double s = profile.pieces[i].s_m, step = profile.pieces[i].a - profile.pieces[i - 1].value(s);
    if (std::abs(step) > limit && s < report.road.length_m)
      report.add(MapFault::kGap, s, name + " steps by " + unit(step));
  }
}

// At the border of two sections lanes may be numbered anew, so that the offset steps though every lane goes on; there
// the joints of the lanes themselves are looked at.
void check_lane_offset(const Reporter& report, double limit) {
  constexpr double kSame_m = 1e-3;
  const Profile& within = report.road.lane_offset;
  for (std::size_t i = 1; i < within.pieces.size(); ++i) {
    const double s = within.pieces[i].s_m, step = within.pieces[i].a - within.pieces[i - 1].value(s);
    const auto& sections = report.road.sections;
    const bool is_at_border = std::any_of(sections.begin(), sections.end(), [&](const LaneSection& section) {
      return std::abs(section.s_m - s) < kSame_m;
    });
    if (!is_at_border && std::abs(step) > limit && s < report.road.length_m)
      report.add(MapFault::kGap, s, "lane offset steps by " + metres(step));
  }
}

void check_widths(const Reporter& report, const LaneSection& section) {
  constexpr int kSamples = 8;
  for (int place = 0; place < static_cast<int>(section.lanes.size()); ++place) {
    for (int i = 0; i <= kSamples; ++i) {
      const double s = section.s_m + (section.end_s_m - section.s_m) * i / kSamples;
      const double width = lane_edges(report.road, section, place, s).width_m();
      if (width >= -1e-3) continue;
      const std::string id = std::to_string(section.lanes[static_cast<std::size_t>(place)].id);
      report.add(MapFault::kWidth, s, "lane " + id + " is " + metres(width) + " wide");
      break;
    }
  }
}

}  // namespace

void check_geometry(const Road& road, const MapTolerances& tolerances, std::vector<MapFinding>& findings) {
  const Reporter report{road, findings};
  const auto& pieces = road.plan.pieces();
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const PlanPiece& after = pieces[i];
    const PlanPose end = road.plan.at(pieces[i - 1].s_m + pieces[i - 1].length_m, pieces[i - 1]);
    const double gap = std::hypot(end.x_m - after.start.x_m, end.y_m - after.start.y_m);
    const double turn = math::angle_difference_rad(after.start.yaw_rad, end.heading_rad);
    if (gap > tolerances.gap_m) report.add(MapFault::kGap, after.s_m, "the reference line jumps by " + metres(gap));
    if (std::abs(turn) > tolerances.kink_rad) {
      report.add(MapFault::kKink, after.s_m, "the reference line turns by " + degrees(turn));
    }
  }
  const double off = road.length_m - road.plan.length_m();
  if (std::abs(off) > tolerances.gap_m) {
    report.add(MapFault::kGap, road.length_m, "the road says to be " + metres(off) + " longer than its geometry");
  }
}

void check_profiles(const Road& road, const MapTolerances& tolerances, std::vector<MapFinding>& findings) {
  const Reporter report{road, findings};
  check_steps(report, road.elevation, tolerances.height_m, "elevation", metres);
  check_lane_offset(report, tolerances.gap_m);
  check_steps(report, road.superelevation, tolerances.kink_rad, "superelevation", degrees);
  for (const LaneSection& section : road.sections) check_widths(report, section);
}

}  // namespace hangil::map::check
