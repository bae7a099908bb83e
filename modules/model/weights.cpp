// SPDX-License-Identifier: Apache-2.0
#include "model/weights.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

#include "base/config.hpp"
#include "model/file_bytes.hpp"
#include "model/hex_digest.hpp"
#include "model/manifest.hpp"

namespace hangil::model {

namespace {

static_assert(std::endian::native == std::endian::little, "weights.bin is little-endian");

constexpr std::int64_t kMostBytes = std::int64_t{1} << 32;

std::string nearest_tensor(const std::vector<Tensor>& tensors, std::string_view name) {
  std::vector<std::string> names;
  for (const Tensor& tensor : tensors) names.push_back(tensor.name);
  const std::string near = base::nearest_word(name, names);
  return near.empty() ? "" : "; did you mean '" + near + "'?";
}

base::Status check_file(const Manifest& manifest, std::span<const std::uint8_t> bytes, const std::string& path,
                        const std::string& sha256) {
  if (static_cast<std::int64_t>(bytes.size()) != manifest.total_bytes) {
    return base::Error{path + ": has " + std::to_string(bytes.size()) + " bytes, manifest.json says " +
                       std::to_string(manifest.total_bytes) + "; fetch the model again"};
  }
  if (sha256 != manifest.sha256) {
    return base::Error{path + ": SHA-256 is " + sha256 + ", manifest.json says " + manifest.sha256 +
                       "; the file is damaged or another version: fetch the model again"};
  }
  return {};
}

// Byte offsets need no alignment in the file; here every tensor lies where floats may.
std::span<const float> copy_values(const ManifestTensor& entry, std::span<const std::uint8_t> bytes, float* into) {
  const auto count = static_cast<std::size_t>(entry.count);
  std::memcpy(into, bytes.data() + entry.offset, count * sizeof(float));
  return {into, count};
}

std::size_t first_not_finite(std::span<const float> values) {
  const auto at = std::find_if(values.begin(), values.end(), [](float value) { return !std::isfinite(value); });
  return static_cast<std::size_t>(at - values.begin());
}

}  // namespace

Weights::Weights(std::vector<Tensor> tensors, std::shared_ptr<const std::vector<float>> storage, std::string sha256)
    : tensors_(std::move(tensors)), storage_(std::move(storage)), sha256_(std::move(sha256)) {
  by_name_.resize(tensors_.size());
  std::iota(by_name_.begin(), by_name_.end(), 0);
  std::sort(by_name_.begin(), by_name_.end(),
            [&](std::size_t a, std::size_t b) { return tensors_[a].name < tensors_[b].name; });
}

const Tensor* Weights::find(std::string_view name) const {
  const auto at = std::lower_bound(by_name_.begin(), by_name_.end(), name,
                                   [&](std::size_t i, std::string_view wanted) { return tensors_[i].name < wanted; });
  return at == by_name_.end() || tensors_[*at].name != name ? nullptr : &tensors_[*at];
}

base::Result<Tensor> Weights::tensor(std::string_view name, const Shape& shape) const {
  const Tensor* found = find(name);
  if (found == nullptr) {
    return base::Error{"weights: no tensor '" + std::string(name) + "'" + nearest_tensor(tensors_, name)};
  }
  if (found->shape != shape) {
    return base::Error{"weights: tensor '" + found->name + "' is " + shape_text(found->shape) + ", the network needs " +
                       shape_text(shape)};
  }
  return *found;
}

base::Result<Weights> read_weights(const std::string& folder) {
  const auto manifest = read_manifest(folder + "/manifest.json");
  if (!manifest) return manifest.error();
  const std::string path = folder + "/weights.bin";
  const auto bytes = read_file_bytes(path, kMostBytes);
  if (!bytes) return bytes.error();
  const std::string sha256 = sha256_hex(*bytes);
  if (const auto status = check_file(*manifest, *bytes, path, sha256); !status) return status.error();

  std::size_t count = 0;
  for (const ManifestTensor& entry : manifest->tensors) count += static_cast<std::size_t>(entry.count);
  auto storage = std::make_shared<std::vector<float>>(count);
  std::vector<Tensor> tensors;
  float* next = storage->data();
  for (const ManifestTensor& entry : manifest->tensors) {
    Tensor tensor{entry.name, entry.shape, copy_values(entry, *bytes, next)};
    const std::size_t bad = first_not_finite(tensor.values);
    if (bad < tensor.values.size()) {
      return base::Error{path + ": tensor '" + tensor.name + "' holds a value that is no finite number, at element " +
                         std::to_string(bad)};
    }
    next += tensor.values.size();
    tensors.push_back(std::move(tensor));
  }
  return Weights(std::move(tensors), std::move(storage), sha256);
}

}  // namespace hangil::model
