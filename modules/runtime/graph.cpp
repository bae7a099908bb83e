// SPDX-License-Identifier: Apache-2.0
#include "runtime/graph.hpp"

#include <algorithm>

#include "runtime/port_checks.hpp"

namespace hangil::runtime {

namespace {

using Problems = std::vector<base::ConfigProblem>;

constexpr int kKeepAllDepth = 64;  // of a queue that must not drop, where the pipeline names no 'keep'

class GraphBuilder {
 public:
  GraphBuilder(const PipelineSpec& spec, const FindModule& find_module, const std::vector<SourceChannel>* sources,
               Problems& problems)
      : spec_(spec), find_module_(find_module), sources_(sources), problems_(problems) {}

  Graph build() {
    graph_.name = spec_.name;
    graph_.deadline = spec_.deadline;
    for (const ModuleSpec& module : spec_.modules) declare(module);
    for (std::size_t i = 0; i < graph_.modules.size(); ++i) connect_outputs(i);
    leave_out_modules();
    for (std::size_t i = 0; i < graph_.modules.size(); ++i) connect_inputs(i);
    for (std::size_t i = 0; i < graph_.modules.size(); ++i) mark_triggers(i);
    graph_.frame_channel = find_frame_end(spec_.frame_topic);
    graph_.output_channel = find_frame_end(spec_.output_topic);
    return std::move(graph_);
  }

 private:
  void declare(const ModuleSpec& spec) {
    GraphModule module{.name = spec.name, .library = spec.library, .config = spec.config};
    module.budget = spec.budget;
    module.every = spec.every;
    module.phase = spec.phase;
    module.work = spec.work;
    module.priority = spec.priority;
    auto make = find_module_(spec.library);
    if (!make) {
      problems_.push_back({spec.place, "module '" + spec.name + "': " + make.error().message});
      module.is_left_out = true;
    } else {
      module.make = *std::move(make);
      read_declarations(spec, module);
    }
    graph_.modules.push_back(std::move(module));
  }

  void read_declarations(const ModuleSpec& spec, GraphModule& module) {
    Problems found;
    Setup setup(&module.config, found, spec.budget);
    try {
      module.make(setup);
    } catch (const std::exception& exception) {
      found.push_back({spec.place, "module '" + spec.name + "' cannot be made: " + exception.what()});
    }
    if (!setup.has_config() && module.config.is_map()) {
      found.push_back({module.config.place, "module '" + spec.name + "' has no parameters"});
    }
    problems_.insert(problems_.end(), found.begin(), found.end());
    for (const InputDeclaration& input : setup.inputs()) module.inputs.push_back({input, {}, false});
    declared_outputs_.resize(graph_.modules.size() + 1);
    declared_outputs_.back() = setup.outputs();
    module.ends_run_on_failure = setup.ends_run_on_failure();
    module.level_count = setup.level_count();
    module.left_out_reason = setup.why_not_available();
    module.is_left_out = !module.left_out_reason.empty();
    check_ports(spec, module, declared_outputs_.back(), problems_);
  }

  void connect_outputs(std::size_t index) {
    GraphModule& module = graph_.modules[index];
    if (index >= declared_outputs_.size()) return;
    for (const OutputDeclaration& output : declared_outputs_[index]) {
      const PortLink* link = find_link(spec_.modules[index].outputs, output.name);
      module.outputs.push_back(link == nullptr || link->topics.empty() ? -1 : add_written(*link, output, index));
    }
  }

  int add_written(const PortLink& link, const OutputDeclaration& output, std::size_t module) {
    const std::string& topic = link.topics.front();
    const int known = graph_.find_channel(topic);
    if (known >= 0) {
      const int other = graph_.channels[static_cast<std::size_t>(known)].writer;
      problems_.push_back({link.place, topic + " is already written by module '" +
                                           graph_.modules[static_cast<std::size_t>(other)].name + "'"});
      return known;
    }
    graph_.channels.push_back({topic, output.type, static_cast<int>(module)});
    return static_cast<int>(graph_.channels.size()) - 1;
  }

  const SourceChannel* find_source(const std::string& topic) const {
    for (const SourceChannel& source : *sources_) {
      if (source.topic == topic) return &source;
    }
    return nullptr;
  }

  bool is_written(const std::string& topic) const {
    const int channel = graph_.find_channel(topic);
    if (channel >= 0) {
      const int writer = graph_.channels[static_cast<std::size_t>(channel)].writer;
      return writer < 0 || !graph_.modules[static_cast<std::size_t>(writer)].is_left_out;
    }
    return sources_ == nullptr || find_source(topic) != nullptr;
  }

  void leave_out_modules() {
    for (bool is_changed = true; is_changed;) {
      is_changed = false;
      for (std::size_t i = 0; i < graph_.modules.size(); ++i) {
        GraphModule& module = graph_.modules[i];
        if (module.is_left_out) continue;
        module.left_out_reason = missing_input(i);
        module.is_left_out = !module.left_out_reason.empty();
        is_changed |= module.is_left_out;
      }
    }
  }

  // Why a module cannot run: its needed topics that nobody writes. Empty: it can.
  std::string missing_input(std::size_t index) const {
    bool has_one_of = false, found_one_of = false;
    std::string one_of;
    for (const GraphInput& input : graph_.modules[index].inputs) {
      const PortLink* link = find_link(spec_.modules[index].inputs, input.declaration.name);
      std::string missing = link == nullptr ? "input '" + input.declaration.name + "' is not connected" : "";
      for (const std::string& topic : link == nullptr ? std::vector<std::string>{} : link->topics) {
        if (!is_written(topic)) missing = why_unwritten(topic);
      }
      if (input.declaration.need == Need::kRequired && !missing.empty()) return missing;
      if (input.declaration.need != Need::kOneOf) continue;
      has_one_of = true;
      found_one_of |= missing.empty();
      one_of += (one_of.empty() ? "" : " and ") + missing;
    }
    if (has_one_of && !found_one_of) return one_of;
    return has_written_trigger(index) ? "" : "nobody writes any of its trigger inputs";
  }

