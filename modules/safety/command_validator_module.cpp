// SPDX-License-Identifier: Apache-2.0
#include "runtime/module.hpp"
#include "safety/command_checks.hpp"

namespace hangil::safety {

class CommandValidatorModule : public runtime::Module {
 public:
  explicit CommandValidatorModule(runtime::Setup& setup)
      : limits_(setup.config<CommandLimits>()),
        command_(setup.latest<messages::Command>("command")),
        safe_command_(setup.output<messages::Command>("safe_command")),
        report_(setup.output<messages::SafetyReport>("report")) {}

  void step(runtime::Activation& activation) override {
    const auto command = activation.get(command_);
    if (!command) return;
    CommandVerdict verdict = supervise(*command, activation.now(), limits_, last_);
    activation.publish(safe_command_, std::move(verdict.safe));
    activation.publish(report_, std::move(verdict.report));
  }

 private:
  CommandLimits limits_;
  std::optional<messages::Command> last_;
  runtime::Latest<messages::Command> command_;
  runtime::Output<messages::Command> safe_command_;
  runtime::Output<messages::SafetyReport> report_;
};

}  // namespace hangil::safety

HANGIL_MODULE(hangil::safety::CommandValidatorModule, "lets only sound commands leave, else braking")
