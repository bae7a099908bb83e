// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

struct SafetyFinding {
  static constexpr std::string_view kType = "hangil_msgs/msg/SafetyFinding";
  std::string check;   // "collision", "curvature", "continuity", "stale", ...
  std::string reason;  // with numbers, for a person
  double value = 0, limit = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("check", self.check);
    visit("reason", self.reason);
    visit("value", self.value);
    visit("limit", self.limit);
  }
};

// The validator's verdict on one trajectory or command.
struct SafetyReport {
  static constexpr std::string_view kType = "hangil_msgs/msg/SafetyReport";
  Header header;
  bool is_accepted = false;
  std::vector<SafetyFinding> findings;  // why not; when accepted, only "stop_...": what is wrong with its stop

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("is_accepted", self.is_accepted);
    visit("findings", self.findings);
  }
};

}  // namespace hangil::messages
