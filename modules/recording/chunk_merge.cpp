// SPDX-License-Identifier: Apache-2.0
#include "recording/chunk_merge.hpp"

#include <algorithm>
#include <tuple>

namespace hangil::recording {

namespace {

constexpr std::size_t kMostLoadedBytes = 64 << 20;

}  // namespace

MessageFilter make_filter(const DriveIndex& index, const ReadOptions& options) {
  MessageFilter filter;
  const int unknown = index.has_summary ? MessageFilter::kUnknown : MessageFilter::kUnwanted;
  filter.channel_of_id.assign(std::size_t{1} << 16, unknown);
  for (std::size_t i = 0; i < index.channels.size(); ++i) {
    const bool is_wanted = options.topics.empty() || std::find(options.topics.begin(), options.topics.end(),
                                                               index.channels[i].topic) != options.topics.end();
    filter.channel_of_id[index.channel_ids[i]] = is_wanted ? static_cast<int>(i) : MessageFilter::kUnwanted;
  }
  if (options.start) filter.start = *options.start;
  if (options.end) filter.end = *options.end;
  return filter;
}

bool ChunkMerge::is_later(const std::unique_ptr<OpenChunk>& a, const std::unique_ptr<OpenChunk>& b) {
  const Entry& left = a->entries[a->next];
  const Entry& right = b->entries[b->next];
  return std::tie(left.published, left.channel, a->place->offset) >
         std::tie(right.published, right.channel, b->place->offset);
}

base::Status ChunkMerge::add(const ChunkPlace& place, const MessageFilter& filter) {
  if (finished_) release(std::move(finished_));
  auto chunk = std::make_unique<OpenChunk>(OpenChunk{&place, {}, 0, std::nullopt, 0});
  base::Status status = load(*chunk);
  if (status) status = list_messages(*chunk, filter);
  if (!status || chunk->entries.empty()) return release(std::move(chunk)), status;
  heap_.push_back(std::move(chunk));
  std::push_heap(heap_.begin(), heap_.end(), is_later);
  return {};
}

base::Result<DriveMessageView> ChunkMerge::take() {
  if (finished_) release(std::move(finished_));
  std::pop_heap(heap_.begin(), heap_.end(), is_later);
  OpenChunk& chunk = *heap_.back();
  const Entry entry = chunk.entries[chunk.next++];
  if (!chunk.records) {
    if (auto status = load(chunk); !status) {
      release(std::move(heap_.back()));
      heap_.pop_back();
      return status.error();
    }
  }
  chunk.last_use = ++use_count_;
  mcap::ByteSpan bytes = chunk.records->span().subspan(entry.offset);
  std::uint64_t offset = entry.offset;
  bool is_cut = false;
  const auto record = take_record(bytes, offset, is_cut);
  const auto message = record ? mcap::parse_message(record->content) : std::nullopt;
  if (chunk.next < chunk.entries.size()) {
    std::push_heap(heap_.begin(), heap_.end(), is_later);
  } else {
    finished_ = std::move(heap_.back());
    heap_.pop_back();
  }
  // The file may have changed since the chunk was listed.
  if (!message) return source_.error(entry.offset, "the chunk changed while it was read");
  return DriveMessageView{entry.channel, message->sequence,
                          base::Time{static_cast<std::int64_t>(message->publish_time)}, entry.published, message->data};
}

base::Status ChunkMerge::load(OpenChunk& chunk) {
  ChunkBytes records;
  if (!spare_.empty()) {
    records = std::move(spare_.back());
    spare_.pop_back();
  }
  const ChunkPlace& place = *chunk.place;
  base::Status status;
  if (place.is_run) {
    records.set_size(0);
    records.reserve(place.length);
    status = source_.read(place.offset, place.length, records.data());
    records.set_size(place.length);
  } else {
    status = chunk_reader_.read(place.offset, place.length, records);
  }
  if (!status) return status;
  loaded_bytes_ += records.capacity();
  chunk.records = std::move(records);
  chunk.last_use = ++use_count_;
  drop_least_used();
  return {};
}

base::Status ChunkMerge::list_messages(OpenChunk& chunk, const MessageFilter& filter) const {
  mcap::ByteSpan bytes = chunk.records->span();
  std::uint64_t offset = 0;
  bool is_cut = false;
  const auto bad = [&](const std::string& what) { return source_.error(chunk.place->offset, "chunk: " + what); };
  while (const auto record = take_record(bytes, offset, is_cut)) {
    if (record->opcode != mcap::Opcode::kMessage) continue;
    const auto message = mcap::parse_message(record->content);
    if (!message) return bad("broken message");
    const int channel = filter.channel_of_id[message->channel_id];
    if (channel == MessageFilter::kUnknown)
      return bad("message of an unknown channel " + std::to_string(message->channel_id));
    constexpr auto kMostTime = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (message->log_time > kMostTime || message->publish_time > kMostTime) return bad("message beyond the year 2262");
    const base::Time published{static_cast<std::int64_t>(message->log_time)};
    if (published < chunk.place->start || published > chunk.place->end) return bad("message outside its times");
    if (channel == MessageFilter::kUnwanted || published < filter.start || published > filter.end) continue;
    chunk.entries.push_back({published, channel, record->offset});
  }
  if (is_cut) return bad("a record reaches beyond it");
  std::sort(chunk.entries.begin(), chunk.entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.published, a.channel, a.offset) < std::tie(b.published, b.channel, b.offset);
  });
  return {};
}

void ChunkMerge::drop_least_used() {
  while (loaded_bytes_ > kMostLoadedBytes) {
    OpenChunk* least = nullptr;
    for (const auto& chunk : heap_) {
      const bool is_candidate = chunk->records && chunk->last_use != use_count_;
      if (is_candidate && (least == nullptr || chunk->last_use < least->last_use)) least = chunk.get();
    }
    if (least == nullptr) return;
    loaded_bytes_ -= least->records->capacity();
    least->records.reset();
  }
}

void ChunkMerge::release(std::unique_ptr<OpenChunk> chunk) {
  constexpr std::size_t kMostSpare = 4;
  if (!chunk->records) return;
  loaded_bytes_ -= chunk->records->capacity();
  if (spare_.size() < kMostSpare && chunk->records->capacity() <= kMostLoadedBytes / kMostSpare) {
    spare_.push_back(*std::move(chunk->records));
  }
}

}  // namespace hangil::recording
