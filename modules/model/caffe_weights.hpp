// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "model/weights.hpp"

namespace hangil::model {

// The trained numbers of a Caffe model (NetParameter of caffe.proto, layers as of 2014 on): each layer's first two
// blobs as <layer>.weight and <layer>.bias. Nothing of the network's structure is read. `name` stands for the file in
// messages. Refused: bytes that are no such message, blobs whose shape does not fit their count, numbers that are not
// finite, two layers of one name, a file without weights.
base::Result<Weights> parse_caffe_weights(std::span<const std::uint8_t> bytes, const std::string& name);
base::Result<Weights> read_caffe_weights(const std::string& path);

}  // namespace hangil::model
