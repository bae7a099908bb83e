// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace hangil::lidar {

// gathered[i] = values[indices[i]] for `count` indices; the arrays do not overlap.
void gather(const float* values, const std::uint32_t* indices, std::size_t count, float* gathered);

}  // namespace hangil::lidar