  bool has_written_trigger(std::size_t index) const {
    const ModuleSpec& spec = spec_.modules[index];
    return spec.every.has_value() || std::any_of(spec.on.begin(), spec.on.end(), [&](const std::string& port) {
             const PortLink* link = find_link(spec.inputs, port);
             return link != nullptr && std::all_of(link->topics.begin(), link->topics.end(),
                                                   [&](const std::string& topic) { return is_written(topic); });
           });
  }

  std::string why_unwritten(const std::string& topic) const {
    const int channel = graph_.find_channel(topic);
    if (channel < 0) return "nobody writes " + topic + near_topic(topic);
    const int writer = graph_.channels[static_cast<std::size_t>(channel)].writer;
    return topic + " stays silent: module " + graph_.modules[static_cast<std::size_t>(writer)].name + " is left out";
  }

  std::string near_topic(const std::string& topic) const {
    std::vector<std::string> known;
    for (const GraphChannel& channel : graph_.channels) known.push_back(channel.topic);
    if (sources_ != nullptr) {
      for (const SourceChannel& source : *sources_) known.push_back(source.topic);
    }
    std::erase(known, topic);
    const std::string near = base::nearest_word(topic, known);
    return near.empty() ? "" : " (there is " + near + ")";
  }

  void connect_inputs(std::size_t index) {
    GraphModule& module = graph_.modules[index];
    if (module.is_left_out) return;
    for (GraphInput& input : module.inputs) {
      const PortLink* link = find_link(spec_.modules[index].inputs, input.declaration.name);
      if (link == nullptr || link->topics.size() != input.declaration.types.size()) continue;
      if (!std::all_of(link->topics.begin(), link->topics.end(),
                       [&](const auto& topic) { return is_written(topic); })) {
        if (link->topics.front() == kHealthTopic) continue;  // only a live run writes it
        graph_.warnings.push_back(module.name + ": input '" + link->port + "' stays empty: nobody writes " +
                                  link->topics.front());
        continue;
      }
      set_overload_policy(input, link->overload);
      for (std::size_t k = 0; k < link->topics.size(); ++k) {
        input.channels.push_back(add_read(link->topics[k], *input.declaration.types[k], link->place));
      }
    }
  }

  static void set_overload_policy(GraphInput& input, const OverloadPolicy& overload) {
    input.overload = overload;
    int& depth = input.declaration.depth;
    if (overload.keep > 0)
      depth = overload.keep;
    else if (overload.must_not_drop && input.declaration.policy == Policy::kQueue)
      depth = std::max(depth, kKeepAllDepth);
  }

  int add_read(const std::string& topic, const base::MessageType& type, const base::SourcePlace& place) {
    int channel = graph_.find_channel(topic);
    std::string written_type;
    if (channel < 0) {
      written_type = sources_ == nullptr ? std::string(type.name) : find_source(topic)->type;
      graph_.channels.push_back({topic, &type, -1});
      channel = static_cast<int>(graph_.channels.size()) - 1;
    } else {
      written_type = graph_.channels[static_cast<std::size_t>(channel)].type->name;
    }
    if (written_type != type.name) {
      problems_.push_back({place, topic + " carries " + written_type + ", this input takes " + std::string(type.name)});
    }
    return channel;
  }

  void mark_triggers(std::size_t index) {
    const std::vector<std::string>& on = spec_.modules[index].on;
    for (GraphInput& input : graph_.modules[index].inputs) {
      input.is_trigger = std::find(on.begin(), on.end(), input.declaration.name) != on.end() && !input.channels.empty();
    }
  }

  int find_frame_end(const std::string& topic) {
    if (topic.empty()) return -1;
    const int channel = graph_.find_channel(topic);
    if (channel < 0) graph_.warnings.push_back("frame: no running module reads or writes " + topic);
    return channel;
  }

  const PipelineSpec& spec_;
  const FindModule& find_module_;
  const std::vector<SourceChannel>* sources_;
  Problems& problems_;
  Graph graph_;
  std::vector<std::vector<OutputDeclaration>> declared_outputs_;
};

}  // namespace

int Graph::find_channel(std::string_view topic) const {
  for (std::size_t i = 0; i < channels.size(); ++i) {
    if (channels[i].topic == topic) return static_cast<int>(i);
  }
  return -1;
}

Graph build_graph(const PipelineSpec& spec, const FindModule& find_module, const std::vector<SourceChannel>* sources,
                  std::vector<base::ConfigProblem>& problems) {
  return GraphBuilder(spec, find_module, sources, problems).build();
}

RunInfo describe(const Graph& graph) {
  RunInfo info{.pipeline = graph.name, .build = module_abi_build()};
  for (const GraphModule& module : graph.modules) {
    ModuleInfo& line = info.modules.emplace_back();
    line.name = module.name;
    line.library = module.library;
    line.budget = module.budget;
    line.is_left_out = module.is_left_out;
    line.left_out_reason = module.left_out_reason;
    for (const GraphInput& input : module.inputs) line.inputs.push_back(input.declaration.name);
  }
  for (const GraphChannel& channel : graph.channels) {
    info.channels.push_back({channel.topic, std::string(channel.type->name), channel.writer});
  }
  info.frame_channel = graph.frame_channel;
  info.output_channel = graph.output_channel;
  info.deadline = graph.deadline;
  return info;
}

}  // namespace hangil::runtime
