// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "evaluation/mot_benchmark.hpp"
#include "recording/text_lines.hpp"

namespace hangil::evaluation {

namespace {

constexpr std::size_t kColumns = 6;

base::Result<messages::ImageObject> image_object(const recording::TextLine& line, messages::ObjectClass object_class) {
  std::array<float, kColumns> n{};
  if (line.words.size() != kColumns) {
    return base::Error{"has " + std::to_string(line.words.size()) + " columns, expected 6"};
  }
  for (std::size_t i = 0; i < kColumns; ++i) {
    const auto number = recording::to_number(line.words[i]);
    if (!number) return base::Error{"'" + std::string(line.words[i]) + "' is not a finite number"};
    n[i] = static_cast<float>(*number);
  }
  if (!(n[3] > n[1]) || !(n[4] > n[2])) return base::Error{"the box is empty"};
  return messages::ImageObject{object_class, std::clamp(n[5], 0.0F, 1.0F), n[1], n[2], n[3], n[4]};
}

base::Status read_class(const std::string& path, messages::ObjectClass object_class, MotRecording& recording) {
  auto text = recording::read_text(path);
  if (!text) return text.error();
  std::replace(text->begin(), text->end(), ',', ' ');
  const std::size_t frame_count = recording.detections.size();
  for (const recording::TextLine& line : recording::split_lines(*text)) {
    const std::string place = path + ":" + std::to_string(line.number) + ": ";
    const auto object = image_object(line, object_class);
    if (!object) return base::Error{place + object.error().message};
    const auto frame = recording::to_integer(line.words[0]).value_or(-1);
    if (frame < 0 || static_cast<std::size_t>(frame) >= frame_count) {
      return base::Error{place + "frame " + std::to_string(frame) + " is not one of the sequence's " +
                         std::to_string(frame_count)};
    }
    recording.image_detections[static_cast<std::size_t>(frame)].objects.push_back(*object);
  }
  return {};
}

}  // namespace

base::Status read_mot_image_detections(const std::string& folder, MotRecording& recording) {
  recording.image_detections.assign(recording.detections.size(), {});
  for (std::size_t i = 0; i < recording.image_detections.size(); ++i) {
    messages::ImageObjects& frame = recording.image_detections[i];
    frame.header = {recording.detections[i].header.stamp, "camera"};
    frame.width_px = static_cast<std::uint32_t>(recording.optics.width_px);
    frame.height_px = static_cast<std::uint32_t>(recording.optics.height_px);
  }
  for (const auto& [word, object_class] :
       {std::pair{"/Car/", messages::ObjectClass::kCar}, {"/Pedestrian/", messages::ObjectClass::kPedestrian}}) {
    const std::string path = folder + "/det2d_rrc" + word + recording.name + ".txt";
    if (auto read = read_class(path, object_class, recording); !read) return read.error();
  }
  return {};
}

}  // namespace hangil::evaluation
