// SPDX-License-Identifier: Apache-2.0
#include "lidar/point_gnn.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "drives.hpp"
#include "lidar/kitti_camera.hpp"
#include "lidar/made_pillars.hpp"
#include "lidar/point_gnn_boxes.hpp"
#include "lidar/point_gnn_reference.hpp"
#include "lidar/point_view.hpp"

namespace hangil::lidar {
namespace {

Points made_graph_view(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<float> aside_m(-4, 4), down_m(-1, 1.6f), ahead_m(3, 14), intensity(0, 1);
  Points points;
  for (std::size_t i = 0; i < count; ++i) {
    const float x_m = aside_m(random), y_m = down_m(random), z_m = ahead_m(random);
    tests::add_point(points, x_m, y_m, z_m, intensity(random));
  }
  return points;
}

GnnGraph graph_of(const Points& points, const GnnDetail& detail, std::int64_t operations_most = 0) {
  GnnGraph graph;
  const base::Status built = build_gnn_graph(points, detail, operations_most, graph);
  EXPECT_TRUE(built.ok()) << built.error().message;
  return graph;
}

void expect_same_answer(const GnnAnswer& answer, const GnnAnswer& expected, double tolerance) {
  ASSERT_EQ(answer.count, expected.count);
  for (std::size_t i = 0; i < answer.count; ++i) {
    for (std::size_t c = 0; c < kGnnClasses; ++c) {
      ASSERT_NEAR(answer.probabilities[i][c], expected.probabilities[i][c], tolerance) << i;
    }
    for (std::size_t c = 0; c < kGnnCarClasses; ++c) {
      for (std::size_t k = 0; k < kGnnBoxNumbers; ++k) {
        ASSERT_NEAR(answer.boxes[i][c][k], expected.boxes[i][c][k], tolerance) << i << " " << c << " " << k;
      }
    }
  }
}

TEST(PointGnn, AgreesWithTheNetworkAsItIsWritten) {
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    const model::Weights weights = tests::random_gnn_weights(seed);
    const auto network = make_point_gnn(weights);
    ASSERT_TRUE(network.ok()) << network.error().message;
    const Points points = made_graph_view(400, seed);
    const GnnGraph graph = graph_of(points, {.voxel_m = 1.2, .points_most = 12, .keypoints_most = 30});
    ASSERT_GT(graph.keypoints.count, 20u);
    GnnMemory memory;
    GnnAnswer answer;
    run_point_gnn(*network, points, graph, memory, answer);
    expect_same_answer(answer, tests::reference_answer(weights, points, graph), 2e-3);
  }
}

TEST(PointGnn, SaysWhichTensorDoesNotFit) {
  const auto absent = make_point_gnn(model::Weights());
  ASSERT_FALSE(absent.ok());
  EXPECT_NE(absent.error().message.find("layer1/extract_vertex_features/fully_connected"), std::string::npos);
  const model::Weights whole = tests::random_gnn_weights(1);
  std::vector<model::Tensor> tensors = whole.tensors();
  for (model::Tensor& tensor : tensors) {
    if (tensor.name == "layer2/fully_connected_1/weights") std::swap(tensor.shape[0], tensor.shape[1]);
  }
  const auto turned = make_point_gnn(model::Weights(tensors, nullptr, whole.sha256()));
  ASSERT_FALSE(turned.ok());
  EXPECT_NE(turned.error().message.find("layer2/fully_connected_1/weights"), std::string::npos);
}

TEST(GnnGraph, WorkIsLimitedFromTheFarEnd) {
  const Points points = made_graph_view(3000, 3);
  const GnnDetail detail{.voxel_m = 0.6};
  const GnnGraph whole = graph_of(points, detail);
  const std::int64_t all = count_operations(whole);
  std::size_t before = 0;
  for (const std::int64_t most : {all / 10, all / 3, all, 2 * all}) {
    const GnnGraph limited = graph_of(points, detail, most);
    EXPECT_LE(count_operations(limited), most);
    EXPECT_GE(limited.keypoints.count, before);
    before = limited.keypoints.count;
    for (std::size_t i = 0; i < before; ++i) EXPECT_EQ(limited.keypoints.x_m[i], whole.keypoints.x_m[i]);
    ASSERT_EQ(limited.from_points.begin.size(), before + 1);
    ASSERT_EQ(limited.from_keypoints.begin.size(), before + 1);
    for (std::size_t e = 0; e < limited.from_keypoints.count(); ++e) {
      ASSERT_LT(limited.from_keypoints.sources[e], before);
    }
  }
  EXPECT_EQ(before, whole.keypoints.count);
  EXPECT_EQ(graph_of(points, detail, all / 3).keypoints.count < whole.keypoints.count, true);
}

TEST(GnnGraph, NoPointsAreNoKeypoints) {
  const GnnGraph graph = graph_of(Points(), {});
  EXPECT_EQ(graph.keypoints.count, 0u);
  const auto network = make_point_gnn(tests::random_gnn_weights(1));
  ASSERT_TRUE(network.ok());
  GnnMemory memory;
  GnnAnswer answer;
  run_point_gnn(*network, Points(), graph, memory, answer);
  EXPECT_EQ(answer.count, 0u);
}

// Points of one frame of the KITTI object layout as the network wants them; the pose of its camera.
struct KittiView {
  Points points;
  SensorPose T_ego_camera;
};

KittiView kitti_view(const std::string& training, const std::string& frame) {
  const auto mounted = tests::mounted_camera(tests::read_kitti_calibration(training + "/calib/" + frame + ".txt"));
  const auto camera = find_camera_beside(mounted.info, mounted.tf_static, "lidar_top");
  EXPECT_TRUE(camera.ok()) << camera.error().message;
  const messages::PointCloud2 cloud = tests::read_kitti_bin(training + "/velodyne/" + frame + ".bin");
  Points scan;
  read_points(*view_points(cloud), scan);
  KittiView view{.T_ego_camera = camera->T_ego_camera};
  crop_to_picture(scan, *camera, view.points);
  return view;
}

std::vector<ScoredBox> boxes_of(const GnnAnswer& answer, const GnnGraph& graph, const KittiView& view) {
  std::vector<ScoredBox> boxes;
  decode_boxes(answer, graph.keypoints, view.T_ego_camera, 0.25, boxes);
  return merge_boxes(std::move(boxes), 0.01);
}

void expect_same_boxes(const std::vector<ScoredBox>& found, const std::vector<ScoredBox>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_NEAR(found[i].score, expected[i].score, 1e-3);
    for (auto member : {&messages::Box3::x_m, &messages::Box3::y_m, &messages::Box3::z_m, &messages::Box3::yaw_rad,
                        &messages::Box3::length_m, &messages::Box3::width_m, &messages::Box3::height_m}) {
      EXPECT_NEAR(found[i].box.*member, expected[i].box.*member, 1e-3) << "box " << i;
    }
  }
}

