// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.hpp"

namespace hangil::model {

// Looks through a TorchScript archive without running anything of it: loading an untrusted one can run its code and
// write files. Accepted: a plain zip (not encrypted, no zip64) of the folders and files TorchScript writes;
// code that calls only operators of networks (an allow-list: aten::from_file, save and the like are not on it); pickles
// of plain values, tensors and classes of the archive itself. The error names the entry and what is wrong with it.
base::Status scan_torchscript(std::span<const std::uint8_t> archive, const std::string& file);

}  // namespace hangil::model
