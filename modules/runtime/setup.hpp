// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "runtime/ports.hpp"

namespace hangil::runtime {

// Handed to a module's constructor, which declares ports and reads its configuration through it:
//
//   explicit GroundModule(runtime::Setup& setup)
//       : config_(setup.config<GroundConfig>()),
//         points_(setup.latest<messages::PointCloud2>("points")),
//         obstacles_(setup.output<messages::ObstaclePoints>("obstacles")) {}
class Setup {
 public:
  // `config` may be null: defaults only, as `hangil modules describe` wants it. A budget of 0: none is declared.
  Setup(const base::YamlNode* config, std::vector<base::ConfigProblem>& problems, base::Duration budget = {})
      : config_(config), problems_(problems), budget_(budget) {}

  // The last message by publication, or none (rule 12).
  template <class T>
  Latest<T> latest(std::string name, Need need = Need::kRequired) {
    return {add_input({std::move(name), Policy::kLatest, need, {&base::message_type<T>()}, 1, {}})};
  }

  // All messages since the last start, oldest first, the newest `depth` at most (rule 13).
  template <class T>
  Queue<T> queue(std::string name, int depth, Need need = Need::kRequired) {
    return {add_input({std::move(name), Policy::kQueue, need, {&base::message_type<T>()}, depth, {}})};
  }

  // One message per channel with stamps within `tolerance` of the first channel's (rule 14).
  template <class... T>
  Aligned<T...> aligned(std::string name, int depth, base::Duration tolerance, Need need = Need::kRequired) {
    return {add_input({std::move(name), Policy::kAligned, need, {&base::message_type<T>()...}, depth, tolerance})};
  }

  template <class T>
  Output<T> output(std::string name) {
    outputs_.push_back({std::move(name), &base::message_type<T>()});
    return {static_cast<int>(outputs_.size()) - 1};
  }

  // Reads the module's `config:` (strict; problems are reported all at once, before the first tick). Call once.
  template <class Config>
  Config config() {
    Config config;
    base::ConfigVisitor visitor(config_, problems_);
    config.visit(visitor);
    visitor.finish();
    parameters_ = visitor.parameters();
    has_config_ = true;
    return config;
  }

  // A throw ends the run instead of replacing the instance (rule 26).
  void end_run_on_failure() { ends_run_on_failure_ = true; }

  // What the module needs is not on this machine (a model, a device): it is left out of the run with this reason, and
  // its outputs stay silent, as if nobody wrote its inputs. Ports and configuration are to be declared all the same.
  void not_available(std::string why) { why_not_available_ = std::move(why); }

  // Levels this module knows, 0 being full work and each higher one cheaper; live picks, `activation.level()` tells.
  void levels(int count) { level_count_ = count; }

  const std::vector<InputDeclaration>& inputs() const { return inputs_; }
  const std::vector<OutputDeclaration>& outputs() const { return outputs_; }
  const std::vector<base::ParameterInfo>& parameters() const { return parameters_; }
  bool has_config() const { return has_config_; }
  bool ends_run_on_failure() const { return ends_run_on_failure_; }
  int level_count() const { return level_count_; }
  const std::string& why_not_available() const { return why_not_available_; }
  // Declared latency of an activation; 0: none.
  base::Duration budget() const { return budget_; }

 private:
  int add_input(InputDeclaration input) {
    inputs_.push_back(std::move(input));
    return static_cast<int>(inputs_.size()) - 1;
  }

  const base::YamlNode* config_;
  std::vector<base::ConfigProblem>& problems_;
  base::Duration budget_;
  std::string why_not_available_;
  std::vector<InputDeclaration> inputs_;
  std::vector<OutputDeclaration> outputs_;
  std::vector<base::ParameterInfo> parameters_;
  bool has_config_ = false;
  bool ends_run_on_failure_ = false;
  int level_count_ = 1;
};

}  // namespace hangil::runtime
