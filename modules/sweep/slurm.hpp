// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace hangil::sweep {

// A sweep in equal parts, each a task of an array job. Run i belongs to shard i modulo `shard_count`.
struct Shards {
  std::int64_t run_count = 0, shard_count = 1;
};
// Shards of at least `least_s` seconds each, for runs of `run_s` seconds by `worker_count` at once.
Shards shards_of(std::int64_t run_count, double run_s, int worker_count, double least_s);
// "3/20" as given by --shard; an error when it is none.
base::Result<Shards> parse_shard(const std::string& text, std::int64_t run_count, std::int64_t& shard);

// A folder of a shard's own, below that of the sweep.
std::string shard_folder(const std::string& folder, std::int64_t shard, std::int64_t shard_count);

// The batch script of the array job: `command` (quoted words) with "--shard $SLURM_ARRAY_TASK_ID/COUNT" at its end. A
// task that is requeued goes on where it was.
std::string batch_script(const std::vector<std::string>& command, const Shards& shards, const std::string& folder,
                         int worker_count);

// Submits the script for these shards; the id of the job. Errors: what sbatch said.
base::Result<std::string> submit(const std::string& script_file, const std::vector<std::int64_t>& shards);
// Whether any task of the job waits or runs. Errors: squeue's.
base::Result<bool> is_queued(const std::string& job_id);
void cancel(const std::string& job_id);

}  // namespace hangil::sweep
