// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fields.hpp"

// What a run writes about itself. Channels /runtime/info (once, first), /runtime/activations, /runtime/drops,
// /runtime/events and /runtime/summary (once, last). None of it enters a digest: some of it is measured time.
namespace hangil::runtime {

inline constexpr std::string_view kInfoTopic = "/runtime/info";
inline constexpr std::string_view kActivationTopic = "/runtime/activations";
inline constexpr std::string_view kDropTopic = "/runtime/drops";
inline constexpr std::string_view kEventTopic = "/runtime/events";
inline constexpr std::string_view kSummaryTopic = "/runtime/summary";
inline constexpr std::string_view kHealthTopic = "/runtime/health";

struct ModuleInfo {
  static constexpr std::string_view kType = "hangil_msgs/msg/ModuleInfo";
  std::string name, library;
  base::Duration budget;
  std::vector<std::string> inputs;  // names, by input index
  bool is_left_out = false;
  std::string left_out_reason;  // which input nobody writes

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("library", self.library);
    visit("budget", self.budget);
    visit("inputs", self.inputs);
    visit("is_left_out", self.is_left_out);
    visit("left_out_reason", self.left_out_reason);
  }
};

struct ChannelInfo {
  static constexpr std::string_view kType = "hangil_msgs/msg/ChannelInfo";
  std::string topic, type;
  std::int32_t writer = -1;  // module index; -1: a source

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("topic", self.topic);
    visit("type", self.type);
    visit("writer", self.writer);
  }
};

// The graph as it ran. Module and channel indices in the other records refer to these lists.
struct RunInfo {
  static constexpr std::string_view kType = "hangil_msgs/msg/RunInfo";
  std::string pipeline, executive, latency_mode, build;
  std::vector<ModuleInfo> modules;
  std::vector<ChannelInfo> channels;
  std::int32_t frame_channel = -1;   // a frame is one message here ...
  std::int32_t output_channel = -1;  // ... and ends with the first message here that descends from it
  base::Duration deadline;           // of a frame, from arrival to that message
  base::Time start;                  // of the run: ticks count from here
  std::int64_t host_start_ns = 0;    // live: the machine's monotonic clock at `start`; otherwise 0
  std::uint64_t seed = 0;
  std::uint32_t worker_count = 0;
  std::string pipeline_yaml;  // as it was run, --set included

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("pipeline", self.pipeline);
    visit("executive", self.executive);
    visit("latency_mode", self.latency_mode);
    visit("build", self.build);
    visit("modules", self.modules);
    visit("channels", self.channels);
    visit("frame_channel", self.frame_channel);
    visit("output_channel", self.output_channel);
    visit("deadline", self.deadline);
    visit("start", self.start);
    visit("host_start_ns", self.host_start_ns);
    visit("seed", self.seed);
    visit("worker_count", self.worker_count);
    visit("pipeline_yaml", self.pipeline_yaml);
  }
};

// `count` consecutive messages of a channel, taken by one input.
struct Consumed {
  static constexpr std::string_view kType = "hangil_msgs/msg/Consumed";
  std::uint16_t input = 0, channel = 0;
  std::uint32_t count = 0;
  std::uint64_t first = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("input", self.input);
    visit("channel", self.channel);
    visit("count", self.count);
    visit("first", self.first);
  }
};

struct Produced {
  static constexpr std::string_view kType = "hangil_msgs/msg/Produced";
  std::uint16_t channel = 0;
  std::uint64_t sequence = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("channel", self.channel);
    visit("sequence", self.sequence);
  }
};

