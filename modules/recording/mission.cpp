// SPDX-License-Identifier: Apache-2.0
#include "recording/mission.hpp"

#include <cmath>

namespace hangil::recording {

namespace {

double distance_m(const messages::PathPoint& a, const messages::PathPoint& b) {
  return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m);
}

}  // namespace

void MissionPath::add(double x_m, double y_m) {
  last_ = {x_m, y_m};
  if (path_.empty() || distance_m(path_.back(), last_) >= spacing_m_) path_.push_back(last_);
}

messages::Mission MissionPath::mission(const std::string& frame, base::Time stamp) const {
  messages::Mission mission;
  mission.header = {stamp, frame};
  mission.path = path_;
  // Standing still gives no second point, and noise of a standing vehicle is no direction.
  constexpr double kLeastStep_m = 0.05;
  if (!path_.empty() && distance_m(path_.back(), last_) > kLeastStep_m) mission.path.push_back(last_);
  return mission;
}

}  // namespace hangil::recording
