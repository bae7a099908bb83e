// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <sys/mman.h>

#include "messages/imu.hpp"
#include "runtime/module.hpp"

namespace {

struct CrashConfig {
  int signal = SIGSEGV;
  int at = 20;  // activation

  void visit(hangil::base::ConfigVisitor& visitor) {
    visitor.field("signal", signal, {-1, 64}, "", "what to die of; 0: of a stack that is used up; -1: only throws");
    visitor.field("at", at, {0, 1000}, "", "in which activation");
  }
};

// Memory that neither compiler nor sanitizer can know to be out of bounds.
void touch_forbidden_memory() {
  auto* page = static_cast<volatile char*>(::mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  page[0] = 1;
}

int use_up_the_stack(volatile char* above) {  // NOLINT: endless on purpose
  volatile char block[16384];
  block[0] = *above;
  return above == nullptr ? 0 : use_up_the_stack(block) + block[0];
}

class CrashModule : public hangil::runtime::Module {
 public:
  explicit CrashModule(hangil::runtime::Setup& setup)
      : config_(setup.config<CrashConfig>()), imu_(setup.latest<hangil::messages::Imu>("imu")) {}

  void step(hangil::runtime::Activation& activation) override {
    if (activation.ordinal() != static_cast<std::uint64_t>(config_.at)) return;
    if (config_.signal < 0) throw std::runtime_error("as told");
    volatile char here = 0;
    if (config_.signal == 0) std::exit(use_up_the_stack(&here));
    if (config_.signal == SIGSEGV) touch_forbidden_memory();
    if (config_.signal == SIGABRT) std::abort();
    std::raise(config_.signal);
  }

 private:
  CrashConfig config_;
  hangil::runtime::Latest<hangil::messages::Imu> imu_;
};

}  // namespace

HANGIL_MODULE(CrashModule, "dies of a signal")
