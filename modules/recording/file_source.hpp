// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/result.hpp"

namespace hangil::recording {

// A file read at any place. It is never mapped: a file that shrinks meanwhile gives an error, not a signal.
class FileSource {
 public:
  static base::Result<FileSource> open(const std::string& path);
  FileSource(FileSource&& other) noexcept { *this = std::move(other); }
  FileSource& operator=(FileSource&& other) noexcept;
  ~FileSource();

  const std::string& path() const { return path_; }
  std::uint64_t size() const { return size_; }
  // All `size` bytes from `offset` on, or an error with path and offset.
  base::Status read(std::uint64_t offset, std::size_t size, std::uint8_t* out) const;
  // "drive.mcap: byte 12: what"
  base::Error error(std::uint64_t offset, const std::string& what) const;

 private:
  FileSource(std::string path, int file, std::uint64_t size) : path_(std::move(path)), file_(file), size_(size) {}
  std::string path_;
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace hangil::recording
