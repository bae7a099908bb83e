// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/element_reader.hpp"
#include "scenario/storyboard_model.hpp"

namespace hangil::scenario {

Storyboard read_storyboard(base::XmlElement element, ReadContext& context);

}  // namespace hangil::scenario
