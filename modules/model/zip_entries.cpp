// SPDX-License-Identifier: Apache-2.0
#include "model/zip_entries.hpp"

#include <algorithm>
#include <set>

#include <libdeflate.h>

namespace hangil::model {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kMostInflated = std::size_t{64} << 20;
constexpr std::uint32_t kStored = 0, kDeflated = 8;
constexpr std::size_t kEndSize = 22, kCentralSize = 46, kLocalSize = 30, kLongestComment = 65535;
constexpr std::uint32_t kEndMark = 0x06054b50, kCentralMark = 0x02014b50, kLocalMark = 0x04034b50;

std::uint32_t number(Bytes bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | bytes[at + i];
  return value;
}

// Offset of the end record, looked for from the end.
base::Result<std::size_t> find_end(Bytes archive) {
  if (archive.size() < kEndSize)
    return base::Error{"no zip archive: only " + std::to_string(archive.size()) + " bytes"};
  const std::size_t last = archive.size() - kEndSize;
  for (std::size_t back = 0; back <= std::min(last, kLongestComment); ++back) {
    if (number(archive, last - back, 4) == kEndMark) return last - back;
  }
  return base::Error{"no zip archive: it has no end record"};
}

bool is_safe_name(const std::string& name) {
  return !name.empty() && name.front() != '/' && name.find('\0') == std::string::npos &&
         name.find('\\') == std::string::npos && name.find("..") == std::string::npos;
}

// The bytes that follow the local header at `offset`.
base::Result<Bytes> packed_bytes(Bytes archive, std::size_t offset, std::size_t size, std::uint32_t method,
                                 const std::string& name) {
  if (offset + kLocalSize > archive.size() || number(archive, offset, 4) != kLocalMark) {
    return base::Error{"has no local header at byte " + std::to_string(offset)};
  }
  const std::size_t name_size = number(archive, offset + 26, 2), extra_size = number(archive, offset + 28, 2);
  const std::size_t start = offset + kLocalSize + name_size + extra_size;
  if (start > archive.size() || size > archive.size() - start) return base::Error{"reaches beyond the archive"};
  const auto* text = reinterpret_cast<const char*>(archive.data() + offset + kLocalSize);
  if (std::string(text, name_size) != name || number(archive, offset + 8, 2) != method) {
    return base::Error{"its local header says otherwise than the directory"};
  }
  return archive.subspan(start, size);
}

base::Result<std::shared_ptr<const std::vector<std::uint8_t>>> inflate(Bytes packed, std::size_t size,
                                                                       std::size_t& room) {
  if (size > room) return base::Error{"the archive inflates to more than 64 MiB"};
  room -= size;
  auto bytes = std::make_shared<std::vector<std::uint8_t>>(size);
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> decompressor(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  const auto result =
      libdeflate_deflate_decompress(decompressor.get(), packed.data(), packed.size(), bytes->data(), size, nullptr);
  if (result != LIBDEFLATE_SUCCESS) return base::Error{"cannot be inflated to the size it says"};
  return std::shared_ptr<const std::vector<std::uint8_t>>(std::move(bytes));
}

// `room`: how much may still be inflated.
base::Result<ZipEntry> read_entry(Bytes archive, std::size_t at, std::string name, std::size_t& room) {
  const std::uint32_t flags = number(archive, at + 8, 2), method = number(archive, at + 10, 2);
  const std::size_t packed_size = number(archive, at + 20, 4), size = number(archive, at + 24, 4);
  const std::size_t offset = number(archive, at + 42, 4);
  if (!is_safe_name(name)) return base::Error{"its name is not one inside the archive"};
  if ((flags & 1U) != 0) return base::Error{"is encrypted"};
  if (method != kStored && method != kDeflated) return base::Error{"is packed by method " + std::to_string(method)};
  if (size == 0xffffffff || offset == 0xffffffff) return base::Error{"is zip64, which is not read"};
  const auto packed = packed_bytes(archive, offset, packed_size, method, name);
  if (!packed) return packed.error();
  if (method == kStored && packed_size != size) return base::Error{"has two sizes although it is stored as it is"};
  if (method == kStored) return ZipEntry{std::move(name), *packed};
  auto inflated = inflate(*packed, size, room);
  if (!inflated) return inflated.error();
  const Bytes bytes(**inflated);
  return ZipEntry{std::move(name), bytes, *std::move(inflated)};
}

}  // namespace

base::Result<std::vector<ZipEntry>> zip_entries(std::span<const std::uint8_t> archive) {
  const auto end = find_end(archive);
  if (!end) return end.error();
  const std::size_t count = number(archive, *end + 10, 2);
  std::size_t at = number(archive, *end + 16, 4);
  if (count == 0xffff || number(archive, *end + 4, 4) != 0) return base::Error{"zip64 or several disks are not read"};
  std::vector<ZipEntry> entries;
  std::size_t room = kMostInflated;
  std::set<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    if (at + kCentralSize > archive.size() || number(archive, at, 4) != kCentralMark) {
      return base::Error{"the zip directory breaks off at byte " + std::to_string(at)};
    }
    const std::size_t name_size = number(archive, at + 28, 2);
    const std::size_t next = at + kCentralSize + name_size + number(archive, at + 30, 2) + number(archive, at + 32, 2);
    if (next > archive.size()) return base::Error{"the zip directory reaches beyond the archive"};
    std::string name(reinterpret_cast<const char*>(archive.data() + at + kCentralSize), name_size);
    auto entry = read_entry(archive, at, name, room);
    if (!entry) return base::Error{"entry '" + name + "': " + entry.error().message};
    if (!names.insert(name).second) return base::Error{"entry '" + name + "' stands twice"};
    if (name.back() != '/') entries.push_back(*std::move(entry));
    at = next;
  }
  return entries;
}

}  // namespace hangil::model
