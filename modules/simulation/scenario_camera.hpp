// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/config.hpp"
#include "fusion/sensor_rig.hpp"
#include "math/pose_sample.hpp"
#include "messages/compressed_image.hpp"
#include "messages/signal_states.hpp"
#include "messages/truth_objects.hpp"
#include "simulation/canvas.hpp"
#include "simulation/land_mesh.hpp"
#include "simulation/signal_boards.hpp"

namespace hangil::simulation {

struct ScenarioCameraConfig {
  std::string scenario_file, parameters, maps;  // as the scenario world's
  std::string rig_file, camera = "front";
  double noise_levels = 1.5;

  void visit(base::ConfigVisitor& visitor);
};

// A picture as it comes off the sensor: 3 bytes a pixel.
struct RgbPicture {
  int width_px = 0, height_px = 0;
  std::vector<std::uint8_t> rgb;
};

// The world of a scenario as a camera on ego sees it: road with its markings, land, sky, the objects of a truth, signs
// and lights. The same truth, signals, pose and seed give the same picture, whatever was seen before.
class ScenarioCamera {
 public:
  // Reads the scenario's road and the rig. Errors name file and line.
  static base::Result<ScenarioCamera> load(const ScenarioCameraConfig& config);
  // `map`: null for level asphalt everywhere.
  ScenarioCamera(fusion::CameraMount mount, std::shared_ptr<const map::Map> map, double noise_levels);

  // Paints what is there at the moment of `truth`; `signals` may be null. False, and nothing painted, for a pose that
  // is not sound.
  bool look(const messages::TruthObjects& truth, const messages::SignalStates* signals, const math::PoseSample& ego);
  const Canvas& canvas() const { return canvas_; }
  // What was painted last, with the sensor's noise.
  RgbPicture picture(base::Time stamp, std::uint64_t seed) const;
  messages::CompressedImage image(base::Time stamp, std::uint64_t seed) const;

  const fusion::CameraMount& mount() const { return mount_; }

 private:
  void paint_ground(const math::PoseSample& ego);
  void paint(const std::vector<GroundPatch>& patches, double over_ratio);
  void paint_shadows(const messages::TruthObjects& truth, const Eigen::Isometry3d& T_map_ego);
  void paint(const Body& body, const Eigen::Isometry3d& T_map_body);
  void paint_trim(const messages::TruthObject& object, const Eigen::Isometry3d& T_map_ego);
  void paint_lamps(const messages::SignalStates* signals);
  bool is_in_view(const Eigen::Vector3d& middle_map_m, double radius_m) const;

  fusion::CameraMount mount_;
  std::shared_ptr<const map::Map> map_;
  std::vector<Colour> backdrop_;
  RoadMesh roads_;
  SignalBoards boards_;
  std::vector<GroundPatch> land_;
  std::optional<math::Point2> land_middle_;
  Eigen::Isometry3d T_camera_map_ = Eigen::Isometry3d::Identity();
  Canvas canvas_;
  std::vector<std::int8_t> noise_;  // normal deviates; rows begin anywhere in it
};

}  // namespace hangil::simulation
