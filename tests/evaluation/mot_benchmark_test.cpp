// SPDX-License-Identifier: Apache-2.0
#include "evaluation/mot_benchmark.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "evaluation/mot_report.hpp"

namespace hangil::evaluation {
namespace {

const char* const kCalibration =
    "P2: 700 0 600 0 0 700 180 0 0 0 1 0\n"
    "R_rect 1 0 0 0 1 0 0 0 1\n"
    "Tr_velo_cam 0 -1 0 0 0 0 -1 0 1 0 0 -0.3\n"
    "Tr_imu_velo 1 0 0 -0.8 0 1 0 0 0 0 1 0.9\n";

// A folder with one sequence, "0001", of three frames: the vehicle drives north, a car stands 20 m ahead of the first
// pose, and the detector sees it as it is.
class MotFolder {
 public:
  explicit MotFolder(const std::string& name) : root_(testing::TempDir() + name) {
    std::filesystem::remove_all(root_);
    std::string labels, cars, oxts;
    for (int frame = 0; frame < 3; ++frame) {
      const std::string n = std::to_string(frame), z = std::to_string(20 - 2 * frame);
      labels += n + " 7 Car 0 0 0 500 150 700 250 1.5 1.8 4.2 1 1.6 " + z + " 0.1\n";
      labels += n + " -1 DontCare -1 -1 -10 10 20 30 40 -1000 -1000 -1000 -10 -1 -1 -1\n";
      cars += n + ",2,500,150,700,250,3.5,1.5,1.8,4.2,1,1.6," + z + ",0.1,0\n";
      oxts += std::to_string(49 + 2.0 * frame / 111319.49) + " 8.4 100 0 0 1.5707963" + repeated(" 0", 24) + "\n";
    }
    write("label_02", labels), write("oxts", oxts), write("calib", kCalibration);
    write("det3d_pointrcnn/Car", cars), write("det3d_pointrcnn/Pedestrian", "");
  }

  void write(const std::string& part, const std::string& text) const {
    std::filesystem::create_directories(root_ + "/" + part);
    std::ofstream(root_ + "/" + part + "/0001.txt", std::ios::binary) << text;
  }
  const std::string& root() const { return root_; }
  std::string complaint() const {
    const auto recording = read_mot_recording(root_, "0001");
    return recording.ok() ? "" : recording.error().message;
  }

