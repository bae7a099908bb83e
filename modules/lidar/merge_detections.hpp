// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/time.hpp"
#include "messages/objects.hpp"

namespace hangil::lidar {

// A detector's boxes and the clusters of the same scan as one list, nearest first. A cluster that is a box's is
// absorbed: half of it lies in the box (of a pedestrian or cyclist four fifths), or it is a vehicle by shape that
// overlaps with it (BEV IoU 0.3) or holds its middle. Every other cluster stays: the detector knows cars only.
messages::Objects merge_detections(const messages::Objects& detections, const messages::Objects& clusters);

// Pairs clusters with the detections of the same stamp, which come later. While a detector answers, clusters wait for
// it; when it has been silent for `patience` and a scan (or never spoke), they go on alone at once.
class DetectionJoin {
 public:
  explicit DetectionJoin(base::Duration patience) : patience_(patience) {}

  // Both in order of arrival; what is complete comes out in order of stamps.
  std::vector<messages::Objects> add(const std::vector<const messages::Objects*>& clusters,
                                     const std::vector<const messages::Objects*>& detections);

 private:
  void release_until(base::Time stamp, std::vector<messages::Objects>& released);

  base::Duration patience_;
  std::optional<base::Time> last_detection_, newest_, before_newest_;  // the last two of clusters
  std::vector<messages::Objects> waiting_;                             // clusters, oldest first
};

}  // namespace hangil::lidar
