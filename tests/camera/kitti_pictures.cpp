// SPDX-License-Identifier: Apache-2.0
#include "camera/kitti_pictures.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "camera/imaging.hpp"
#include "drives.hpp"

namespace hangil::camera {

namespace {

constexpr float kLeastHeight_px = 40, kLeastOverlap = 0.5F;
constexpr int kCocoCar = 2;

std::vector<std::uint8_t> bytes_of(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<KittiPicture::Car> read_cars(const std::string& path) {
  std::vector<KittiPicture::Car> cars;
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream words(line);
    std::string type;
    double alpha = 0;
    KittiPicture::Car car;
    words >> type >> car.truncation >> car.occlusion >> alpha >> car.box.x_min >> car.box.y_min >> car.box.x_max >>
        car.box.y_max;
    if (type == "Car") cars.push_back(car);
  }
  return cars;
}

bool is_high(const ImageBox& box) { return box.y_max - box.y_min >= kLeastHeight_px; }

void count_picture(const std::vector<ImageBox>& boxes, const std::vector<KittiPicture::Car>& cars, CarRecall& recall) {
  std::vector<bool> is_used(boxes.size(), false);
  for (const KittiPicture::Car& car : cars) {
    int best = -1;
    float best_overlap = kLeastOverlap;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      const float overlap = overlap_ratio(boxes[i], car.box);
      if (is_used[i] || boxes[i].class_index != kCocoCar || overlap < best_overlap) continue;
      best = static_cast<int>(i), best_overlap = overlap;
    }
    if (best >= 0) is_used[static_cast<std::size_t>(best)] = true;
    if (!is_high(car.box)) continue;
    const bool is_easy = car.occlusion == 0 && car.truncation <= 0.15;
    recall.all.labelled += 1, recall.all.found += best >= 0 ? 1 : 0;
    recall.easy.labelled += is_easy ? 1 : 0, recall.easy.found += is_easy && best >= 0 ? 1 : 0;
  }
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (boxes[i].class_index != kCocoCar || !is_high(boxes[i])) continue;
    ++recall.boxes;
    if (!is_used[i]) ++recall.false_boxes;
  }
}

}  // namespace

std::string kitti_object_dir() { return tests::drives_dir() + "/kitti_object/training"; }

std::vector<KittiPicture> kitti_pictures() {
  std::vector<KittiPicture> pictures;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(kitti_object_dir() + "/image_2", ignored)) {
    KittiPicture picture{.name = entry.path().stem()};
    auto decoded = decode_picture(bytes_of(entry.path()));
    if (!decoded) continue;
    picture.picture = *std::move(decoded);
    picture.cars = read_cars(kitti_object_dir() + "/label_2/" + picture.name + ".txt");
    pictures.push_back(std::move(picture));
  }
  std::sort(pictures.begin(), pictures.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return pictures;
}

CarRecall car_recall(Detector& detector, const std::vector<KittiPicture>& pictures, int level) {
  CarRecall recall;
  for (const KittiPicture& picture : pictures) {
    const auto boxes = detector.detect(picture.picture, level);
    if (boxes) count_picture(*boxes, picture.cars, recall);
  }
  return recall;
}

}  // namespace hangil::camera
