// SPDX-License-Identifier: Apache-2.0
#include "recording/drive_index.hpp"

#include <algorithm>

#include "recording/crc32.hpp"

namespace hangil::recording {

base::Status check_magic(const FileSource& source) {
  std::uint8_t magic[sizeof mcap::kMagic] = {};
  if (source.size() < sizeof magic) return source.error(0, "not an MCAP file: shorter than its magic bytes");
  if (auto status = source.read(0, sizeof magic, magic); !status) return status;
  if (std::equal(std::begin(magic), std::end(magic), mcap::kMagic)) return {};
  return source.error(0, "not an MCAP file: it does not begin with the magic bytes");
}

base::Result<DriveIndex> read_drive_index(const FileSource& source) {
  if (auto status = check_magic(source); !status) return status.error();
  auto summary = read_summary(source);
  if (summary && *summary) return **std::move(summary);
  auto index = scan_file(source);
  if (index && !summary && index->damage.empty()) {
    index->damage.push_back("only the summary is broken: " + summary.error().message);
  }
  return index;
}

base::Result<base::Bytes> read_attachment(const FileSource& source, const DriveAttachment& attachment) {
  constexpr std::uint64_t kCrcBytes = sizeof(std::uint32_t), kMostBytes = std::uint64_t{1} << 30;
  if (attachment.length > kMostBytes || attachment.length < mcap::kRecordHeaderBytes + kCrcBytes) {
    return source.error(attachment.offset, "attachment of " + std::to_string(attachment.length) + " bytes refused");
  }
  base::Bytes record(attachment.length);
  if (auto status = source.read(attachment.offset, record.size(), record.data()); !status) return status.error();
  mcap::ByteSpan content = mcap::ByteSpan(record).subspan(mcap::kRecordHeaderBytes);
  const std::uint32_t stored = mcap::ByteReader(content.last(kCrcBytes)).u32();
  content = content.first(content.size() - kCrcBytes);
  if (stored != 0 && stored != crc32(content)) return source.error(attachment.offset, "attachment: CRC does not match");
  const auto header = mcap::parse_attachment_header(content);
  if (!header || header->data_size > content.size()) return source.error(attachment.offset, "broken attachment");
  const mcap::ByteSpan data = content.last(header->data_size);
  return base::Bytes(data.begin(), data.end());
}

}  // namespace hangil::recording