// One activation. The host_* members are measured, in ns since the run began, and tile the time from the moment the
// message it waited for last was there (host_input_ns) to the moment its own outputs are (host_filed_ns):
// wait [input, runnable], queue [runnable, start], run [start, end], publish [end, filed].
struct ActivationRecord {
  static constexpr std::string_view kType = "hangil_msgs/msg/Activation";
  std::uint16_t module = 0;
  std::uint16_t worker = 0;
  std::uint64_t ordinal = 0;
  base::Time tag, ready;
  base::Duration latency;
  std::uint8_t level = 0;
  bool is_failed = false;
  std::int64_t allowance = 0, operations = 0;
  std::uint64_t origin = 0;  // newest frame in its ancestry, counted from 1; 0: none
  std::vector<Consumed> consumed;
  std::vector<Produced> produced;
  std::int64_t host_input_ns = 0, host_runnable_ns = 0, host_start_ns = 0, host_end_ns = 0, host_filed_ns = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("module", self.module);
    visit("worker", self.worker);
    visit("ordinal", self.ordinal);
    visit("tag", self.tag);
    visit("ready", self.ready);
    visit("latency", self.latency);
    visit("level", self.level);
    visit("is_failed", self.is_failed);
    visit("allowance", self.allowance);
    visit("operations", self.operations);
    visit("origin", self.origin);
    visit("consumed", self.consumed);
    visit("produced", self.produced);
    visit("host_input_ns", self.host_input_ns);
    visit("host_runnable_ns", self.host_runnable_ns);
    visit("host_start_ns", self.host_start_ns);
    visit("host_end_ns", self.host_end_ns);
    visit("host_filed_ns", self.host_filed_ns);
  }
};

// Messages an input skipped for ever (time model, rule 25). Follows from consecutive consumed sequences.
struct DropRecord {
  static constexpr std::string_view kType = "hangil_msgs/msg/Drop";
  std::uint16_t module = 0, input = 0, channel = 0;
  std::uint64_t first = 0;
  std::uint32_t count = 0;
  std::string reason;  // "overflow", "superseded", "unaligned"
  base::Time tag;      // of the activation that skipped them
  base::Duration age;  // tag minus the oldest one's stamp

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("module", self.module);
    visit("input", self.input);
    visit("channel", self.channel);
    visit("first", self.first);
    visit("count", self.count);
    visit("reason", self.reason);
    visit("tag", self.tag);
    visit("age", self.age);
  }
};

// Anything else worth telling: a throw, a clamped clock, a bad message, a stale input, a module left out.
struct EventRecord {
  static constexpr std::string_view kType = "hangil_msgs/msg/Event";
  base::Time time;
  std::string kind;  // "module_failed", "clock_clamped", "undecodable", "stale", "lost", "pending_at_end", ...
  std::int32_t module = -1, channel = -1;
  std::uint64_t ordinal = 0;
  std::string text;  // for a person

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("time", self.time);
    visit("kind", self.kind);
    visit("module", self.module);
    visit("channel", self.channel);
    visit("ordinal", self.ordinal);
    visit("text", self.text);
  }
};

// What the executive tells modules of the run itself (rule 31): an ordinary, recorded message on /runtime/health.
struct Health {
  static constexpr std::string_view kType = "hangil_msgs/msg/Health";
  std::string kind;  // "overrun", "replaced", "deadline_missed", "lost", "reduced", "restored", "recording_failed", ...
  std::string module;  // whom it concerns; empty: nobody in particular
  std::uint64_t ordinal = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("kind", self.kind);
    visit("module", self.module);
    visit("ordinal", self.ordinal);
  }
};

struct ChannelDigest {
  static constexpr std::string_view kType = "hangil_msgs/msg/ChannelDigest";
  std::string topic;
  std::uint64_t chain = 0, count = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("topic", self.topic);
    visit("chain", self.chain);
    visit("count", self.count);
  }
};

// The end of a run (time model, rule 36).
struct RunSummary {
  static constexpr std::string_view kType = "hangil_msgs/msg/RunSummary";
  std::uint64_t digest = 0;
  std::vector<ChannelDigest> channels;
  std::uint64_t frame_count = 0, activation_count = 0, drop_count = 0, failure_count = 0, skipped_tick_count = 0;
  std::uint64_t lost_count = 0;  // messages dropped at inputs that must not drop
  base::Duration wall;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("digest", self.digest);
    visit("channels", self.channels);
    visit("frame_count", self.frame_count);
    visit("activation_count", self.activation_count);
    visit("drop_count", self.drop_count);
    visit("failure_count", self.failure_count);
    visit("skipped_tick_count", self.skipped_tick_count);
    visit("lost_count", self.lost_count);
    visit("wall", self.wall);
  }
};

}  // namespace hangil::runtime
