// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Geometry>

#include "messages/tf_message.hpp"

namespace hangil::recording {

// The transforms between coordinate frames that do not change, as tf2 publishes them: every child has one parent.
class TransformTree {
 public:
  // The first transform of a child stays, so static ones are added before others. Leading slashes of names are dropped.
  void add(const messages::TransformStamped& transform);
  // T_target_source along the tree; nothing when the two do not hang together.
  std::optional<Eigen::Isometry3d> find(const std::string& target, const std::string& source) const;
  bool has_frame(const std::string& frame) const;
  std::vector<std::string> frames() const;  // sorted

 private:
  struct Edge {
    std::string parent;
    Eigen::Isometry3d T_parent_child;
  };
  // T_ancestor_frame by ancestor, from the frame itself upwards.
  std::map<std::string, Eigen::Isometry3d> climb(const std::string& frame) const;

  std::map<std::string, Edge> parents_;  // by child
};

}  // namespace hangil::recording
