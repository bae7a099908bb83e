// SPDX-License-Identifier: Apache-2.0
#include "model/caffe_weights.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <set>

#include "model/file_bytes.hpp"
#include "model/hex_digest.hpp"

namespace hangil::model {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::int64_t kMostCaffeBytes = std::int64_t{1} << 30;
// Field numbers of caffe.proto.
constexpr std::uint64_t kNetLayer = 100, kLayerName = 1, kLayerBlob = 7, kBlobData = 5, kBlobShape = 7, kShapeDim = 1;

// One field of a protocol buffer message (wire types 0, 1, 2 and 5).
struct Field {
  std::uint64_t number = 0, type = 0, value = 0;  // value: of a varint
  Bytes bytes;                                    // of all others
};

// Reads a message field by field; stops for good at the first thing that is none.
class FieldReader {
 public:
  explicit FieldReader(Bytes bytes) : left_(bytes) {}

  bool is_broken() const { return is_broken_; }

  std::optional<std::uint64_t> varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !left_.empty(); shift += 7) {
      const std::uint8_t byte = left_.front();
      left_ = left_.subspan(1);
      value |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return value;
    }
    is_broken_ = true;
    return std::nullopt;
  }

  std::optional<Field> next() {
    if (left_.empty() || is_broken_) return std::nullopt;
    const auto key = varint();
    if (!key) return std::nullopt;
    Field field{.number = *key >> 3, .type = *key & 7};
    if (field.type == 0) {
      const auto value = varint();
      if (!value) return std::nullopt;
      field.value = *value;
      return field;
    }
    const auto length = field.type == 2 ? varint() : std::optional<std::uint64_t>(field.type == 1 ? 8 : 4);
    const bool is_known = field.type == 1 || field.type == 2 || field.type == 5;
    if (!is_known || !length || *length > left_.size()) return is_broken_ = true, std::nullopt;
    field.bytes = left_.first(static_cast<std::size_t>(*length));
    left_ = left_.subspan(static_cast<std::size_t>(*length));
    return field;
  }

 private:
  Bytes left_;
  bool is_broken_ = false;
};

struct Blob {
  Shape shape;
  std::vector<float> values;
};

struct CaffeLayer {
  std::string name;
  std::vector<Blob> blobs;
};

bool read_shape(Bytes bytes, Shape& shape) {
  FieldReader reader(bytes);
  while (const auto field = reader.next()) {
    if (field->number != kShapeDim) continue;
    if (field->type == 0) shape.push_back(static_cast<std::int64_t>(field->value));
    FieldReader packed(field->bytes);
    for (std::size_t before = 0; field->type == 2 && before < field->bytes.size() && shape.size() < 16; ++before) {
      const auto length = packed.varint();
      if (!length) break;
      shape.push_back(static_cast<std::int64_t>(*length));
    }
  }
  return !reader.is_broken() && shape.size() <= 8;
}

bool read_blob(Bytes bytes, Blob& blob) {
  FieldReader reader(bytes);
  while (const auto field = reader.next()) {
    if (field->number == kBlobShape && !read_shape(field->bytes, blob.shape)) return false;
    if (field->number != kBlobData || field->type == 0) continue;
    const std::size_t before = blob.values.size(), count = field->bytes.size() / sizeof(float);
    blob.values.resize(before + count);
    if (count > 0) std::memcpy(blob.values.data() + before, field->bytes.data(), count * sizeof(float));
  }
  return !reader.is_broken();
}

bool read_layer(Bytes bytes, CaffeLayer& layer) {
  FieldReader reader(bytes);
  while (const auto field = reader.next()) {
    if (field->number == kLayerName) layer.name.assign(field->bytes.begin(), field->bytes.end());
    if (field->number == kLayerBlob && !read_blob(field->bytes, layer.blobs.emplace_back())) return false;
  }
  return !reader.is_broken();
}

std::string problem_of(const CaffeLayer& layer) {
  for (const Blob& blob : layer.blobs) {
    const auto count = element_count(blob.shape);
    if (!count || static_cast<std::size_t>(*count) != blob.values.size()) {
      return "a blob of " + shape_text(blob.shape) + " holds " + std::to_string(blob.values.size()) + " numbers";
    }
    const bool is_finite =
        std::all_of(blob.values.begin(), blob.values.end(), [](float value) { return std::isfinite(value); });
    if (!is_finite) return "a blob holds a value that is no finite number";
  }
  return "";
}

Weights weights_of(const std::vector<CaffeLayer>& layers, const std::string& sha256) {
  auto storage = std::make_shared<std::vector<float>>();
  std::size_t total = 0;
  for (const CaffeLayer& layer : layers) {
    for (const Blob& blob : layer.blobs) total += blob.values.size();
  }
  storage->reserve(total);
  std::vector<Tensor> tensors;
  for (const CaffeLayer& layer : layers) {
    for (std::size_t i = 0; i < std::min<std::size_t>(layer.blobs.size(), 2); ++i) {
      const Blob& blob = layer.blobs[i];
      const float* begin = storage->data() + storage->size();
      storage->insert(storage->end(), blob.values.begin(), blob.values.end());
      tensors.push_back({layer.name + (i == 0 ? ".weight" : ".bias"), blob.shape, {begin, blob.values.size()}});
    }
  }
  return Weights(std::move(tensors), std::move(storage), sha256);
}

}  // namespace

base::Result<Weights> parse_caffe_weights(Bytes bytes, const std::string& name) {
  std::vector<CaffeLayer> layers;
  std::set<std::string> names;
  FieldReader reader(bytes);
  while (const auto field = reader.next()) {
    if (field->number != kNetLayer || field->type != 2) continue;
    CaffeLayer layer;
    if (!read_layer(field->bytes, layer))
      return base::Error{name + ": layer '" + layer.name + "' is cut off or damaged"};
    if (layer.blobs.empty()) continue;
    if (const std::string problem = problem_of(layer); !problem.empty())
      return base::Error{name + ": layer '" + layer.name + "': " + problem};
    if (!names.insert(layer.name).second) return base::Error{name + ": layer '" + layer.name + "' stands twice"};
    layers.push_back(std::move(layer));
  }
  if (reader.is_broken()) return base::Error{name + ": is no Caffe model, or is cut off"};
  if (layers.empty()) return base::Error{name + ": holds no layer with weights (models of before 2014 are not read)"};
  return weights_of(layers, sha256_hex(bytes));
}

base::Result<Weights> read_caffe_weights(const std::string& path) {
  const auto bytes = read_file_bytes(path, kMostCaffeBytes);
  if (!bytes) return bytes.error();
  return parse_caffe_weights(*bytes, path);
}

}  // namespace hangil::model
