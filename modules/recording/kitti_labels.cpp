// SPDX-License-Identifier: Apache-2.0
#include "recording/kitti_labels.hpp"

#include <array>
#include <cmath>
#include <optional>

#include "recording/text_lines.hpp"

namespace hangil::recording {

namespace {

using Warn = std::function<void(const std::string&)>;

// The columns that both kinds of file share, from truncation to rotation_y.
constexpr std::size_t kSharedColumns = 14;
// Beyond this a box is a slip of the pen: KITTI's LiDAR sees 120 m, and no road user is longer than 100 m.
constexpr double kMostDistance_m = 1000, kMostSize_m = 100;

std::optional<std::array<double, kSharedColumns>> shared_numbers(const std::string_view* words) {
  std::array<double, kSharedColumns> numbers;
  for (std::size_t i = 0; i < kSharedColumns; ++i) {
    const auto number = to_number(words[i]);
    if (!number) return std::nullopt;
    numbers[i] = *number;
  }
  return numbers;
}

void fill_shared(const std::array<double, kSharedColumns>& n, KittiLabel& label) {
  label.truncation_ratio = std::max(0.0, n[0]);
  label.occlusion = n[1] >= 0 && n[1] <= 3 ? static_cast<int>(n[1]) : 3;
  label.image_box = {static_cast<float>(n[3]), static_cast<float>(n[4]), static_cast<float>(n[5]),
                     static_cast<float>(n[6])};
  label.height_m = n[7], label.width_m = n[8], label.length_m = n[9];
  label.bottom_m = {n[10], n[11], n[12]};
  label.rotation_y_rad = n[13];
}

bool is_plausible(const KittiLabel& label) {
  constexpr float kMostImage_px = 1e5f;
  const auto is_size = [](double m) { return m > 0 && m < kMostSize_m; };
  const auto is_pixel = [](float px) { return std::abs(px) < kMostImage_px; };
  const messages::ImageBox& image = label.image_box;
  if (!is_pixel(image.left_px) || !is_pixel(image.top_px) || !is_pixel(image.right_px) || !is_pixel(image.bottom_px)) {
    return false;
  }
  return label.is_ignored() || (is_size(label.height_m) && is_size(label.width_m) && is_size(label.length_m) &&
                                label.bottom_m.cwiseAbs().maxCoeff() < kMostDistance_m);
}

// Parses lines whose first `lead` words come before the type.
std::vector<KittiLabel> parse_labels(std::string_view text, const std::string& file, std::size_t lead,
                                     const Warn& warning) {
  std::vector<KittiLabel> labels;
  for (const TextLine& line : split_lines(text)) {
    const std::string place = file + ":" + std::to_string(line.number) + ": ";
    const std::size_t least = lead + 1 + kSharedColumns;
    if (line.words.size() < least) {
      warning(place + "has " + std::to_string(line.words.size()) + " words, expected " + std::to_string(least) +
              "; label left out");
      continue;
    }
    KittiLabel label;
    label.type = std::string(line.words[lead]);
    label.has_id = lead > 0;
    const auto frame = lead > 0 ? to_integer(line.words[0]) : 0;
    const auto id = lead > 0 ? to_integer(line.words[1]) : -1;
    const auto numbers = shared_numbers(line.words.data() + lead + 1);
    if (!frame || *frame < 0 || !id || !numbers) {
      warning(place + "a word is not a number; label left out");
      continue;
    }
    label.frame = *frame, label.id = *id;
    fill_shared(*numbers, label);
    if (lead > 0) label.truncation_ratio = std::min(1.0, label.truncation_ratio / 2);  // levels 0, 1, 2
    if (!is_plausible(label)) {
      warning(place + "box of impossible size or place; label left out");
      continue;
    }
    labels.push_back(std::move(label));
  }
  return labels;
}

messages::Box3 box_in_ego(const KittiLabel& label, const Eigen::Isometry3d& T_ego_label) {
  const Eigen::Vector3d centre_label = label.bottom_m - Eigen::Vector3d(0, label.height_m / 2, 0);  // y points down
  const Eigen::Vector3d centre = T_ego_label * centre_label;
  const Eigen::Vector3d heading =
      T_ego_label.linear() * Eigen::Vector3d(std::cos(label.rotation_y_rad), 0, -std::sin(label.rotation_y_rad));
  return {centre.x(),     centre.y(),    centre.z(),    std::atan2(heading.y(), heading.x()),
          label.length_m, label.width_m, label.height_m};
}

}  // namespace

std::vector<KittiLabel> parse_kitti_tracking_labels(std::string_view text, const std::string& file,
                                                    const Warn& warning) {
  return parse_labels(text, file, 2, warning);
}

std::vector<KittiLabel> parse_kitti_object_labels(std::string_view text, const std::string& file, const Warn& warning) {
  return parse_labels(text, file, 0, warning);
}

messages::TruthObjects kitti_truth(const std::vector<KittiLabel>& labels, const Eigen::Isometry3d& T_ego_label,
                                   base::Time stamp) {
  messages::TruthObjects truth;
  truth.header = {stamp, "ego"};
  truth.is_limited_to_image = true;
  for (const KittiLabel& label : labels) {
    if (label.is_ignored()) {
      truth.ignore_regions.push_back(label.image_box);
      continue;
    }
    messages::TruthObject object;
    object.id = label.id;
    object.object_class = messages::class_of_name(label.type);
    object.label = label.type;
    object.box = box_in_ego(label, T_ego_label);
    object.truncation_ratio = static_cast<float>(label.truncation_ratio);
    object.occlusion = static_cast<std::uint8_t>(label.occlusion);
    object.image_box = label.image_box;
    object.is_in_image =
        label.image_box.right_px > label.image_box.left_px && label.image_box.bottom_px > label.image_box.top_px;
    truth.objects.push_back(std::move(object));
  }
  return truth;
}

}  // namespace hangil::recording
