// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "camera/nanodet.hpp"
#include "camera/shared_models.hpp"
#include "camera/twinlite.hpp"
#include "model/made_input.hpp"
#include "model/torch_network.hpp"

namespace hangil::camera {

namespace {

using Outputs = std::vector<std::vector<float>>;

Outputs answers(const model::Network& network, model::MapSize size, model::Precision precision) {
  const auto run = model::torch_network(network, {.input = size, .precision = precision});
  if (!run) ADD_FAILURE() << run.error().message;
  Outputs outputs;
  if (!run) return outputs;
  const auto count = static_cast<std::size_t>(size.height * size.width * 3);
  const auto status = (*run)(model::made_input(count), outputs);
  EXPECT_TRUE(status) << status.error().message;
  return outputs;
}

struct Answer {
  double mean, mean_square;
};

void expect_answers(const Outputs& outputs, const std::vector<Answer>& answers) {
  model::Card card;
  for (const Answer& answer : answers) card.known_answers.push_back({"", answer.mean, answer.mean_square, 1e-4});
  const auto status = model::check_known_answers(card, outputs);
  EXPECT_TRUE(status) << status.error().message;
}

}  // namespace

// The answers come from an independent run of the authors' graphs.
TEST(Nanodet, AnswersAsTheAuthorsGraphDoes) {
  HANGIL_NEEDS_DATA(shared_model("nanodet_plus_m_416"));
  const auto weights = model::read_weights(shared_model("nanodet_plus_m_416"));
  ASSERT_TRUE(weights) << weights.error().message;
  const auto network = nanodet_network(*weights);
  ASSERT_TRUE(network) << network.error().message;
  expect_answers(answers(*network, {416, 416}, model::Precision::kFloat32),
                 {{-4.713581792633189, 28.813835410573265},
                  {-4.84875025300773, 29.416147138441907},
                  {-4.586277299541008, 25.814079682591522},
                  {-4.6263182085674694, 25.866802414845044}});
}

TEST(Twinlite, AnswersAsTheAuthorsGraphDoes) {
  HANGIL_NEEDS_DATA(shared_model("twinlitenetplus_small"));
  const auto weights = model::read_weights(shared_model("twinlitenetplus_small"));
  ASSERT_TRUE(weights) << weights.error().message;
  const auto network = twinlite_network(*weights);
  ASSERT_TRUE(network) << network.error().message;
  expect_answers(answers(*network, {384, 640}, model::Precision::kFloat32),
                 {{-1.8061889312767259, 20.946144546956567}, {-4.161541897357558, 70.03587769200172}});
}

TEST(Nanodet, WeightsOfAnotherNetworkAreRefused) {
  const auto network = nanodet_network(model::Weights());
  ASSERT_FALSE(network);
  EXPECT_NE(network.error().message.find("no tensor"), std::string::npos) << network.error().message;
}

}  // namespace hangil::camera
