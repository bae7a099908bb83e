// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/evaluation.hpp"

namespace hangil::evaluation {

// One object with the members "drive" and "latency".
std::string latency_json(const DriveFacts& drive, const LatencyResult& latency);

// One HTML file that needs nothing else. `drive` must be a driven one. Every text of the recording is escaped; the same
// input gives the same bytes.
std::string latency_page(const DrivenRecording& drive, const DriveFacts& facts, const LatencyResult& latency);

}  // namespace hangil::evaluation
