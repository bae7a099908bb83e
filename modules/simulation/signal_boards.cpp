// SPDX-License-Identifier: Apache-2.0
#include "simulation/signal_boards.hpp"

#include <cmath>
#include <numbers>

#include "map/road_pose.hpp"

namespace hangil::simulation {

namespace {

using Eigen::Vector3d;
using map::SignalKind;
using messages::LightState;

constexpr double kHeadHeightM = 0.9, kHeadWidthM = 0.3, kHeadDepthM = 0.2, kPostRadiusM = 0.05;
constexpr std::array kLampPlaces = {0.22, 0.5, 0.78};  // from the head's top
constexpr Surface kHousing{0.1, 1, {22, 26, 24}}, kRedBoard{0.9, 1, {190, 20, 28}},
    kYellowBoard{0.9, 1, {236, 190, 30}};

// Where a signal stands: x away from the traffic that it is meant for, the origin in the middle of its lower edge.
Eigen::Isometry3d T_map_board(const map::Road& road, const map::Signal& signal, bool is_for_forward) {
  const map::RoadPose pose = map::road_pose(road, std::clamp(signal.s_m, 0.0, road.length_m), signal.t_m);
  Eigen::Isometry3d T(Eigen::Translation3d(pose.x_m, pose.y_m, pose.z_m + signal.z_offset_m));
  const double turn_rad = is_for_forward ? 0 : std::numbers::pi;
  T.rotate(Eigen::AngleAxisd(pose.heading_rad + turn_rad + signal.heading_offset_rad, Vector3d::UnitZ()));
  return T;
}

void add_head(const map::Signal& signal, const Eigen::Isometry3d& T, SignalBoards& boards) {
  const double height_m = signal.height_m > 0 ? signal.height_m : kHeadHeightM;
  const double width_m = signal.width_m > 0 ? signal.width_m : kHeadWidthM;
  const Body head{{{box({0, -width_m / 2, 0}, {kHeadDepthM, width_m / 2, height_m}), kHousing}}};
  boards.bodies.push_back({head, T});
  const double radius_m = 0.4 * std::min(width_m, height_m / 3);
  for (int place = 0; place < 3; ++place) {
    const double up_m = height_m * (1 - kLampPlaces[static_cast<std::size_t>(place)]);
    boards.lamps.push_back({signal.id, place, T * Vector3d(-0.01, 0, up_m), T.linear() * Vector3d(0, -radius_m, 0),
                            T.linear() * Vector3d(0, 0, radius_m)});
  }
}

void add_sign(const map::Signal& signal, SignalKind kind, const Eigen::Isometry3d& T, SignalBoards& boards) {
  const double height_m = signal.height_m > 0 ? signal.height_m : 0.6;
  const double width_m = signal.width_m > 0 ? signal.width_m : 0.6;
  const Surface& front = kind == SignalKind::kStop ? kRedBoard : kind == SignalKind::kPriority ? kYellowBoard : kSign;
  const Body board{{{box({0, -width_m / 2, 0}, {0.02, width_m / 2, height_m}), front}}};
  boards.bodies.push_back({board, T});
}

void add(const map::Road& road, const map::Signal& signal, SignalBoards& boards) {
  const SignalKind kind = map::signal_kind(signal);
  if (kind == SignalKind::kStopLine || signal.is_reference) return;
  const bool is_light = kind == SignalKind::kTrafficLight || kind == SignalKind::kPedestrianLight;
  if (!is_light && signal.z_offset_m < 0.5) return;  // painted on the road, or of no known height
  for (const bool is_forward : {true, false}) {
    if (signal.orientation == (is_forward ? map::Orientation::kBackward : map::Orientation::kForward)) continue;
    const Eigen::Isometry3d T = T_map_board(road, signal, is_forward);
    is_light ? add_head(signal, T, boards) : add_sign(signal, kind, T, boards);
  }
  const double length_m = signal.z_offset_m + 0.5;
  const Body post{{{Cylinder{kPostRadiusM + 0.05, 0, kPostRadiusM, -length_m, 0}, kSteel}}};
  boards.bodies.push_back({post, T_map_board(road, signal, signal.orientation != map::Orientation::kBackward)});
}

}  // namespace

SignalBoards signal_boards(const map::Map& map) {
  SignalBoards boards;
  for (const map::Road& road : map.roads()) {
    for (const map::Signal& signal : road.signals) add(road, signal, boards);
  }
  return boards;
}

Colour lamp_colour(int place, LightState state) {
  const bool is_red = state == LightState::kRed || state == LightState::kRedYellow;
  const bool is_yellow = state == LightState::kYellow || state == LightState::kRedYellow;
  switch (place) {
    case 0:
      return is_red ? Colour{255, 44, 30} : Colour{46, 22, 22};
    case 1:
      return is_yellow ? Colour{255, 200, 36} : Colour{44, 38, 20};
    default:
      return state == LightState::kGreen ? Colour{40, 255, 130} : Colour{20, 42, 30};
  }
}

}  // namespace hangil::simulation
