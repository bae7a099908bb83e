// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/message_type.hpp"
#include "base/time.hpp"

namespace hangil::runtime {

// How an input takes messages (time model, rules 12 to 14).
enum class Policy { kLatest, kQueue, kAligned };

// Without a writer for a required input (or for any of its kOneOf inputs) the module is left out of the run, and so is
// who requires its outputs.
enum class Need { kRequired, kOneOf, kOptional };

// One input as the module declares it. An aligned input has several channels, the first being the reference.
struct InputDeclaration {
  std::string name;
  Policy policy = Policy::kLatest;
  Need need = Need::kRequired;
  std::vector<const base::MessageType*> types;  // one per channel
  int depth = 1;                                // of queue and aligned inputs
  base::Duration tolerance;                     // of aligned inputs
};

struct OutputDeclaration {
  std::string name;
  const base::MessageType* type = nullptr;
};

// Handles to declared ports; the template argument is the message type.
template <class T>
struct Latest {
  int index = -1;
};
template <class T>
struct Queue {
  int index = -1;
};
template <class... T>
struct Aligned {
  int index = -1;
};
template <class T>
struct Output {
  int index = -1;
};

}  // namespace hangil::runtime
