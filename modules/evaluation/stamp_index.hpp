// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iterator>
#include <map>

#include "evaluation/frame_change.hpp"

namespace hangil::evaluation {

// Finds values by the moment they are about. Points to what it was given, which must outlive it; of two values with one
// stamp the first stays.
template <class T>
class StampIndex {
 public:
  StampIndex() = default;
  explicit StampIndex(const Channel<T>& channel) {
    for (const auto& message : channel) add(message.stamp, message.value);
  }

  void add(base::Time stamp, const T& value) { values_.emplace(stamp, &value); }

  // Null when none lies within `tolerance`; the earlier of two equally near.
  const T* nearest(base::Time stamp, base::Duration tolerance) const {
    const auto later = values_.lower_bound(stamp);
    const auto earlier = later == values_.begin() ? values_.end() : std::prev(later);
    const bool has_later = later != values_.end() && later->first - stamp <= tolerance;
    const bool has_earlier = earlier != values_.end() && stamp - earlier->first <= tolerance;
    if (has_later && (!has_earlier || later->first - stamp < stamp - earlier->first)) return later->second;
    return has_earlier ? earlier->second : nullptr;
  }

 private:
  std::map<base::Time, const T*> values_;
};

}  // namespace hangil::evaluation
