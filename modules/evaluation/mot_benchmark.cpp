// SPDX-License-Identifier: Apache-2.0
#include "evaluation/mot_benchmark.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "recording/kitti_calibration.hpp"
#include "recording/kitti_labels.hpp"
#include "recording/kitti_oxts.hpp"
#include "recording/text_lines.hpp"
#include "recording/transforms.hpp"

namespace hangil::evaluation {

namespace {

using messages::ObjectClass;

constexpr base::Duration kFramePeriod{100'000'000};
constexpr std::size_t kDetectionColumns = 15;
constexpr int kMaxOcclusion = 2;

// Keeps the first thing that a parser complains of.
struct FirstComplaint {
  std::string text;
  void operator()(const std::string& complaint) {
    if (text.empty()) text = complaint;
  }
};

// x forward, y left, z up from x right, y down, z forward.
Eigen::Isometry3d T_ego_label() {
  Eigen::Isometry3d T = Eigen::Isometry3d::Identity();
  T.linear() << 0, 0, 1, -1, 0, 0, 0, -1, 0;
  return T;
}

base::Result<std::vector<Eigen::Isometry3d>> read_poses(const std::string& path,
                                                        const recording::KittiCalibration& calibration) {
  const auto text = recording::read_text(path);
  if (!text) return text.error();
  FirstComplaint complaint;
  const auto rows = recording::parse_oxts(*text, path, std::ref(complaint));
  if (!complaint.text.empty()) return base::Error{complaint.text};
  if (rows.empty()) return base::Error{path + ": holds no pose"};
  if (!calibration.T_velo_imu) return base::Error{path + ": the calibration does not say where the IMU sits"};
  const Eigen::Isometry3d T_label_imu =
      Eigen::Isometry3d(calibration.R_rect) * calibration.T_cam_velo * *calibration.T_velo_imu;
  std::vector<Eigen::Isometry3d> T_map_ego;
  for (const auto& pose : recording::oxts_poses(rows, T_ego_label() * T_label_imu)) T_map_ego.push_back(*pose);
  return T_map_ego;
}

std::string frame_complaint(int frame, std::size_t frame_count) {
  return "frame " + std::to_string(frame) + " is not one of the sequence's " + std::to_string(frame_count) +
         " (the lines of oxts)";
}

bool is_frame(int frame, std::size_t frame_count) {
  return frame >= 0 && static_cast<std::size_t>(frame) < frame_count;
}

base::Status read_labels(const std::string& path, MotRecording& sequence) {
  const auto text = recording::read_text(path);
  if (!text) return text.error();
  FirstComplaint complaint;
  const auto labels = recording::parse_kitti_tracking_labels(*text, path, std::ref(complaint));
  if (!complaint.text.empty()) return base::Error{complaint.text};
  std::vector<std::vector<recording::KittiLabel>> by_frame(sequence.truth.size());
  for (const recording::KittiLabel& label : labels) {
    if (!is_frame(label.frame, by_frame.size())) {
      return base::Error{path + ": " + frame_complaint(label.frame, by_frame.size())};
    }
    by_frame[static_cast<std::size_t>(label.frame)].push_back(label);
  }
  for (std::size_t i = 0; i < by_frame.size(); ++i) {
    sequence.truth[i] = recording::kitti_truth(by_frame[i], T_ego_label(), sequence.detections[i].header.stamp);
  }
  return {};
}

// The 15 numbers of a line; error with what is wrong.
base::Result<std::array<double, kDetectionColumns>> detection_numbers(const recording::TextLine& line) {
  std::array<double, kDetectionColumns> numbers;
  if (line.words.size() != kDetectionColumns) {
    return base::Error{"has " + std::to_string(line.words.size()) + " columns, expected 15"};
  }
  for (std::size_t i = 0; i < kDetectionColumns; ++i) {
    const auto number = recording::to_number(line.words[i]);
    if (!number) return base::Error{"'" + std::string(line.words[i]) + "' is not a finite number"};
    numbers[i] = *number;
  }
  return numbers;
}

// A network that was trained with binary cross-entropy scores in log-odds.
messages::Object detected_object(const std::array<double, kDetectionColumns>& n, ObjectClass object_class) {
  messages::Object object;
  object.object_class = object_class;
  object.existence_probability = static_cast<float>(1 / (1 + std::exp(-n[6])));
  recording::KittiLabel label;
  label.height_m = n[7], label.width_m = n[8], label.length_m = n[9];
  label.bottom_m = {n[10], n[11], n[12]};
  label.rotation_y_rad = n[13];
  object.box = recording::kitti_truth({label}, T_ego_label(), {}).objects.front().box;
  return object;
}

// How far boxes in the image reach.
struct Reach {
  double right_px = 0, bottom_px = 0;
  void add(double right, double bottom) {
    right_px = std::max(right_px, right), bottom_px = std::max(bottom_px, bottom);
  }
};

base::Status read_detections(const std::string& path, ObjectClass object_class, MotRecording& sequence, Reach& reach) {
  auto text = recording::read_text(path);
  if (!text) return text.error();
  std::replace(text->begin(), text->end(), ',', ' ');
  for (const recording::TextLine& line : recording::split_lines(*text)) {
    const std::string place = path + ":" + std::to_string(line.number) + ": ";
    const auto numbers = detection_numbers(line);
    if (!numbers) return base::Error{place + numbers.error().message};
    const auto frame = recording::to_integer(line.words[0]).value_or(-1);
    if (!is_frame(frame, sequence.detections.size())) {
      return base::Error{place + frame_complaint(frame, sequence.detections.size())};
    }
    reach.add((*numbers)[4], (*numbers)[5]);
    sequence.detections[static_cast<std::size_t>(frame)].objects.push_back(detected_object(*numbers, object_class));
  }
  return {};
}

base::Status make_view(const recording::KittiCalibration& calibration, const Reach& reach, MotRecording& sequence) {
  constexpr double kMostPixels = 16384;
  const auto pixels = [=](double px) {
    return static_cast<std::uint32_t>(std::clamp(std::ceil(px), 1.0, kMostPixels));
  };
  const auto info = recording::kitti_camera_info(calibration, {}, pixels(reach.right_px), pixels(reach.bottom_px));
  const Eigen::Isometry3d T_camera_label = recording::T_camera_ego(calibration) * recording::T_ego_label(calibration);
  const Eigen::Isometry3d T_ego_camera = T_ego_label() * T_camera_label.inverse();
  auto view = CameraView::make(info, {recording::transform_message(T_ego_camera, {}, "ego", info.header.frame_id)});
  if (!view) return view.error();
  sequence.view = *std::move(view);
  sequence.optics = {
      info.p[0], info.p[5], info.p[2], info.p[6], static_cast<double>(info.width), static_cast<double>(info.height)};
  sequence.T_camera_ego = T_ego_camera.inverse();
  return {};
}

bool belongs_to(ObjectClass object_class, const messages::TruthObject& object) {
  const bool is_neighbour = object_class == ObjectClass::kCar && object.object_class == ObjectClass::kVan;
  return is_neighbour || object.object_class == object_class;
}

MotTruth mot_truth(ObjectClass object_class, const messages::TruthObject& object) {
  const bool is_unclear = object.truncation_ratio > 0 || object.occlusion > kMaxOcclusion;
  return {object.id, object.object_class != object_class || is_unclear, object.box};
}

messages::Box3 transformed(const messages::Box3& box, const Eigen::Isometry3d& T) {
  messages::Box3 moved = box;
  const Eigen::Vector3d centre = T * Eigen::Vector3d(box.x_m, box.y_m, box.z_m);
  const Eigen::Vector3d axis = T.linear() * Eigen::Vector3d(std::cos(box.yaw_rad), std::sin(box.yaw_rad), 0);
  moved.x_m = centre.x(), moved.y_m = centre.y(), moved.z_m = centre.z();
  moved.yaw_rad = std::atan2(axis.y(), axis.x());
  return moved;
}

double log_odds(float probability) {
  const double p = std::clamp<double>(probability, 1e-7, 1 - 1e-7);
  return std::log(p / (1 - p));
}

// Where a track shows in the picture, if it counts at all.
std::optional<messages::ImageBox> counted_image_box(const CameraView& view, const messages::Track& track,
                                                    const messages::Box3& box_ego) {
  const auto image_box = view.image_box(box_ego);
  const bool is_at_edge = image_box && (image_box->left_px <= 1 || image_box->right_px >= view.width_px() - 1);
  if (is_at_edge && track.time_since_update.ns > 0) return std::nullopt;
  return image_box;
}

}  // namespace

base::Result<std::vector<std::string>> mot_sequence_names(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/label_02", error)) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  }
  if (error) return base::Error{folder + "/label_02: " + error.message()};
  if (names.empty()) return base::Error{folder + "/label_02: holds no <sequence>.txt"};
  std::sort(names.begin(), names.end());
  return names;
}

base::Result<MotRecording> read_mot_recording(const std::string& folder, const std::string& name) {
  const std::string file = "/" + name + ".txt", detections = folder + "/det3d_pointrcnn";
  const auto calibration = recording::load_kitti_calibration(folder + "/calib" + file);
  if (!calibration) return calibration.error();
  auto poses = read_poses(folder + "/oxts" + file, *calibration);
  if (!poses) return poses.error();
  MotRecording sequence{.name = name, .T_map_ego = *std::move(poses)};
  sequence.truth.resize(sequence.T_map_ego.size());
  sequence.detections.resize(sequence.T_map_ego.size());
  for (std::size_t i = 0; i < sequence.detections.size(); ++i) {
    sequence.detections[i].header = {base::Time{} + kFramePeriod * static_cast<std::int64_t>(i), "ego"};
  }
  Reach reach;
  if (auto read = read_labels(folder + "/label_02" + file, sequence); !read) return read.error();
  for (const auto& [word, object_class] :
       {std::pair{"/Car", ObjectClass::kCar}, {"/Pedestrian", ObjectClass::kPedestrian}}) {
    if (auto read = read_detections(detections + word + file, object_class, sequence, reach); !read)
      return read.error();
  }
  for (const messages::TruthObjects& truth : sequence.truth) {
    for (const messages::TruthObject& object : truth.objects)
      reach.add(object.image_box.right_px, object.image_box.bottom_px);
  }
  if (auto made = make_view(*calibration, reach, sequence); !made) return made.error();
  return sequence;
}

MotSequence mot_sequence(const MotRecording& recording, std::span<const messages::Tracks> tracks,
                         ObjectClass object_class) {
  MotSequence sequence(recording.truth.size());
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    sequence[i].ignore_regions = recording.truth[i].ignore_regions;
    for (const messages::TruthObject& object : recording.truth[i].objects) {
      if (belongs_to(object_class, object)) sequence[i].truths.push_back(mot_truth(object_class, object));
    }
    if (i >= tracks.size()) continue;
    const Eigen::Isometry3d T_ego_map = recording.T_map_ego[i].inverse();
    for (const messages::Track& track : tracks[i].tracks) {
      if (track.object_class != object_class || !track.is_confirmed) continue;
      const messages::Box3 box = transformed(track.box, T_ego_map);
      const auto image_box = counted_image_box(recording.view, track, box);
      if (image_box)
        sequence[i].estimates.push_back({track.id, log_odds(track.existence_probability), box, *image_box});
    }
  }
  return sequence;
}

}  // namespace hangil::evaluation
