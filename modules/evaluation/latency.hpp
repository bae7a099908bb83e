// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "evaluation/planning.hpp"
#include "runtime/latency.hpp"

namespace hangil::evaluation {

// One module over the run; host time.
struct ModuleLatency {
  static constexpr std::string_view kType = "hangil_msgs/msg/ModuleLatency";
  std::string name, library;
  bool is_left_out = false;
  std::string left_out_reason;
  double budget_ms = 0;
  std::uint64_t activation_count = 0, failure_count = 0, over_budget_count = 0;
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

struct EventCount {
  static constexpr std::string_view kType = "hangil_msgs/msg/EventCount";
  std::string kind;
  std::uint64_t count = 0;
  std::string first_text;  // of the first one

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("kind", self.kind);
    visit("count", self.count);
    visit("first_text", self.first_text);
  }
};

struct LatencyResult {
  static constexpr std::string_view kType = "hangil_msgs/msg/LatencyResult";
  std::uint64_t frame_count = 0;
  std::uint64_t answered_frame_count = 0;  // with a critical path; the others were overtaken or had no output
  double deadline_ms = 0;
  std::uint64_t deadline_miss_count = 0;
  Quantiles end_to_end_ms;       // host compute time of a frame
  Quantiles virtual_latency_ms;  // from stamp to output in the run's own time
  PathShares shares;
  std::vector<ModuleLatency> modules;  // in pipeline order
  std::uint64_t drop_count = 0;
  std::vector<DropCount> drops;
  std::vector<EventCount> events;  // by kind

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("frame_count", self.frame_count);
    visit("answered_frame_count", self.answered_frame_count);
    visit("deadline_ms", self.deadline_ms);
    visit("deadline_miss_count", self.deadline_miss_count);
    visit("end_to_end_ms", self.end_to_end_ms);
    visit("virtual_latency_ms", self.virtual_latency_ms);
    visit("shares", self.shares);
    visit("modules", self.modules);
    visit("drop_count", self.drop_count);
    visit("drops", self.drops);
    visit("events", self.events);
  }
};

struct LatencyInput {
  const runtime::RunInfo* info = nullptr;
  std::uint64_t frame_count = 0;
  std::span<const runtime::FramePath> paths;
  std::span<const runtime::ActivationRecord> activations;
  std::span<const runtime::DropRecord> drops;
  std::span<const runtime::EventRecord> events;
};

// Records that name a module or channel outside the run's lists (a damaged file) are counted under "?".
LatencyResult evaluate_latency(const LatencyInput& input);

}  // namespace hangil::evaluation
