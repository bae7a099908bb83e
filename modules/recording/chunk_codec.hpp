// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "recording/drive_writer.hpp"
#include "recording/mcap_bytes.hpp"

namespace hangil::recording {

// The names that MCAP gives them: "", "lz4" (frame format), "zstd".
std::string compression_name(Compression compression);

// Bytes that are not zeroed when they are made: a chunk is written over at once.
class ChunkBytes {
 public:
  void reserve(std::size_t capacity);  // keeps the first size() bytes
  void set_size(std::size_t size) { size_ = size; }
  std::uint8_t* data() { return data_.get(); }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  mcap::ByteSpan span() const { return {data_.get(), size_}; }

 private:
  std::unique_ptr<std::uint8_t[]> data_;
  std::size_t size_ = 0, capacity_ = 0;
};

// Compresses one chunk after another with the same working memory.
class ChunkCompressor {
 public:
  ChunkCompressor(Compression compression, int zstd_level);
  ChunkCompressor(ChunkCompressor&&) noexcept;
  ChunkCompressor& operator=(ChunkCompressor&&) noexcept;
  ~ChunkCompressor();

  // Valid until the next call. Empty when compression gains nothing: the chunk is then better stored as it is.
  mcap::ByteSpan compress(mcap::ByteSpan records);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Decompresses one chunk after another with the same working memory.
class ChunkDecompressor {
 public:
  ChunkDecompressor();
  ChunkDecompressor(ChunkDecompressor&&) noexcept;
  ChunkDecompressor& operator=(ChunkDecompressor&&) noexcept;
  ~ChunkDecompressor();

  // `size` is what the chunk claims to hold. Memory grows with what really comes out, not with the claim. Errors:
  // unknown compression, broken bytes, another size.
  base::Status decompress(const std::string& compression, mcap::ByteSpan compressed, std::uint64_t size,
                          ChunkBytes& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hangil::recording
