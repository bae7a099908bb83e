// SPDX-License-Identifier: Apache-2.0
#include "camera/imaging.hpp"

namespace hangil::camera {

std::string imaging_problem() {
  return "this build has no OpenCV, so no picture can be read; scripts/setup.sh --perception installs it, then build "
         "again";
}

base::Result<Picture> decode_picture(std::span<const std::uint8_t>) { return base::Error{imaging_problem()}; }
base::Status resize_picture(const PictureView&, int, int, Picture&) { return base::Error{imaging_problem()}; }

struct Rectifier::Maps {};
Rectifier::Rectifier() = default;
Rectifier::~Rectifier() = default;
Rectifier::Rectifier(Rectifier&&) noexcept = default;
Rectifier& Rectifier::operator=(Rectifier&&) noexcept = default;
base::Result<Rectifier> Rectifier::make(const messages::CameraInfo&) { return base::Error{imaging_problem()}; }
bool Rectifier::is_identity() const { return true; }
base::Result<Picture> Rectifier::rectify(Picture) const { return base::Error{imaging_problem()}; }

}  // namespace hangil::camera
