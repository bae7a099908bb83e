// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "fusion/sensor_rig.hpp"
#include "runtime/graph.hpp"
#include "runtime/replay.hpp"

namespace hangil::cli {

// The calibration that a pipeline names (`sensors: FILE`), laid over what a recording carries: a camera's
// /camera/<name>/camera_info and the static transforms of the rig's sensors are the rig's, whatever the recording says;
// where it says nothing, they are told before its first message. Doing it twice changes nothing.
class RigCalibration {
 public:
  static base::Result<RigCalibration> load(const std::string& path);

  // `sources` and what the rig adds to them.
  std::vector<runtime::SourceChannel> with_own(const std::vector<runtime::SourceChannel>& sources) const;

  // Error: pictures of another size than the rig's, or a message that cannot be read. `topic` is the message's.
  base::Status correct(const std::string& topic, runtime::SourceMessage& message) const;

  // What is told before the first message, of the channels that the graph reads and that are not in `recorded`.
  std::vector<runtime::SourceMessage> first_messages(const runtime::Graph& graph,
                                                     const std::vector<std::string>& recorded, base::Time start) const;

  // Of a camera against the LiDAR, in ms: what its stamps are moved by to meet the LiDAR's; the first camera's where
  // there are several.
  double camera_time_offset_ms() const;

 private:
  std::string path_;
  fusion::SensorRig rig_;
};

}  // namespace hangil::cli
