// SPDX-License-Identifier: Apache-2.0
#include "cli/scenario_suites.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "cli/scenario_points.hpp"
#include "verdict/ncap.hpp"

namespace hangil::cli {

namespace {

constexpr double kAvoidedS = 2;
constexpr double kTestS = 300;  // UN R157 Annex 5 4.1: the lane is kept for five minutes at least

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// Files below a folder whose path holds `part` and ends so, in order of name.
std::vector<std::string> files_below(const std::string& folder, const std::string& part, const std::string& end) {
  std::vector<std::string> files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator at(folder, error), none; !error && at != none;
       at.increment(error)) {
    const std::string path = at->path().string();
    if (ends_with(path, end) && path.find(part) != std::string::npos) files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

base::Status add_points(const std::string& file, std::uint64_t count, std::uint64_t seed, const ScenarioDrive& drive,
                        std::vector<ScenarioJob>& jobs) {
  auto more = jobs_of_points(file, {sweep::Sampling::kRandom, count, seed, ""}, drive);
  if (!more) return more.error();
  jobs.insert(jobs.end(), more->begin(), more->end());
  return {};
}

base::Result<std::vector<ScenarioJob>> alks_jobs(const std::string& folder, std::uint64_t sample_count,
                                                 std::uint64_t seed, const ScenarioDrive& drive) {
  auto jobs = jobs_of_paths(files_below(folder, "concrete_scenarios", "_template.xosc"), drive);
  if (!jobs) return jobs.error();
  if (sample_count == 0) return jobs;
  for (const std::string& file : files_below(folder, "logical_scenarios", ".xosc")) {
    if (file.find("_variation") == std::string::npos) continue;
    if (const auto added = add_points(file, sample_count, seed, drive, *jobs); !added) return added.error();
  }
  return jobs;
}

base::Result<std::vector<ScenarioJob>> ncap_jobs(const std::string& folder, const ScenarioDrive& drive) {
  std::vector<ScenarioJob> jobs;
  for (const std::string& file : files_below(folder, "StandardRange", ".xosc")) {
    if (ends_with(file, "_FCW.xosc")) continue;  // which judge a warning, and ego gives none
    if (const auto added = add_points(file, 0, 0, drive, jobs); !added) return added.error();
  }
  return jobs;
}

std::string parameter_of(const ScenarioJob& job, const std::string& name) {
  for (const sweep::SweptValue& one : job.parameters) {
    if (one.name == name) return one.value;
  }
  return "";
}

// The name under which the protocol gives points.
std::string ncap_scenario(const ScenarioJob& job) {
  const std::string id = parameter_of(job, "Scenario_ID");
  if (!std::isnan(verdict::ncap_points(id))) return id;
  return id + (parameter_of(job, "LightingConditions") == "Night" ? " night" : " day");
}

}  // namespace

base::Result<std::vector<ScenarioJob>> jobs_of_suite(const std::string& suite, const std::string& folder,
                                                     std::uint64_t sample_count, std::uint64_t sample_seed,
                                                     const std::string& rules, const ScenarioDrive& drive) {
  auto jobs = suite == "alks" ? alks_jobs(folder, sample_count, sample_seed, drive) : ncap_jobs(folder, drive);
  if (!jobs) return jobs.error();
  if (jobs->empty()) return base::Error{folder + ": holds no scenarios of the suite " + suite};
  const std::string own = suite == "alks" ? "r157" : "ncap2026";
  for (ScenarioJob& job : *jobs) {
    job.rules = rules.empty() ? own : rules;
    job.drive.keeps_lane = suite == "alks";
    job.enough_s = suite == "alks" ? kTestS : 0;
    job.drive.ends_when_avoided_s = suite == "ncap2026" ? kAvoidedS : 0;
  }
  return jobs;
}

std::string ncap_points_text(const std::vector<ScenarioJob>& jobs,
                             const std::vector<verdict::ScenarioResult>& results) {
  struct Sum {
    double share = 0;
    int count = 0;
  };
  std::map<std::string, Sum> sums;
  for (std::size_t i = 0; i < results.size(); ++i) {
    Sum& sum = sums[ncap_scenario(jobs[i])];
    sum.share += verdict::ncap_share(ncap_scenario(jobs[i]), results[i]);
    ++sum.count;
  }
  std::string text;
  double points = 0, most = 0;
  for (const auto& [scenario, sum] : sums) {
    const double all = verdict::ncap_points(scenario), share = sum.share / sum.count;
    if (std::isnan(all) || std::isnan(share)) {
      text += fmt::format("{:12} {:4} runs, no points\n", scenario, sum.count);
      continue;
    }
    text += fmt::format("{:12} {:4} runs, {:5.2f} of {:4.1f} points\n", scenario, sum.count, share * all, all);
    points += share * all, most += all;
  }
  return text + fmt::format("Euro NCAP standard range: {:.2f} of {:.1f} points\n", points, most);
}

}  // namespace hangil::cli
