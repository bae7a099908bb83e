// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <stdexcept>

#include "camera/detector.hpp"
#include "camera/image_view.hpp"
#include "camera/imaging.hpp"
#include "camera/made_picture.hpp"
#include "camera/nanodet.hpp"
#include "camera/road_users.hpp"
#include "model/trial.hpp"
#include "runtime/module.hpp"

namespace hangil::camera {

namespace {

class CameraDetectorModule final : public runtime::Module {
 public:
  explicit CameraDetectorModule(runtime::Setup& setup)
      : config_(setup.config<DetectorConfig>()),
        image_(setup.latest<messages::Image>("image")),
        objects_(setup.output<messages::ImageObjects>("objects")),
        lights_(setup.output<messages::TrafficLights>("lights")) {
    setup.levels(2);
    if (const auto status = open(setup.budget()); !status) setup.not_available(status.error().message);
  }

  void step(runtime::Activation& activation) override {
    const auto image = activation.get(image_);
    if (!image) return;
    const auto picture = view_of(*image);
    if (!picture) throw std::runtime_error(picture.error().message);
    const auto boxes = detector_->detect(*picture, activation.level());
    if (!boxes) throw std::runtime_error(boxes.error().message);
    activation.report_operations(static_cast<std::int64_t>(detector_->operations(activation.level())));
    activation.publish(objects_, messages::ImageObjects{image->header, image->width, image->height,
                                                        road_users(*boxes, picture->width, picture->height)});
    activation.publish(lights_, messages::TrafficLights{image->header, image->width, image->height,
                                                        signal_heads(*boxes, picture->width, picture->height)});
  }

 private:
  base::Status open(base::Duration budget) {
    if (const std::string problem = imaging_problem(); !problem.empty()) return base::Error{problem};
    const auto package = model::open_package({config_.model, "camera_detector", budget});
    if (!package) return package.error();
    const auto network = nanodet_network(package->weights);
    if (!network) return network.error();
    if (const auto status = model::check_shapes(package->card, *network); !status) return status;
    auto detector = Detector::make(package->weights, config_, model::precision_here(package->card));
    if (!detector) return detector.error();
    detector_ = *std::move(detector);
    return {};
  }

  DetectorConfig config_;
  std::optional<Detector> detector_;
  runtime::Latest<messages::Image> image_;
  runtime::Output<messages::ImageObjects> objects_;
  runtime::Output<messages::TrafficLights> lights_;
};

base::Result<model::Trial> try_detector(const model::Package& package) {
  const auto network = nanodet_network(package.weights);
  if (!network) return network.error();
  auto trial = model::network_trial(*network, package.card);
  if (!trial) return trial.error();
  auto made = Detector::make(package.weights, {}, model::precision_here(package.card));
  if (!made) return made.error();
  const auto detector = std::make_shared<Detector>(*std::move(made));
  for (const int level : {0, 1}) {
    trial->levels.push_back([detector, level, picture = made_picture()]() -> base::Status {
      const auto boxes = detector->detect(picture, level);
      return boxes ? base::Status() : boxes.error();
    });
  }
  return trial;
}

}  // namespace

}  // namespace hangil::camera

HANGIL_MODULE(hangil::camera::CameraDetectorModule,
              "finds road users and traffic lights in a camera's pictures (NanoDet-Plus)")
HANGIL_MODEL_TRIAL(hangil::camera::try_detector)
