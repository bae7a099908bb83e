// SPDX-License-Identifier: Apache-2.0
#include "recording/file_sink.hpp"

#include <cassert>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

namespace hangil::recording {

namespace {

// Drops what has been written from the front of the list; returns how many parts are left to write.
std::size_t advance(iovec* parts, std::size_t count, std::size_t written) {
  std::size_t done = 0;
  while (done < count && written >= parts[done].iov_len) written -= parts[done++].iov_len;
  if (done < count) {
    parts[done].iov_base = static_cast<std::uint8_t*>(parts[done].iov_base) + written;
    parts[done].iov_len -= written;
  }
  return count - done;
}

}  // namespace

base::Result<FileSink> FileSink::create(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return base::Error{path + ": cannot create: " + std::strerror(errno)};
  return FileSink(path, file);
}

FileSink& FileSink::operator=(FileSink&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(offset_, other.offset_);
  return *this;
}

FileSink::~FileSink() { (void)close(); }

base::Status FileSink::write(std::initializer_list<std::span<const std::uint8_t>> parts) {
  iovec vectors[8];
  assert(parts.size() <= 8);
  std::size_t count = 0;
  std::uint64_t total = 0;
  for (const auto& part : parts) {
    if (part.empty()) continue;
    vectors[count++] = {const_cast<std::uint8_t*>(part.data()), part.size()};  // writev does not write there
    total += part.size();
  }
  iovec* next = vectors;
  while (count > 0) {
    const ssize_t written = ::writev(file_, next, static_cast<int>(count));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const std::string reason = written == 0 ? "nothing was written" : std::strerror(errno);
      const bool is_cut = ::ftruncate(file_, static_cast<off_t>(offset_)) == 0 &&
                          ::lseek(file_, static_cast<off_t>(offset_), SEEK_SET) >= 0;
      return base::Error{path_ + ": cannot write at byte " + std::to_string(offset_) + ": " + reason +
                         (is_cut ? "" : " (and the file could not be cut back)")};
    }
    const std::size_t left = advance(next, count, static_cast<std::size_t>(written));
    next += count - left;
    count = left;
  }
  offset_ += total;
  return {};
}

base::Status FileSink::sync() const {
  // EINVAL: a pipe or a device, which has nothing to wait for.
  if (::fdatasync(file_) == 0 || errno == EINVAL) return {};
  return base::Error{path_ + ": cannot bring it to the disk: " + std::strerror(errno)};
}

base::Status FileSink::close() {
  if (file_ < 0) return {};
  const int result = ::close(std::exchange(file_, -1));
  if (result != 0) return base::Error{path_ + ": cannot close: " + std::strerror(errno)};
  return {};
}

}  // namespace hangil::recording
