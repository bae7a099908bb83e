// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>

#include "base/result.hpp"

namespace hangil::recording {

// A file written from front to back, unbuffered: what write() took survives the death of the process. A failed write
// is taken back, so the file always ends behind the last one that succeeded.
class FileSink {
 public:
  static base::Result<FileSink> create(const std::string& path);  // replaces what is there
  FileSink(FileSink&& other) noexcept { *this = std::move(other); }
  FileSink& operator=(FileSink&& other) noexcept;
  ~FileSink();

  const std::string& path() const { return path_; }
  std::uint64_t offset() const { return offset_; }
  // All parts one behind the other (at most 8), or none and an error with path and the system's reason.
  base::Status write(std::initializer_list<std::span<const std::uint8_t>> parts);
  // Waits until what is written is on the disk. May be called while another thread writes.
  base::Status sync() const;
  base::Status close();

 private:
  FileSink(std::string path, int file) : path_(std::move(path)), file_(file) {}
  std::string path_;
  int file_ = -1;
  std::uint64_t offset_ = 0;
};

}  // namespace hangil::recording
