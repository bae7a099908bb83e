// SPDX-License-Identifier: Apache-2.0
#include "math/pose_buffer.hpp"

#include <algorithm>

namespace hangil::math {

namespace {

std::string seconds_text(base::Duration duration) { return std::to_string(duration.to_s()) + " s"; }

auto first_not_before(const std::vector<PoseSample>& samples, base::Time stamp) {
  return std::lower_bound(samples.begin(), samples.end(), stamp,
                          [](const PoseSample& sample, base::Time time) { return sample.stamp < time; });
}

}  // namespace

PoseBuffer::PoseBuffer(PoseBufferLimits limits) : limits_(limits) {
  limits_.capacity = std::max(limits_.capacity, 2);
  samples_.reserve(static_cast<std::size_t>(limits_.capacity));
}

base::Status PoseBuffer::add(const PoseSample& sample) {
  if (!is_sound(sample)) {
    return base::Error{"pose at " + std::to_string(sample.stamp.to_s()) +
                       " s has a number that is not finite or a quaternion that is not of length 1"};
  }
  if (!empty() && newest().stamp - sample.stamp > limits_.max_gap) clear();
  auto place = first_not_before(samples_, sample.stamp);
  if (place != samples_.end() && place->stamp == sample.stamp) {
    samples_[static_cast<std::size_t>(place - samples_.begin())] = sample;
    return {};
  }
  if (size() == limits_.capacity) {
    if (place == samples_.begin()) return {};  // older than all that is kept
    place = samples_.erase(samples_.begin()) + (place - samples_.begin() - 1);
  }
  samples_.insert(place, sample);
  return {};
}

base::Result<PoseSample> PoseBuffer::at(base::Time stamp) const {
  if (empty()) return base::Error{"no pose yet"};
  const auto later = first_not_before(samples_, stamp);
  if (later == samples_.end()) return extrapolated(newest(), stamp);
  if (later->stamp == stamp) return *later;
  if (later == samples_.begin()) return extrapolated(oldest(), stamp);
  const PoseSample& earlier = *(later - 1);
  if (later->stamp - earlier.stamp > limits_.max_gap) {
    return base::Error{"poses around " + std::to_string(stamp.to_s()) + " s are " +
                       seconds_text(later->stamp - earlier.stamp) + " apart, more than " +
                       seconds_text(limits_.max_gap)};
  }
  return between(earlier, *later, stamp);
}

base::Result<PoseSample> PoseBuffer::extrapolated(const PoseSample& end, base::Time stamp) const {
  const base::Duration lead = stamp - end.stamp;
  if (std::max(lead, lead * -1) > limits_.max_extrapolation) {
    return base::Error{"no pose at " + std::to_string(stamp.to_s()) + " s: the nearest is " +
                       seconds_text(std::max(lead, lead * -1)) + " away, more than " +
                       seconds_text(limits_.max_extrapolation)};
  }
  return moved_on(end, lead);
}

}  // namespace hangil::math
