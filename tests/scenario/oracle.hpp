// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "scenario/trace.hpp"

// Reference traces of another player, for agreement.
namespace hangil::tests {

struct OracleRow {
  double time_s = 0, x_m = 0, y_m = 0, z_m = 0, h_rad = 0, speed_mps = 0;
};
// By entity name, by time.
using OracleTrace = std::map<std::string, std::vector<OracleRow>>;

base::Result<OracleTrace> read_oracle(const std::string& path);

struct Agreement {
  double worst_m = 0;  // greatest distance of positions at equal times
  std::string worst_entity;
  double worst_time_s = 0, first_beyond_s = -1;  // when 0.1 m was first passed; -1: never
  double end_s = 0, oracle_end_s = 0;            // how long both played
  std::size_t compared_count = 0;
};

Agreement compare(const scenario::Trace& trace, const scenario::Scenario& played, const OracleTrace& oracle);

// Plays a scenario (with parameters) to its end.
struct Played {
  scenario::Trace trace;
  std::shared_ptr<const scenario::Scenario> scenario;
  scenario::RunLog log;
  scenario::EndReason end_reason = scenario::EndReason::kRunning;
};
class Player {
 public:
  Player();
  base::Result<Played> play(const std::string& file, const std::vector<scenario::ParameterAssignment>& parameters = {},
                            const scenario::RunOptions& options = {});
  // The first point of a distribution.
  base::Result<Played> play_first(const std::string& distribution_file, const scenario::RunOptions& options = {});

 private:
  struct Libraries;
  std::shared_ptr<Libraries> libraries_;
};

std::string suites_dir();

}  // namespace hangil::tests
