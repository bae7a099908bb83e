// SPDX-License-Identifier: Apache-2.0
#include "model/file_bytes.hpp"

#include <filesystem>
#include <fstream>

namespace hangil::model {

base::Result<std::vector<std::uint8_t>> read_file_bytes(const std::string& path, std::int64_t most_bytes) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return base::Error{path + ": no such file"};
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path, error));
  if (error || size > most_bytes) {
    return base::Error{path + ": larger than the " + std::to_string(most_bytes) + " bytes allowed for it"};
  }
  std::ifstream stream(path, std::ios::binary);
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
  stream.read(reinterpret_cast<char*>(bytes.data()), size);
  if (!stream || stream.gcount() != size) return base::Error{path + ": cannot be read"};
  return bytes;
}

}  // namespace hangil::model
