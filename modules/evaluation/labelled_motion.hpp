// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/object_history.hpp"

namespace hangil::evaluation {

// Labels with velocities: objects that hold none get the mean over 0.6 s around the frame of where their boxes were in
// frame map (central difference), turned into the axes of ego. Those not seen over that time, or without pose, stay as
// they are.
Channel<messages::TruthObjects> with_velocities(Channel<messages::TruthObjects> truth, const math::PoseBuffer& poses);

}  // namespace hangil::evaluation
