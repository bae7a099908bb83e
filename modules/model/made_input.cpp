// SPDX-License-Identifier: Apache-2.0
#include "model/made_input.hpp"

#include <cmath>

#include "base/json.hpp"

namespace hangil::model {

namespace {

base::Status check_answer(const KnownAnswer& answer, const std::vector<float>& output) {
  double sum = 0, square_sum = 0;
  for (const float value : output) {
    sum += static_cast<double>(value);
    square_sum += static_cast<double>(value) * static_cast<double>(value);
  }
  const auto count = static_cast<double>(output.size());
  const double mean = sum / count, mean_square = square_sum / count;
  const double allowed = answer.tolerance_ratio * std::sqrt(answer.mean_square);
  const bool is_same = std::abs(mean - answer.mean) <= allowed &&
                       std::abs(std::sqrt(mean_square) - std::sqrt(answer.mean_square)) <= allowed;
  if (is_same) return {};
  return base::Error{"output '" + answer.output + "' answers the made input with mean " + base::json_number(mean) +
                     " and mean square " + base::json_number(mean_square) + "; the card says " +
                     base::json_number(answer.mean) + " and " + base::json_number(answer.mean_square)};
}

}  // namespace

std::vector<float> made_input(std::size_t count) {
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t mixed = static_cast<std::uint32_t>(i) * 2654435761U;
    values[i] = static_cast<float>(mixed >> 8) / static_cast<float>(1 << 24) * 2 - 1;
  }
  return values;
}

base::Status check_known_answers(const Card& card, const std::vector<std::vector<float>>& outputs) {
  if (card.known_answers.size() != outputs.size()) {
    return base::Error{"the card of " + card.name + " knows " + std::to_string(card.known_answers.size()) +
                       " answers, the network gives " + std::to_string(outputs.size())};
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (const auto status = check_answer(card.known_answers[i], outputs[i]); !status) return status;
  }
  return {};
}

}  // namespace hangil::model
