// SPDX-License-Identifier: Apache-2.0
#include "lidar/point_gnn_trial.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

#include "lidar/detect_cars.hpp"
#include "lidar/point_view.hpp"

namespace hangil::lidar {

namespace {

constexpr double kDegree_rad = 0.017453292519943295;
constexpr double kCameraHeight_m = 1.65, kWall_m = 7, kWallTop_m = -3, kFarthest_m = 70, kHedge_m = 1.5;

// Upright along the road, in the camera's frame: x right, y down, z forward.
struct MadeCar {
  double x_m, z_m;
};
constexpr std::array<MadeCar, 7> kCars = {
    {{-3.2, 9}, {3.1, 13}, {0.2, 21}, {-3.3, 26}, {3.4, 33}, {-0.5, 44}, {-3.4, 52}}};
constexpr double kMadeLength_m = 4.1, kMadeWidth_m = 1.7, kMadeHeight_m = 1.5;

struct Ray {
  double x, y, z;  // of unit length
};

// Distance to a car; kFarthest_m: none.
double distance_to_car(const Ray& ray, const MadeCar& car) {
  const double low[3] = {car.x_m - kMadeWidth_m / 2, kCameraHeight_m - kMadeHeight_m, car.z_m - kMadeLength_m / 2};
  const double high[3] = {car.x_m + kMadeWidth_m / 2, kCameraHeight_m, car.z_m + kMadeLength_m / 2};
  const double step[3] = {ray.x, ray.y, ray.z};
  double enter = 0, leave = kFarthest_m;
  for (int axis = 0; axis < 3; ++axis) {
    const double a = low[axis] / step[axis], b = high[axis] / step[axis];
    enter = std::max(enter, std::min(a, b)), leave = std::min(leave, std::max(a, b));
  }
  return enter < leave ? enter : kFarthest_m;
}

// Distance along the ray to what it meets first; `depth`, 0 to 1, of a hedge's thickness if that is a hedge.
double distance_along(const Ray& ray, double depth) {
  double nearest = ray.y > 0 ? kCameraHeight_m / ray.y : kFarthest_m;
  const double wall = (kWall_m + kHedge_m * depth) / std::abs(ray.x);
  if (ray.y * wall > kWallTop_m) nearest = std::min(nearest, wall);
  for (const MadeCar& car : kCars) nearest = std::min(nearest, distance_to_car(ray, car));
  return nearest;
}

}  // namespace

messages::PointCloud2 made_street() {
  constexpr int kRings = 64, kColumns = 400;
  messages::PointCloud2 cloud{.header = {{}, "street"}, .height = 1, .point_step = 16};
  for (const auto& [name, offset] : {std::pair{"x", 0U}, {"y", 4U}, {"z", 8U}, {"intensity", 12U}}) {
    cloud.point_fields.push_back({name, offset, messages::PointField::kFloat32, 1});
  }
  for (int i = 0; i < kRings * kColumns; ++i) {
    const double down = (-2.013 + 26.9 * (i / kColumns) / kRings) * kDegree_rad;
    const double right = (-40.07 + 0.2 * (i % kColumns)) * kDegree_rad;
    const Ray ray{std::cos(down) * std::sin(right), std::sin(down), std::cos(down) * std::cos(right)};
    const double depth = static_cast<double>(static_cast<std::uint32_t>(i) * 2654435761U) / 4294967296.0;
    const double distance = distance_along(ray, depth);
    if (distance >= kFarthest_m) continue;
    const std::array<float, 4> point = {static_cast<float>(distance * ray.x), static_cast<float>(distance * ray.y),
                                        static_cast<float>(distance * ray.z), 0.3F};
    const std::size_t end = cloud.data.size();
    cloud.data.resize(end + sizeof(point));
    std::memcpy(cloud.data.data() + end, point.data(), sizeof(point));
    ++cloud.width;
  }
  cloud.row_step = cloud.width * cloud.point_step;
  return cloud;
}

CameraBeside made_street_camera() {
  CameraBeside camera;
  camera.optics = {720, 720, 620, 187, 1242, 375};
  camera.T_ego_camera = {{0, 0, 1, -1, 0, 0, 0, -1, 0}, {1, 0, static_cast<float>(kCameraHeight_m)}};
  return camera;
}

base::Result<model::Trial> try_point_gnn(const model::Package& package) {
  auto network = make_point_gnn(package.weights);
  if (!network) return network.error();
  struct Tried {
    PointGnn network;
    CarDetectorState state;
    messages::PointCloud2 street = made_street();
  };
  const auto tried = std::make_shared<Tried>(Tried{*std::move(network), {}});
  const auto detect = [tried](int level) -> base::Status {
    const auto found = detect_cars(tried->network, tried->street, made_street_camera(), {}, {level, 0}, tried->state);
    return found ? base::Status() : found.error();
  };
  model::Trial trial;
  trial.answer = [tried, detect](std::vector<std::vector<float>>& outputs) -> base::Status {
    if (const auto status = detect(2); !status) return status;
    outputs.assign(2, {});
    const GnnAnswer& answer = tried->state.answer;
    for (std::size_t i = 0; i < answer.count; ++i) {
      outputs[0].insert(outputs[0].end(), answer.probabilities[i].begin(), answer.probabilities[i].end());
      for (const auto& box : answer.boxes[i]) outputs[1].insert(outputs[1].end(), box.begin(), box.end());
    }
    return model::check_finite(outputs);
  };
  if (const auto status = detect(2); !status) return status.error();
  trial.operation_count = 2e3 * static_cast<double>(tried->state.operations);
  for (int level = 0; level < static_cast<int>(kGnnLevels.size()); ++level) {
    trial.levels.push_back([detect, level] { return detect(level); });
  }
  return trial;
}

}  // namespace hangil::lidar
