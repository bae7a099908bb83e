// SPDX-License-Identifier: Apache-2.0
#include "model/made_input.hpp"
#include "model/torch_network.hpp"
#include "model/trial.hpp"

namespace hangil::model {

Precision precision_here(const Card& card) {
#if defined(__x86_64__)
  return card.allows_bfloat16 && __builtin_cpu_supports("avx512bf16") ? Precision::kBfloat16 : Precision::kFloat32;
#else
  return Precision::kFloat32;
#endif
}

base::Result<Trial> network_trial(const Network& network, const Card& card) {
  if (const auto status = check_shapes(card, network); !status) return status.error();
  const MapSize size = *card_input_size(card);
  auto run = torch_network(network, {.input = size});
  if (!run) return run.error();
  Trial trial;
  trial.operation_count = operation_count(network, size);
  const auto count = static_cast<std::size_t>(size.height) * static_cast<std::size_t>(size.width) *
                     static_cast<std::size_t>(network.layers.front().channels);
  trial.answer = [run = *std::move(run), count](std::vector<std::vector<float>>& outputs) {
    return run(made_input(count), outputs);
  };
  return trial;
}

}  // namespace hangil::model
