// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "messages/catalog.hpp"

// The first byte picks the message type, the rest is its CDR form: a value that encodes again, or an error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto types = hangil::messages::all_types();
  const hangil::base::MessageType& type = *types[data[0] % types.size()];
  const auto value = type.decode({data + 1, size - 1});
  if (!value.ok()) return value.error().message.empty() ? std::abort(), 0 : 0;
  hangil::base::Bytes first, second;
  type.encode(value->get(), first);
  const auto again = type.decode(first);
  if (!again.ok()) std::abort();
  type.encode(again->get(), second);
  if (first != second) std::abort();
  return 0;
}
