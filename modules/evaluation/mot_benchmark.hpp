// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include <Eigen/Geometry>

#include "base/result.hpp"
#include "evaluation/camera_view.hpp"
#include "evaluation/mot.hpp"
#include "math/pinhole.hpp"
#include "messages/image_objects.hpp"
#include "messages/objects.hpp"
#include "messages/tracks.hpp"
#include "messages/truth_objects.hpp"

// A folder of the KITTI tracking benchmark with detections beside the labels: label_02, oxts and calib as the benchmark
// has them, det3d_pointrcnn/{Car,Pedestrian}/<sequence>.txt with the columns frame, type, x1, y1, x2, y2, score, h, w,
// l, x, y, z, ry, alpha, separated by commas (type 1: pedestrian, 2: car).
namespace hangil::evaluation {

// One sequence. "Ego" is here the rectified reference camera's place with ego's directions (x forward, y left, z up),
// because boxes of labels and detections are upright there.
struct MotRecording {
  std::string name;
  std::vector<messages::Objects> detections;  // by frame; 100 ms apart, as the benchmark has no stamps
  std::vector<messages::TruthObjects> truth;  // by frame, as many
  std::vector<Eigen::Isometry3d> T_map_ego;   // by frame, as many; map is the first one
  CameraView view;                            // a picture as large as labels and detections reach
  math::Pinhole optics;                       // the same picture
  Eigen::Isometry3d T_camera_ego = Eigen::Isometry3d::Identity();
  std::vector<messages::ImageObjects> image_detections;  // by frame, as many, or none (read_mot_image_detections)
};

// Names of the sequences in label_02, in order. Error: no such folder, or nothing in it.
base::Result<std::vector<std::string>> mot_sequence_names(const std::string& folder);

// Everything must be there and sound. Error: the file, or its first line, that is not.
base::Result<MotRecording> read_mot_recording(const std::string& folder, const std::string& name);

// Adds a camera's detections: det2d_rrc/{Car,Pedestrian}/<sequence>.txt with the columns frame, x1, y1, x2, y2, score
// (a probability). Error: the file, or its first line, that is not there or not sound.
base::Status read_mot_image_detections(const std::string& folder, MotRecording& recording);

// One class of a recording with what a tracker made of it (`tracks` by frame, in the map), ready to be evaluated.
// Confirmed tracks of that class count, with the log-odds of their existence as confidence. What is out of the picture
// is not labelled and left out; so is a track that was not seen in this frame at the picture's left or right edge.
// Cars ignore vans; truncated objects and those of unknown occlusion are ignored.
MotSequence mot_sequence(const MotRecording& recording, std::span<const messages::Tracks> tracks,
                         messages::ObjectClass object_class);

}  // namespace hangil::evaluation
