// SPDX-License-Identifier: Apache-2.0
#include "camera/imaging.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/calib3d.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "camera/picture_size.hpp"

namespace hangil::camera {

namespace {

cv::Mat mat_of(const PictureView& picture) {
  return {picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.bgr)};
}

Picture picture_of(int width, int height) {
  return {width, height,
          std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3)};
}

base::Error opencv_error(const cv::Exception& exception) { return {"OpenCV: " + exception.err}; }

// The scheduler owns the cores.
void use_one_thread() { cv::setNumThreads(1); }

bool are_finite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

base::Status check_info(const messages::CameraInfo& info) {
  if (!(info.k[0] > 0 && info.k[4] > 0))
    return base::Error{"CameraInfo has no intrinsics: k[0] and k[4] must be above 0"};
  if (!are_finite(info.k) || !are_finite(info.r) || !are_finite(info.p) || !are_finite(info.d)) {
    return base::Error{"CameraInfo holds a value that is no finite number"};
  }
  const std::string& model = info.distortion_model;
  if (!model.empty() && model != "plumb_bob" && model != "rational_polynomial" && model != "equidistant") {
    return base::Error{"CameraInfo: distortion model '" + model + "' is not known"};
  }
  const std::size_t count = info.d.size();
  const bool is_known_count = model == "equidistant"
                                  ? count == 0 || count == 4
                                  : count == 0 || count == 4 || count == 5 || count == 8 || count == 12;
  if (!is_known_count)
    return base::Error{"CameraInfo: " + std::to_string(count) + " distortion coefficients do not fit '" + model + "'"};
  return {};
}

bool is_zero(double value) { return value == 0; }

bool leaves_as_is(const messages::CameraInfo& info) {
  const bool is_undistorted = std::all_of(info.d.begin(), info.d.end(), is_zero);
  const std::array<double, 9> identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  const bool is_unrotated = info.r == identity || std::all_of(info.r.begin(), info.r.end(), is_zero);
  const auto& [k, p] = std::pair(info.k, info.p);
  const bool has_p = p[0] > 0;
  const bool is_same_camera = !has_p || (k[0] == p[0] && k[2] == p[2] && k[4] == p[5] && k[5] == p[6]);
  return is_undistorted && is_unrotated && is_same_camera;
}

}  // namespace

std::string imaging_problem() { return ""; }

base::Result<Picture> decode_picture(std::span<const std::uint8_t> bytes) {
  const auto size = picture_size(bytes);
  if (!size) return size.error();
  use_one_thread();
  try {
    const cv::Mat raw(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<std::uint8_t*>(bytes.data()));
    Picture picture = picture_of(size->width, size->height);
    cv::Mat decoded = mat_of(picture);
    cv::imdecode(raw, cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION, &decoded);
    if (decoded.empty()) return base::Error{"the picture cannot be decoded: damaged or cut off"};
    if (decoded.data != picture.bgr.data()) {
      return base::Error{"the picture decodes to another size than its header says"};
    }
    return picture;
  } catch (const cv::Exception& exception) {
    return opencv_error(exception);
  }
}

base::Status resize_picture(const PictureView& from, int width, int height, Picture& into) {
  use_one_thread();
  try {
    if (into.width != width || into.height != height) into = picture_of(width, height);
    cv::Mat result = mat_of(into);
    const bool shrinks = width < from.width && height < from.height;
    cv::resize(mat_of(from), result, {width, height}, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
    return {};
  } catch (const cv::Exception& exception) {
    return opencv_error(exception);
  }
}

struct Rectifier::Maps {
  cv::Mat first, second;  // empty: nothing to do
};

Rectifier::Rectifier() = default;
Rectifier::~Rectifier() = default;
Rectifier::Rectifier(Rectifier&&) noexcept = default;
Rectifier& Rectifier::operator=(Rectifier&&) noexcept = default;

base::Result<Rectifier> Rectifier::make(const messages::CameraInfo& info) {
  if (const auto status = check_info(info); !status) return status.error();
  Rectifier rectifier;
  auto maps = std::make_unique<Maps>();
  try {
    if (!leaves_as_is(info)) {
      const cv::Mat k = cv::Mat(info.k, true).reshape(1, 3);
      const bool has_r = std::any_of(info.r.begin(), info.r.end(), [](double value) { return value != 0; });
      const cv::Mat r = has_r ? cv::Mat(info.r, true).reshape(1, 3) : cv::Mat();
      const cv::Mat p = info.p[0] > 0 ? cv::Mat(info.p, true).reshape(1, 3).colRange(0, 3).clone() : k;
      const cv::Mat d(info.d, true);
      const cv::Size size(static_cast<int>(info.width), static_cast<int>(info.height));
      if (info.distortion_model == "equidistant")
        cv::fisheye::initUndistortRectifyMap(k, d.empty() ? cv::Mat::zeros(4, 1, CV_64F) : d, r, p, size, CV_16SC2,
                                             maps->first, maps->second);
      else
        cv::initUndistortRectifyMap(k, d, r, p, size, CV_16SC2, maps->first, maps->second);
    }
  } catch (const cv::Exception& exception) {
    return opencv_error(exception);
  }
  rectifier.maps_ = std::move(maps);
  return rectifier;
}

bool Rectifier::is_identity() const { return maps_ == nullptr || maps_->first.empty(); }

base::Result<Picture> Rectifier::rectify(Picture raw) const {
  if (is_identity()) return raw;
  use_one_thread();
  try {
    Picture picture = picture_of(maps_->first.cols, maps_->first.rows);
    cv::Mat result = mat_of(picture);
    cv::remap(mat_of(raw), result, maps_->first, maps_->second, cv::INTER_LINEAR, cv::BORDER_CONSTANT);
    return picture;
  } catch (const cv::Exception& exception) {
    return opencv_error(exception);
  }
}

}  // namespace hangil::camera
