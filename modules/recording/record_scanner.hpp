// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "recording/file_source.hpp"
#include "recording/mcap_records.hpp"

namespace hangil::recording {

struct RecordHead {
  mcap::Opcode opcode;
  std::uint64_t offset = 0;  // of the opcode
  std::uint64_t content_size = 0;
  std::uint64_t end() const { return offset + mcap::kRecordHeaderBytes + content_size; }
};

// Walks the records of a file from front to back through a window of 256 KiB.
class RecordScanner {
 public:
  RecordScanner(const FileSource& source, std::uint64_t offset) : source_(source), offset_(offset) {}

  std::uint64_t offset() const { return offset_; }
  void seek(std::uint64_t offset) { offset_ = offset; }
  // The record at offset(), which then moves behind it. Nothing when no whole record stands there.
  base::Result<std::optional<RecordHead>> next();
  // The first min(size, most) bytes of a record's content, valid until the next call.
  base::Result<mcap::ByteSpan> content(const RecordHead& record, std::uint64_t most);
  // Moves to the next place from offset() on where a whole chunk seems to begin; false when there is none.
  base::Result<bool> seek_chunk();

 private:
  // `size` bytes from `offset`, through the window.
  base::Result<mcap::ByteSpan> bytes(std::uint64_t offset, std::uint64_t size);

  const FileSource& source_;
  std::uint64_t offset_;
  base::Bytes window_;
  std::uint64_t window_offset_ = 0;
};

}  // namespace hangil::recording
