// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <fmt/format.h>

#include "evaluation/result_tables.hpp"

namespace hangil::evaluation {

namespace {

std::string drive_line(const DriveFacts& drive) {
  std::string text = fmt::format("{}: {:.1f} s, {} frames", drive.name, drive.duration_s, drive.frame_count);
  if (std::isfinite(drive.driven_m)) text += fmt::format(", {:.1f} m", drive.driven_m);
  if (!drive.pipeline.empty()) {
    text += fmt::format("; pipeline {}, {} executive, {} latency, {} worker{}", drive.pipeline, drive.executive,
                        drive.latency_mode, drive.worker_count, drive.worker_count == 1 ? "" : "s");
    text += drive.digest.empty() ? ", cut off" : ", digest " + drive.digest;
  }
  text += "\n";
  if (!drive.damage.empty()) text += "damaged: " + drive.damage + "\n";
  return text;
}

template <class Family>
std::string family_text(const std::string& name, const base::Result<Family>& family) {
  if (!family) return "\n" + name + ": " + family.error().message + "\n";
  std::string text;
  for (const Table& table : tables_of(*family)) {
    if (!table.rows.empty()) text += "\n" + text_of(table);
  }
  return text;
}

}  // namespace

std::string text_of(const Evaluation& evaluation) {
  return drive_line(evaluation.drive) + family_text("Detection", evaluation.detection) +
         family_text("Tracking", evaluation.tracking) + family_text("Prediction", evaluation.prediction) +
         family_text("Planning", evaluation.planning) + family_text("Latency", evaluation.latency);
}

std::string text_of(const DriveFacts& drive, const LatencyResult& latency) {
  return drive_line(drive) + family_text("Latency", base::Result<LatencyResult>(latency));
}

}  // namespace hangil::evaluation
