// SPDX-License-Identifier: Apache-2.0
// file size: made input beside the claims about it
#include "cli/made_drive.hpp"

#include <cmath>
#include <cstring>
#include <random>

#include "evaluation/driven_recording.hpp"
#include "messages/compressed_image.hpp"
#include "messages/obstacle_points.hpp"
#include "messages/point_cloud2.hpp"
#include "messages/pose_sample.hpp"
#include "recording/drive_writer.hpp"
#include "viewer/png.hpp"

namespace hangil::cli::made {

namespace {

using messages::ObjectClass;

constexpr const char* kPipeline = R"yaml(pipeline: made
frame: {channel: /lidar/top/points, output: /command, deadline_ms: 60}
modules:
  - {name: lidar_ground, library: g, inputs: {points: /lidar/top/points, tf: /source/tf_static}, outputs: {obstacles: /lidar/top/obstacles}, on: [points], budget_ms: 12}
  - {name: lidar_clusters, library: c, inputs: {obstacles: /lidar/top/obstacles}, outputs: {objects: /lidar/objects}, on: [obstacles], budget_ms: 25}
  - {name: tracker, library: t, inputs: {objects: /lidar/objects, pose: /localization/pose}, outputs: {tracks: /tracks}, on: [objects], budget_ms: 8}
  - {name: planner, library: p, inputs: {tracks: /tracks, pose: /localization/pose, mission: /mission}, outputs: {trajectory: /trajectory}, on: [tracks], budget_ms: 15}
  - {name: controller, library: k, inputs: {trajectory: /trajectory, pose: /localization/pose}, outputs: {command: /command}, on: [trajectory], budget_ms: 2}
  - {name: camera_boxes, library: b, inputs: {image: /camera/left/image}, outputs: {objects: /camera/objects}, on: [image], budget_ms: 30}
  - {name: pose, library: q, inputs: {odometry: /odometry}, outputs: {pose: /localization/pose}, on: [odometry], budget_ms: 1}
)yaml";

struct Actor {
  std::int32_t id;
  ObjectClass object_class;
  messages::Box3 at_start;  // in map
  double vx_mps, vy_mps;
};

std::vector<Actor> actors() {
  std::vector<Actor> all;
  for (int i = 0; i < 8; ++i) {
    all.push_back(
        {i + 1, ObjectClass::kCar, {12.0 + 11 * i, i % 2 == 0 ? 6.2 : -6.0, 0.8, 0.02 * i, 4.3, 1.8, 1.5}, 0, 0});
  }
  all.push_back({20, ObjectClass::kCar, {24, 0.2, 0.8, 0, 4.5, 1.85, 1.5}, 7.5, 0});
  all.push_back({21, ObjectClass::kCyclist, {15, -3.2, 0.9, 0, 1.8, 0.6, 1.8}, 4.5, 0});
  all.push_back({22, ObjectClass::kPedestrian, {42, 9, 0.9, -1.57, 0.6, 0.6, 1.8}, 0, -1.3});
  all.push_back({23, ObjectClass::kVan, {95, 3.2, 1.1, 3.14159, 5.4, 2.0, 2.2}, -9, 0});
  return all;
}

base::Time stamp_at(double t) { return base::Time{1'700'000'000'000'000'000} + base::Duration::seconds(t); }

double speed_at(double t) { return t < 2 ? 8 : std::max(1.5, 8 - 2.4 * (t - 2)); }

double distance_at(double t) {
  double d = 0;
  for (double at = 0; at < t - 1e-9; at += 0.01) d += 0.01 * speed_at(at);
  return d;
}

messages::Box3 place(const Actor& actor, double t, double ego_x_m) {
  messages::Box3 box = actor.at_start;
  box.x_m += actor.vx_mps * t - ego_x_m, box.y_m += actor.vy_mps * t;
  return box;
}

void add_point(std::vector<float>& xyzi, double x, double y, double z) {
  for (const double value : {x - 0.8, y, z - 1.7, 0.3}) xyzi.push_back(static_cast<float>(value));
}

// Ground rings, two walls and the near sides of the actors.
messages::PointCloud2 cloud_at(double t, double ego_x_m, std::mt19937& random, messages::ObstaclePoints& obstacles) {
  std::uniform_real_distribution<double> noise(-0.03, 0.03);
  std::vector<float> xyzi;
  const auto solid = [&](double x, double y, double z) {
    add_point(xyzi, x + noise(random), y + noise(random), z);
    obstacles.x_m.push_back(static_cast<float>(x + noise(random))),
        obstacles.y_m.push_back(static_cast<float>(y + noise(random)));
    obstacles.z_m.push_back(static_cast<float>(z)), obstacles.height_m.push_back(static_cast<float>(z));
    obstacles.intensity.push_back(0.3F);
  };
  for (double radius = 4; radius < 55; radius *= 1.11) {
    for (int i = 0; i < 900; ++i) {
      const double angle = i * 2 * 3.14159265 / 900, y = radius * std::sin(angle);
      if (std::abs(y) < 9.5) add_point(xyzi, radius * std::cos(angle), y, noise(random));
    }
  }
  for (double x = -14; x < 60; x += 0.12) {
    for (const double side : {9.6, -9.8}) {
      if (std::fmod(std::abs(x + ego_x_m), 17) > 3) solid(x, side, 0.3 + 3 * std::abs(std::sin(37 * (x + ego_x_m))));
    }
  }
  for (const Actor& actor : actors()) {
    const messages::Box3 box = place(actor, t, ego_x_m);
    const math::Pose2 pose{box.x_m, box.y_m, box.yaw_rad};
    for (double s = -0.5; s <= 0.5; s += 0.02) {
      for (const double z : {0.3, 0.7, 1.1, 1.4}) {
        const math::Point2 side = pose * math::Point2{s * box.length_m, (box.y_m > 0 ? -0.5 : 0.5) * box.width_m};
        const math::Point2 rear = pose * math::Point2{-0.5 * box.length_m, s * box.width_m};
        solid(side.x_m, side.y_m, z), solid(rear.x_m, rear.y_m, z);
      }
    }
  }
  messages::PointCloud2 cloud;
  cloud.header = {stamp_at(t), "lidar_top"};
  cloud.height = 1, cloud.width = static_cast<std::uint32_t>(xyzi.size() / 4);
  cloud.point_fields = {{"x", 0}, {"y", 4}, {"z", 8}, {"intensity", 12}};
  cloud.point_step = 16, cloud.row_step = 16 * cloud.width;
  cloud.data.resize(xyzi.size() * 4);
  std::memcpy(cloud.data.data(), xyzi.data(), cloud.data.size());
  return cloud;
}

messages::Trajectory plan_at(double t, double ego_x_m) {
  messages::Trajectory plan;
  plan.header = {stamp_at(t), "map"};
  plan.behaviour = t < 2 ? "follow" : "stop";
  plan.candidate_count = 120, plan.collision_free_count = 60;
  for (int i = 0; i <= 40; ++i) {
    const double dt = i / 10.0, v = speed_at(t);
    const double brake_s = std::min(dt, v / 3);
    plan.points.push_back({dt, ego_x_m + distance_at(t + dt) - distance_at(t), 0.25 * std::sin(0.15 * dt), 0, 0.002,
                           speed_at(t + dt), t + dt < 2 ? 0 : -2.4});
    plan.stop_points.push_back(
        {dt, ego_x_m + v * brake_s - 1.5 * brake_s * brake_s, 0, 0, 0, std::max(0.0, v - 3 * dt), -3});
  }
  return plan;
}

class Writer {
 public:
  Writer(const std::string& path, const DriveShape& shape)
      : shape_(shape), writer_(*recording::DriveWriter::create(path)) {}

