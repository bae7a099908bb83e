// SPDX-License-Identifier: Apache-2.0
#include "cli/scenario_points.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sweep/point_table.hpp"

namespace hangil::cli {

namespace {

ScenarioJob job_of_point(const std::string& file, std::uint64_t index, const std::string& scenario_file,
                         const scenario::ParameterSet& point, const ScenarioDrive& drive) {
  ScenarioJob job{std::filesystem::path(file).stem().string() + " #" + std::to_string(index), drive, "", {}};
  job.drive.scenario_file = scenario_file;
  job.drive.parameters.clear();
  for (const auto& [name, value] : point) {
    job.drive.parameters.push_back(name + "=" + value);
    job.parameters.push_back({name, value});
  }
  job.drive.parameters.insert(job.drive.parameters.end(), drive.parameters.begin(), drive.parameters.end());
  return job;
}

base::Result<std::vector<ScenarioJob>> jobs_of_table(const std::string& file, const std::string& table,
                                                     const ScenarioDrive& drive) {
  std::ifstream stream(table, std::ios::binary);
  if (!stream) return base::Error{table + ": cannot be opened"};
  std::ostringstream text;
  text << stream.rdbuf();
  const auto points = sweep::parse_points(text.str(), table);
  if (!points) return points.error();
  std::vector<ScenarioJob> jobs;
  for (const scenario::ParameterSet& point : *points) {
    jobs.push_back(job_of_point(file, jobs.size(), file, point, drive));
  }
  return jobs;
}

}  // namespace

base::Result<std::vector<ScenarioJob>> jobs_of_points(const std::string& file, const PointChoice& choice,
                                                      const ScenarioDrive& drive) {
  if (!choice.table.empty()) return jobs_of_table(file, choice.table, drive);
  scenario::ScenarioLibrary library;
  const auto root = library.document(file);
  if (!root) return root.error();
  if (!root->child("ParameterValueDistribution"))
    return base::Error{file + ": no ParameterValueDistribution; vary a scenario by a table with --points"};
  const auto read = scenario::read_distribution(library, file);
  if (!read) return read.error();
  if (scenario::has_errors(read->findings)) return scenario::errors_of(read->findings);
  const scenario::Distribution& distribution = read->distribution;
  const auto allowed = scenario::expand(library, distribution);
  if (!allowed) return allowed.error();
  const auto chosen = sweep::sample(distribution, *allowed, choice.sampling, choice.count, choice.seed);
  if (!chosen) return chosen.error();
  std::vector<ScenarioJob> jobs;
  for (const std::uint64_t index : *chosen) {
    jobs.push_back(job_of_point(file, index, distribution.scenario_file, scenario::point(distribution, index), drive));
  }
  return jobs;
}

}  // namespace hangil::cli
