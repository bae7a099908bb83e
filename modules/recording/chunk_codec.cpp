// SPDX-License-Identifier: Apache-2.0
#include "recording/chunk_codec.hpp"

#include <algorithm>

#include <lz4frame.h>
#include <zstd.h>

namespace hangil::recording {

namespace {

struct FreeZstdCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeZstdDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
struct FreeLz4Decompressor {
  void operator()(LZ4F_dctx* context) const { LZ4F_freeDecompressionContext(context); }
};

LZ4F_preferences_t lz4_preferences(std::size_t size) {
  LZ4F_preferences_t preferences = {};
  preferences.frameInfo.blockSizeID = LZ4F_max4MB;
  preferences.frameInfo.contentSize = size;
  return preferences;
}

base::Error size_error(std::uint64_t expected) {
  return {"does not decompress to the " + std::to_string(expected) + " bytes it claims"};
}

// What one call of a decompressor did.
struct Step {
  std::size_t written = 0, taken = 0;
  bool is_done = false;
  std::string error;
};

// Calls step(out, room) until it is done, growing `out` up to `size` bytes.
template <class RunStep>
base::Status grow_until_done(std::uint64_t size, std::size_t compressed_size, ChunkBytes& out, RunStep run_step) {
  constexpr std::uint64_t kSmall = 16 << 20;
  out.set_size(0);
  out.reserve(std::min(size, std::max(kSmall, std::uint64_t{64} * compressed_size)));
  while (true) {
    const std::size_t room = std::min<std::uint64_t>(out.capacity(), size) - out.size();
    const Step step = run_step(out.data() + out.size(), room);
    if (!step.error.empty()) return base::Error{step.error};
    out.set_size(out.size() + step.written);
    if (step.is_done) break;
    const bool is_full = out.size() == out.capacity() && out.size() < size;
    if (is_full) out.reserve(std::min(size, std::uint64_t{2} * out.capacity()));
    if (!is_full && step.written == 0 && step.taken == 0) return size_error(size);
  }
  if (out.size() != size) return size_error(size);
  return {};
}

}  // namespace

std::string compression_name(Compression compression) {
  switch (compression) {
    case Compression::kLz4:
      return "lz4";
    case Compression::kZstd:
      return "zstd";
    case Compression::kNone:
      break;
  }
  return "";
}

void ChunkBytes::reserve(std::size_t capacity) {
  if (data_ && capacity <= capacity_) return;
  auto larger = std::make_unique_for_overwrite<std::uint8_t[]>(capacity);
  std::copy_n(data_.get(), size_, larger.get());
  data_ = std::move(larger);
  capacity_ = capacity;
}

struct ChunkCompressor::State {
  Compression compression;
  std::unique_ptr<ZSTD_CCtx, FreeZstdCompressor> zstd;
  ChunkBytes out;
};

ChunkCompressor::ChunkCompressor(Compression compression, int zstd_level)
    : state_(std::make_unique<State>(State{compression, nullptr, {}})) {
  if (compression != Compression::kZstd) return;
  state_->zstd.reset(ZSTD_createCCtx());
  ZSTD_CCtx_setParameter(state_->zstd.get(), ZSTD_c_compressionLevel, zstd_level);
}
ChunkCompressor::ChunkCompressor(ChunkCompressor&&) noexcept = default;
ChunkCompressor& ChunkCompressor::operator=(ChunkCompressor&&) noexcept = default;
ChunkCompressor::~ChunkCompressor() = default;

mcap::ByteSpan ChunkCompressor::compress(mcap::ByteSpan records) {
  ChunkBytes& out = state_->out;
  std::size_t size = 0;
  if (state_->compression == Compression::kZstd) {
    out.reserve(ZSTD_compressBound(records.size()));
    size = ZSTD_compress2(state_->zstd.get(), out.data(), out.capacity(), records.data(), records.size());
    if (ZSTD_isError(size)) return {};
  } else if (state_->compression == Compression::kLz4) {
    const LZ4F_preferences_t preferences = lz4_preferences(records.size());
    out.reserve(LZ4F_compressFrameBound(records.size(), &preferences));
    size = LZ4F_compressFrame(out.data(), out.capacity(), records.data(), records.size(), &preferences);
    if (LZ4F_isError(size)) return {};
  }
  if (size >= records.size()) return {};
  out.set_size(size);
  return out.span();
}

struct ChunkDecompressor::State {
  std::unique_ptr<ZSTD_DCtx, FreeZstdDecompressor> zstd;
  std::unique_ptr<LZ4F_dctx, FreeLz4Decompressor> lz4;

  base::Status run_zstd(mcap::ByteSpan compressed, std::uint64_t size, ChunkBytes& out) {
    if (!zstd) zstd.reset(ZSTD_createDCtx());
    ZSTD_DCtx_reset(zstd.get(), ZSTD_reset_session_only);
    ZSTD_inBuffer in{compressed.data(), compressed.size(), 0};
    return grow_until_done(size, compressed.size(), out, [&](std::uint8_t* data, std::size_t room) {
      ZSTD_outBuffer part{data, room, 0};
      const std::size_t before = in.pos;
      const std::size_t left = ZSTD_decompressStream(zstd.get(), &part, &in);
      if (ZSTD_isError(left)) return Step{.error = std::string("zstd: ") + ZSTD_getErrorName(left)};
      return Step{part.pos, in.pos - before, left == 0 && in.pos == in.size, ""};
    });
  }

  base::Status run_lz4(mcap::ByteSpan compressed, std::uint64_t size, ChunkBytes& out) {
    if (!lz4) {
      LZ4F_dctx* context = nullptr;
      if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION))) return base::Error{"lz4: no memory"};
      lz4.reset(context);
    }
    LZ4F_resetDecompressionContext(lz4.get());
    return grow_until_done(size, compressed.size(), out, [&](std::uint8_t* data, std::size_t room) {
      std::size_t taken = compressed.size();
      const std::size_t left = LZ4F_decompress(lz4.get(), data, &room, compressed.data(), &taken, nullptr);
      if (LZ4F_isError(left)) return Step{.error = std::string("lz4: ") + LZ4F_getErrorName(left)};
      compressed = compressed.subspan(taken);
      return Step{room, taken, left == 0 && compressed.empty(), ""};
    });
  }
};

ChunkDecompressor::ChunkDecompressor() : state_(std::make_unique<State>()) {}
ChunkDecompressor::ChunkDecompressor(ChunkDecompressor&&) noexcept = default;
ChunkDecompressor& ChunkDecompressor::operator=(ChunkDecompressor&&) noexcept = default;
ChunkDecompressor::~ChunkDecompressor() = default;

base::Status ChunkDecompressor::decompress(const std::string& compression, mcap::ByteSpan compressed,
                                           std::uint64_t size, ChunkBytes& out) {
  if (compression == "zstd") return state_->run_zstd(compressed, size, out);
  if (compression == "lz4") return state_->run_lz4(compressed, size, out);
  if (!compression.empty()) return base::Error{"unknown compression '" + compression + "' (known: zstd, lz4, none)"};
  if (compressed.size() != size) return size_error(size);
  out.set_size(0);
  out.reserve(size);
  std::copy(compressed.begin(), compressed.end(), out.data());
  out.set_size(size);
  return {};
}

}  // namespace hangil::recording
