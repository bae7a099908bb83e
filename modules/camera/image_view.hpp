// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "camera/picture.hpp"
#include "messages/image.hpp"

namespace hangil::camera {

// The pixels of a message, not copied. Refused: encodings other than bgr8, padded rows, sizes that do not fit its
// bytes.
base::Result<PictureView> view_of(const messages::Image& image);

}  // namespace hangil::camera
