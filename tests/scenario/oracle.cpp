// SPDX-License-Identifier: Apache-2.0
#include "scenario/oracle.hpp"

#include <cmath>
#include <sstream>

#include <zlib.h>

#include "drives.hpp"
#include "scenario/distribution.hpp"
#include "scenario/map_library.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::tests {

namespace {

std::string unpacked(const std::string& path) {
  std::string text;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return text;
  char block[65536];
  for (int count = gzread(file, block, sizeof block); count > 0; count = gzread(file, block, sizeof block)) {
    text.append(block, static_cast<std::size_t>(count));
  }
  gzclose(file);
  return text;
}

}  // namespace

std::string suites_dir() { return shared_dir() + "/suites"; }

base::Result<OracleTrace> read_oracle(const std::string& path) {
  std::istringstream lines(unpacked(path));
  std::string line;
  OracleTrace trace;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream fields(line);
    std::vector<std::string> texts;
    for (std::string field; std::getline(fields, field, ',');)
      texts.push_back(field.substr(field.find_first_not_of(' ')));
    if (texts.size() < 10) return base::Error{path + ": malformed line " + line};
    const auto number = [&](std::size_t i) { return std::stod(texts[i]); };
    trace[texts[2]].push_back({number(0), number(3), number(4), number(5), number(6), number(9)});
  }
  if (trace.empty()) return base::Error{path + ": no rows"};
  return trace;
}

Agreement compare(const scenario::Trace& trace, const scenario::Scenario& played, const OracleTrace& oracle) {
  Agreement agreement;
  std::map<std::string, std::size_t> at;
  for (const auto& [name, rows] : oracle) agreement.oracle_end_s = std::max(agreement.oracle_end_s, rows.back().time_s);
  for (const scenario::TraceRow& row : trace.rows()) {
    const std::string& name = played.entities[static_cast<std::size_t>(row.entity)].name;
    agreement.end_s = std::max(agreement.end_s, row.time_s);
    const auto found = oracle.find(name);
    if (found == oracle.end()) continue;
    std::size_t& i = at[name];
    while (i + 1 < found->second.size() && found->second[i].time_s < row.time_s - 0.004) ++i;
    const OracleRow& other = found->second[i];
    if (std::abs(other.time_s - row.time_s) > 0.004) continue;
    ++agreement.compared_count;
    const double distance_m = std::hypot(other.x_m - row.x_m, other.y_m - row.y_m);
    if (distance_m > 0.1 && agreement.first_beyond_s < 0) agreement.first_beyond_s = row.time_s;
    if (distance_m <= agreement.worst_m) continue;
    agreement.worst_m = distance_m;
    agreement.worst_entity = name;
    agreement.worst_time_s = row.time_s;
  }
  return agreement;
}

struct Player::Libraries {
  scenario::ScenarioLibrary scenarios;
  scenario::MapLibrary maps;
};

Player::Player() : libraries_(std::make_shared<Libraries>()) {
  libraries_->maps.add_folder(suites_dir() + "/carla_maps");
}

base::Result<Played> Player::play(const std::string& file, const std::vector<scenario::ParameterAssignment>& parameters,
                                  const scenario::RunOptions& options) {
  auto read = scenario::read_scenario(libraries_->scenarios, file, parameters);
  if (!read) return read.error();
  if (scenario::has_errors(read->findings)) return scenario::errors_of(read->findings);
  Played played;
  played.scenario = std::make_shared<const scenario::Scenario>(std::move(read->scenario));
  const auto map = libraries_->maps.map_of(*played.scenario);
  if (!map) return map.error();
  auto run = scenario::ScenarioRun::start(played.scenario, *map, options);
  if (!run) return run.error();
  played.trace.add(run->world());
  while (run->end_reason() == scenario::EndReason::kRunning) {
    if (const auto going = run->step(); !going) return going.error();
    played.trace.add(run->world());
  }
  played.log = run->log();
  played.end_reason = run->end_reason();
  return played;
}

base::Result<Played> Player::play_first(const std::string& distribution_file, const scenario::RunOptions& options) {
  const auto read = scenario::read_distribution(libraries_->scenarios, distribution_file);
  if (!read) return read.error();
  if (scenario::has_errors(read->findings)) return scenario::errors_of(read->findings);
  return play(read->distribution.scenario_file, scenario::point(read->distribution, 0), options);
}

}  // namespace hangil::tests
