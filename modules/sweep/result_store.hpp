// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "verdict/judge.hpp"

namespace hangil::sweep {

// Grows when what a line of a result file means changes.
inline constexpr std::int32_t kStoreVersion = 1;

struct SweptValue {
  static constexpr std::string_view kType = "hangil_msgs/msg/SweptValue";
  std::string name, value;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("value", self.value);
  }
};

// One run of a sweep: a line of its result file.
struct SweepRow {
  static constexpr std::string_view kType = "hangil_msgs/msg/SweepRow";
  std::int64_t index = 0;
  std::vector<SweptValue> parameters;
  verdict::ScenarioResult result;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("index", self.index);
    visit("parameters", self.parameters);
    visit("result", self.result);
  }
};

// The first line of a result file: everything that decides its results, so that two sweeps never mix.
struct SweepHeader {
  static constexpr std::string_view kType = "hangil_msgs/msg/SweepHeader";
  std::string format = "hangil sweep";
  std::int32_t version = kStoreVersion;
  std::int64_t run_count = 0;
  std::vector<SweptValue> identity;  // "scenario", "sample", "seed", digests of files, ...

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("format", self.format);
    visit("version", self.version);
    visit("run_count", self.run_count);
    visit("identity", self.identity);
  }
};

// The results of a sweep, in FOLDER/results.jsonl: a header, then a line a run, appended as a whole the moment it is
// known. A killed sweep leaves every line it wrote; a line cut short by a kill is dropped on opening. One process at a
// time holds a folder.
class ResultStore {
 public:
  // Begins a file or goes on with one. Errors: another process holds the folder; the file is of another version, of
  // another sweep (what differs is named) or broken (with its line).
  // `waits`: for another process that holds the folder, instead of an error.
  static base::Result<ResultStore> open(const std::string& folder, const SweepHeader& header, bool waits = false);
  ~ResultStore();
  ResultStore(ResultStore&& other) noexcept;
  ResultStore& operator=(ResultStore&&) = delete;

  const std::map<std::int64_t, SweepRow>& rows() const { return rows_; }
  // A run that is there already is left as it is. Error (a full disk): the file ends with its last whole line.
  base::Status add(const SweepRow& row);
  // Takes runs out again, so that they are missing: those of this verdict.
  base::Status forget(std::string_view verdict);
  // Brings the lines into the order of their runs: the same file however the sweep was worked on.
  base::Status sort();

  const std::string& path() const { return path_; }

 private:
  ResultStore(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}
  base::Status load(const SweepHeader& header);
  base::Status append(const std::string& line);

  std::string path_;
  int lock_ = -1, file_ = -1;
  std::map<std::int64_t, SweepRow> rows_;
};

// The rows of a text of lines with a header, whole or cut off at the end. Errors name `file` and the line.
base::Result<std::vector<SweepRow>> parse_store(std::string_view text, const std::string& file,
                                                const SweepHeader* expected);

}  // namespace hangil::sweep
