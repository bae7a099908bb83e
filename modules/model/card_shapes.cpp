// SPDX-License-Identifier: Apache-2.0
#include "model/trial.hpp"

namespace hangil::model {

namespace {

base::Status check_one(const CardTensor& tensor, int channels, MapSize size) {
  const std::string real = shape_text({1, channels, size.height, size.width});
  if (tensor.shape == real) return {};
  return base::Error{"card.yaml: '" + tensor.name + "' is said to be " + tensor.shape + ", the network's is " + real};
}

}  // namespace

base::Result<MapSize> card_input_size(const Card& card) {
  const auto shape = card.inputs.size() == 1 ? parse_shape(card.inputs[0].shape) : std::nullopt;
  const bool is_picture = shape && shape->size() == 4 && (*shape)[0] == 1 && (*shape)[2] <= 8192 && (*shape)[3] <= 8192;
  if (!is_picture) return base::Error{"card.yaml: one input of shape 1xCxHxW is needed, sides of 8192 at most"};
  return MapSize{static_cast<int>((*shape)[2]), static_cast<int>((*shape)[3])};
}

base::Status check_shapes(const Card& card, const Network& network) {
  const auto input = card_input_size(card);
  if (!input) return input.error();
  if (const auto status = check_one(card.inputs[0], network.layers.front().channels, *input); !status) return status;
  if (card.outputs.size() != network.outputs.size()) {
    return base::Error{"card.yaml: " + std::to_string(card.outputs.size()) + " outputs are named, the network has " +
                       std::to_string(network.outputs.size())};
  }
  const std::vector<MapSize> sizes = map_sizes(network, *input);
  for (std::size_t i = 0; i < network.outputs.size(); ++i) {
    const auto layer = static_cast<std::size_t>(network.outputs[i]);
    const auto status = check_one(card.outputs[i], network.layers[layer].channels, sizes[layer]);
    if (!status) return status;
  }
  return {};
}

}  // namespace hangil::model
