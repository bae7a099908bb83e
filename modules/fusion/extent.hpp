// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

namespace hangil::fusion {

// Size of a box, smoothed over its views.
struct Extent {
  double length_m = 0, width_m = 0, height_m = 0;
};

// The mean of the last ten or so whole views; `count` says how many there have been, this one included.
void average(Extent& extent, const Extent& seen, int count);

// Views that show a part at most: grows quickly with what is seen, forgets slowly what is not.
void grow(Extent& extent, const Extent& seen);

// Where the centre of a box of size `whole` is when `seen` of it was seen around `seen_centre_m`: the sides towards the
// sensor are where they were seen, what is missing is behind them. Seen from abeam, both ends count alike.
Eigen::Vector2d centre_behind(const Eigen::Vector2d& seen_centre_m, const Extent& seen, const Extent& whole,
                              double yaw_rad, const Eigen::Vector2d& sensor_m);

}  // namespace hangil::fusion
