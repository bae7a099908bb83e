// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>

#include "base/message_type.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "recording/drive_channel.hpp"

namespace hangil::recording {

enum class Compression { kNone, kLz4, kZstd };

struct WriteOptions {
  Compression compression = Compression::kZstd;
  int zstd_level = 1;                                             // -7 quickest to 19 smallest
  std::size_t chunk_bytes = 1 << 20;                              // a chunk is closed once it holds this much ...
  base::Duration chunk_span = base::Duration::milliseconds(100);  // ... or reaches this far from its first `published`
};

// Writes an MCAP file (https://mcap.dev/spec) that ros2 bag, Foxglove, Lichtblick and Rerun open: profile "ros2", CDR
// messages, ros2msg schemas, indexed chunks, statistics and summary. Not closed properly, it is still readable up to
// the last whole chunk. Not thread-safe: one owner.
class DriveWriter {
 public:
  static base::Result<DriveWriter> create(const std::string& path, WriteOptions options = {});
  DriveWriter(DriveWriter&&) noexcept;
  DriveWriter& operator=(DriveWriter&&) noexcept;
  ~DriveWriter();  // closes; call close() to hear about errors

  // Returns the channel's index for write(). The same topic twice is a bug (asserted).
  int add_channel(const std::string& topic, const std::string& type, const std::string& schema_text,
                  const std::map<std::string, std::string>& metadata = {});
  int add_channel(const std::string& topic, const base::MessageType& type,
                  const std::map<std::string, std::string>& metadata = {}) {
    return add_channel(topic, std::string(type.name), type.schema_text(), metadata);
  }

  // A channel as a reader found it, encodings kept; topics may repeat.
  int add_channel(const DriveChannel& channel);

  // Errors name the path and the system's reason (disk full, ...); what was written before stays valid.
  base::Status write(int channel, std::uint64_t sequence, base::Time stamp, base::Time published,
                     std::span<const std::uint8_t> cdr);

  // Encodes and writes one struct; the sequence counts up per channel.
  template <base::FieldStruct T>
  base::Status write(int channel, base::Time stamp, base::Time published, const T& value) {
    base::encode_cdr(value, scratch_);
    return write(channel, next_sequence(channel), stamp, published, scratch_);
  }

  base::Status attach(const std::string& name, const std::string& media_type, base::Time time,
                      std::span<const std::uint8_t> data);
  base::Status add_metadata(const std::string& name, const std::map<std::string, std::string>& values);
  // Closes the current chunk: everything written so far survives the death of the process.
  base::Status flush();
  // Waits until what stands in the file is on the disk and survives the machine, too. The one call that another thread
  // may make while its owner writes.
  base::Status sync() const;
  // Whether chunks are compressed as `options` say (the beginning) or stored as they are, from the next one on.
  void compress(bool is_on);
  base::Status close();

 private:
  struct State;
  explicit DriveWriter(std::unique_ptr<State> state);
  std::uint64_t next_sequence(int channel);
  std::unique_ptr<State> state_;
  base::Bytes scratch_;
};

}  // namespace hangil::recording
