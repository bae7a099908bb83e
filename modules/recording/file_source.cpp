// SPDX-License-Identifier: Apache-2.0
#include "recording/file_source.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hangil::recording {

base::Result<FileSource> FileSource::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return base::Error{path + ": cannot open: " + std::strerror(errno)};
  struct stat status = {};
  FileSource source(path, file, 0);
  if (::fstat(file, &status) != 0) return base::Error{path + ": cannot stat: " + std::strerror(errno)};
  if (!S_ISREG(status.st_mode)) return base::Error{path + ": not a regular file"};
  source.size_ = static_cast<std::uint64_t>(status.st_size);
  return source;
}

FileSource& FileSource::operator=(FileSource&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(size_, other.size_);
  return *this;
}

FileSource::~FileSource() {
  if (file_ >= 0) ::close(file_);
}

base::Status FileSource::read(std::uint64_t offset, std::size_t size, std::uint8_t* out) const {
  if (offset > size_ || size > size_ - offset) {
    return error(offset, "needs " + std::to_string(size) + " bytes, the file ends at " + std::to_string(size_));
  }
  while (size > 0) {
    const ssize_t count = ::pread(file_, out, size, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return error(offset, std::string("cannot read: ") + std::strerror(errno));
    if (count == 0) return error(offset, "the file became shorter while it was read");
    out += count, offset += static_cast<std::uint64_t>(count), size -= static_cast<std::size_t>(count);
  }
  return {};
}

base::Error FileSource::error(std::uint64_t offset, const std::string& what) const {
  return {path_ + ": byte " + std::to_string(offset) + ": " + what};
}

}  // namespace hangil::recording