  template <class T>
  void write(std::string_view topic, base::Time stamp, const T& value) {
    const auto [found, is_new] = channels_.emplace(std::string(topic), -1);
    if (is_new) found->second = writer_.add_channel(found->first, base::message_type<T>());
    (void)writer_.write(found->second, stamp, stamp, value).ok();
  }

  void run();

 private:
  void begin();
  void frame(int index);
  void perception(double t, double ego_x_m);
  void driving(double t, double ego_x_m);
  void records(int index);
  void end();

  DriveShape shape_;
  recording::DriveWriter writer_;
  std::map<std::string, int> channels_;
  std::mt19937 random_{5};
  std::uint64_t ordinal_ = 0;
};

void Writer::begin() {
  messages::TFMessage mounted;
  mounted.transforms.resize(1);
  mounted.transforms[0].header = {stamp_at(0), "ego"};
  mounted.transforms[0].child_frame_id = "lidar_top";
  mounted.transforms[0].transform.translation = {0.8, 0, 1.7};
  write(evaluation::kStaticTransformTopic, stamp_at(0), mounted);
  messages::Mission mission;
  mission.header = {stamp_at(0), "map"};
  for (int i = 0; i < 60; ++i) mission.path.push_back({2.0 * i, 0.002 * i * i});
  write(evaluation::kMissionTopic, stamp_at(0), mission);
  if (!shape_.has_run) return;
  runtime::RunInfo info{.pipeline = "made", .executive = "replay", .latency_mode = "declared", .build = "g++ 12.2.0"};
  const auto ms = [](double value) { return base::Duration::milliseconds(value); };
  info.modules = {
      {"lidar_ground", "g", ms(12)}, {"lidar_clusters", "c", ms(25)},
      {"tracker", "t", ms(8)},       {"planner", "p", ms(15)},
      {"controller", "k", ms(2)},    {"camera_boxes", "b", ms(30), {}, true, "nobody writes /camera/left/image"}};
  info.channels = {{"/lidar/top/points", "", -1}, {"/lidar/top/obstacles", "", 0},
                   {"/lidar/objects", "", 1},     {"/tracks", "", 2},
                   {"/trajectory", "", 3},        {"/command", "", 4}};
  info.frame_channel = 0, info.output_channel = 5, info.deadline = ms(60), info.worker_count = 2;
  info.pipeline_yaml = kPipeline;
  write(runtime::kInfoTopic, stamp_at(0), info);
}

void Writer::perception(double t, double ego_x_m) {
  messages::TruthObjects truth{{stamp_at(t), "ego"}, {}, {}, false};
  messages::Objects objects{{stamp_at(t), "ego"}, {}};
  messages::Tracks tracks{{stamp_at(t), "map"}, {}};
  messages::Predictions predictions{{stamp_at(t), "map"}, base::Duration::milliseconds(100), {}};
  for (const Actor& actor : actors()) {
    const messages::Box3 box = place(actor, t, ego_x_m);
    if (std::hypot(box.x_m, box.y_m) > 55 || box.x_m < -12) continue;
    truth.objects.push_back({.id = actor.id,
                             .object_class = actor.object_class,
                             .label = "made",
                             .box = box,
                             .vx_mps = actor.vx_mps,
                             .vy_mps = actor.vy_mps,
                             .has_velocity = true,
                             .point_count = 50});
    if (actor.object_class == ObjectClass::kPedestrian && t < 1.5) continue;
    objects.objects.push_back({actor.object_class, 0.9F, box, 50});
    const messages::Box3 box_map = place(actor, t, 0);
    tracks.tracks.push_back({.id = static_cast<std::uint32_t>(actor.id + 100),
                             .object_class = actor.object_class,
                             .existence_probability = 0.9F,
                             .box = box_map,
                             .vx_mps = actor.vx_mps,
                             .vy_mps = actor.vy_mps + 0.1,
                             .is_confirmed = true});
    messages::PredictedObject predicted{
        static_cast<std::uint32_t>(actor.id + 100), actor.object_class, 0.9F, box_map, {}};
    for (const double turn : {0.0, 0.12, -0.1}) {
      messages::Future future{turn == 0 ? 0.6F : 0.2F, turn == 0 ? "constant_velocity" : "constant_turn", {}};
      for (int i = 1; i <= 30; ++i) {
        const double dt = i / 10.0, v = std::hypot(actor.vx_mps, actor.vy_mps),
                     heading = std::atan2(actor.vy_mps, actor.vx_mps) + turn * dt / 2;
        future.states.push_back(
            {box_map.x_m + v * dt * std::cos(heading), box_map.y_m + v * dt * std::sin(heading), heading, v, 0.3 * dt});
      }
      predicted.futures.push_back(std::move(future));
    }
    predictions.objects.push_back(std::move(predicted));
  }
  objects.objects.push_back({ObjectClass::kCar, 0.4F, {20, 12, 0.8, 0, 3, 1.5, 1.5}, 12});
  objects.objects.push_back({ObjectClass::kUnknown, 0.5F, {30, -12, 0.8, 0, 3, 1.5, 1.5}, 12});
  if (shape_.has_truth) write(evaluation::kTruthTopic, stamp_at(t), truth);
  write(evaluation::kObjectsTopic, stamp_at(t), objects);
  write(evaluation::kTracksTopic, stamp_at(t), tracks);
  write(evaluation::kPredictionsTopic, stamp_at(t), predictions);
}

void Writer::driving(double t, double ego_x_m) {
  const messages::Trajectory plan = plan_at(t, ego_x_m);
  write(evaluation::kTrajectoryTopic, stamp_at(t), plan);
  messages::SafetyReport report{{stamp_at(t), "map"}, true, {}};
  if (std::abs(t - 3.0) < 0.01)
    report = {{stamp_at(t), "map"}, false, {{"collision", "<b>0.2 m</b> to track 122", 0.2, 0.5}}};
  write(evaluation::kSafetyReportTopic, stamp_at(t), report);
  messages::Command command{{stamp_at(t), "ego"}, 0.01, t < 2 ? 0 : -2.4, speed_at(t + 0.2), !report.is_accepted};
  write(evaluation::kCommandTopic, stamp_at(t), command);
}

void Writer::frame(int index) {
  const double t = index / 10.0, ego_x_m = distance_at(t);
  messages::ObstaclePoints obstacles;
  obstacles.header = {stamp_at(t), "ego"};
  const auto cloud = cloud_at(t, ego_x_m, random_, obstacles);
  write(evaluation::kPointsTopic, stamp_at(t), cloud);
  write(evaluation::kObstaclesTopic, stamp_at(t), obstacles);
  if (shape_.has_camera) {
    viewer::Raster picture(496, 150, {110, 140, 170});
    picture.polygon(std::array<viewer::PixelPoint, 4>{{{0, 150}, {496, 150}, {300, 70}, {200, 70}}}, {70, 74, 80});
    picture.disc({250, 60.0 + index % 10}, 12, {200, 60, 60});
    messages::CompressedImage image{{stamp_at(t), "camera_front"}, "png", *viewer::encode_png(picture)};
    write(evaluation::kImageTopic, stamp_at(t), image);
  }
  math::PoseSample pose{.stamp = stamp_at(t), .x_m = ego_x_m, .vx_mps = speed_at(t)};
  if (shape_.has_poses) write(evaluation::kPoseTopic, stamp_at(t), messages::odometry_of(pose, "map", "ego"));
  perception(t, ego_x_m);
  driving(t, ego_x_m);
  if (shape_.has_run) records(index);
}

// One chain from the scan to the command; module m takes what module m - 1 gave.
void Writer::records(int index) {
  std::uniform_real_distribution<double> factor(0.8, 1.3);
  const std::array<double, 5> run_ms = {6, 14, 2.5, 7, 0.3};
  std::int64_t now_ns = index * 100'000'000LL;
  for (std::uint16_t m = 0; m < 5; ++m) {
    runtime::ActivationRecord record{.module = m, .worker = 0, .ordinal = static_cast<std::uint64_t>(index)};
    record.tag = stamp_at(index / 10.0), record.latency = base::Duration::milliseconds(10);
    record.origin = static_cast<std::uint64_t>(index + 1);
    record.consumed = {{0, m, 1, static_cast<std::uint64_t>(index)}};
    record.produced = {{static_cast<std::uint16_t>(m + 1), static_cast<std::uint64_t>(index)}};
    record.host_input_ns = record.host_runnable_ns = now_ns;
    record.host_start_ns = now_ns + 40'000;
    const double spike = index == 37 && m == 1 ? 2.5 : 1;
    record.host_end_ns = record.host_start_ns + static_cast<std::int64_t>(run_ms[m] * factor(random_) * spike * 1e6);
    record.host_filed_ns = now_ns = record.host_end_ns + 15'000;
    write(runtime::kActivationTopic, record.tag, record);
  }
}

void Writer::end() {
  if (shape_.has_run) {
    const base::Time last = stamp_at(shape_.frame_count / 10.0);
    write(runtime::kDropTopic, last,
          runtime::DropRecord{1, 0, 1, 12, 2, "superseded", last, base::Duration::milliseconds(110)});
    write(runtime::kEventTopic, last,
          runtime::EventRecord{last, "left_out", 5, -1, 0, "camera_boxes: nobody writes /camera/left/image"});
    runtime::RunSummary summary{.digest = 0x1234abcd5678ef90ULL,
                                .frame_count = static_cast<std::uint64_t>(shape_.frame_count)};
    summary.channels = {{"/tracks", 0xfeedULL, static_cast<std::uint64_t>(shape_.frame_count)},
                        {"/command", 0xbeefULL, static_cast<std::uint64_t>(shape_.frame_count)}};
    summary.wall = base::Duration::seconds(1.9);
    write(runtime::kSummaryTopic, last, summary);
  }
  (void)writer_.close().ok();
}

void Writer::run() {
  begin();
  for (int i = 0; i < shape_.frame_count; ++i) frame(i);
  end();
}

}  // namespace

std::string write_driven(const std::string& path, const DriveShape& shape) {
  Writer(path, shape).run();
  return path;
}

}  // namespace hangil::cli::made
