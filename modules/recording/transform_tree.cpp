// SPDX-License-Identifier: Apache-2.0
#include "recording/transform_tree.hpp"

#include <algorithm>

#include "recording/transforms.hpp"

namespace hangil::recording {

namespace {

std::string plain(const std::string& frame) { return frame.starts_with('/') ? frame.substr(1) : frame; }

}  // namespace

void TransformTree::add(const messages::TransformStamped& transform) {
  const std::string child = plain(transform.child_frame_id), parent = plain(transform.header.frame_id);
  if (child.empty() || child == parent) return;
  parents_.try_emplace(child, Edge{parent, to_isometry(transform.transform)});
}

// Ends at a cycle, too, which broken data can hold.
std::map<std::string, Eigen::Isometry3d> TransformTree::climb(const std::string& frame) const {
  std::map<std::string, Eigen::Isometry3d> ancestors;
  std::string at = frame;
  Eigen::Isometry3d T_at_frame = Eigen::Isometry3d::Identity();
  while (ancestors.try_emplace(at, T_at_frame).second) {
    const auto edge = parents_.find(at);
    if (edge == parents_.end()) break;
    T_at_frame = edge->second.T_parent_child * T_at_frame;
    at = edge->second.parent;
  }
  return ancestors;
}

std::optional<Eigen::Isometry3d> TransformTree::find(const std::string& target, const std::string& source) const {
  const auto above_target = climb(plain(target)), above_source = climb(plain(source));
  for (const auto& [ancestor, T_ancestor_target] : above_target) {
    const auto found = above_source.find(ancestor);
    if (found != above_source.end()) return T_ancestor_target.inverse() * found->second;
  }
  return std::nullopt;
}

bool TransformTree::has_frame(const std::string& frame) const {
  const std::vector<std::string> all = frames();
  return std::binary_search(all.begin(), all.end(), plain(frame));
}

std::vector<std::string> TransformTree::frames() const {
  std::vector<std::string> all;
  for (const auto& [child, edge] : parents_) all.push_back(child), all.push_back(edge.parent);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace hangil::recording
