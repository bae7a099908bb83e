// SPDX-License-Identifier: Apache-2.0
#include "runtime/module.hpp"

namespace {

class GoodModule : public hangil::runtime::Module {
 public:
  explicit GoodModule(hangil::runtime::Setup&) {}
  void step(hangil::runtime::Activation&) override {}
};

}  // namespace

HANGIL_MODULE(GoodModule, "does nothing")
