// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/shape.hpp"

namespace hangil::model {

struct ManifestTensor {
  std::string name;
  Shape shape;
  std::int64_t offset = 0, count = 0;  // bytes into weights.bin; elements
};

// manifest.json beside a weights.bin.
struct Manifest {
  std::string name, source, license, sha256;
  std::int64_t total_bytes = 0;
  std::vector<ManifestTensor> tensors;  // float32 only, in the order of the file
};

// Refused with file and reason: no JSON, missing or mistyped members, tensors beyond total_bytes or with a count that
// is not their shape's, a name twice, element types other than float32 and int64 (int64 tensors are passed over).
base::Result<Manifest> parse_manifest(std::string_view text, const std::string& file);
base::Result<Manifest> read_manifest(const std::string& path);

}  // namespace hangil::model
