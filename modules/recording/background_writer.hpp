// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
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

enum class WhenFull { kWait, kDrop };

struct BackgroundOptions {
  WhenFull when_full = WhenFull::kWait;
  std::size_t max_queued_bytes = 64 << 20;  // messages under 64 KiB may fill it twice: they say what was dropped
  // What was queued longer ago stands in the file and survives the death of the process.
  base::Duration flush_every = base::Duration::milliseconds(50);
  base::Duration sync_every;            // fdatasync, on a thread of its own; 0: left to the system
  bool stores_plain_when_late = false;  // chunks are not compressed while the queue is behind

  // A recording must not slow a drive down, and must outlive it.
  static BackgroundOptions of_live_drive();
};

// Writes a drive on a thread of its own, so that compression and the disk cost the driving threads nothing. The queue
// is bounded: when it is full, replay waits, a live drive drops the message and counts it.
class BackgroundWriter {
 public:
  explicit BackgroundWriter(DriveWriter writer, BackgroundOptions options = {});
  BackgroundWriter(const BackgroundWriter&) = delete;
  BackgroundWriter& operator=(const BackgroundWriter&) = delete;
  ~BackgroundWriter();

  // From any thread. After a write error everything is discarded; trouble() and close() tell.
  void push(QueuedMessage message);

  // Writes what is queued, closes the file and returns the first error of all.
  base::Status close();

  // Messages that are not in the file: dropped for want of room, or behind a write error.
  std::uint64_t lost_count() const;
  // What went wrong so far, for a person; empty: nothing. May be asked while messages are pushed.
  std::string trouble() const;

 private:
  using Lock = std::unique_lock<std::mutex>;
  // allowed: how long bytes wait is measured; no message or digest depends on it
  using Clock = std::chrono::steady_clock;
  struct Entry {
    QueuedMessage message;
    Clock::time_point queued_at;
  };

  void work();
  bool wait_for_work(Lock& lock);
  void write_next(Lock& lock);
  void flush(Lock& lock);
  void keep(const base::Status& status);
  void sync();
  bool has_room(std::size_t size) const;

  DriveWriter writer_;
  BackgroundOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable has_work_, has_room_, is_over_;
  std::deque<Entry> queue_;
  std::size_t queued_bytes_ = 0;
  std::uint64_t lost_count_ = 0, dropped_count_ = 0;
  bool is_closing_ = false, is_idle_ = false, is_dirty_ = false, has_unflushed_ = false;
  Clock::time_point flush_at_, flushed_at_;
  base::Status first_error_;
  std::thread thread_, sync_thread_;
};

}  // namespace hangil::recording
