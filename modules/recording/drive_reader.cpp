// SPDX-License-Identifier: Apache-2.0
#include "recording/drive_reader.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "recording/chunk_merge.hpp"
#include "recording/drive_index.hpp"

namespace hangil::recording {

namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "; ") + line;
  return text;
}

bool may_hold_wanted(const ChunkPlace& place, const MessageFilter& filter) {
  if (place.end < filter.start || place.start > filter.end) return false;
  const auto is_wanted = [&](std::uint16_t id) { return filter.channel_of_id[id] >= 0; };
  return place.channel_ids.empty() || std::any_of(place.channel_ids.begin(), place.channel_ids.end(), is_wanted);
}

// Positions in index.chunks of those to read, by least published.
std::vector<std::size_t> reading_order(const DriveIndex& index, const MessageFilter& filter) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < index.chunks.size(); ++i) {
    if (may_hold_wanted(index.chunks[i], filter)) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return index.chunks[a].start < index.chunks[b].start; });
  return order;
}

// Positions in index.chunks by greatest published, latest first.
std::vector<std::size_t> backward_order(const DriveIndex& index) {
  std::vector<std::size_t> order(index.chunks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return index.chunks[a].end > index.chunks[b].end; });
  return order;
}

}  // namespace

struct DriveReader::State {
  FileSource source;
  DriveIndex index;
  std::string damage;
  MessageFilter filter;
  std::vector<std::size_t> order;
  std::size_t next_chunk = 0;
  ChunkMerge merge;

  State(FileSource file, DriveIndex found, const ReadOptions& options)
      : source(std::move(file)),
        index(std::move(found)),
        damage(joined(index.damage)),
        filter(make_filter(index, options)),
        order(reading_order(index, filter)),
        merge(source) {}

  // Opens every chunk that may hold the next message.
  base::Status open_chunks() {
    while (next_chunk < order.size()) {
      const ChunkPlace& place = index.chunks[order[next_chunk]];
      if (!merge.empty() && merge.next_time() < place.start) break;
      ++next_chunk;
      if (auto status = merge.add(place, filter); !status) return status;
    }
    return {};
  }
};

base::Result<DriveReader> DriveReader::open(const std::string& path, ReadOptions options) {
  auto source = FileSource::open(path);
  if (!source) return source.error();
  auto index = read_drive_index(*source);
  if (!index) return index.error();
  return DriveReader(std::make_unique<State>(*std::move(source), *std::move(index), options));
}

DriveReader::DriveReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
DriveReader::DriveReader(DriveReader&&) noexcept = default;
DriveReader& DriveReader::operator=(DriveReader&&) noexcept = default;
DriveReader::~DriveReader() = default;

const std::vector<DriveChannel>& DriveReader::channels() const { return state_->index.channels; }
base::Time DriveReader::start() const { return state_->index.start; }
base::Time DriveReader::end() const { return state_->index.end; }
base::Result<std::optional<base::Time>> DriveReader::end_of(const std::vector<int>& channels) const {
  ReadOptions options;
  for (const int channel : channels)
    options.topics.push_back(this->channels()[static_cast<std::size_t>(channel)].topic);
  std::optional<base::Time> last;
  if (channels.empty()) return last;
  const MessageFilter filter = make_filter(state_->index, options);
  ChunkMerge merge(state_->source);
  for (const std::size_t i : backward_order(state_->index)) {
    const ChunkPlace& place = state_->index.chunks[i];
    if (last && place.end <= *last) break;
    if (!may_hold_wanted(place, filter) || !merge.add(place, filter)) continue;  // broken: next() will say so
    while (!merge.empty()) {
      const auto message = merge.take();
      if (!message) return message.error();
      last = std::max(last.value_or(message->published), message->published);
    }
  }
  return last;
}

std::uint64_t DriveReader::message_count() const { return state_->index.message_count; }
const std::string& DriveReader::damage() const { return state_->damage; }
const std::vector<DriveAttachment>& DriveReader::attachments() const { return state_->index.attachments; }
const std::map<std::string, std::map<std::string, std::string>>& DriveReader::metadata() const {
  return state_->index.metadata;
}

int DriveReader::find_channel(std::string_view topic) const {
  const auto& channels = state_->index.channels;
  const auto found =
      std::find_if(channels.begin(), channels.end(), [&](const DriveChannel& c) { return c.topic == topic; });
  return found == channels.end() ? -1 : static_cast<int>(found - channels.begin());
}

base::Result<std::optional<DriveMessageView>> DriveReader::next_view() {
  using Found = std::optional<DriveMessageView>;
  if (auto status = state_->open_chunks(); !status) return status.error();
  if (state_->merge.empty()) return Found();
  auto message = state_->merge.take();
  if (!message) return message.error();
  return Found(*message);
}

base::Time DriveReader::following() const {
  base::Time time{std::numeric_limits<std::int64_t>::max()};
  if (!state_->merge.empty()) time = state_->merge.next_time();
  if (state_->next_chunk == state_->order.size()) return time;
  return std::min(time, state_->index.chunks[state_->order[state_->next_chunk]].start);
}

base::Result<std::optional<DriveMessage>> DriveReader::next() {
  using Found = std::optional<DriveMessage>;
  const auto view = next_view();
  if (!view) return view.error();
  if (!*view) return Found();
  const DriveMessageView& message = **view;
  return Found({message.channel, message.sequence, message.stamp, message.published,
                std::make_shared<const base::Bytes>(message.cdr.begin(), message.cdr.end())});
}

base::Result<base::Bytes> DriveReader::read_attachment(const DriveAttachment& attachment) const {
  return recording::read_attachment(state_->source, attachment);
}

}  // namespace hangil::recording
