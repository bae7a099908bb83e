// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/message_type.hpp"

namespace hangil::cli {

// By full name: every message type, and the records that a run writes about itself. Null when unknown.
const base::MessageType* find_known_type(std::string_view name);

}  // namespace hangil::cli
