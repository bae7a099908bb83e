// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "recording/chunk_codec.hpp"
#include "recording/drive_summary_writer.hpp"
#include "recording/file_sink.hpp"

namespace hangil::recording {

// Gathers messages to a chunk and writes it with its message indexes.
class ChunkWriter {
 public:
  explicit ChunkWriter(const WriteOptions& options);

  // Whether the chunks that begin from now on are compressed at all.
  void compress(bool is_on) { next_is_compressed_ = is_on; }
  // Whether this message lies too far from the chunk's first one.
  bool must_close_before(const mcap::Message& message) const;
  // Whether a message is large enough to be written to the file straight from the caller's memory: it then ends its
  // chunk, and only its head is kept here.
  bool is_bulky(const mcap::Message& message) const;
  // Returns true when the chunk is to be finished now.
  bool add(const mcap::Message& message);
  // Writes the chunk, if it holds anything, and enters it into the summary. `bulk` is the data of a bulky last message.
  // On an error the file is as before and the chunk's messages are gone.
  base::Status finish(FileSink& sink, DriveSummary& summary, mcap::ByteSpan bulk);

 private:
  void append_indexes(std::uint64_t offset, mcap::ChunkIndex& chunk);

  WriteOptions options_;
  ChunkCompressor compressor_;
  base::Bytes records_, head_, indexes_;
  std::vector<mcap::MessageIndex> message_indexes_;  // by channel; entries emptied, not freed, between chunks
  bool next_is_compressed_ = true, is_compressed_ = true;
  std::uint64_t message_count_ = 0, start_time_ = 0, end_time_ = 0, first_time_ = 0;
};

}  // namespace hangil::recording
