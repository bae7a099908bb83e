// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "runtime/large_pages.hpp"
#include "runtime/live_executive.hpp"

namespace hangil::runtime {

using namespace std::chrono_literals;

// All messages of one publication become visible at one instant; who reads them is judged once, afterwards (rule 9).
void Live::publish(std::vector<Filed>& messages, std::int64_t time_ns) {
  bool is_late = false;
  for (const Filed& filed : messages) {
    const auto c = static_cast<std::size_t>(filed.channel);
    filed.message->published = {time_ns};
    filed.message->host_filed_ns = time_ns - options_.start.ns;
    logs_[c].push(filed.message);
    if (readers_[c].empty()) logs_[c].forget_before(logs_[c].end());
    add_to_chain(chains_[c], *filed.message);
    if (filed.channel == graph_.frame_channel)
      frame_stamps_[filed.message->origin % kStampsKept] = filed.message->stamp;
    if (filed.channel == graph_.output_channel) is_late |= check_deadline(filed.channel, *filed.message, time_ns);
    if (sinks_.run.on_message) outbox_.messages.push_back(filed);
  }
  for (const Filed& filed : messages) judge_readers(filed.channel, time_ns);
  const int writer = messages.empty() ? -1 : graph_.channels[static_cast<std::size_t>(messages.front().channel)].writer;
  if (is_late && writer >= 0) tell_health("deadline_missed", writer, messages.front().message->sequence);
  if (std::exchange(wants_less_, false)) do_less(ended_frame_);
}

void Live::judge_readers(int channel, std::int64_t time_ns) {
  for (const auto& [module, input] : readers_[static_cast<std::size_t>(channel)]) {
    State& state = states_[module];
    if (!state.inputs[input].is_trigger() || !state.inputs[input].see(logs_, time_ns) || state.is_pending) continue;
    state.is_pending = true;
    state.ready_ns = time_ns;
  }
}

// Whether the frame that ends with this message, its first descendant on the output, missed its deadline.
bool Live::check_deadline(int channel, const Message& message, std::int64_t time_ns) {
  if (graph_.deadline.ns == 0 || message.origin <= ended_frame_) return false;
  const std::int64_t age_ns = time_ns - frame_stamps_[message.origin % kStampsKept].ns;
  const bool is_late = age_ns > graph_.deadline.ns;
  wants_less_ |= frames_.note(is_late);
  ended_frame_ = message.origin;
  if (!is_late) return false;
  add_event(time_ns, "deadline_missed", graph_.channels[static_cast<std::size_t>(channel)].writer, message.origin,
            "frame " + std::to_string(message.origin) + " reached " +
                graph_.channels[static_cast<std::size_t>(channel)].topic + " " + std::to_string(age_ns / 1'000'000) +
                " ms after its stamp");
  return true;
}

// Frames that come too late although each module keeps its budget: they wait for each other, or for a core.
// Then whoever knows a lower level takes it.
void Live::do_less(std::uint64_t frame) {
  if (!options_.adapts_work) return;
  for (std::size_t m = 0; m < states_.size(); ++m) {
    if (states_[m].control.reduce()) say_level(static_cast<int>(m), frame, 1, " does less, as frames are late");
  }
}

// Rule 31: modules hear of the run only through a recorded message.
void Live::tell_health(const std::string& kind, int module, std::uint64_t ordinal) {
  if (health_channel_ < 0) return;
  const std::string name = module < 0 ? "" : graph_.modules[static_cast<std::size_t>(module)].name;
  PendingOutput output{0, {last_ns_}, std::make_shared<const Health>(Health{kind, name, ordinal})};
  const auto& type = *graph_.channels[static_cast<std::size_t>(health_channel_)].type;
  const std::uint64_t sequence = logs_[static_cast<std::size_t>(health_channel_)].end();
  std::vector<Filed> messages{
      {health_channel_, make_message(type, output, sequence, {}, 0, options_.keeps_cdr, health_scratch_)}};
  const std::int64_t time_ns = now();
  log_.append({.kind = LogEvent::Kind::kMessage, .subject = health_channel_, .time_ns = time_ns});
  publish(messages, time_ns);
}

void Live::forget(const State& state) {
  for (const InputCursor& input : state.inputs) {
    for (const int channel : input.channels()) {
      std::uint64_t needed = logs_[static_cast<std::size_t>(channel)].end();
      for (const auto& [module, index] : readers_[static_cast<std::size_t>(channel)]) {
        needed = std::min(needed, states_[module].inputs[index].needed_from(channel));
      }
      logs_[static_cast<std::size_t>(channel)].forget_before(needed);
    }
  }
}

void Live::feed() {
  if (options_.uses_large_pages) put_heap_on_large_pages();
  Lock lock(mutex_);
  while (!is_asked_to_stop() && feed_one(lock)) call_worker(lock);
  is_source_done_ = true;
  source_done_ns_ = now();
  timer_.notify_one();
}

// Waits until the next source message is due and publishes it; false at the end.
bool Live::feed_one(Lock& lock) {
  lock.unlock();
  auto next = source_();
  std::string failure;
  std::shared_ptr<Message> message;
  const bool has_message = next.ok() && next->has_value();
  if (has_message) message = decode_source(graph_, **next, options_.keeps_cdr, failure);
  lock.lock();
  if (!next.ok()) error_ = next.error().message;
  if (!has_message) return false;
  const int channel = (*next)->channel;
  if (message == nullptr) return add_event(last_ns_, "undecodable", -1, 0, failure), true;
  const auto due = host_time((*next)->published.ns);
  while (Clock::now() < due && !is_asked_to_stop()) feeder_.wait_until(lock, std::min(due, Clock::now() + 100ms));
  if (is_asked_to_stop()) return false;
  const std::int64_t time_ns = now();
  message->sequence = logs_[static_cast<std::size_t>(channel)].end();
  message->origin = channel == graph_.frame_channel ? message->sequence + 1 : 0;
  log_.append({.kind = LogEvent::Kind::kMessage, .subject = channel, .time_ns = time_ns});
  std::vector<Filed> messages{{channel, std::move(message)}};
  publish(messages, time_ns);
  return true;
}

}  // namespace hangil::runtime
