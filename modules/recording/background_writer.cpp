// SPDX-License-Identifier: Apache-2.0
#include "recording/background_writer.hpp"

namespace hangil::recording {

BackgroundWriter::BackgroundWriter(DriveWriter writer, WhenFull when_full, std::size_t max_queued_bytes)
    : writer_(std::move(writer)), when_full_(when_full), max_queued_bytes_(max_queued_bytes) {
  thread_ = std::thread([this] { work(); });
}

BackgroundWriter::~BackgroundWriter() { static_cast<void>(close()); }

void BackgroundWriter::push(QueuedMessage message) {
  const std::size_t size = message.cdr->size();
  std::unique_lock lock(mutex_);
  if (!has_room(size) && when_full_ == WhenFull::kDrop) {
    ++lost_count_;
    return;
  }
  has_room_.wait(lock, [&] { return has_room(size); });
  queued_bytes_ += size;
  queue_.push_back(std::move(message));
  lock.unlock();
  has_work_.notify_one();
}

void BackgroundWriter::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    has_work_.wait(lock, [&] { return !queue_.empty() || is_closing_; });
    if (queue_.empty()) return;
    const QueuedMessage message = std::move(queue_.front());
    queue_.pop_front();
    queued_bytes_ -= message.cdr->size();
    const bool is_healthy = first_error_.ok();
    lock.unlock();
    has_room_.notify_all();
    base::Status status;
    if (is_healthy)
      status = writer_.write(message.channel, message.sequence, message.stamp, message.published, *message.cdr);
    lock.lock();
    if (!status) first_error_ = status;
    if (!status || !is_healthy) ++lost_count_;
  }
}

base::Status BackgroundWriter::close() {
  {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
  }
  has_work_.notify_one();
  if (thread_.joinable()) {
    thread_.join();
    const base::Status closed = writer_.close();
    if (first_error_.ok()) first_error_ = closed;
  }
  return first_error_;
}

std::uint64_t BackgroundWriter::lost_count() const {
  const std::lock_guard lock(mutex_);
  return lost_count_;
}

}  // namespace hangil::recording
