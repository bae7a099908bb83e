// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "camera/detector.hpp"
#include "camera/picture.hpp"

namespace hangil::camera {

// A picture of the KITTI object benchmark with the boxes of its labelled cars.
struct KittiPicture {
  struct Car {
    ImageBox box;
    double truncation = 0;
    int occlusion = 0;
  };
  std::string name;
  Picture picture;
  std::vector<Car> cars;
};

// Empty where the drives are not unpacked.
std::string kitti_object_dir();
std::vector<KittiPicture> kitti_pictures();

struct Recall {
  int labelled = 0, found = 0;
  double ratio() const { return labelled == 0 ? 0 : static_cast<double>(found) / labelled; }
};

// Of the cars at least 40 px high: those with a box of COCO's class car of IoU 0.5, a box for one car only.
struct CarRecall {
  Recall all, easy;                // easy: KITTI's own: nothing in front, 15 % beyond the edge at most
  int boxes = 0, false_boxes = 0;  // of class car, at least 40 px high, on no labelled car or van
};
CarRecall car_recall(Detector& detector, const std::vector<KittiPicture>& pictures, int level);

}  // namespace hangil::camera