 private:
  static std::string repeated(const std::string& text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
  }
  std::string root_;
};

// What a perfect tracker would say: the detections themselves, in the map.
std::vector<messages::Tracks> detections_as_tracks(const MotRecording& recording) {
  std::vector<messages::Tracks> tracks(recording.detections.size());
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    for (const messages::Object& object : recording.detections[i].objects) {
      messages::Track track{.id = 1, .object_class = object.object_class, .existence_probability = 0.9f};
      const Eigen::Vector3d centre =
          recording.T_map_ego[i] * Eigen::Vector3d(object.box.x_m, object.box.y_m, object.box.z_m);
      track.box = object.box;
      track.box.x_m = centre.x(), track.box.y_m = centre.y(), track.box.z_m = centre.z();
      track.is_confirmed = true;
      tracks[i].tracks.push_back(track);
    }
  }
  return tracks;
}

TEST(ReadMotRecording, PlacesBoxesAndPosesInEgo) {
  const MotFolder folder("mot_reads");
  EXPECT_EQ(*mot_sequence_names(folder.root()), std::vector<std::string>{"0001"});
  const auto recording = read_mot_recording(folder.root(), "0001");
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  ASSERT_EQ(recording->detections.size(), 3u);
  ASSERT_EQ(recording->truth[1].objects.size(), 1u);
  EXPECT_EQ(recording->truth[1].ignore_regions.size(), 1u);
  const messages::Object& car = recording->detections[1].objects.at(0);
  EXPECT_EQ(car.object_class, messages::ObjectClass::kCar);
  EXPECT_NEAR(car.existence_probability, 0.9707, 1e-4);  // 3.5 in log-odds
  EXPECT_NEAR(car.box.x_m, 18, 1e-9);
  EXPECT_NEAR(car.box.y_m, -1, 1e-9);
  EXPECT_NEAR(car.box.z_m, -1.6 + 0.75, 1e-9);
  const Eigen::Vector3d seen_at = recording->T_map_ego[2] * Eigen::Vector3d(16, -1, 0);
  EXPECT_NEAR(seen_at.x(), 20, 0.01);  // the car stands still in the map
  EXPECT_NEAR(seen_at.y(), -1, 0.01);
}

TEST(ReadMotRecording, PerfectTracksScoreHundredPercent) {
  const MotFolder folder("mot_perfect");
  const auto recording = read_mot_recording(folder.root(), "0001");
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  const std::vector<MotSequence> sequences = {
      mot_sequence(*recording, detections_as_tracks(*recording), messages::ObjectClass::kCar)};
  const MotResult result = evaluate_mot(sequences, {"0001"}, messages::ObjectClass::kCar, 0.5);
  EXPECT_EQ(result.summary.best.mota, 1);
  EXPECT_GT(result.summary.best.motp, 0.99);
  EXPECT_NE(mot_table({&result, 1}).find("100.00"), std::string::npos);
  EXPECT_NE(mot_json({&result, 1}).find("\"mota\":1,"), std::string::npos);
}

TEST(MotSequence, OnlyConfirmedTracksOfTheClassInThePictureCount) {
  const MotFolder folder("mot_counts");
  const auto recording = read_mot_recording(folder.root(), "0001");
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  const auto tracks = detections_as_tracks(*recording);
  const auto estimates = [&](auto change) {
    auto changed = tracks;
    for (auto& frame : changed) change(frame.tracks[0]);
    return mot_sequence(*recording, changed, messages::ObjectClass::kCar)[0].estimates.size();
  };
  EXPECT_EQ(estimates([](messages::Track&) {}), 1u);
  EXPECT_EQ(estimates([](messages::Track& track) { track.is_confirmed = false; }), 0u);
  EXPECT_EQ(estimates([](messages::Track& track) { track.object_class = messages::ObjectClass::kVan; }), 0u);
  EXPECT_EQ(estimates([](messages::Track& track) { track.box.y_m = 50; }), 0u);
  EXPECT_EQ(estimates([](messages::Track& track) { track.box.x_m = -20; }), 0u);
}

TEST(MotSequence, VansAreIgnoredForCarsAndTruncatedCarsToo) {
  const MotFolder folder("mot_ignores");
  folder.write("label_02",
               "0 1 Van 0 0 0 500 150 700 250 1.5 1.8 4.2 1 1.6 20 0\n"
               "0 2 Car 1 0 0 500 150 700 250 1.5 1.8 4.2 1 1.6 20 0\n"
               "0 3 Car 0 3 0 500 150 700 250 1.5 1.8 4.2 1 1.6 20 0\n"
               "0 4 Car 0 2 0 500 150 700 250 1.5 1.8 4.2 1 1.6 20 0\n"
               "0 5 Cyclist 0 0 0 500 150 700 250 1.5 1.8 4.2 1 1.6 20 0\n");
  const auto recording = read_mot_recording(folder.root(), "0001");
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  const MotSequence sequence = mot_sequence(*recording, {}, messages::ObjectClass::kCar);
  ASSERT_EQ(sequence[0].truths.size(), 4u);
  for (const MotTruth& truth : sequence[0].truths) EXPECT_EQ(truth.is_ignored, truth.id != 4) << truth.id;
}

TEST(ReadMotRecording, NamesFileAndLineOfWhatIsWrong) {
  const MotFolder folder("mot_wrong");
  const std::string car = "0,2,500,150,700,250,3.5,1.5,1.8,4.2,1,1.6,20,0.1,0\n", at = "Car/0001.txt:2: ";
  const auto complaint_about = [&](const std::string& line) {
    folder.write("det3d_pointrcnn/Car", car + line);
    return folder.complaint();
  };
  EXPECT_EQ(complaint_about(""), "");
  EXPECT_NE(complaint_about("1,2,3\n").find(at + "has 3 columns, expected 15"), std::string::npos);
  EXPECT_NE(complaint_about("0,2,5,1,7,2,x,1,1,4,1,1,20,0,0\n").find(at + "'x' is not a finite number"),
            std::string::npos);
  EXPECT_NE(complaint_about("0,2,5,1,7,2,nan,1,1,4,1,1,20,0,0\n").find(at + "'nan'"), std::string::npos);
  EXPECT_NE(complaint_about("3,2,5,1,7,2,1,1,1,4,1,1,20,0,0\n").find(at + "frame 3 is not one of"), std::string::npos);
  EXPECT_NE(complaint_about("-1,2,5,1,7,2,1,1,1,4,1,1,20,0,0\n").find(at + "frame -1"), std::string::npos);
}

TEST(ReadMotRecording, RefusesWrongLabelsPosesAndCalibration) {
  for (const auto& [part, text, complaint] : std::vector<std::array<std::string, 3>>{
           {"label_02", "0 1 Car 0 0\n", "label_02/0001.txt:1: "},
           {"label_02", "9 1 Car 0 0 0 5 1 7 2 1.5 1.8 4.2 1 1.6 20 0\n", "label_02/0001.txt: frame 9"},
           {"oxts", "1 2 3\n", "oxts/0001.txt:1: "},
           {"oxts", "", "oxts/0001.txt: holds no pose"},
           {"calib", "P2: 1 2\n", "calib/0001.txt: no line"}}) {
    const MotFolder folder("mot_refuses");
    folder.write(part, text);
    EXPECT_NE(folder.complaint().find(complaint), std::string::npos) << folder.complaint();
  }
}

TEST(ReadMotRecording, MissingFilesAreErrors) {
  for (const char* part : {"label_02", "oxts", "calib", "det3d_pointrcnn/Car", "det3d_pointrcnn/Pedestrian"}) {
    const MotFolder folder("mot_missing");
    std::filesystem::remove(folder.root() + "/" + part + "/0001.txt");
    EXPECT_NE(folder.complaint().find(part), std::string::npos) << folder.complaint();
  }
  EXPECT_FALSE(mot_sequence_names(testing::TempDir() + "mot_nowhere").ok());
}

}  // namespace
}  // namespace hangil::evaluation
