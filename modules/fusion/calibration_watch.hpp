// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "fusion/image_match.hpp"

namespace hangil::fusion {

// How a camera seems to be turned against what its calibration says.
struct CalibrationError {
  double yaw_deg = 0, pitch_deg = 0, roll_deg = 0;  // to the right, down, clockwise, as the picture shows it
  double agreement_ratio = 0;                       // votes that say so, of all that could

  double largest_deg() const;
};

// Watches how far boxes of pictures lie from the silhouettes that they could belong to. Every pair of like height votes
// for its shift, whether or not it is a true one: false pairs scatter, those of a turned camera agree, so that it is
// found even where no box overlaps its object. Votes of the last hundreds of pairs count.
class CalibrationWatch {
 public:
  // Sights of one frame with hidden_ratio filled in, and the boxes of its picture.
  void add(std::span<const Sight> sights, std::span<const messages::ImageObject> boxes, const math::Pinhole& optics);

  // Nothing until there are votes enough that agree.
  std::optional<CalibrationError> judge() const;

 private:
  struct Vote {
    double x_px = 0, right_px = 0, down_px = 0;  // place from the picture's middle, shift of the box
  };
  void keep(const Vote& vote);

  math::Pinhole optics_;
  std::vector<Vote> votes_;
  std::size_t next_ = 0;  // place of the oldest, once full
};

}  // namespace hangil::fusion
