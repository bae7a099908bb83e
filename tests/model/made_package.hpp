// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

#include "model/hex_digest.hpp"
#include "model/shape.hpp"

namespace hangil::model {

// A folder under the system's temporary one, gone with this object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("hangil_model_" + std::to_string(getpid()) + "_" + std::to_string(count++));
    std::filesystem::create_directories(path_);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  std::string text() const { return path_.string(); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline void write_text(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

struct MadeTensor {
  std::string name;
  Shape shape;
  std::vector<float> values;
};

inline std::string bytes_text(const std::vector<MadeTensor>& tensors) {
  std::string bytes;
  for (const MadeTensor& tensor : tensors) {
    bytes.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(float));
  }
  return bytes;
}

inline std::string manifest_text(const std::vector<MadeTensor>& tensors, const std::string& bytes) {
  std::string list;
  std::size_t offset = 0;
  for (const MadeTensor& tensor : tensors) {
    std::string lengths;
    for (const auto length : tensor.shape) lengths += (lengths.empty() ? "" : ",") + std::to_string(length);
    list += (list.empty() ? "" : ",") + std::string("{\"name\":\"") + tensor.name + "\",\"shape\":[" + lengths +
            "],\"dtype\":\"float32\",\"offset\":" + std::to_string(offset) +
            ",\"count\":" + std::to_string(tensor.values.size()) + "}";
    offset += tensor.values.size() * sizeof(float);
  }
  const std::string sha256 = sha256_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  return "{\"name\":\"made\",\"source\":\"made here\",\"license\":\"Apache-2.0\",\"sha256\":\"" + sha256 +
         "\",\"total_bytes\":" + std::to_string(bytes.size()) + ",\"tensors\":[" + list + "]}";
}

inline void write_weights(const TemporaryFolder& folder, const std::vector<MadeTensor>& tensors) {
  const std::string bytes = bytes_text(tensors);
  write_text(folder.file("weights.bin"), bytes);
  write_text(folder.file("manifest.json"), manifest_text(tensors, bytes));
}

}  // namespace hangil::model
