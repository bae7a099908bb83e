// SPDX-License-Identifier: Apache-2.0
#include "runtime/drive_log.hpp"

#include <optional>

namespace hangil::runtime {

namespace {

constexpr std::uint64_t kKindCount = 8;

// Variable-length integers, seven bits a byte, least first.
class LogBytes {
 public:
  LogBytes(std::span<const std::uint8_t> bytes, std::size_t at) : bytes_(bytes), at_(at) {}

  std::optional<std::uint64_t> get() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
      const std::uint8_t byte = bytes_[at_++];
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    return std::nullopt;
  }
  std::optional<std::int64_t> get_signed() {
    const auto value = get();
    if (!value) return std::nullopt;
    return static_cast<std::int64_t>(*value >> 1) ^ -static_cast<std::int64_t>(*value & 1);
  }
  std::size_t at() const { return at_; }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t at_;
};

// False when the bytes end in the middle of the event.
bool read_taken(LogBytes& in, std::vector<std::uint64_t>& last_first, LogEvent::Taken& taken) {
  const auto count = in.get();
  if (!count) return false;
  taken.count = static_cast<std::uint32_t>(*count);
  if (taken.count == 0) return true;
  for (std::uint64_t& last : last_first) {
    const auto difference = in.get_signed();
    if (!difference) return false;
    last += static_cast<std::uint64_t>(*difference);
    taken.first.push_back(last);
  }
  return true;
}

bool read_start(LogBytes& in, LogState& state, LogEvent& event) {
  const auto wait = in.get(), level = in.get(), allowance = in.get();
  if (!wait || !level || !allowance) return false;
  event.wait_ns = static_cast<std::int64_t>(*wait);
  event.level = static_cast<int>(*level);
  event.allowance = static_cast<std::int64_t>(*allowance);
  for (auto& last_first : state.last_first[static_cast<std::size_t>(event.subject)]) {
    if (!read_taken(in, last_first, event.taken.emplace_back())) return false;
  }
  return true;
}

bool read_end(LogBytes& in, LogEvent& event) {
  const auto flags = in.get();
  if (!flags) return false;
  event.is_failed = (*flags & 1) != 0;
  event.output_count = static_cast<std::uint32_t>(*flags >> 1);
  if (event.output_count == 0) return true;
  const auto fold = in.get();
  if (fold) event.fold = static_cast<std::uint32_t>(*fold);
  return fold.has_value();
}

}  // namespace

LogState::LogState(const Graph& graph, base::Time start) : last_time_ns(start.ns) {
  for (const GraphModule& module : graph.modules) {
    auto& inputs = last_first.emplace_back();
    for (const GraphInput& input : module.inputs) inputs.emplace_back(input.channels.size(), 0);
  }
}

void LogWriter::put(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<std::uint8_t>(value | 0x80));
  bytes_.push_back(static_cast<std::uint8_t>(value));
}

void LogWriter::put_signed(std::int64_t value) {
  put((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

void LogWriter::append(const LogEvent& event) {
  put(static_cast<std::uint64_t>(event.subject) * kKindCount + static_cast<std::uint64_t>(event.kind));
  put(static_cast<std::uint64_t>(event.time_ns - state_.last_time_ns));
  state_.last_time_ns = event.time_ns;
  if (event.kind == LogEvent::Kind::kStart) {
    put(static_cast<std::uint64_t>(event.wait_ns));
    put(static_cast<std::uint64_t>(event.level));
    put(static_cast<std::uint64_t>(event.allowance));
    auto& inputs = state_.last_first[static_cast<std::size_t>(event.subject)];
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      put(event.taken[i].count);
      for (std::size_t slot = 0; event.taken[i].count > 0 && slot < inputs[i].size(); ++slot) {
        put_signed(static_cast<std::int64_t>(event.taken[i].first[slot] - inputs[i][slot]));
        inputs[i][slot] = event.taken[i].first[slot];
      }
    }
  } else if (event.kind == LogEvent::Kind::kEnd) {
    put(static_cast<std::uint64_t>(event.output_count) * 2 + (event.is_failed ? 1 : 0));
    if (event.output_count > 0) put(event.fold);
  }
}

LogReader::LogReader(const Graph& graph, base::Time start, std::span<const std::uint8_t> bytes)
    : channel_count_(graph.channels.size()), module_count_(graph.modules.size()), state_(graph, start), bytes_(bytes) {}

base::Result<std::optional<LogEvent>> LogReader::next() {
  using Found = std::optional<LogEvent>;
  LogBytes in(bytes_, at_);
  const auto head = in.get(), step = in.get();
  if (!head || !step) return Found();
  LogEvent event{.kind = static_cast<LogEvent::Kind>(*head % kKindCount),
                 .subject = static_cast<int>(*head / kKindCount)};
  const bool is_message = event.kind == LogEvent::Kind::kMessage;
  if (event.kind > LogEvent::Kind::kFinish || *head / kKindCount >= (is_message ? channel_count_ : module_count_)) {
    return base::Error{"drive log, byte " + std::to_string(at_) + ": event " + std::to_string(*head) +
                       " does not fit this pipeline"};
  }
  event.time_ns = state_.last_time_ns += static_cast<std::int64_t>(*step);
  if (event.kind == LogEvent::Kind::kStart && !read_start(in, state_, event)) return Found();
  if (event.kind == LogEvent::Kind::kEnd && !read_end(in, event)) return Found();
  at_ = in.at();
  return Found(std::move(event));
}

base::Result<std::vector<LogEvent>> read_log(const Graph& graph, base::Time start,
                                             std::span<const std::uint8_t> bytes) {
  LogReader reader(graph, start, bytes);
  std::vector<LogEvent> events;
  while (true) {
    auto next = reader.next();
    if (!next) return next.error();
    if (!next->has_value()) return events;
    events.push_back(**std::move(next));
  }
}

LogEvents events_of(std::vector<LogEvent> events) {
  return [events = std::move(events), next = std::size_t{0}]() mutable -> base::Result<std::optional<LogEvent>> {
    if (next == events.size()) return std::optional<LogEvent>();
    return std::optional<LogEvent>(std::move(events[next++]));
  };
}

std::vector<LogEvent::Taken> taken_of(std::size_t input_count, std::span<const Consumed> consumed) {
  std::vector<LogEvent::Taken> taken(input_count);
  for (const Consumed& part : consumed) {
    taken[part.input].count = part.count;
    taken[part.input].first.push_back(part.first);
  }
  return taken;
}

}  // namespace hangil::runtime
