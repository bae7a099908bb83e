// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/mission.hpp"

namespace hangil::recording {

// Gathers driven positions to a reference path with a point about every metre, the last position included.
class MissionPath {
 public:
  explicit MissionPath(double spacing_m = 1.0) : spacing_m_(spacing_m) {}
  void add(double x_m, double y_m);
  bool empty() const { return path_.empty(); }
  messages::Mission mission(const std::string& frame, base::Time stamp) const;

 private:
  double spacing_m_;
  std::vector<messages::PathPoint> path_;
  messages::PathPoint last_;
};

}  // namespace hangil::recording
