// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "recording/drive_writer.hpp"

namespace hangil::recording {

// One message on its way to the file; the bytes are shared with whoever made them, never copied.
struct QueuedMessage {
  int channel = -1;
  std::uint64_t sequence = 0;
  base::Time stamp, published;
  std::shared_ptr<const base::Bytes> cdr;
};

// Writes a drive on a thread of its own, so that compression and the disk cost the driving threads nothing. The queue
// is bounded: when it is full, replay waits, a live drive drops the message and counts it.
class BackgroundWriter {
 public:
  enum class WhenFull { kWait, kDrop };

  BackgroundWriter(DriveWriter writer, WhenFull when_full, std::size_t max_queued_bytes = 64 << 20);
  BackgroundWriter(const BackgroundWriter&) = delete;
  BackgroundWriter& operator=(const BackgroundWriter&) = delete;
  ~BackgroundWriter();

  // From any thread. After a write error everything is discarded; close() tells.
  void push(QueuedMessage message);

  // Writes what is queued, closes the file and returns the first error of all.
  base::Status close();

  std::uint64_t lost_count() const;

 private:
  void work();
  bool has_room(std::size_t size) const { return queue_.empty() || queued_bytes_ + size <= max_queued_bytes_; }

  DriveWriter writer_;
  WhenFull when_full_;
  std::size_t max_queued_bytes_;
  mutable std::mutex mutex_;
  std::condition_variable has_work_, has_room_;
  std::deque<QueuedMessage> queue_;
  std::size_t queued_bytes_ = 0;
  std::uint64_t lost_count_ = 0;
  bool is_closing_ = false;
  base::Status first_error_;
  std::thread thread_;
};

}  // namespace hangil::recording
