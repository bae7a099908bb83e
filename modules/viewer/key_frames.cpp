// SPDX-License-Identifier: Apache-2.0
#include "viewer/key_frames.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace hangil::viewer {

namespace {

constexpr base::Duration kSamePicture{300'000'000};

class Picker {
 public:
  explicit Picker(const std::vector<FrameFacts>& frames) : frames_(frames) {}

  void add(std::size_t frame, std::string reason) {
    for (KeyFrame& picked : picked_) {
      const base::Duration apart{std::abs((frames_[picked.frame].stamp - frames_[frame].stamp).ns)};
      if (apart > kSamePicture) continue;
      picked.reasons.push_back(std::move(reason));
      return;
    }
    picked_.push_back({frame, {std::move(reason)}});
  }

  // The frame for which `value` is least.
  template <class Value>
  std::size_t least(Value value) const {
    const auto found = std::min_element(frames_.begin(), frames_.end(),
                                        [&](const FrameFacts& a, const FrameFacts& b) { return value(a) < value(b); });
    return static_cast<std::size_t>(found - frames_.begin());
  }

  std::vector<KeyFrame> take() {
    std::stable_sort(picked_.begin(), picked_.end(), [](auto& a, auto& b) { return a.frame < b.frame; });
    return std::move(picked_);
  }

 private:
  const std::vector<FrameFacts>& frames_;
  std::vector<KeyFrame> picked_;
};

}  // namespace

std::vector<KeyFrame> pick_key_frames(const std::vector<FrameFacts>& frames) {
  if (frames.empty()) return {};
  Picker picker(frames);
  // What happened comes first, so that a picture shows that moment exactly and not one close by.
  const auto rejected = std::find_if(frames.begin(), frames.end(), [](auto& frame) { return frame.is_rejected; });
  if (rejected != frames.end()) picker.add(static_cast<std::size_t>(rejected - frames.begin()), "plan rejected");
  const std::size_t braking = picker.least([](auto& frame) { return frame.acceleration_mps2; });
  if (frames[braking].acceleration_mps2 < -1) {
    picker.add(braking, fmt::format("hardest braking: {:.1f} m/s²", frames[braking].acceleration_mps2));
  }
  const std::size_t close = picker.least([](auto& frame) { return frame.closest_m; });
  if (std::isfinite(frames[close].closest_m)) {
    picker.add(close, fmt::format("closest approach: {:.1f} m", frames[close].closest_m));
  }
  const std::size_t tight = picker.least([](auto& frame) { return frame.plan_distance_m; });
  if (std::isfinite(frames[tight].plan_distance_m)) {
    picker.add(tight, fmt::format("tightest plan: {:.1f} m", frames[tight].plan_distance_m));
  }
  const std::size_t most = picker.least([](auto& frame) { return -frame.object_count; });
  if (frames[most].object_count > 0) picker.add(most, fmt::format("most objects: {}", frames[most].object_count));
  picker.add(0, "start");
  picker.add(frames.size() / 2, "middle");
  picker.add(frames.size() - 1, "end");
  return picker.take();
}

}  // namespace hangil::viewer
