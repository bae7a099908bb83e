// SPDX-License-Identifier: Apache-2.0
#include "runtime/pipeline.hpp"

#include <algorithm>

#include "base/json.hpp"

namespace hangil::runtime {

namespace {

using base::YamlNode;
using Problems = std::vector<base::ConfigProblem>;

// The fixed keys of a module, read with the machinery of every other configuration.
struct ModuleKeys {
  std::string name, library;
  double budget_ms = -1, every_ms = 0, phase_ms = 0;
  std::int64_t work = 0;
  int priority = 0;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("name", name, "unique name in this pipeline");
    visitor.field("library", library, "libhangil_<library>.so");
    visitor.field("budget_ms", budget_ms, {0, 60'000}, "ms", "declared latency");
    visitor.field("every_ms", every_ms, {0.001, 3'600'000}, "ms", "period of the tick");
    visitor.field("phase_ms", phase_ms, {0, 3'600'000}, "ms", "first tick after the run's start");
    visitor.field("work", work, {0, 1e12}, "operations", "work allowance of an activation");
    visitor.field("priority", priority, {-100, 100}, "", "live: among waiting modules, higher goes first");
  }
};

struct FrameKeys {
  std::string channel, output;
  double deadline_ms = 0;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("channel", channel, "each message here begins a frame");
    visitor.field("output", output, "the first descendant here ends it");
    visitor.field("deadline_ms", deadline_ms, {0, 600'000}, "ms", "allowed from begin to end; 0: none");
  }
};

struct LiveKeys {
  int workers = LiveSpec{}.worker_count, realtime_priority = 0;
  bool lock_memory = false;
  std::vector<double> cpus;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("workers", workers, {1, 256}, "threads", "that run modules");
    visitor.field("realtime_priority", realtime_priority, {0, 99}, "", "SCHED_FIFO priority; 0: ordinary scheduling");
    visitor.field("lock_memory", lock_memory, "keep all memory resident");
    visitor.field("cpus", cpus, {0, 4095}, "", "cores that workers are bound to in turn; empty: not bound");
  }
};

LiveSpec read_live(const YamlNode* node, Problems& problems) {
  const LiveKeys keys = base::read_config<LiveKeys>(node, problems);
  LiveSpec live{keys.workers, keys.realtime_priority, keys.lock_memory, {}};
  for (const double cpu : keys.cpus) live.cpus.push_back(static_cast<int>(cpu));
  return live;
}

std::string live_text(const LiveSpec& live) {
  std::string cpus;
  for (const int cpu : live.cpus) cpus += (cpus.empty() ? "" : ", ") + std::to_string(cpu);
  return "live: {workers: " + std::to_string(live.worker_count) +
         ", realtime_priority: " + std::to_string(live.realtime_priority) +
         ", lock_memory: " + (live.locks_memory ? "true" : "false") + ", cpus: [" + cpus + "]}\n";
}

constexpr const char* kStructuredKeys[] = {"inputs", "outputs", "on", "config"};

// A copy without the members that ConfigVisitor does not read.
YamlNode plain_members(const YamlNode& node) {
  YamlNode plain = node;
  std::erase_if(plain.members, [](const auto& member) {
    return std::any_of(std::begin(kStructuredKeys), std::end(kStructuredKeys),
                       [&](const char* key) { return member.key == key; });
  });
  return plain;
}

std::vector<std::string> read_words(const YamlNode& node, const std::string& what, Problems& problems) {
  if (node.is_scalar()) return {node.scalar};
  std::vector<std::string> words;
  for (const YamlNode& item : node.items) {
    if (item.is_scalar()) words.push_back(item.scalar);
  }
  if (words.empty() || words.size() != node.items.size()) {
    problems.push_back({node.place, "'" + what + "' must be a text or a list of texts"});
  }
  return words;
}

// The keys of a port written as a map.
struct PortKeys {
  int keep = 0;
  bool must_not_drop = false;
  double max_age_ms = 0;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("keep", keep, {0, 4096}, "messages", "kept for a queue or aligned input; 0: as the module declares");
    visitor.field("must_not_drop", must_not_drop, "a dropped message is a fault of the run");
    visitor.field("max_age_ms", max_age_ms, {0, 600'000}, "ms", "an older newest message is stale; 0: no limit");
  }
};

PortLink read_port(const std::string& port, const YamlNode& node, const std::string& what, Problems& problems) {
  PortLink link{.port = port, .place = node.place};
  if (!node.is_map()) return link.topics = read_words(node, what + "." + port, problems), link;
  const YamlNode* topic = node.find("topic");
  if (topic == nullptr) return problems.push_back({node.place, "'" + what + "." + port + "' needs a 'topic'"}), link;
  link.topics = read_words(*topic, what + "." + port + ".topic", problems);
  YamlNode plain = node;
  std::erase_if(plain.members, [](const auto& member) { return member.key == "topic"; });
  if (what == "outputs" && !plain.members.empty())
    problems.push_back({node.place, "'outputs." + port + "': only inputs have an overload policy"});
  const PortKeys keys = base::read_config<PortKeys>(&plain, problems);
  link.overload = {keys.keep, keys.must_not_drop, base::Duration::milliseconds(keys.max_age_ms)};
  return link;
}

std::vector<PortLink> read_links(const YamlNode* node, const std::string& what, Problems& problems) {
  std::vector<PortLink> links;
  if (node == nullptr) return links;
  if (!node->is_map()) {
    problems.push_back({node->place, "'" + what + "' must be a map of port: topic"});
    return links;
  }
  for (const auto& [port, topics] : node->members) {
    links.push_back(read_port(port, topics, what, problems));
  }
  return links;
}

ModuleSpec read_module(const YamlNode& node, Problems& problems) {
  ModuleSpec module{.place = node.place};
  if (!node.is_map()) return problems.push_back({node.place, "each entry of 'modules' must be a map"}), module;
  const YamlNode plain = plain_members(node);
  const ModuleKeys keys = base::read_config<ModuleKeys>(&plain, problems);
  if (keys.name.empty()) problems.push_back({node.place, "a module needs a 'name'"});
  if (keys.library.empty()) problems.push_back({node.place, "module '" + keys.name + "' needs a 'library'"});
  if (keys.budget_ms < 0) problems.push_back({node.place, "module '" + keys.name + "' needs a 'budget_ms'"});
  module.name = keys.name;
  module.library = keys.library;
  module.budget = base::Duration::milliseconds(std::max(0.0, keys.budget_ms));
  if (keys.every_ms > 0) module.every = base::Duration::milliseconds(keys.every_ms);
  module.phase = base::Duration::milliseconds(keys.phase_ms);
  module.work = keys.work;
  module.priority = keys.priority;
  module.inputs = read_links(node.find("inputs"), "inputs", problems);
  module.outputs = read_links(node.find("outputs"), "outputs", problems);
  if (const YamlNode* on = node.find("on")) module.on = read_words(*on, "on", problems);
  if (const YamlNode* config = node.find("config")) module.config = *config;
  if (module.config.place.file.empty()) module.config.place = node.place;
  return module;
}

bool is_module_key(const std::string& key) { return key == "budget_ms" || key == "every_ms" || key == "work"; }

// `frame` and `live` are set as modules are.
void apply(const Override& change, YamlNode& root, Problems& problems) {
  const base::SourcePlace place{"--set " + change.module + "." + change.key, 0};
  const YamlNode changed{.kind = YamlNode::Kind::kScalar, .scalar = change.value, .place = place};
  if (change.module == "frame" || change.module == "live")
    return void(root.at_or_make(change.module).at_or_make(change.key) = changed);
  YamlNode* modules = root.find("modules") != nullptr ? &root.at_or_make("modules") : nullptr;
  std::vector<std::string> names;
  for (YamlNode& module : modules == nullptr ? std::vector<YamlNode>{} : modules->items) {
    if (const YamlNode* name = module.find("name")) names.push_back(name->scalar);
  }
  const auto at = std::find(names.begin(), names.end(), change.module);
  if (at == names.end()) {
    const std::string near = base::nearest_word(change.module, names);
    problems.push_back({place, "no module of that name" + (near.empty() ? "" : "; did you mean '" + near + "'?")});
    return;
  }
  YamlNode& module = modules->items[static_cast<std::size_t>(at - names.begin())];
  YamlNode& home = is_module_key(change.key) ? module : module.at_or_make("config");
  home.at_or_make(change.key) = changed;
}

void check_names(const PipelineSpec& spec, Problems& problems) {
  for (std::size_t i = 0; i < spec.modules.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (spec.modules[i].name != spec.modules[j].name) continue;
      problems.push_back({spec.modules[i].place, "module name '" + spec.modules[i].name + "' stands twice"});
    }
  }
}

std::string topics_text(const std::vector<std::string>& topics) {
  if (topics.size() == 1) return topics.front();
  std::string list;
  for (const std::string& topic : topics) list += (list.empty() ? "" : ", ") + topic;
  return "[" + list + "]";
}

std::string port_text(const PortLink& link) {
  const OverloadPolicy& overload = link.overload;
  if (overload == OverloadPolicy{}) return topics_text(link.topics);
  std::string text = "{topic: " + topics_text(link.topics);
  if (overload.keep != 0) text += ", keep: " + std::to_string(overload.keep);
  if (overload.must_not_drop) text += ", must_not_drop: true";
  if (overload.max_age.ns != 0) text += ", max_age_ms: " + base::json_number(overload.max_age.to_ms());
  return text + "}";
}

std::string links_text(const std::vector<PortLink>& links) {
  std::string text;
  for (const PortLink& link : links) text += (text.empty() ? "" : ", ") + link.port + ": " + port_text(link);
  return "{" + text + "}";
}

void append_node(const YamlNode& node, int indent, std::string& text) {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  if (node.is_scalar()) {
    text += " " + base::json_quote(node.scalar) + "\n";
  } else if (node.is_sequence()) {
    text += "\n";
    for (const YamlNode& item : node.items) text += margin + "-", append_node(item, indent + 2, text);
  } else {
    text += node.members.empty() ? " {}\n" : "\n";
    for (const auto& [key, value] : node.members) text += margin + key + ":", append_node(value, indent + 2, text);
  }
}

void append_module(const ModuleSpec& module, std::string& text) {
  text += "  - name: " + module.name + "\n    library: " + module.library + "\n";
  text += "    inputs: " + links_text(module.inputs) + "\n    outputs: " + links_text(module.outputs) + "\n";
  if (!module.on.empty()) {
    text += "    on: [";
    for (std::size_t i = 0; i < module.on.size(); ++i) text += (i > 0 ? ", " : "") + module.on[i];
    text += "]\n";
  }
  if (module.every) text += "    every_ms: " + base::json_number(module.every->to_ms()) + "\n";
  if (module.phase.ns != 0) text += "    phase_ms: " + base::json_number(module.phase.to_ms()) + "\n";
  text += "    budget_ms: " + base::json_number(module.budget.to_ms()) + "\n";
  if (module.work != 0) text += "    work: " + std::to_string(module.work) + "\n";
  if (module.priority != 0) text += "    priority: " + std::to_string(module.priority) + "\n";
  if (module.config.is_map()) text += "    config:", append_node(module.config, 6, text);
}

}  // namespace

const PortLink* find_link(const std::vector<PortLink>& links, const std::string& port) {
  const auto at = std::find_if(links.begin(), links.end(), [&](const PortLink& link) { return link.port == port; });
  return at == links.end() ? nullptr : &*at;
}

base::Result<Override> parse_override(const std::string& text) {
  const std::size_t dot = text.find('.'), equals = text.find('=');
  if (dot == std::string::npos || equals == std::string::npos || dot > equals || dot == 0 || equals == dot + 1) {
    return base::Error{"--set " + text + ": write it as module.key=value"};
  }
  return Override{text.substr(0, dot), text.substr(dot + 1, equals - dot - 1), text.substr(equals + 1)};
}

PipelineSpec read_pipeline(YamlNode root, const std::vector<Override>& overrides, Problems& problems) {
  PipelineSpec spec;
  spec.file = root.place.file;
  if (!root.is_map())
    return problems.push_back({root.place, "a pipeline is a map with 'pipeline', 'frame', 'live', 'modules'"}), spec;
  for (auto& [key, node] : root.members) {
    if (key == "pipeline")
      spec.name = node.scalar;
    else if (key != "frame" && key != "live" && key != "modules")
      problems.push_back(
          {node.place, "unknown key '" + key + "'; a pipeline has 'pipeline', 'frame', 'live', 'modules'"});
  }
  for (const Override& change : overrides) apply(change, root, problems);
  const YamlNode* modules = root.find("modules");
  spec.live = read_live(root.find("live"), problems);
  const FrameKeys frame = base::read_config<FrameKeys>(root.find("frame"), problems);
  spec.frame_topic = frame.channel;
  spec.output_topic = frame.output;
  spec.deadline = base::Duration::milliseconds(frame.deadline_ms);
  if (modules == nullptr || !modules->is_sequence() || modules->items.empty()) {
    return problems.push_back({root.place, "'modules' must list at least one module"}), spec;
  }
  for (const YamlNode& node : modules->items) spec.modules.push_back(read_module(node, problems));
  check_names(spec, problems);
  return spec;
}

std::string pipeline_text(const PipelineSpec& spec) {
  std::string text = "pipeline: " + spec.name + "\n";
  if (!spec.frame_topic.empty()) {
    text += "frame: {channel: " + spec.frame_topic + ", output: " + spec.output_topic +
            ", deadline_ms: " + base::json_number(spec.deadline.to_ms()) + "}\n";
  }
  if (spec.live != LiveSpec{}) text += live_text(spec.live);
  text += "modules:\n";
  for (const ModuleSpec& module : spec.modules) append_module(module, text);
  return text;
}

}  // namespace hangil::runtime
