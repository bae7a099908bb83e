// SPDX-License-Identifier: Apache-2.0
#include "cli/scenario_sweep.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/digest.hpp"
#include "cli/installation.hpp"
#include "cli/scenario_report.hpp"
#include "cli/text_file.hpp"

namespace hangil::cli {

namespace {

base::Result<std::string> text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::Error{path + ": cannot be opened"};
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

std::uint64_t digest_of(const std::string& text) {
  return base::digest_bytes({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

base::Result<std::uint64_t> files_digest(const std::set<std::string>& files) {
  std::uint64_t digest = 0;
  for (const std::string& path : files) {
    const auto text = text_of(path);
    if (!text) return text.error();
    digest = base::mix(digest, digest_of(*text));
  }
  return digest;
}

// The program and the modules it may load.
base::Result<std::uint64_t> build_digest() {
  std::set<std::string> files = {"/proc/self/exe"};
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(module_dir(), error)) {
    if (entry.path().extension() == ".so") files.insert(entry.path().string());
  }
  return files_digest(files);
}

std::string trace_path(const std::string& folder, std::int64_t index) {
  return folder + "/traces/" + std::to_string(index) + ".json";
}

// Below a sweep's folder, those that hold results, by name.
std::vector<std::string> shard_folders(const std::string& folder) {
  std::vector<std::string> folders;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/shards", none)) {
    if (std::filesystem::exists(entry.path() / "results.jsonl")) folders.push_back(entry.path().string());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

// Every scenario file of the runs, each once.
base::Result<std::uint64_t> scenarios_digest(const std::vector<ScenarioJob>& jobs) {
  std::set<std::string> files;
  for (const ScenarioJob& job : jobs) files.insert(job.drive.scenario_file);
  return files_digest(files);
}

// Pictures are no results: a trace that cannot be kept is said and left out.
void keep_trace(const std::string& folder, std::int64_t index, const std::string& trace_json) {
  if (trace_json.empty()) return;
  std::error_code error;
  std::filesystem::create_directories(folder + "/traces", error);
  const std::string path = trace_path(folder, index), beside = path + ".part";
  const auto written = write_text_file(beside, trace_json);
  if (written) std::filesystem::rename(beside, path, error);
  if (!written || error) fmt::print(stderr, "{}: cannot be written; the report goes without it\n", path);
}

}  // namespace

base::Result<sweep::SweepHeader> header_of(const ScenarioSweep& sweep, const std::vector<ScenarioJob>& jobs) {
  sweep::SweepHeader header;
  header.run_count = static_cast<std::int64_t>(jobs.size());
  const auto say = [&](const std::string& name, const std::string& value) { header.identity.push_back({name, value}); };
  const auto program = build_digest();
  if (!program) return program.error();
  std::vector<std::pair<std::string, std::string>> files = {{"file", sweep.file},
                                                            {"pipeline", sweep.drive.pipeline_file},
                                                            {"vehicle", sweep.drive.vehicle_file},
                                                            {"points", sweep.points.table}};
  const auto scenarios = scenarios_digest(jobs);
  if (!scenarios) return scenarios.error();
  say("program", base::digest_text(*program));
  say("suite", sweep.suite);
  say("scenarios", base::digest_text(*scenarios));
  for (const auto& [name, path] : files) {
    if (path.empty()) continue;
    const auto text = text_of(path);
    if (!text) return text.error();
    say(name, std::filesystem::path(path).filename().string() + " " + base::digest_text(digest_of(*text)));
  }
  say("method", std::to_string(static_cast<int>(sweep.points.sampling)));
  say("sample", std::to_string(sweep.points.count));
  say("seed", std::to_string(sweep.points.seed));
  say("rules", sweep.rules);
  say("parameters", fmt::format("{}", fmt::join(sweep.drive.parameters, " ")));
  say("overrides", fmt::format("{}", fmt::join(sweep.drive.overrides, " ")));
  say("ego entity", sweep.drive.ego_entity);
  say("time limit", fmt::format("{}", sweep.drive.time_limit_s));
  return header;
}

std::vector<std::size_t> missing_runs(const std::vector<ScenarioJob>& jobs, const sweep::ResultStore& store) {
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (store.rows().count(static_cast<std::int64_t>(i)) == 0) missing.push_back(i);
  }
  return missing;
}

std::set<std::int64_t> runs_of_file(const std::string& path, const sweep::SweepHeader& header) {
  std::set<std::int64_t> runs;
  const auto text = text_of(path);
  if (!text) return runs;
  const auto rows = sweep::parse_store(*text, path, &header);
  if (!rows) return runs;
  for (const sweep::SweepRow& row : *rows) runs.insert(row.index);
  return runs;
}

base::Status drive_missing(const ScenarioSweep& sweep, const std::vector<ScenarioJob>& jobs,
                           const std::vector<std::size_t>& runs, sweep::ResultStore& store,
                           const std::function<void(std::size_t)>& on_kept) {
  return run_jobs(jobs, runs, sweep.jobs, [&](std::size_t i, JudgedRun run) -> base::Status {
    const auto index = static_cast<std::int64_t>(i);
    keep_log(sweep.report, jobs[i].name, run.log);
    keep_trace(sweep.report, index, run.trace_json);
    const auto added = store.add({index, jobs[i].parameters, std::move(run.result)});
    if (added) on_kept(i);
    return added;
  });
}

base::Status merge_shards(const std::string& folder, const sweep::SweepHeader& header, sweep::ResultStore& store) {
  for (const std::string& shard : shard_folders(folder)) {
    const std::string path = shard + "/results.jsonl";
    const auto text = text_of(path);
    if (!text) return text.error();
    if (text->find('\n') == std::string::npos) continue;  // just begun
    const auto rows = sweep::parse_store(*text, path, &header);
    if (!rows) return rows.error();
    for (const sweep::SweepRow& row : *rows) {
      if (const auto added = store.add(row); !added) return added;
    }
  }
  return {};
}

base::Status forget_errors(const std::string& folder, const sweep::SweepHeader& header, sweep::ResultStore& store) {
  const std::string_view error = verdict::name_of(verdict::Verdict::kError);
  for (const std::string& shard : shard_folders(folder)) {
    auto part = sweep::ResultStore::open(shard, header);
    if (!part) return part.error();
    if (const auto forgotten = part->forget(error); !forgotten) return forgotten;
  }
  return store.forget(error);
}

std::vector<viewer::PageRun> page_runs(const ScenarioSweep& sweep, const sweep::ResultStore& store) {
  std::vector<viewer::PageRun> runs;
  for (const auto& [index, row] : store.rows()) {
    viewer::PageRun& run = runs.emplace_back();
    run.result = row.result;
    for (const sweep::SweptValue& one : row.parameters) run.parameters.emplace_back(one.name, one.value);
    run.trace_json = trace_of_run(sweep.report, index);
  }
  return runs;
}

std::string trace_of_run(const std::string& folder, std::int64_t index) {
  auto trace = text_of(trace_path(folder, index));
  return trace ? *std::move(trace) : "";
}

std::vector<std::string> command_line() {
  const auto text = text_of("/proc/self/cmdline");
  std::vector<std::string> words;
  if (!text) return words;
  for (std::size_t at = 0; at < text->size();) {
    const std::size_t end = std::min(text->find('\0', at), text->size());
    words.push_back(text->substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace hangil::cli
