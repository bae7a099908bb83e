// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/shape.hpp"

namespace hangil::model {

// A named float32 tensor, row-major, the last dimension contiguous. `values` lies in the Weights it came from.
struct Tensor {
  std::string name;
  Shape shape;
  std::span<const float> values;
};

// The trained numbers of a network. Copies share them; they never change.
class Weights {
 public:
  Weights() = default;
  // `storage` holds what the tensors point to. Tensors keep the order of the file.
  Weights(std::vector<Tensor> tensors, std::shared_ptr<const std::vector<float>> storage, std::string sha256);

  const std::vector<Tensor>& tensors() const { return tensors_; }
  // SHA-256 of weights.bin.
  const std::string& sha256() const { return sha256_; }

  // Null when there is none of that name.
  const Tensor* find(std::string_view name) const;
  // The tensor of that name and shape; the error names both shapes, or the nearest name there is.
  base::Result<Tensor> tensor(std::string_view name, const Shape& shape) const;

 private:
  std::vector<Tensor> tensors_;
  std::vector<std::size_t> by_name_;
  std::shared_ptr<const std::vector<float>> storage_;
  std::string sha256_;
};

// Reads FOLDER/manifest.json and FOLDER/weights.bin (flat little-endian, offsets in bytes). Refused, with file and
// reason: a size or SHA-256 other than the manifest's, tensors that overlap the end or name a shape that does not fit
// their count, a name twice, element types other than float32 (int64 counters are passed over), NaN or infinite values.
base::Result<Weights> read_weights(const std::string& folder);

}  // namespace hangil::model
