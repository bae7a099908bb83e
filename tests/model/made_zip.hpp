// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hangil::model {

struct MadeFile {
  std::string name, bytes;
};

inline void put_number(std::string& into, std::uint32_t value, int size) {
  for (int i = 0; i < size; ++i) into += static_cast<char>(value >> (8 * i));
}

// A zip of stored files; checksums are left at zero, which nobody here reads.
inline std::vector<std::uint8_t> zip_bytes(const std::vector<MadeFile>& files) {
  std::string zip, directory;
  for (const MadeFile& file : files) {
    const auto name_size = static_cast<std::uint32_t>(file.name.size()),
               size = static_cast<std::uint32_t>(file.bytes.size());
    const auto offset = static_cast<std::uint32_t>(zip.size());
    put_number(zip, 0x04034b50, 4), put_number(zip, 20, 2), put_number(zip, 0, 4), put_number(zip, 0, 4),
        put_number(zip, 0, 4);
    put_number(zip, size, 4), put_number(zip, size, 4), put_number(zip, name_size, 2), put_number(zip, 0, 2);
    zip += file.name + file.bytes;
    put_number(directory, 0x02014b50, 4), put_number(directory, 20, 4), put_number(directory, 0, 4),
        put_number(directory, 0, 4), put_number(directory, 0, 4);
    put_number(directory, size, 4), put_number(directory, size, 4), put_number(directory, name_size, 2);
    put_number(directory, 0, 4), put_number(directory, 0, 4), put_number(directory, 0, 4),
        put_number(directory, offset, 4);
    directory += file.name;
  }
  const auto start = static_cast<std::uint32_t>(zip.size()), count = static_cast<std::uint32_t>(files.size());
  const auto directory_size = static_cast<std::uint32_t>(directory.size());
  zip += directory;
  put_number(zip, 0x06054b50, 4), put_number(zip, 0, 4), put_number(zip, count, 2), put_number(zip, count, 2);
  put_number(zip, directory_size, 4), put_number(zip, start, 4), put_number(zip, 0, 2);
  return {zip.begin(), zip.end()};
}

}  // namespace hangil::model
