// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace hangil::scenario {

// Of an xsd:dateTime such as 2026-01-31T12:00:00, with parts of a second and Z or +01:00 where given; without a zone it
// is taken as UTC. Nothing where it is none.
std::optional<double> seconds_since_1970(std::string_view date_time);

}  // namespace hangil::scenario
