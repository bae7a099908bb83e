// SPDX-License-Identifier: Apache-2.0
#include "recording/background_writer.hpp"

#include <algorithm>

namespace hangil::recording {

namespace {

constexpr std::size_t kSmallBytes = 64 << 10;

std::chrono::nanoseconds span_of(base::Duration duration) { return std::chrono::nanoseconds(duration.ns); }

}  // namespace

BackgroundOptions BackgroundOptions::of_live_drive() {
  return {.when_full = WhenFull::kDrop, .sync_every = base::Duration::seconds(1), .stores_plain_when_late = true};
}

BackgroundWriter::BackgroundWriter(DriveWriter writer, BackgroundOptions options)
    : writer_(std::move(writer)), options_(options) {
  thread_ = std::thread([this] { work(); });
  if (options_.sync_every.ns > 0) sync_thread_ = std::thread([this] { sync(); });
}

BackgroundWriter::~BackgroundWriter() { static_cast<void>(close()); }

bool BackgroundWriter::has_room(std::size_t size) const {
  const std::size_t limit = options_.max_queued_bytes * (size < kSmallBytes ? 2 : 1);
  return queue_.empty() || queued_bytes_ + size <= limit;
}

void BackgroundWriter::push(QueuedMessage message) {
  const std::size_t size = message.cdr->size();
  const auto now = Clock::now();
  Lock lock(mutex_);
  if (!has_room(size) && options_.when_full == WhenFull::kDrop) {
    ++lost_count_, ++dropped_count_;
    return;
  }
  has_room_.wait(lock, [&] { return has_room(size); });
  queued_bytes_ += size;
  queue_.push_back({std::move(message), now});
  const bool must_wake = std::exchange(is_idle_, false);
  lock.unlock();
  if (must_wake) has_work_.notify_one();
}

void BackgroundWriter::work() {
  Lock lock(mutex_);
  while (wait_for_work(lock)) {
    if (has_unflushed_ && Clock::now() >= flush_at_) flush(lock);
    if (!queue_.empty()) write_next(lock);
  }
}

// False when all is written and nothing more will come.
bool BackgroundWriter::wait_for_work(Lock& lock) {
  while (queue_.empty()) {
    if (is_closing_) return false;
    is_idle_ = true;
    if (!has_unflushed_) {
      has_work_.wait(lock);
    } else if (has_work_.wait_until(lock, flush_at_) == std::cv_status::timeout) {
      return true;
    }
  }
  return true;
}

void BackgroundWriter::write_next(Lock& lock) {
  Entry entry = std::move(queue_.front());
  const QueuedMessage& message = entry.message;
  queue_.pop_front();
  queued_bytes_ -= message.cdr->size();
  const bool is_healthy = first_error_.ok();
  const auto flush_every = span_of(options_.flush_every);
  if (!std::exchange(has_unflushed_, true)) flush_at_ = std::max(entry.queued_at, flushed_at_) + flush_every;
  lock.unlock();
  has_room_.notify_all();
  base::Status status;
  if (is_healthy) {
    if (options_.stores_plain_when_late) writer_.compress(Clock::now() - entry.queued_at < flush_every);
    status = writer_.write(message.channel, message.sequence, message.stamp, message.published, *message.cdr);
  }
  entry.message.cdr.reset();  // freeing a scan takes time that whoever wants to push should not wait for
  lock.lock();
  keep(status);
  is_dirty_ |= is_healthy;
  if (!status || !is_healthy) ++lost_count_;
}

void BackgroundWriter::flush(Lock& lock) {
  has_unflushed_ = false;
  flushed_at_ = Clock::now();
  lock.unlock();
  const base::Status status = writer_.flush();
  lock.lock();
  keep(status);
}

void BackgroundWriter::keep(const base::Status& status) {
  if (!status && first_error_.ok()) first_error_ = status;
}

// A large dirty window can hold a sync for hundreds of milliseconds; here it holds nobody.
void BackgroundWriter::sync() {
  Lock lock(mutex_);
  while (!is_over_.wait_for(lock, span_of(options_.sync_every), [this] { return is_closing_; })) {
    if (!std::exchange(is_dirty_, false) || !first_error_.ok()) continue;
    lock.unlock();
    const base::Status status = writer_.sync();
    lock.lock();
    keep(status);
  }
}

base::Status BackgroundWriter::close() {
  {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
  }
  has_work_.notify_one();
  is_over_.notify_one();
  if (sync_thread_.joinable()) sync_thread_.join();
  if (thread_.joinable()) {
    thread_.join();
    const base::Status closed = writer_.close();
    const std::lock_guard lock(mutex_);
    keep(closed);
  }
  return first_error_;
}

std::uint64_t BackgroundWriter::lost_count() const {
  const std::lock_guard lock(mutex_);
  return lost_count_;
}

std::string BackgroundWriter::trouble() const {
  const std::lock_guard lock(mutex_);
  if (!first_error_) return first_error_.error().message;
  if (dropped_count_ == 0) return "";
  return "the disk is too slow for this recording: messages are dropped from it";
}

}  // namespace hangil::recording
