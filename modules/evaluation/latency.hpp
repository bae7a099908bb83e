// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "evaluation/planning.hpp"
#include "runtime/latency.hpp"

namespace hangil::evaluation {

// One module over the run, on the clock of `run_ms`.
struct ModuleLatency {
  static constexpr std::string_view kType = "hangil_msgs/msg/ModuleLatency";
  std::string name, library;
  bool is_left_out = false;
  std::string left_out_reason;
  double budget_ms = 0;
  std::uint64_t activation_count = 0, failure_count = 0, over_budget_count = 0;
  std::uint64_t reduced_count = 0;              // activations at a level above 0
  Quantiles run_ms;                             // of step() alone
  Quantiles path_ms;                            // wait, queue, run and publish, where on a frame's critical path
  double critical_path_share_ratio = kNoValue;  // of all frames' end-to-end time

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("library", self.library);
    visit("is_left_out", self.is_left_out);
    visit("left_out_reason", self.left_out_reason);
    visit("budget_ms", self.budget_ms);
    visit("activation_count", self.activation_count);
    visit("failure_count", self.failure_count);
    visit("over_budget_count", self.over_budget_count);
    visit("reduced_count", self.reduced_count);
    visit("run_ms", self.run_ms);
    visit("path_ms", self.path_ms);
    visit("critical_path_share_ratio", self.critical_path_share_ratio);
  }
};

// What the end-to-end time is made of, over all frames; the four sum to 1.
struct PathShares {
  static constexpr std::string_view kType = "hangil_msgs/msg/PathShares";
  double wait_ratio = kNoValue, queue_ratio = kNoValue, run_ratio = kNoValue, publish_ratio = kNoValue;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("wait_ratio", self.wait_ratio);
    visit("queue_ratio", self.queue_ratio);
    visit("run_ratio", self.run_ratio);
    visit("publish_ratio", self.publish_ratio);
  }
};

// Which clock each number is read from, in words.
struct LatencyClocks {
  static constexpr std::string_view kType = "hangil_msgs/msg/LatencyClocks";
  std::string run, end_to_end, virtual_latency, deadline;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("run", self.run);
    visit("end_to_end", self.end_to_end);
    visit("virtual_latency", self.virtual_latency);
    visit("deadline", self.deadline);
  }
};

// A frame whose first output came after the deadline.
struct LateFrame {
  static constexpr std::string_view kType = "hangil_msgs/msg/LateFrame";
  std::uint64_t frame = 0;
  double at_s = kNoValue;    // the frame's stamp, since the run's start
  double latency_ms = 0;     // on the deadline's clock
  std::string worst_module;  // that held the largest part of its critical path
  double worst_module_ms = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("frame", self.frame);
    visit("at_s", self.at_s);
    visit("latency_ms", self.latency_ms);
    visit("worst_module", self.worst_module);
    visit("worst_module_ms", self.worst_module_ms);
  }
};

struct DropCount {
  static constexpr std::string_view kType = "hangil_msgs/msg/DropCount";
  std::string reason, module, topic;
  std::uint64_t message_count = 0;
  double max_age_ms = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("reason", self.reason);
    visit("module", self.module);
    visit("topic", self.topic);
    visit("message_count", self.message_count);
    visit("max_age_ms", self.max_age_ms);
  }
};

// Consecutive messages that an input skipped for ever, in one activation.
struct Victim {
  static constexpr std::string_view kType = "hangil_msgs/msg/Victim";
  std::string topic, module, input, reason;
  std::uint64_t first = 0, message_count = 0;  // counted from 0 along the channel
  double at_s = 0;                             // of the activation that skipped them, since the run's start
  double age_ms = 0;                           // that activation minus the oldest one's stamp

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("topic", self.topic);
    visit("module", self.module);
    visit("input", self.input);
    visit("reason", self.reason);
    visit("first", self.first);
    visit("message_count", self.message_count);
    visit("at_s", self.at_s);
    visit("age_ms", self.age_ms);
  }
};

struct EventCount {
  static constexpr std::string_view kType = "hangil_msgs/msg/EventCount";
  std::string kind;    // "level_changed", "overrun", "deadline_missed", "stale", "module_failed", "module_hung", ...
  std::string module;  // empty: none
  std::uint64_t count = 0;
  double first_at_s = 0;   // since the run's start
  std::string first_text;  // of the first one

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("kind", self.kind);
    visit("module", self.module);
    visit("count", self.count);
    visit("first_at_s", self.first_at_s);
    visit("first_text", self.first_text);
  }
};

struct TimedText {
  static constexpr std::string_view kType = "hangil_msgs/msg/TimedText";
  double at_s = 0;  // since the run's start
  std::string kind, text;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("at_s", self.at_s);
    visit("kind", self.kind);
    visit("text", self.text);
  }
};

inline constexpr std::size_t kMostListed = 1000;  // of late frames, victims and events each; counts go on

struct LatencyResult {
  static constexpr std::string_view kType = "hangil_msgs/msg/LatencyResult";
  bool is_drive = false;  // judged by the drive's own time, else by compute time
  LatencyClocks clocks;
  std::uint64_t frame_count = 0;
  std::uint64_t answered_frame_count = 0;  // with a critical path; the others were overtaken or had no output
  double deadline_ms = 0;
  std::uint64_t deadline_miss_count = 0;
  std::vector<LateFrame> late_frames;  // in order
  Quantiles end_to_end_ms;             // along the critical path, from a frame's arrival to its first output
  Quantiles virtual_latency_ms;        // from stamp to output in the run's own time
  PathShares shares;
  std::vector<ModuleLatency> modules;  // in pipeline order
  std::uint64_t drop_count = 0;
  std::vector<DropCount> drops;
  std::vector<Victim> victims;
  std::uint64_t victim_count = 0;  // all, also beyond the list
  std::vector<EventCount> events;  // by kind and module
  std::vector<TimedText> event_texts;

  // What the deadline is compared with.
  const Quantiles& judged_ms() const { return is_drive ? virtual_latency_ms : end_to_end_ms; }

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("is_drive", self.is_drive);
    visit("clocks", self.clocks);
    visit("frame_count", self.frame_count);
    visit("answered_frame_count", self.answered_frame_count);
    visit("deadline_ms", self.deadline_ms);
    visit("deadline_miss_count", self.deadline_miss_count);
    visit("late_frames", self.late_frames);
    visit("end_to_end_ms", self.end_to_end_ms);
    visit("virtual_latency_ms", self.virtual_latency_ms);
    visit("shares", self.shares);
    visit("modules", self.modules);
    visit("drop_count", self.drop_count);
    visit("drops", self.drops);
    visit("victims", self.victims);
    visit("victim_count", self.victim_count);
    visit("events", self.events);
    visit("event_texts", self.event_texts);
  }
};

struct LatencyInput {
  const runtime::RunInfo* info = nullptr;
  std::span<const base::Time> frame_stamps;
  std::span<const runtime::FramePath> paths;
  std::span<const runtime::ActivationRecord> activations;
  std::span<const runtime::DropRecord> drops;
  std::span<const runtime::EventRecord> events;
};

// On a drive ("live", and "as-driven", which repeats its log) a frame is late by the drive's own time since its stamp;
// in a replay by the compute time of its critical path, as virtual time there follows from budgets. Records that name a
// module or channel outside the run's lists (a damaged file) are counted under "?".
LatencyResult evaluate_latency(const LatencyInput& input);

}  // namespace hangil::evaluation
