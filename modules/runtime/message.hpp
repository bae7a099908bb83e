// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "base/message_type.hpp"
#include "base/time.hpp"

namespace hangil::runtime {

// One message on a channel (time model, rule 1): immutable, identified by (channel, sequence).
struct Message {
  std::uint64_t sequence = 0;
  base::Time stamp;      // when the world was measured
  base::Time published;  // when it became visible
  std::uint64_t digest = 0;
  std::shared_ptr<const void> value;       // of the channel's type; null when nobody reads it
  std::shared_ptr<const base::Bytes> cdr;  // null unless the run keeps bytes
  std::int64_t host_filed_ns = 0;          // when it really became available; measurement only
  std::uint64_t origin = 0;                // newest frame in its ancestry, counted from 1; 0: none
};

using MessagePtr = std::shared_ptr<const Message>;

// What a module sees of one message. Test it before use: an input may have nothing yet.
template <class T>
struct View {
  const Message* message = nullptr;

  explicit operator bool() const { return message != nullptr; }
  const T& operator*() const { return *static_cast<const T*>(message->value.get()); }
  const T* operator->() const { return &**this; }
  base::Time stamp() const { return message->stamp; }
  base::Time published() const { return message->published; }
};

}  // namespace hangil::runtime
