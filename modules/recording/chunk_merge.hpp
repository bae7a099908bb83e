// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "recording/chunk_reader.hpp"
#include "recording/drive_index.hpp"

namespace hangil::recording {

// Which messages are wanted.
struct MessageFilter {
  static constexpr int kUnwanted = -1, kUnknown = -2;
  std::vector<int> channel_of_id;  // by MCAP channel id: the channel's index or one of these
  base::Time start{std::numeric_limits<std::int64_t>::min()}, end{std::numeric_limits<std::int64_t>::max()};
};

// A scan has already noted messages of unknown channels as lost; in a file with a summary they are an error.
MessageFilter make_filter(const DriveIndex& index, const ReadOptions& options);

// The messages of several open chunks, in order of (published, channel, place in the file). Of open chunks it keeps a
// list of their messages and, for at most 64 MiB, their records; further records are read again when their turn comes.
class ChunkMerge {
 public:
  explicit ChunkMerge(const FileSource& source) : source_(source), chunk_reader_(source) {}

  // Error: the chunk cannot be read; it is left out.
  base::Status add(const ChunkPlace& place, const MessageFilter& filter);
  bool empty() const { return heap_.empty(); }
  base::Time next_time() const { return heap_.front()->entries[heap_.front()->next].published; }
  // Precondition: not empty. The view holds until the next call of take() or add().
  base::Result<DriveMessageView> take();

 private:
  struct Entry {
    base::Time published;
    int channel;
    std::uint64_t offset;  // of the message's record in the chunk's records
  };
  struct OpenChunk {
    const ChunkPlace* place;
    std::vector<Entry> entries;
    std::size_t next = 0;
    std::optional<ChunkBytes> records;  // nothing: dropped to save memory
    std::uint64_t last_use = 0;
  };
  using Heap = std::vector<std::unique_ptr<OpenChunk>>;

  static bool is_later(const std::unique_ptr<OpenChunk>& a, const std::unique_ptr<OpenChunk>& b);
  base::Status load(OpenChunk& chunk);
  base::Status list_messages(OpenChunk& chunk, const MessageFilter& filter) const;
  void drop_least_used();
  void release(std::unique_ptr<OpenChunk> chunk);

  const FileSource& source_;
  ChunkReader chunk_reader_;
  Heap heap_;
  std::unique_ptr<OpenChunk> finished_;  // holds the records of the last view
  std::vector<ChunkBytes> spare_;
  std::size_t loaded_bytes_ = 0;
  std::uint64_t use_count_ = 0;
};

}  // namespace hangil::recording
