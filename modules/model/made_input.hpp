// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "model/card.hpp"

namespace hangil::model {

// Element i is the upper 24 bits of i * 2654435761 modulo 2^32, spread from -1 to 1: an input anybody can make again.
std::vector<float> made_input(std::size_t count);

// Holds outputs against what the card says of made_input(); the error names the first that differs.
base::Status check_known_answers(const Card& card, const std::vector<std::vector<float>>& outputs);

}  // namespace hangil::model
