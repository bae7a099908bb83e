// SPDX-License-Identifier: Apache-2.0
#include "runtime/port_checks.hpp"

#include <algorithm>

namespace hangil::runtime {

namespace {

using Problems = std::vector<base::ConfigProblem>;

void check_port(const base::SourcePlace& place, const std::string& module, const std::string& kind,
                const std::string& port, const std::vector<std::string>& known, Problems& problems) {
  if (std::find(known.begin(), known.end(), port) != known.end()) return;
  std::string words;
  for (const std::string& word : known) words += (words.empty() ? "" : ", ") + word;
  problems.push_back({place, "module '" + module + "' has no " + kind + " '" + port + "'; it has " +
                                 (words.empty() ? "none" : words)});
}

void check_link(const ModuleSpec& spec, const InputDeclaration& input, Problems& problems) {
  const PortLink* link = find_link(spec.inputs, input.name);
  if (link == nullptr) {
    if (input.need != Need::kRequired) return;
    problems.push_back({spec.place, "module '" + spec.name + "' needs its input '" + input.name + "' connected"});
  } else if (link->topics.size() != input.types.size()) {
    problems.push_back({link->place, "input '" + input.name + "' takes " + std::to_string(input.types.size()) +
                                         " topics, " + std::to_string(link->topics.size()) + " given"});
  } else if (input.policy == Policy::kLatest && link->overload.keep > 1) {
    problems.push_back({link->place, "input '" + input.name + "' takes the latest message only: 'keep' is for queues"});
  }
}

}  // namespace

void check_ports(const ModuleSpec& spec, const GraphModule& module, const std::vector<OutputDeclaration>& outputs,
                 Problems& problems) {
  std::vector<std::string> input_names, output_names;
  for (const GraphInput& input : module.inputs) input_names.push_back(input.declaration.name);
  for (const OutputDeclaration& output : outputs) output_names.push_back(output.name);
  for (const PortLink& link : spec.inputs) check_port(link.place, spec.name, "input", link.port, input_names, problems);
  for (const PortLink& link : spec.outputs) {
    check_port(link.place, spec.name, "output", link.port, output_names, problems);
    if (link.topics.size() != 1) problems.push_back({link.place, "an output has exactly one topic"});
  }
  for (const std::string& port : spec.on) check_port(spec.place, spec.name, "input", port, input_names, problems);
  for (const GraphInput& input : module.inputs) check_link(spec, input.declaration, problems);
  if (spec.on.empty() && !spec.every) {
    problems.push_back({spec.place, "module '" + spec.name + "' would never run: give it 'on' or 'every_ms'"});
  }
}

}  // namespace hangil::runtime
