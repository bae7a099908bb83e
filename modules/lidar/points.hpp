// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace hangil::lidar {

// Points as one array a coordinate. `count` of them are valid; the buffers only ever grow, so that a warm step
// allocates nothing.
struct Points {
  std::vector<float> x_m, y_m, z_m, intensity;
  std::size_t count = 0;

  // Sets count; what the arrays hold is left as it is.
  void set_count(std::size_t new_count) {
    count = new_count;
    if (x_m.size() >= new_count) return;
    for (std::vector<float>* array : {&x_m, &y_m, &z_m, &intensity}) array->resize(new_count);
  }
};

// Room for `count` elements in a buffer that only ever grows.
template <class T>
void grow(std::vector<T>& buffer, std::size_t count) {
  if (buffer.size() < count) buffer.resize(count);
}

}  // namespace hangil::lidar