void compare_on_kitti(std::int64_t operations_most, std::size_t boxes_least) {
  const std::string training = hangil::tests::drives_dir() + "/kitti_object/training";
  const std::string folder = hangil::tests::shared_dir() + "/models/pointgnn_car_t1";
  HANGIL_NEEDS_DATA(training);
  HANGIL_NEEDS_DATA(folder);
  const auto weights = model::read_weights(folder);
  ASSERT_TRUE(weights.ok()) << weights.error().message;
  const auto network = make_point_gnn(*weights);
  ASSERT_TRUE(network.ok()) << network.error().message;
  for (const char* frame : {"000008", "000142"}) {
    const KittiView view = kitti_view(training, frame);
    const GnnGraph graph = graph_of(view.points, {.voxel_m = 0.8}, operations_most);
    GnnMemory memory;
    GnnAnswer answer;
    run_point_gnn(*network, view.points, graph, memory, answer);
    const GnnAnswer reference = tests::reference_answer(*weights, view.points, graph);
    expect_same_answer(answer, reference, 1e-3);
    const auto boxes = boxes_of(answer, graph, view);
    EXPECT_GE(boxes.size(), boxes_least);
    expect_same_boxes(boxes, boxes_of(reference, graph, view));
  }
}

TEST(PointGnn, SameBoxesAsInDoublePrecisionNearby) { compare_on_kitti(800'000, 1); }
TEST(NightlyPointGnn, SameBoxesAsInDoublePrecision) { compare_on_kitti(0, 8); }

}  // namespace
}  // namespace hangil::lidar
