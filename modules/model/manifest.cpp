// SPDX-License-Identifier: Apache-2.0
#include "model/manifest.hpp"

#include <set>

#include <nlohmann/json.hpp>

#include "model/file_bytes.hpp"
#include "model/hex_digest.hpp"

namespace hangil::model {

namespace {

using Json = nlohmann::json;

constexpr std::int64_t kMostTextBytes = std::int64_t{1} << 24, kMostTotalBytes = std::int64_t{1} << 32;

// Member of that name as text or whole number; the error names the member.
base::Result<std::string> text_member(const Json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_string()) return base::Error{std::string("'") + name + "' must be a text"};
  return member->get<std::string>();
}

base::Result<std::int64_t> number_member(const Json& object, const char* name) {
  const auto member = object.find(name);
  const bool is_good = member != object.end() && member->is_number_integer() &&
                       (!member->is_number_unsigned() || member->get<std::uint64_t>() <= kMostTotalBytes) &&
                       member->get<std::int64_t>() >= 0 && member->get<std::int64_t>() <= kMostTotalBytes;
  if (!is_good) return base::Error{std::string("'") + name + "' must be a whole number from 0 to 2^32"};
  return member->get<std::int64_t>();
}

base::Result<Shape> shape_member(const Json& object) {
  const auto member = object.find("shape");
  Shape shape;
  const bool is_list = member != object.end() && member->is_array() && member->size() <= 8;
  for (const Json& length : is_list ? *member : Json::array()) {
    shape.push_back(length.is_number_integer() ? length.get<std::int64_t>() : 0);
  }
  if (!is_list || !element_count(shape)) return base::Error{"'shape' must be a list of at most 8 lengths from 1"};
  return shape;
}

base::Result<ManifestTensor> read_tensor(const Json& object, std::int64_t element_bytes, std::int64_t total_bytes) {
  const auto offset = number_member(object, "offset"), count = number_member(object, "count");
  if (!offset) return offset.error();
  if (!count) return count.error();
  auto shape = shape_member(object);
  if (!shape) return shape.error();
  if (*element_count(*shape) != *count) {
    return base::Error{"shape " + shape_text(*shape) + " does not have " + std::to_string(*count) + " elements"};
  }
  if (*count > (total_bytes - *offset) / element_bytes) return base::Error{"reaches beyond 'total_bytes'"};
  return ManifestTensor{"", *std::move(shape), *offset, *count};
}

base::Status add_tensor(const Json& object, Manifest& manifest, std::set<std::string>& names) {
  if (!object.is_object()) return base::Error{"a tensor must be an object"};
  const auto name = text_member(object, "name"), type = text_member(object, "dtype");
  if (!name) return name.error();
  if (!type) return type.error();
  const std::string where = "tensor '" + *name + "': ";
  if (*type != "float32" && *type != "int64")
    return base::Error{where + "'dtype' " + *type + " is not read; float32 is"};
  if (!names.insert(*name).second) return base::Error{where + "stands twice"};
  auto tensor = read_tensor(object, *type == "float32" ? 4 : 8, manifest.total_bytes);
  if (!tensor) return base::Error{where + tensor.error().message};
  tensor->name = *name;
  if (*type == "float32") manifest.tensors.push_back(*std::move(tensor));
  return {};
}

base::Result<Manifest> read_members(const Json& root) {
  Manifest manifest;
  for (const auto& [name, into] : {std::pair{"name", &manifest.name}, std::pair{"source", &manifest.source},
                                   std::pair{"license", &manifest.license}, std::pair{"sha256", &manifest.sha256}}) {
    auto text = text_member(root, name);
    if (!text) return text.error();
    *into = *std::move(text);
  }
  if (!is_sha256_hex(manifest.sha256)) return base::Error{"'sha256' must be 64 lower-case hexadecimal digits"};
  const auto bytes = number_member(root, "total_bytes");
  if (!bytes) return bytes.error();
  manifest.total_bytes = *bytes;
  const auto tensors = root.find("tensors");
  if (tensors == root.end() || !tensors->is_array()) return base::Error{"'tensors' must be a list"};
  std::set<std::string> names;
  std::int64_t float_count = 0;
  for (const Json& object : *tensors) {
    if (const auto status = add_tensor(object, manifest, names); !status) return status.error();
    if (!manifest.tensors.empty() && object["dtype"] == "float32") float_count += manifest.tensors.back().count;
    if (float_count * 4 > manifest.total_bytes)
      return base::Error{"its tensors overlap: more than 'total_bytes' in all"};
  }
  return manifest;
}

}  // namespace

base::Result<Manifest> parse_manifest(std::string_view text, const std::string& file) {
  const Json root = Json::parse(text, nullptr, false);
  if (!root.is_object()) return base::Error{file + ": is no JSON object"};
  auto manifest = read_members(root);
  if (!manifest) return base::Error{file + ": " + manifest.error().message};
  return manifest;
}

base::Result<Manifest> read_manifest(const std::string& path) {
  const auto bytes = read_file_bytes(path, kMostTextBytes);
  if (!bytes) return bytes.error();
  return parse_manifest({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, path);
}

}  // namespace hangil::model
