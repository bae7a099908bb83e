// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "evaluation/driven_recording.hpp"
#include "evaluation/image_detection.hpp"
#include "messages/image_objects.hpp"

namespace hangil::evaluation {

inline constexpr std::string_view kImageObjectsTopic = "/camera/front/objects";

// One class in the picture.
struct ImageRow {
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  ImageScore score;
};

// A camera's boxes against the labels' boxes in the picture of the same moment, car, truck, bus, pedestrian, cyclist
// and motorcycle, as far as they are labelled. Vans may be found as cars or missed; unlabelled regions of the picture
// and labels lower than 25 px are ignored. Error: no labels, or none with a box in the picture.
base::Result<std::vector<ImageRow>> image_rows(const DrivenRecording& drive,
                                               const Channel<messages::ImageObjects>& objects);
// What goes wrong in each labelled frame, all classes together, at IoU 0.5.
base::Result<std::vector<FrameErrors>> image_frame_errors(const DrivenRecording& drive,
                                                          const Channel<messages::ImageObjects>& objects);

// The camera's message of a labelled moment; null: none within 60 ms.
const messages::ImageObjects* image_objects_at(const Channel<messages::ImageObjects>& objects, base::Time stamp);

// For people, in percent; for machines: {"coco": [{"class": "car", "labels": 10, "ap": ..., "ap50": ..., "ar": ...}],
// "map": ...}.
std::string image_table(std::span<const ImageRow> rows);
std::string image_json(std::span<const ImageRow> rows);

}  // namespace hangil::evaluation
