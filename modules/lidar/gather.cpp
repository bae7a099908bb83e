// SPDX-License-Identifier: Apache-2.0
#include "lidar/gather.hpp"

#include "base/hot.hpp"

namespace hangil::lidar {

HANGIL_HOT void gather(const float* __restrict values, const std::uint32_t* __restrict indices, std::size_t count,
                       float* __restrict gathered) {
  for (std::size_t i = 0; i < count; ++i) gathered[i] = values[indices[i]];
}

}  // namespace hangil::lidar
