// SPDX-License-Identifier: Apache-2.0
#include "camera/prepare_picture.hpp"
#include "runtime/module.hpp"

namespace hangil::camera {

namespace {

class CameraImageModule final : public runtime::Module {
 public:
  explicit CameraImageModule(runtime::Setup& setup)
      : config_(setup.config<PictureCheckConfig>()),
        compressed_(setup.latest<messages::CompressedImage>("image")),
        info_(setup.latest<messages::CameraInfo>("camera_info", runtime::Need::kOptional)),
        rectified_(setup.output<messages::Image>("rectified")),
        status_(setup.output<messages::CameraStatus>("status")) {
    if (const std::string problem = imaging_problem(); !problem.empty()) setup.not_available(problem);
  }

  void step(runtime::Activation& activation) override {
    const auto compressed = activation.get(compressed_);
    if (!compressed) return;
    const auto info = activation.get(info_);
    PreparedPicture prepared = prepare_picture(*compressed, info ? &*info : nullptr, config_, state_);
    activation.publish(status_, std::move(prepared.status));
    if (prepared.image) activation.publish(rectified_, *std::move(prepared.image));
  }

 private:
  PictureCheckConfig config_;
  PreparationState state_;
  runtime::Latest<messages::CompressedImage> compressed_;
  runtime::Latest<messages::CameraInfo> info_;
  runtime::Output<messages::Image> rectified_;
  runtime::Output<messages::CameraStatus> status_;
};

}  // namespace

}  // namespace hangil::camera

HANGIL_MODULE(hangil::camera::CameraImageModule, "decodes a camera's pictures once, checks and rectifies them")
