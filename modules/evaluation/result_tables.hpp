// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/evaluation.hpp"
#include "evaluation/table.hpp"

namespace hangil::evaluation {

// What a person wants to read of each family, in the order of reading. Tables may have no rows.
std::vector<Table> tables_of(const DetectionResult& result);
std::vector<Table> tables_of(const TrackingResult& result);
std::vector<Table> tables_of(const PredictionResult& result);
std::vector<Table> tables_of(const PlanningResult& result);
std::vector<Table> tables_of(const LatencyResult& result);

// Under every table of modules.
inline constexpr const char* kModuleNote =
    "p99.9 is told from 1,000 samples on; over budget: a step alone took longer (events \"overrun\" count publishing "
    "too); reduced: runs at a level above 0";

// Single tables that stand in a place of their own in the report.
Table module_table(const LatencyResult& result);
Table left_out_table(const LatencyResult& result);
Table drop_table(const LatencyResult& result);
Table event_table(const LatencyResult& result);
Table clock_table(const LatencyResult& result);
// One line each, at most so many.
Table late_table(const LatencyResult& result, std::size_t most);
Table victim_table(const LatencyResult& result, std::size_t most);
Table incident_table(const LatencyResult& result, std::size_t most);

// The whole evaluation for a terminal.
std::string text_of(const Evaluation& evaluation);
// Its latency alone.
std::string text_of(const DriveFacts& drive, const LatencyResult& latency);

}  // namespace hangil::evaluation
