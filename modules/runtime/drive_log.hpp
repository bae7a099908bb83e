// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "base/result.hpp"
#include "runtime/graph.hpp"
#include "runtime/records.hpp"

namespace hangil::runtime {

inline constexpr std::string_view kLogTopic = "/runtime/log";
inline constexpr std::uint64_t kLogWindow = 512;  // events that as-driven reads ahead (rule 39)

// A piece of the event stream of a live drive; pieces follow each other without gap.
struct LogPiece {
  static constexpr std::string_view kType = "hangil_msgs/msg/LogPiece";
  std::vector<std::uint8_t> bytes;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("bytes", self.bytes);
  }
};

// One event of a live drive (rule 33). All events of a drive have distinct, increasing times.
struct LogEvent {
  enum class Kind : std::uint8_t { kMessage, kTick, kStart, kEnd, kFinish };
  // What one input took: `count` messages from `first` on; for an aligned input one per channel.
  struct Taken {
    std::uint32_t count = 0;
    std::vector<std::uint64_t> first;  // per channel of the input; empty when count is 0
    bool operator==(const Taken&) const = default;
  };

  Kind kind = Kind::kMessage;
  int subject = 0;  // a channel for kMessage, else a module
  std::int64_t time_ns = 0;
  // kStart
  std::int64_t wait_ns = 0;
  int level = 0;
  std::int64_t allowance = 0;
  std::vector<Taken> taken;  // by input
  // kEnd
  bool is_failed = false;
  std::uint32_t output_count = 0, fold = 0;

  bool operator==(const LogEvent&) const = default;
};

// Shared by writer and reader: what deltas are taken against.
struct LogState {
  explicit LogState(const Graph& graph, base::Time start);

  std::int64_t last_time_ns;
  std::vector<std::vector<std::vector<std::uint64_t>>> last_first;  // module, input, channel
};

// Appends events as variable-length integers, times and sequences as differences: about 25 bytes an activation.
class LogWriter {
 public:
  LogWriter(const Graph& graph, base::Time start) : state_(graph, start) {}

  void append(const LogEvent& event);
  std::vector<std::uint8_t>& bytes() { return bytes_; }  // to be taken and cleared by the owner
  std::uint64_t total_bytes() const { return total_bytes_ + bytes_.size(); }
  std::vector<std::uint8_t> take() {
    total_bytes_ += bytes_.size();
    return std::exchange(bytes_, {});
  }

 private:
  void put(std::uint64_t value);
  void put_signed(std::int64_t value);

  LogState state_;
  std::vector<std::uint8_t> bytes_;
  std::uint64_t total_bytes_ = 0;
};

// Reads a stream event by event, or any prefix of it: an event cut off at the end is not there.
class LogReader {
 public:
  // `bytes` must live longer.
  LogReader(const Graph& graph, base::Time start, std::span<const std::uint8_t> bytes);

  // Nothing at the end; an error names the byte.
  base::Result<std::optional<LogEvent>> next();

 private:
  std::size_t channel_count_, module_count_;
  LogState state_;
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

// All of it at once.
base::Result<std::vector<LogEvent>> read_log(const Graph& graph, base::Time start, std::span<const std::uint8_t> bytes);

// A drive's events one after another; nothing at the end.
using LogEvents = std::function<base::Result<std::optional<LogEvent>>()>;
LogEvents events_of(std::vector<LogEvent> events);

// What an activation took, input by input, as the log keeps it.
std::vector<LogEvent::Taken> taken_of(std::size_t input_count, std::span<const Consumed> consumed);

}  // namespace hangil::runtime
