// SPDX-License-Identifier: Apache-2.0
#include "sweep/slurm.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <memory>

namespace hangil::sweep {

namespace {

struct Said {
  int status = -1;
  std::string text;
};

// Runs a shell command; what it printed, errors included.
Said said_by(const std::string& command) {
  Said said;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {-1, "cannot be started"};
  std::array<char, 4096> buffer;
  for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) said.text.append(buffer.data(), n);
  said.status = ::pclose(pipe);
  while (!said.text.empty() && said.text.back() == '\n') said.text.pop_back();
  return said;
}

// One word of a shell's command line.
std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

bool read_number(std::string_view text, std::int64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

Shards shards_of(std::int64_t run_count, double run_s, int worker_count, double least_s) {
  const double per_shard = std::max(1.0, std::ceil(least_s * worker_count / std::max(run_s, 1e-3)));
  const auto count = static_cast<std::int64_t>(static_cast<double>(run_count) / per_shard);
  constexpr std::int64_t kMostTasks = 1000;  // Slurm's MaxArraySize is 1001 unless configured
  return {run_count, std::clamp<std::int64_t>(count, 1, kMostTasks)};
}

base::Result<Shards> parse_shard(const std::string& text, std::int64_t run_count, std::int64_t& shard) {
  const std::size_t slash = text.find('/');
  Shards shards{run_count, 0};
  const bool is_read = slash != std::string::npos && read_number(std::string_view(text).substr(0, slash), shard) &&
                       read_number(std::string_view(text).substr(slash + 1), shards.shard_count);
  if (!is_read || shard < 0 || shard >= shards.shard_count)
    return base::Error{"--shard " + text + ": must be NUMBER/COUNT with NUMBER from 0 to COUNT - 1"};
  return shards;
}

std::string shard_folder(const std::string& folder, std::int64_t shard, std::int64_t shard_count) {
  return folder + "/shards/" + std::to_string(shard) + "-of-" + std::to_string(shard_count);
}

std::string batch_script(const std::vector<std::string>& command, const Shards& shards, const std::string& folder,
                         int worker_count) {
  std::string text = "#!/bin/bash\n#SBATCH --job-name=hangil-sweep\n#SBATCH --requeue\n#SBATCH --open-mode=append\n";
  text += "#SBATCH --cpus-per-task=" + std::to_string(worker_count) + "\n";
  text += "#SBATCH --output=" + folder + "/shards/%a.log\n";
  text += "exec";
  for (const std::string& word : command) text += " " + quoted(word);
  return text + " --shard \"$SLURM_ARRAY_TASK_ID/" + std::to_string(shards.shard_count) + "\"\n";
}

base::Result<std::string> submit(const std::string& script_file, const std::vector<std::int64_t>& shards) {
  std::string list;
  for (const std::int64_t shard : shards) list += (list.empty() ? "" : ",") + std::to_string(shard);
  const Said said = said_by("sbatch --parsable --array=" + list + " " + quoted(script_file));
  if (said.status != 0) return base::Error{"sbatch: " + said.text + " (is this a machine of a Slurm cluster?)"};
  return said.text.substr(0, said.text.find(';'));
}

base::Result<bool> is_queued(const std::string& job_id) {
  const Said said = said_by("squeue --noheader --jobs=" + quoted(job_id));
  if (said.status == 0) return !said.text.empty();
  // A job that ended a while ago is forgotten.
  if (said.text.find("Invalid job id") != std::string::npos) return false;
  return base::Error{"squeue: " + said.text};
}

void cancel(const std::string& job_id) { said_by("scancel " + quoted(job_id)); }

}  // namespace hangil::sweep
