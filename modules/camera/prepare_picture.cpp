// SPDX-License-Identifier: Apache-2.0
#include "camera/prepare_picture.hpp"

namespace hangil::camera {

namespace {

using messages::CameraState;

messages::CameraStatus failed(CameraState state, const std::string& reason) {
  messages::CameraStatus status;
  status.state = state;
  status.reason = reason;
  return status;
}

bool is_same_calibration(const messages::CameraInfo& a, const messages::CameraInfo& b) {
  return a.width == b.width && a.height == b.height && a.distortion_model == b.distortion_model && a.d == b.d &&
         a.k == b.k && a.r == b.r && a.p == b.p;
}

// The rectifier of this calibration, built anew only when the calibration changes.
const base::Result<Rectifier>& rectifier_for(const messages::CameraInfo& info, PreparationState& state) {
  if (!state.rectifier || !is_same_calibration(info, state.info)) {
    state.info = info;
    state.rectifier.emplace(Rectifier::make(info));
  }
  return *state.rectifier;
}

messages::Image image_of(Picture picture) {
  messages::Image image;
  image.width = static_cast<std::uint32_t>(picture.width);
  image.height = static_cast<std::uint32_t>(picture.height);
  image.encoding = "bgr8";
  image.step = image.width * 3;
  image.data = std::move(picture.bgr);
  return image;
}

std::string size_text(std::int64_t width, std::int64_t height) {
  return std::to_string(width) + " x " + std::to_string(height);
}

// Rectifies, or says in `status` why the picture goes on as it came, or not at all (an empty result).
std::optional<Picture> rectified(Picture picture, const messages::CameraInfo* info, PreparationState& state,
                                 messages::CameraStatus& status) {
  if (info == nullptr) {
    status.state = CameraState::kUncalibrated;
    status.reason = "no CameraInfo has come: the picture is used as it is";
    return picture;
  }
  if (info->width != static_cast<std::uint32_t>(picture.width) ||
      info->height != static_cast<std::uint32_t>(picture.height)) {
    status = failed(CameraState::kWrongSize, "the picture is " + size_text(picture.width, picture.height) +
                                                 ", CameraInfo says " + size_text(info->width, info->height));
    return std::nullopt;
  }
  const auto& rectifier = rectifier_for(*info, state);
  if (!rectifier) {
    status.state = CameraState::kUncalibrated;
    status.reason = rectifier.error().message + ": the picture is used as it is";
    return picture;
  }
  auto result = rectifier->rectify(std::move(picture));
  if (result) return *std::move(result);
  status = failed(CameraState::kUnreadable, result.error().message);
  return std::nullopt;
}

}  // namespace

PreparedPicture prepare_picture(const messages::CompressedImage& compressed, const messages::CameraInfo* info,
                                const PictureCheckConfig& config, PreparationState& state) {
  PreparedPicture prepared;
  auto picture = decode_picture(compressed.data);
  if (!picture) {
    prepared.status = failed(CameraState::kUnreadable, picture.error().message);
  } else {
    prepared.status = check_picture(*picture, compressed.data, config, state.history);
    if (prepared.status.state == CameraState::kGood) {
      auto usable = rectified(*std::move(picture), info, state, prepared.status);
      if (usable) prepared.image = image_of(*std::move(usable));
    }
  }
  prepared.status.header = compressed.header;
  if (prepared.image) prepared.image->header = compressed.header;
  return prepared;
}

}  // namespace hangil::camera
