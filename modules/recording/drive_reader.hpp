// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/cdr.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "recording/drive_channel.hpp"

namespace hangil::recording {

struct DriveMessage {
  int channel = -1;  // index into DriveReader::channels()
  std::uint64_t sequence = 0;
  base::Time stamp;      // MCAP publish_time
  base::Time published;  // MCAP log_time
  std::shared_ptr<const base::Bytes> cdr;
};

// The same without a copy of the bytes.
struct DriveMessageView {
  int channel = -1;
  std::uint64_t sequence = 0;
  base::Time stamp, published;
  std::span<const std::uint8_t> cdr;  // until the next call of next() or next_view()
};

struct DriveAttachment {
  std::string name, media_type;
  base::Time time;
  std::uint64_t size = 0;                // bytes
  std::uint64_t offset = 0, length = 0;  // of its record in the file
};

struct ReadOptions {
  std::vector<std::string> topics;       // empty: all
  std::optional<base::Time> start, end;  // published in [start, end]
};

// Reads an MCAP file in order of (published, channel, file order), holding a few chunks in memory, never the file.
// Files without index or cut off in the middle are read as far as they go; damage() then says what is lost.
class DriveReader {
 public:
  static base::Result<DriveReader> open(const std::string& path, ReadOptions options = {});
  DriveReader(DriveReader&&) noexcept;
  DriveReader& operator=(DriveReader&&) noexcept;
  ~DriveReader();

  const std::vector<DriveChannel>& channels() const;
  int find_channel(std::string_view topic) const;  // -1 when absent
  base::Time start() const;                        // of the whole file: least and greatest published
  base::Time end() const;
  // Greatest published of these channels (indices into channels()); nothing when they have no message. Reads the chunks
  // at the end of the file that hold them.
  base::Result<std::optional<base::Time>> end_of(const std::vector<int>& channels) const;
  std::uint64_t message_count() const;
  const std::map<std::string, std::map<std::string, std::string>>& metadata() const;  // MCAP metadata records by name
  const std::vector<DriveAttachment>& attachments() const;
  const std::string& damage() const;  // empty: none

  // The next message, nothing at the end, or what is wrong with byte offset. After an error the next call goes on
  // behind the chunk that could not be read.
  base::Result<std::optional<DriveMessage>> next();
  base::Result<std::optional<DriveMessageView>> next_view();
  // No message that is still to come is published before this; the greatest time when none is. Reads nothing.
  base::Time following() const;
  // The bytes of one of attachments(), checked against their CRC.
  base::Result<base::Bytes> read_attachment(const DriveAttachment& attachment) const;

 private:
  struct State;
  explicit DriveReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// One decoded message with its times.
template <class T>
struct Stamped {
  base::Time stamp, published;
  T value;
};

// Every message of one channel, decoded. Empty when the channel is absent; an error when its type differs or bytes are
// bad.
template <base::FieldStruct T>
base::Result<std::vector<Stamped<T>>> read_channel(const std::string& path, const std::string& topic) {
  auto reader = DriveReader::open(path, {.topics = {topic}});
  if (!reader) return reader.error();
  std::vector<Stamped<T>> messages;
  const int channel = reader->find_channel(topic);
  if (channel < 0) return messages;
  const std::string& type = reader->channels()[static_cast<std::size_t>(channel)].type;
  if (type != T::kType) {
    return base::Error{path + ": " + topic + " is a " + type + ", expected " + std::string(T::kType)};
  }
  while (true) {
    auto next = reader->next();
    if (!next) return next.error();
    if (!next->has_value()) return messages;
    auto value = base::decode_cdr<T>(*(*next)->cdr);
    if (!value) return base::Error{path + ": " + topic + ": " + value.error().message};
    messages.push_back({(*next)->stamp, (*next)->published, *std::move(value)});
  }
}

}  // namespace hangil::recording
