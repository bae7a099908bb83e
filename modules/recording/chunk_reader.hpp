// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "recording/chunk_codec.hpp"
#include "recording/file_source.hpp"
#include "recording/mcap_records.hpp"

namespace hangil::recording {

// A chunk that holds more is refused.
inline constexpr std::uint64_t kMostChunkBytes = std::uint64_t{1} << 30;

struct RecordView {
  mcap::Opcode opcode;
  mcap::ByteSpan content;
  std::uint64_t offset;  // of its opcode, from the beginning of the bytes walked
};

// Takes the next record off the front of `bytes`; nothing at the end. `offset` counts on. Sets `is_cut` when the bytes
// end within a record.
std::optional<RecordView> take_record(mcap::ByteSpan& bytes, std::uint64_t& offset, bool& is_cut);

// Reads chunks one after another with the same working memory.
class ChunkReader {
 public:
  explicit ChunkReader(const FileSource& source) : source_(&source) {}
  // The records of the chunk at `offset`, decompressed and checked against its CRC. Errors name the file's byte.
  base::Status read(std::uint64_t offset, std::uint64_t length, ChunkBytes& records);
  void set_source(const FileSource& source) { source_ = &source; }

 private:
  base::Status read_records(std::uint64_t offset, const mcap::ChunkHeader& header, ChunkBytes& records);

  const FileSource* source_;
  ChunkDecompressor decompressor_;
  ChunkBytes compressed_;
};

}  // namespace hangil::recording
