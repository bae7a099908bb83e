// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "recording/background_writer.hpp"
#include "recording/drive_reader.hpp"
#include "runtime/replay.hpp"

namespace hangil::cli {

// Writes a driven recording that can be evaluated and driven again alone: the input's channels (where there is an
// input) as they were published, every module's outputs, and what the run says about itself.
class DriveRecorder {
 public:
  static base::Result<std::unique_ptr<DriveRecorder>> create(const std::string& path,
                                                             const recording::DriveReader* input,
                                                             const runtime::Graph& graph,
                                                             const recording::BackgroundOptions& options);

  void pass(const recording::DriveMessage& message);           // of a channel that the graph does not read
  void message(int channel, const runtime::Message& message);  // of a channel of the graph, as it was published
  void log(std::vector<std::uint8_t> bytes, base::Time time);
  void info(const runtime::RunInfo& info, base::Time time);
  void activation(const runtime::ActivationRecord& record);
  void drop(const runtime::DropRecord& drop);
  void event(const runtime::EventRecord& event);
  void summary(const runtime::RunSummary& summary, base::Time time);
  base::Status close() { return writer_->close(); }
  std::string trouble() const { return writer_->trouble(); }  // empty: none so far
  std::uint64_t lost_count() const { return writer_->lost_count(); }

 private:
  struct OwnChannel {
    int index = -1;
    std::uint64_t next_sequence = 0;
  };

  template <base::FieldStruct T>
  void write(OwnChannel& channel, base::Time time, const T& value) {
    auto bytes = std::make_shared<base::Bytes>();
    base::encode_cdr(value, *bytes);
    writer_->push({channel.index, channel.next_sequence++, time, time, std::move(bytes)});
  }

  std::unique_ptr<recording::BackgroundWriter> writer_;
  std::vector<int> passed_channels_, graph_channels_;  // index in the file; -1: not written
  OwnChannel info_, activation_, drop_, event_, summary_, log_;
};

}  // namespace hangil::cli
