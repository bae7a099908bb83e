// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "fuzz/memory_file.hpp"
#include "recording/drive_reader.hpp"
#include "recording/recover.hpp"

namespace {

// Counts messages, reading past errors; aborts when messages come out of order or reading does not end.
std::uint64_t read_all(const std::string& path, std::size_t size) {
  auto reader = hangil::recording::DriveReader::open(path);
  if (!reader.ok()) return reader.error().message.empty() ? std::abort(), 0 : 0;
  for (const auto& attachment : reader->attachments()) (void)reader->read_attachment(attachment);
  std::uint64_t count = 0;
  hangil::base::Time last{INT64_MIN};
  for (std::size_t i = 0; i <= 1'000'000 + size; ++i) {
    const auto message = reader->next();
    if (!message.ok()) continue;
    if (!message->has_value()) return count;
    const hangil::recording::DriveMessage& found = **message;
    if (found.published < last || found.channel < 0) std::abort();
    if (static_cast<std::size_t>(found.channel) >= reader->channels().size()) std::abort();
    last = found.published;
    ++count;
  }
  std::abort();
}

}  // namespace

// Any bytes are read as far as they go, and what is recovered from them is sound.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static MemoryFile broken, mended;
  broken.fill(data, size);
  (void)read_all(broken.path(), size);
  const auto report = hangil::recording::recover_drive(broken.path(), mended.path());
  if (!report.ok()) return 0;
  const auto reader = hangil::recording::DriveReader::open(mended.path());
  if (!reader.ok() || !reader->damage().empty()) std::abort();
  if (read_all(mended.path(), size) != report->kept_message_count) std::abort();
  return 0;
}
