// SPDX-License-Identifier: Apache-2.0
#include "evaluation/detection.hpp"

#include <random>

#include <gtest/gtest.h>

#include "base/json.hpp"
#include "evaluation/made_frames.hpp"

namespace hangil::evaluation {
namespace {

using made::car_at;
using made::claim;
using made::frame;
using made::person_at;
using made::truth;
using messages::ObjectClass;

DetectionResult evaluate(const EvaluatedFrame& one, const CameraView* view = nullptr) {
  return evaluate_detection({one}, view, {});
}

const Score& group(const std::vector<Score>& scores, const std::string& name) {
  for (const Score& score : scores) {
    if (score.name == name) return score;
  }
  ADD_FAILURE() << "no group " << name;
  return scores.front();
}

TEST(Detection, BoxesEqualToTruthScoreOne) {
  const auto result = evaluate(frame({truth(1, car_at(10, 0)), truth(2, person_at(5, 5), ObjectClass::kPedestrian)},
                                     {claim(car_at(10, 0)), claim(person_at(5, 5), ObjectClass::kPedestrian)}));
  EXPECT_EQ(result.scores.total.recall_ratio, 1.0);
  EXPECT_EQ(result.scores.total.precision_ratio, 1.0);
  EXPECT_NEAR(result.mean_overlap_ratio, 1.0, 1e-9);
  EXPECT_NEAR(result.mean_centre_error_m, 0.0, 1e-12);
  EXPECT_EQ(result.same_class_ratio, 1.0);
}

TEST(Detection, OneMissOfFourIsRecallOfThreeQuarters) {
  const auto result = evaluate(
      frame({truth(1, car_at(10, 0)), truth(2, car_at(20, 0)), truth(3, car_at(30, 0)), truth(4, car_at(5, 9))},
            {claim(car_at(10, 0)), claim(car_at(20, 0)), claim(car_at(5, 9))}));
  EXPECT_EQ(result.scores.total.recall_ratio, 0.75);
  EXPECT_EQ(result.scores.total.precision_ratio, 1.0);
  EXPECT_EQ(group(result.scores.by_distance, "30 to 40 m").found_count, 0u);
  EXPECT_EQ(group(result.scores.by_distance, "10 to 20 m").recall_ratio, 1.0);
}

TEST(Detection, ABoxOnNothingIsFalse) {
  const auto result =
      evaluate(frame({truth(1, car_at(10, 0))}, {claim(car_at(10, 0)), claim(car_at(10, 8), ObjectClass::kVan)}));
  EXPECT_EQ(result.scores.total.precision_ratio, 0.5);
  EXPECT_EQ(group(result.scores.by_class, "van").precision_ratio, 0.0);
  EXPECT_EQ(result.scores.total.recall_ratio, 1.0);
}

TEST(Detection, TheSecondBoxOnOneObjectIsFalse) {
  const auto result = evaluate(frame({truth(1, car_at(10, 0))}, {claim(car_at(10, 0)), claim(car_at(10.4, 0))}));
  EXPECT_EQ(result.scores.total.right_count, 1u);
  EXPECT_EQ(result.scores.total.box_count, 2u);
}

TEST(Detection, UnknownClassFindsButIsNeverFalse) {
  const auto result = evaluate(frame({truth(1, car_at(10, 0))}, {claim(car_at(10, 0), ObjectClass::kUnknown),
                                                                 claim(car_at(20, 9), ObjectClass::kUnknown)}));
  EXPECT_EQ(result.scores.total.recall_ratio, 1.0);
  EXPECT_EQ(result.scores.total.box_count, 0u);
  EXPECT_TRUE(std::isnan(result.scores.total.precision_ratio));
  EXPECT_EQ(result.unknown_found_count, 1u);
}

TEST(Detection, RecallIgnoresClassAndPairsAreListed) {
  const auto result =
      evaluate(frame({truth(1, car_at(10, 0), ObjectClass::kVan)}, {claim(car_at(10, 0), ObjectClass::kCar)}));
  EXPECT_EQ(result.scores.total.recall_ratio, 1.0);
  EXPECT_EQ(result.same_class_ratio, 0.0);
  ASSERT_EQ(result.class_pairs.size(), 1u);
  EXPECT_EQ(result.class_pairs[0].truth + " as " + result.class_pairs[0].claimed, "van as car");
}

TEST(Detection, PedestriansMatchByCentreDistanceAndCarsDoNot) {
  const messages::Box3 thin{5.45, 5, 0.9, 0, 0.2, 0.2, 1.5};
  EXPECT_EQ(
      evaluate(frame({truth(1, person_at(5, 5), ObjectClass::kPedestrian)}, {claim(thin)})).scores.total.found_count,
      1u);
  EXPECT_EQ(evaluate(frame({truth(1, person_at(5, 5), ObjectClass::kCar)}, {claim(thin)})).scores.total.found_count,
            0u);
}

TEST(Detection, FarThinAndForeignObjectsNeitherRewardNorPunish) {
  auto sparse = truth(2, car_at(20, 0));
  sparse.point_count = 9;
  auto sitting = truth(4, person_at(3, 3), ObjectClass::kPedestrian);
  sitting.label = "Person_sitting";
  const std::vector<messages::TruthObject> objects = {truth(1, car_at(41, 0)), sparse,
                                                      truth(3, car_at(9, 9), ObjectClass::kTram), sitting};
  const auto found =
      evaluate(frame(objects, {claim(car_at(41, 0)), claim(car_at(39.5, 0)), claim(car_at(20, 0)), claim(car_at(9, 9)),
                               claim(person_at(3, 3), ObjectClass::kPedestrian), claim(car_at(60, 5))}));
  EXPECT_EQ(found.scores.total.truth_count, 0u);
  EXPECT_EQ(found.scores.total.box_count, 0u);
}

TEST(Detection, MatchingFindsTheMostPairsNotTheGreediest) {
  // Box a fits both cars, box b only the first: the greedy best pair (first, a) would lose the second car.
  const auto result = evaluate(
      frame({truth(1, car_at(10, 0)), truth(2, car_at(12.2, 0))}, {claim(car_at(10.4, 0)), claim(car_at(8.5, 0))}));
  EXPECT_EQ(result.scores.total.found_count, 2u);
}

TEST(Detection, OrderOfObjectsDoesNotMatter) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> place(-30, 30);
  Channel<messages::TruthObjects> labels;
  Channel<messages::Objects> objects;
  for (int f = 0; f < 5; ++f) {
    messages::TruthObjects label;
    messages::Objects answer;
    label.header = answer.header = {made::time_at(f), "ego"};
    for (int i = 0; i < 20; ++i) {
      const auto box = car_at(place(random), place(random), place(random));
      label.objects.push_back(truth(i, box));
      if (i % 3 != 0) answer.objects.push_back({ObjectClass::kCar, 1, car_at(box.x_m + 0.3, box.y_m, box.yaw_rad)});
    }
    labels.push_back(made::stamped(label));
    objects.push_back(made::stamped(answer));
  }
  const auto json = [&] {
    return base::to_json(evaluate_detection(pair_with_truth(labels, detections(objects), {}), nullptr, {}));
  };
  const std::string first = json();
  for (int round = 0; round < 5; ++round) {
    for (auto& label : labels) std::shuffle(label.value.objects.begin(), label.value.objects.end(), random);
    for (auto& answer : objects) std::shuffle(answer.value.objects.begin(), answer.value.objects.end(), random);
    EXPECT_EQ(json(), first);
  }
  EXPECT_NE(first.find("\"found_count\":"), std::string::npos);
}

TEST(Detection, BoxesThatNoBoxCanBeAreCountedApart) {
  Channel<messages::TruthObjects> labels;
  Channel<messages::Objects> objects;
  labels.push_back(
      made::stamped(messages::TruthObjects{{made::time_at(1), "ego"}, {truth(1, car_at(10, 0))}, {}, false}));
  messages::Objects answer{{made::time_at(1), "ego"}, {}};
  answer.objects.push_back({ObjectClass::kCar, 1, car_at(NAN, 0)});
  answer.objects.push_back({ObjectClass::kCar, 1, car_at(10, 0, HUGE_VAL)});
  answer.objects.push_back({ObjectClass::kCar, 1, {10, 0, 0, 0, 0, 1, 1}});
  objects.push_back(made::stamped(answer));
  const auto result = evaluate_detection(pair_with_truth(labels, detections(objects), {}), nullptr, {});
  EXPECT_EQ(result.invalid_box_count, 3u);
  EXPECT_EQ(result.scores.total.found_count, 0u);
  EXPECT_EQ(result.scores.total.box_count, 0u);
}

TEST(Detection, ALabelledFrameWithoutAnswerIsAllMissed) {
  Channel<messages::TruthObjects> labels;
  for (const double t : {1.0, 2.0}) {
    labels.push_back(
        made::stamped(messages::TruthObjects{{made::time_at(t), "ego"}, {truth(1, car_at(10, 0))}, {}, false}));
  }
  messages::Objects answer{{made::time_at(1.004), "ego"}, {{ObjectClass::kCar, 1, car_at(10, 0)}}};
  const auto frames = pair_with_truth(labels, detections({made::stamped(answer)}), {});
  const auto result = evaluate_detection(frames, nullptr, {});
  EXPECT_EQ(result.unanswered_frame_count, 1u);
  EXPECT_EQ(result.scores.total.recall_ratio, 0.5);
}

TEST(Detection, NothingAtAllHasNoRatios) {
  const auto result = evaluate_detection({}, nullptr, {});
  EXPECT_EQ(result.frame_count, 0u);
  EXPECT_TRUE(std::isnan(result.scores.total.recall_ratio));
  EXPECT_NE(base::to_json(result).find("\"recall_ratio\":null"), std::string::npos);
}

// A camera at the ego origin, 1.5 m up, looking along x; 1000 x 400 pixels, focal length 500.
CameraView forward_camera() {
  messages::CameraInfo info;
  info.header.frame_id = "camera_front";
  info.width = 1000, info.height = 400;
  info.p = {500, 0, 500, 0, 0, 500, 200, 0, 0, 0, 1, 0};
  messages::TransformStamped mounted;
  mounted.header.frame_id = "ego", mounted.child_frame_id = "camera_front";
  mounted.transform.translation = {0, 0, 1.5};
  mounted.transform.rotation = {-0.5, 0.5, -0.5, 0.5};  // optical: x right, y down, z forward
  return *CameraView::make(info, {mounted});
}

TEST(CameraView, SeesWhatLiesBeforeItAndNotBeside) {
  const CameraView view = forward_camera();
  EXPECT_TRUE(view.sees_centre(car_at(20, 0)));
  EXPECT_TRUE(view.sees_centre(car_at(20, 19)));
  EXPECT_FALSE(view.sees_centre(car_at(20, 21)));
  EXPECT_FALSE(view.sees_centre(car_at(-20, 0)));
  const auto box = view.image_box({20, 4, 1.5, 0, 2, 2, 2});
  ASSERT_TRUE(box.has_value());
  EXPECT_NEAR(box->left_px, 500 - 500 * 5.0 / 19, 0.01);  // left in the world is left in the picture
  EXPECT_NEAR(box->right_px, 500 - 500 * 3.0 / 21, 0.01);
  EXPECT_NEAR(box->bottom_px - box->top_px, 500 * 2.0 / 19, 0.01);
}

TEST(CameraView, WithoutTransformOrSizeIsAnError) {
  messages::CameraInfo info;
  info.header.frame_id = "camera_front";
  EXPECT_FALSE(CameraView::make(info, {}).ok());
  messages::TransformStamped mounted;
  mounted.header.frame_id = "ego", mounted.child_frame_id = "camera_front";
  EXPECT_NE(CameraView::make(info, {mounted}).error().message.find("no picture size"), std::string::npos);
}

TEST(Detection, OutsideTheImageBoxesAreNotJudged) {
  const CameraView view = forward_camera();
  auto one = frame({truth(1, car_at(20, 0))}, {claim(car_at(20, 0)), claim(car_at(10, 25)), claim(car_at(20, 8))});
  one.truth.is_limited_to_image = true;
  const auto result = evaluate(one, &view);
  EXPECT_EQ(result.scores.total.box_count, 2u);
  EXPECT_EQ(result.scores.total.right_count, 1u);
  one.truth.objects[0].is_in_image = false;
  EXPECT_EQ(evaluate(one, &view).scores.total.truth_count, 0u);
}

TEST(Detection, BoxesInIgnoreRegionsAreNotJudged) {
  const CameraView view = forward_camera();
  auto one = frame({}, {claim(car_at(20, 8))});
  EXPECT_EQ(evaluate(one, &view).scores.total.precision_ratio, 0.0);
  one.truth.ignore_regions.push_back({200, 150, 400, 300});
  EXPECT_EQ(evaluate(one, &view).scores.total.box_count, 0u);
  one.truth.ignore_regions[0] = {200, 150, 275, 300};  // about a quarter of the box's image
  EXPECT_EQ(evaluate(one, &view).scores.total.box_count, 1u);
}

TEST(Detection, WithoutCameraPrecisionIsUnknownWhereLabelsEndAtTheImage) {
  auto one = frame({truth(1, car_at(20, 0))}, {claim(car_at(20, 0))});
  one.truth.is_limited_to_image = true;
  const auto result = evaluate(one, nullptr);
  EXPECT_EQ(result.scores.total.recall_ratio, 1.0);
  EXPECT_TRUE(std::isnan(result.scores.total.precision_ratio));
  EXPECT_NE(result.note.find("precision is unknown"), std::string::npos);
}

}  // namespace
}  // namespace hangil::evaluation
