// SPDX-License-Identifier: Apache-2.0
#include "cli/known_types.hpp"

#include <array>

#include "map/lane_graph.hpp"
#include "messages/catalog.hpp"
#include "runtime/drive_log.hpp"

namespace hangil::cli {

const base::MessageType* find_known_type(std::string_view name) {
  using base::message_type;
  static const std::array kMore = {&message_type<runtime::RunInfo>(),    &message_type<runtime::ActivationRecord>(),
                                   &message_type<runtime::DropRecord>(), &message_type<runtime::EventRecord>(),
                                   &message_type<runtime::RunSummary>(), &message_type<runtime::LogPiece>(),
                                   &message_type<map::LaneGraph>()};
  for (const base::MessageType* type : kMore) {
    if (type->name == name) return type;
  }
  return messages::find_type(name);
}

}  // namespace hangil::cli
