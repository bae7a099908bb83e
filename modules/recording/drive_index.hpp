// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "recording/drive_reader.hpp"
#include "recording/file_source.hpp"
#include "recording/mcap_records.hpp"

namespace hangil::recording {

// Where messages lie: a chunk, or a run of message records outside chunks.
struct ChunkPlace {
  std::uint64_t offset = 0, length = 0;  // of the whole record or run, in bytes
  std::uint64_t uncompressed_bytes = 0;
  std::string compression;
  bool is_run = false;
  base::Time start, end;                   // least and greatest published
  std::vector<std::uint16_t> channel_ids;  // sorted; empty: not known
};

// What is where in an MCAP file.
struct DriveIndex {
  std::string profile, library;
  std::vector<DriveChannel> channels;      // in order of channel id
  std::vector<std::uint16_t> channel_ids;  // of `channels`
  std::vector<ChunkPlace> chunks;          // in file order
  std::vector<DriveAttachment> attachments;
  std::map<std::string, std::map<std::string, std::string>> metadata;
  base::Time start, end;
  std::uint64_t message_count = 0;
  bool has_summary = false;  // false: found by reading the whole file
  // What a scan could not read: one line a place, the first few, and at least how many messages.
  std::vector<std::string> damage;
  std::uint64_t lost_message_count = 0;
};

// Notes one more damaged place; beyond the first 20 they are only counted.
void add_damage(DriveIndex& index, std::uint64_t& count, const std::string& what);

// Error: not an MCAP file.
base::Status check_magic(const FileSource& source);
// By the file's own summary; nothing when the writer left it out or incomplete. Error: it is broken, or the file was
// cut off.
base::Result<std::optional<DriveIndex>> read_summary(const FileSource& source);
// By reading every record from the front, decompressing every chunk and skipping what is broken: succeeds on any bytes,
// and fails only when the file cannot be read.
base::Result<DriveIndex> scan_file(const FileSource& source);
// The summary when there is a good one, else a scan. Error: not an MCAP file.
base::Result<DriveIndex> read_drive_index(const FileSource& source);
// The bytes of an attachment, checked against their CRC.
base::Result<base::Bytes> read_attachment(const FileSource& source, const DriveAttachment& attachment);

}  // namespace hangil::recording
