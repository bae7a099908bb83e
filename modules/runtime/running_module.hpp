// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace hangil::runtime {

// What the calling thread runs at this moment, for whoever has to say so when it dies of it.
struct RunningModule {
  const char* name = nullptr;  // null: no module
  std::uint64_t ordinal = 0;   // of the activation
};

// Async-signal-safe: plain memory of this thread.
RunningModule running_module();

// Marks the calling thread as running a module while it lives. `name` must live longer. The first one of a thread also
// gives it a stack for signal handlers, so that even a module that used up its stack can be named.
class RunningScope {
 public:
  RunningScope(const char* name, std::uint64_t ordinal);
  ~RunningScope();
  RunningScope(const RunningScope&) = delete;
  RunningScope& operator=(const RunningScope&) = delete;
};

}  // namespace hangil::runtime
