// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "model/caffe_weights.hpp"
#include "model/card.hpp"
#include "model/manifest.hpp"

// Any bytes are a card, a manifest or a Caffe model, or an error that names the file; what was read once is read again
// from its text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hangil::model;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto manifest = parse_manifest(text, "fuzz");
  if (!manifest && manifest.error().message.find("fuzz") != 0) std::abort();
  const auto weights = parse_caffe_weights({data, size}, "fuzz");
  if (!weights && weights.error().message.find("fuzz") != 0) std::abort();
  const auto card = parse_card(text, "fuzz");
  if (!card && card.error().message.find("fuzz") != 0) std::abort();
  if (card && !parse_card(card_text(*card), "again")) std::abort();
  return 0;
}
