// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "base/result.hpp"

namespace hangil::model {

// Walks the opcodes of a pickle as TorchScript writes them, running nothing: plain values, lists, tuples, maps, tensors
// by reference, objects of classes of the archive (__torch__...). Any other class or opcode is refused with its byte.
base::Status scan_pickle(std::span<const std::uint8_t> bytes);

}  // namespace hangil::model
