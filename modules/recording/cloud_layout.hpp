// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "messages/point_cloud2.hpp"

namespace hangil::recording {

// The same points in the layout that recordings use: float32 x, y, z (m), intensity, then, where the cloud tells them,
// uint16 ring and float32 time (s after header.stamp), packed, little endian, rows kept. Accepted: any datatypes and
// byte order; intensity also named "reflectivity" or "i"; ring also "channel"; time as "time" or "time_offset" (s), "t"
// or "offset_time" (ns) and "timestamp" (s or ns since the epoch of the stamps). Error: no x, y or z, or sizes that the
// data does not hold. `is_dense` is worked out anew.
base::Result<messages::PointCloud2> normalize_cloud(const messages::PointCloud2& cloud);

}  // namespace hangil::recording
