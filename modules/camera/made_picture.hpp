// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "camera/picture.hpp"

namespace hangil::camera {

// A picture of 1242 x 375 pixels in soft colours, for timing: the work does not depend on what is seen.
Picture made_picture();

}  // namespace hangil::camera
