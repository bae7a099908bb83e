// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "messages/box3.hpp"
#include "messages/truth_objects.hpp"

namespace hangil::evaluation {

// What went wrong in one frame.
struct FrameErrors {
  std::size_t frame = 0;  // from 0
  int missed = 0, wrong = 0;
};

struct ScoredVerdict {
  double score = 0;
  bool is_right = false;
};
// The score from which on right and wrong guesses have the best F1; infinity when none is right.
double best_threshold(std::vector<ScoredVerdict> verdicts, std::size_t truth_count);

// The frames with most errors, at most `count`, those without any left out; of equal ones the earlier first.
std::vector<FrameErrors> worst_of(std::vector<FrameErrors> frames, std::size_t count);
std::string title_of(const FrameErrors& errors);

// Boxes from above: what is labelled, and what was said to be there.
std::string boxes_svg(std::span<const messages::Box3> truths, std::span<const messages::Box3> guesses,
                      const std::string& alternative_text);
// Boxes over a picture (data: URI) of that size.
std::string picture_svg(const std::string& image_uri, double width_px, double height_px,
                        std::span<const messages::ImageBox> truths, std::span<const messages::ImageBox> guesses,
                        const std::string& alternative_text);
// A polyline a lane over a picture; `rows` by point, negative columns are gaps.
std::string lanes_svg(const std::string& image_uri, double width_px, double height_px, std::span<const double> rows,
                      std::span<const std::vector<double>> truths, std::span<const std::vector<double>> guesses,
                      const std::string& alternative_text);

// What the colours of these pictures mean, as markup.
std::string worst_legend();

}  // namespace hangil::evaluation
