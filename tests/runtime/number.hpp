// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fields.hpp"

namespace hangil::runtime {

// The smallest message: what test graphs send.
struct Number {
  static constexpr std::string_view kType = "hangil_msgs/msg/Number";
  std::uint64_t value = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("value", self.value);
  }
};

}  // namespace hangil::runtime
