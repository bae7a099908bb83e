// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hangil::scenario {

using EntityIndex = int;  // into Scenario::entities

}  // namespace hangil::scenario
