// SPDX-License-Identifier: Apache-2.0
#include "camera/lane_frames.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "camera/imaging.hpp"
#include "camera/lane_columns.hpp"

namespace hangil::camera {

namespace {

constexpr int kFirstRow = 240, kRowStep = 10;

Picture picture_in(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::vector<std::uint8_t> bytes(std::istreambuf_iterator<char>(stream), {});
  auto picture = decode_picture(bytes);
  return picture ? *std::move(picture) : Picture{};
}

// The mean column of each grey value in a row.
void add_row(const Picture& mask, int y, std::array<std::vector<double>, 256>& lanes) {
  std::array<double, 256> sum{}, count{};
  for (int x = 0; x < mask.width; ++x) {
    const std::uint8_t lane = PictureView(mask).pixel(x, y)[0];
    sum[lane] += x, count[lane] += 1;
  }
  for (std::size_t lane = 1; lane < 256; ++lane) {
    lanes[lane].push_back(count[lane] > 0 ? sum[lane] / count[lane] : evaluation::kNoLaneHere);
  }
}

evaluation::LanePicture marked_lanes(const Picture& mask) {
  evaluation::LanePicture marked;
  std::array<std::vector<double>, 256> lanes;
  for (int y = kFirstRow; y < mask.height; y += kRowStep) {
    marked.rows.push_back(y);
    add_row(mask, y, lanes);
  }
  for (const std::vector<double>& lane : lanes) {
    const auto seen = std::count_if(lane.begin(), lane.end(), [](double x) { return x >= 0; });
    if (seen >= 3) marked.truths.push_back(lane);
  }
  return marked;
}

}  // namespace

std::vector<LaneFrame> lane_frames() {
  std::vector<LaneFrame> frames;
  for (int i = 0; i < 4; ++i) {
    const std::string name = lane_frames_dir() + "/000" + std::to_string(i);
    frames.push_back({picture_in(name + ".jpg"), marked_lanes(picture_in(name + "_instance.png"))});
  }
  return frames;
}

evaluation::LaneScore score_road_view(RoadView& view, const std::vector<LaneFrame>& frames, int level) {
  std::vector<evaluation::LaneScore> scores;
  for (const LaneFrame& frame : frames) {
    const auto seen = view.see(frame.picture, level, nullptr);
    if (!seen) return {};
    evaluation::LanePicture picture = frame.marked;
    picture.guesses = lane_columns(seen->lanes, picture.rows);
    scores.push_back(evaluation::score_lanes(picture));
  }
  return evaluation::mean_of(scores);
}

}  // namespace hangil::camera
