// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lidar/camera_points.hpp"
#include "messages/point_cloud2.hpp"
#include "model/trial.hpp"

namespace hangil::lidar {

// A street anybody can make again, as 64 rings of a LiDAR see it in the frame of a camera (which is the cloud's frame,
// too): flat road, hedges 7 to 8.5 m aside, seven cars; some 19,000 points, as many as a picture holds of a real scan.
messages::PointCloud2 made_street();
CameraBeside made_street_camera();

// The answer is of made_street() at 0.8 m: probabilities and boxes by keypoint. Levels are kGnnLevels, from points to
// cars.
base::Result<model::Trial> try_point_gnn(const model::Package& package);

}  // namespace hangil::lidar
