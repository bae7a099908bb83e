// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

// Something that happened while a scenario was played.
struct ScenarioEvent {
  static constexpr std::string_view kType = "hangil_msgs/msg/ScenarioEvent";
  Header header;        // when, frame map
  std::string kind;     // collision, separation, controller, light, value, end, or the type of a storyboard element
  std::string subject;  // an entity, a storyboard element, a variable
  std::string detail;   // the other entity, the transition, the value

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("kind", self.kind);
    visit("subject", self.subject);
    visit("detail", self.detail);
  }
};

}  // namespace hangil::messages
