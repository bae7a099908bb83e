// SPDX-License-Identifier: Apache-2.0
#include "runtime/module.hpp"

extern "C" __attribute__((visibility("default"))) const hangil::runtime::ModuleLibrary* hangil_module_library() {
  static const hangil::runtime::ModuleLibrary library{999, "some other compiler", "from another time", nullptr};
  return &library;
}
