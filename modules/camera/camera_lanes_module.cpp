// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <stdexcept>

#include "camera/image_view.hpp"
#include "camera/imaging.hpp"
#include "camera/made_picture.hpp"
#include "camera/road_view.hpp"
#include "camera/twinlite.hpp"
#include "model/trial.hpp"
#include "runtime/module.hpp"

namespace hangil::camera {

namespace {

class CameraLanesModule final : public runtime::Module {
 public:
  explicit CameraLanesModule(runtime::Setup& setup)
      : config_(setup.config<RoadViewConfig>()),
        image_(setup.latest<messages::Image>("image")),
        info_(setup.latest<messages::CameraInfo>("camera_info", runtime::Need::kOptional)),
        tf_static_(setup.latest<messages::TFMessage>("tf_static", runtime::Need::kOptional)),
        lanes_(setup.output<messages::LaneLines>("lanes")),
        area_(setup.output<messages::DrivableArea>("drivable_area")) {
    setup.levels(2);
    if (const auto status = open(setup.budget()); !status) setup.not_available(status.error().message);
  }

  void step(runtime::Activation& activation) override {
    const auto image = activation.get(image_);
    if (!image) return;
    const auto picture = view_of(*image);
    if (!picture) throw std::runtime_error(picture.error().message);
    const auto ground = ground_view(activation, image->header.frame_id);
    auto seen = view_->see(*picture, activation.level(), ground ? &*ground : nullptr);
    if (!seen) throw std::runtime_error(seen.error().message);
    activation.report_operations(static_cast<std::int64_t>(view_->operations(activation.level())));
    seen->lanes.header = seen->area.header = image->header;
    activation.publish(lanes_, std::move(seen->lanes));
    activation.publish(area_, std::move(seen->area));
  }

 private:
  base::Status open(base::Duration budget) {
    if (const std::string problem = imaging_problem(); !problem.empty()) return base::Error{problem};
    const auto package = model::open_package({config_.model, "camera_lanes", budget});
    if (!package) return package.error();
    const auto network = twinlite_network(package->weights);
    if (!network) return network.error();
    if (const auto status = model::check_shapes(package->card, *network); !status) return status;
    auto view = RoadView::make(package->weights, config_);
    if (!view) return view.error();
    view_ = *std::move(view);
    return {};
  }

  // Without a calibration lines stay in the picture.
  std::optional<GroundView> ground_view(runtime::Activation& activation, const std::string& frame) const {
    const auto info = activation.get(info_);
    const auto tf_static = activation.get(tf_static_);
    if (!info || !tf_static) return std::nullopt;
    const auto view = GroundView::make(*info, *tf_static, frame);
    return view ? std::optional(*view) : std::nullopt;
  }

  RoadViewConfig config_;
  std::optional<RoadView> view_;
  runtime::Latest<messages::Image> image_;
  runtime::Latest<messages::CameraInfo> info_;
  runtime::Latest<messages::TFMessage> tf_static_;
  runtime::Output<messages::LaneLines> lanes_;
  runtime::Output<messages::DrivableArea> area_;
};

base::Result<model::Trial> try_road_view(const model::Package& package) {
  const auto network = twinlite_network(package.weights);
  if (!network) return network.error();
  auto trial = model::network_trial(*network, package.card);
  if (!trial) return trial.error();
  auto made = RoadView::make(package.weights, {});
  if (!made) return made.error();
  const auto view = std::make_shared<RoadView>(*std::move(made));
  for (const int level : {0, 1}) {
    trial->levels.push_back([view, level, picture = made_picture()]() -> base::Status {
      const auto seen = view->see(picture, level, nullptr);
      return seen ? base::Status() : seen.error();
    });
  }
  return trial;
}

}  // namespace

}  // namespace hangil::camera

HANGIL_MODULE(hangil::camera::CameraLanesModule,
              "sees lane lines and the drivable area in a camera's pictures (TwinLiteNet+)")
HANGIL_MODEL_TRIAL(hangil::camera::try_road_view)
