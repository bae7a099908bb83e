// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/network.hpp"

namespace hangil::model {

// Loads a TorchScript file after scan_torchscript() and, where a key is given, after its Ed25519 signature: FILE.sig
// holds 64 bytes, `public_key_hex` 64 digits. It must take one tensor (batch x channels x height x width) and give one
// tensor or a tuple of them. In a build without LibTorch the error says so.
struct ScriptOrder {
  std::string path;
  std::string public_key_hex;  // empty: not signed
  int channels = 3;
  RunOptions options;
};
base::Result<RunNetwork> torch_script(const ScriptOrder& order);

}  // namespace hangil::model
