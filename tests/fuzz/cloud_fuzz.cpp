// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "base/cdr.hpp"
#include "recording/cloud_layout.hpp"

// A PointCloud2 of any claims becomes one of our layout with exactly the bytes it says, or an error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto cloud = hangil::base::decode_cdr<hangil::messages::PointCloud2>({data, size});
  if (!cloud.ok()) return 0;
  const auto normal = hangil::recording::normalize_cloud(*cloud);
  if (!normal.ok()) return normal.error().message.empty() ? std::abort(), 0 : 0;
  if (normal->data.size() != std::size_t{normal->height} * normal->width * normal->point_step) std::abort();
  return 0;
}
