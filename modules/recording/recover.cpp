// SPDX-License-Identifier: Apache-2.0
#include "recording/recover.hpp"

#include <filesystem>

#include "recording/chunk_merge.hpp"

namespace hangil::recording {

namespace {

base::Status copy_messages(const FileSource& source, const DriveIndex& index, DriveWriter& writer,
                           RecoverReport& report, const std::function<void(double)>& progress) {
  const MessageFilter filter = make_filter(index, {});
  ChunkMerge merge(source);
  for (const ChunkPlace& place : index.chunks) {
    progress(static_cast<double>(place.offset) / static_cast<double>(source.size()));
    if (auto status = merge.add(place, filter); !status) report.lost.push_back(status.error().message);
    while (!merge.empty()) {
      const auto message = merge.take();
      if (!message) return message.error();
      const auto status =
          writer.write(message->channel, message->sequence, message->stamp, message->published, message->cdr);
      if (!status) return status;
      ++report.kept_message_count;
    }
  }
  progress(1.0);
  return {};
}

base::Status copy_attachments(const FileSource& source, const DriveIndex& index, DriveWriter& writer,
                              RecoverReport& report) {
  for (const DriveAttachment& attachment : index.attachments) {
    const auto data = read_attachment(source, attachment);
    if (!data) {
      report.lost.push_back("attachment '" + attachment.name + "': " + data.error().message);
      continue;
    }
    auto status = writer.attach(attachment.name, attachment.media_type, attachment.time, *data);
    if (!status) return status;
  }
  return {};
}

}  // namespace

base::Result<RecoverReport> recover_drive(const std::string& broken, const std::string& mended, WriteOptions options,
                                          const std::function<void(double)>& progress, const Metadata& added) {
  std::error_code ignored;
  if (std::filesystem::equivalent(broken, mended, ignored)) {
    return base::Error{mended + ": is the file to be read; give another one to write"};
  }
  const auto source = FileSource::open(broken);
  if (!source) return source.error();
  if (auto status = check_magic(*source); !status) return status.error();
  const auto index = scan_file(*source);
  if (!index) return index.error();
  auto writer = DriveWriter::create(mended, options);
  if (!writer) return writer.error();
  RecoverReport report{0, index->lost_message_count, index->damage};
  for (const DriveChannel& channel : index->channels) writer->add_channel(channel);
  base::Status status;
  for (const Metadata& records : {index->metadata, added}) {
    for (const auto& [name, values] : records) {
      if (status) status = writer->add_metadata(name, values);
    }
  }
  if (status) status = copy_messages(*source, *index, *writer, report, progress);
  if (status) status = copy_attachments(*source, *index, *writer, report);
  if (status) status = writer->close();
  if (!status) return status.error();
  return report;
}

}  // namespace hangil::recording
