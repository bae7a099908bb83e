// SPDX-License-Identifier: Apache-2.0
#include "sweep/result_store.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/json.hpp"
#include "verdict/read_json.hpp"

namespace hangil::sweep {

namespace {

base::Error system_error(const std::string& path, const char* what) {
  return base::Error{path + ": " + what + ": " + std::strerror(errno)};
}

std::string value_of(const SweepHeader& header, const std::string& name) {
  for (const SweptValue& one : header.identity) {
    if (one.name == name) return one.value;
  }
  return "nothing";
}

// Whether a file's header is that of this sweep.
base::Status match(const SweepHeader& found, const SweepHeader& expected, const std::string& file) {
  for (const SweptValue& one : expected.identity) {
    const std::string there = value_of(found, one.name);
    if (there != one.value) {
      return base::Error{file + ": holds another sweep (" + one.name + " is " + there + ", not " + one.value +
                         "); give another --report folder, or remove this one"};
    }
  }
  if (found.run_count != expected.run_count || found.identity.size() != expected.identity.size()) {
    return base::Error{file + ": holds another sweep (of " + std::to_string(found.run_count) + " runs, not " +
                       std::to_string(expected.run_count) + "); give another --report folder"};
  }
  return {};
}

struct StoreBeginning {
  static constexpr std::string_view kType = "hangil_msgs/msg/SweepBeginning";
  std::string format;
  std::int32_t version = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("format", self.format);
    visit("version", self.version);
  }
};

// The version is judged before anything else is read: later versions may hold anything.
base::Result<SweepHeader> parse_header(std::string_view line, const std::string& file) {
  const auto beginning = verdict::read_json<StoreBeginning>(line, file + ":1");
  if (!beginning || beginning->format != SweepHeader{}.format)
    return base::Error{file + ":1: no result file of a sweep; give another --report folder"};
  if (beginning->version != kStoreVersion) {
    return base::Error{file + ":1: version " + std::to_string(beginning->version) +
                       " of the result format; this program writes " + std::to_string(kStoreVersion) +
                       "; give another --report folder"};
  }
  return verdict::read_json<SweepHeader>(line, file + ":1");
}

base::Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::Error{path + ": cannot be opened"};
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

base::Status write_whole(int file, std::string_view text, const std::string& path) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return system_error(path, "cannot be written");
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

}  // namespace

base::Result<std::vector<SweepRow>> parse_store(std::string_view text, const std::string& file,
                                                const SweepHeader* expected) {
  std::vector<SweepRow> rows;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) break;  // cut short by a kill
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (++number == 1) {
      const auto header = parse_header(line, file);
      if (!header) return header.error();
      if (expected == nullptr) continue;
      if (const auto matched = match(*header, *expected, file); !matched) return matched.error();
      continue;
    }
    auto row = verdict::read_json<SweepRow>(line, file + ":" + std::to_string(number));
    if (!row) return row.error();
    rows.push_back(*std::move(row));
  }
  return rows;
}

base::Result<ResultStore> ResultStore::open(const std::string& folder, const SweepHeader& header, bool waits) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return base::Error{folder + ": cannot be made: " + error.message()};
  const std::string lock_path = folder + "/lock";
  const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock < 0) return system_error(lock_path, "cannot be opened");
  ResultStore store(folder + "/results.jsonl", lock);
  if (::flock(lock, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0)
    return base::Error{folder + ": another sweep writes into this folder; wait for it, or give another one"};
  if (const auto loaded = store.load(header); !loaded) return loaded.error();
  return store;
}

ResultStore::~ResultStore() {
  if (file_ >= 0) ::close(file_);
  if (lock_ >= 0) ::close(lock_);
}

ResultStore::ResultStore(ResultStore&& other) noexcept
    : path_(std::move(other.path_)), lock_(other.lock_), file_(other.file_), rows_(std::move(other.rows_)) {
  other.lock_ = other.file_ = -1;
}

base::Status ResultStore::load(const SweepHeader& header) {
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file_ < 0) return system_error(path_, "cannot be opened");
  const auto text = read_file(path_);
  if (!text) return text.error();
  const std::size_t whole = text->rfind('\n') == std::string::npos ? 0 : text->rfind('\n') + 1;
  const auto rows = parse_store(*text, path_, &header);
  if (!rows) return rows.error();
  if (whole != text->size() && ::ftruncate(file_, static_cast<off_t>(whole)) != 0)
    return system_error(path_, "cannot be cut to whole lines");
  for (const SweepRow& row : *rows) {
    if (row.index < 0 || row.index >= header.run_count)
      return base::Error{path_ + ": run " + std::to_string(row.index) + " of " + std::to_string(header.run_count)};
    rows_.emplace(row.index, row);
  }
  return whole == 0 ? append(base::to_json(header) + "\n") : base::Status{};
}

base::Status ResultStore::append(const std::string& line) {
  const off_t before = ::lseek(file_, 0, SEEK_END);
  const auto written = write_whole(file_, line, path_);
  if (!written && ::ftruncate(file_, before) != 0) return system_error(path_, "cannot be cut to whole lines");
  return written;
}

base::Status ResultStore::add(const SweepRow& row) {
  if (rows_.count(row.index) != 0) return {};
  if (const auto appended = append(base::to_json(row) + "\n"); !appended) return appended;
  rows_.emplace(row.index, row);
  return {};
}

base::Status ResultStore::forget(std::string_view verdict) {
  std::erase_if(rows_, [&](const auto& one) { return one.second.result.verdict == verdict; });
  return sort();
}

base::Status ResultStore::sort() {
  const auto text = read_file(path_);
  if (!text) return text.error();
  std::string sorted = text->substr(0, text->find('\n') + 1);
  for (const auto& [index, row] : rows_) sorted += base::to_json(row) + "\n";
  if (sorted == *text) return {};
  const std::string beside = path_ + ".sorted";
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return system_error(beside, "cannot be opened");
  auto written = write_whole(file, sorted, beside);
  if (written && ::fsync(file) != 0) written = system_error(beside, "cannot be written");
  ::close(file);
  if (!written) return ::unlink(beside.c_str()), written;
  if (::rename(beside.c_str(), path_.c_str()) != 0) return system_error(path_, "cannot be replaced");
  ::close(file_);
  file_ = ::open(path_.c_str(), O_RDWR | O_APPEND | O_CLOEXEC);
  return file_ < 0 ? base::Status(system_error(path_, "cannot be opened")) : base::Status{};
}

}  // namespace hangil::sweep
