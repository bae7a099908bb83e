// SPDX-License-Identifier: Apache-2.0
#include "evaluation/frame_match.hpp"

#include <algorithm>

#include "math/assignment.hpp"

namespace hangil::evaluation {

namespace {

using messages::ObjectClass;
using messages::TruthObject;

bool is_continued(const TruthObject& object, const Candidate& box, const TrackOfTruth* last) {
  if (last == nullptr || object.id < 0) return false;
  const auto found = last->find(object.id);
  return found != last->end() && found->second == box.id;
}

// Column of each row of `truth`, -1 where nothing fits.
std::vector<int> match(const std::vector<const TruthObject*>& truth, const std::vector<const Candidate*>& boxes,
                       const Protocol& protocol, const TrackOfTruth* last) {
  std::vector<double> cost;
  cost.reserve(truth.size() * boxes.size());
  for (const TruthObject* object : truth) {
    for (const Candidate* box : boxes) {
      const auto score = match_score(*object, box->box, protocol);
      cost.push_back(score ? -*score - (is_continued(*object, *box, last) ? 1 : 0) : math::kForbiddenPair);
    }
  }
  return math::assign(cost, static_cast<int>(truth.size()), static_cast<int>(boxes.size()));
}

bool matches_uncounted(const EvaluatedFrame& frame, const FrameMatch& match, const Candidate& box,
                       const Protocol& protocol) {
  for (std::size_t i = 0; i < frame.truth.objects.size(); ++i) {
    if (match.is_counted[i] == 0 && match_score(frame.truth.objects[i], box.box, protocol)) return true;
  }
  return false;
}

bool is_unlabelled(const EvaluatedFrame& frame, const Candidate& box, const CameraView* view,
                   const Protocol& protocol) {
  if (frame.truth.is_limited_to_image && !view->sees_centre(box.box)) return true;
  const auto image_box = view != nullptr ? view->image_box(box.box) : std::nullopt;
  if (!image_box) return false;
  return std::any_of(frame.truth.ignore_regions.begin(), frame.truth.ignore_regions.end(), [&](const auto& region) {
    return covered_ratio(*image_box, region) >= protocol.min_ignored_image_ratio;
  });
}

struct Selection {
  std::vector<int> indices;
  std::vector<const TruthObject*> truth;
  std::vector<const Candidate*> boxes;
};

Selection counted_truth(const EvaluatedFrame& frame, const FrameMatch& match) {
  Selection selection;
  for (std::size_t i = 0; i < frame.truth.objects.size(); ++i) {
    if (match.is_counted[i] == 0) continue;
    selection.indices.push_back(static_cast<int>(i));
    selection.truth.push_back(&frame.truth.objects[i]);
  }
  return selection;
}

Selection candidates(const EvaluatedFrame& frame, bool is_with_unknown) {
  Selection selection;
  for (std::size_t i = 0; i < frame.answer.boxes.size(); ++i) {
    if (!is_with_unknown && frame.answer.boxes[i].object_class == ObjectClass::kUnknown) continue;
    selection.indices.push_back(static_cast<int>(i));
    selection.boxes.push_back(&frame.answer.boxes[i]);
  }
  return selection;
}

std::size_t at(const std::vector<int>& values, std::size_t i) { return static_cast<std::size_t>(values[i]); }

void match_for_recall(const EvaluatedFrame& frame, const Protocol& protocol, const TrackOfTruth* last,
                      FrameMatch& out) {
  const Selection truth = counted_truth(frame, out), boxes = candidates(frame, true);
  const auto column = match(truth.truth, boxes.boxes, protocol, last);
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (column[i] >= 0) out.box_of_truth[at(truth.indices, i)] = boxes.indices[at(column, i)];
  }
}

void match_for_precision(const EvaluatedFrame& frame, const CameraView* view, const Protocol& protocol,
                         FrameMatch& out) {
  const Selection truth = counted_truth(frame, out), boxes = candidates(frame, false);
  const auto column = match(truth.truth, boxes.boxes, protocol, nullptr);
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (column[i] >= 0) out.truth_of_box[at(boxes.indices, at(column, i))] = truth.indices[i];
  }
  for (std::size_t i = 0; i < boxes.boxes.size(); ++i) {
    const Candidate& box = *boxes.boxes[i];
    const std::size_t index = at(boxes.indices, i);
    const bool is_right = out.truth_of_box[index] >= 0;
    const bool is_excused = distance_m(box.box) > protocol.max_distance_m ||
                            matches_uncounted(frame, out, box, protocol) || is_unlabelled(frame, box, view, protocol);
    out.box_fates[index] = is_right ? BoxFate::kRight : is_excused ? BoxFate::kIgnored : BoxFate::kFalse;
  }
}

}  // namespace

FrameMatch match_frame(const EvaluatedFrame& frame, const CameraView* view, const Protocol& protocol,
                       const TrackOfTruth* last) {
  FrameMatch out;
  for (const TruthObject& object : frame.truth.objects) {
    out.is_counted.push_back(is_counted(object, frame.truth.is_limited_to_image, protocol) ? 1 : 0);
  }
  out.box_of_truth.assign(frame.truth.objects.size(), -1);
  out.truth_of_box.assign(frame.answer.boxes.size(), -1);
  out.box_fates.assign(frame.answer.boxes.size(), BoxFate::kIgnored);
  match_for_recall(frame, protocol, last, out);
  const bool is_judgeable = view != nullptr || !frame.truth.is_limited_to_image;
  if (is_judgeable) match_for_precision(frame, view, protocol, out);
  return out;
}

}  // namespace hangil::evaluation
