// SPDX-License-Identifier: Apache-2.0
#include "camera/image_view.hpp"

#include <string>

namespace hangil::camera {

base::Result<PictureView> view_of(const messages::Image& image) {
  if (image.encoding != "bgr8") return base::Error{"Image: encoding '" + image.encoding + "' is not read; bgr8 is"};
  const std::uint64_t row = std::uint64_t{3} * image.width;
  if (image.width == 0 || image.height == 0 || image.step != row || image.data.size() != row * image.height) {
    return base::Error{"Image: " + std::to_string(image.width) + " x " + std::to_string(image.height) +
                       " pixels with step " + std::to_string(image.step) + " do not fit " +
                       std::to_string(image.data.size()) + " bytes"};
  }
  return PictureView(static_cast<int>(image.width), static_cast<int>(image.height), image.data.data());
}

}  // namespace hangil::camera
