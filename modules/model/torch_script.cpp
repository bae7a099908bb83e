// SPDX-License-Identifier: Apache-2.0
#include "model/torch_script.hpp"

#include <cstring>
#include <sstream>

#include <ATen/Parallel.h>
#include <torch/script.h>

#include "model/file_bytes.hpp"
#include "model/signature.hpp"
#include "model/torchscript_scan.hpp"

namespace hangil::model {

namespace {

constexpr std::int64_t kMostScriptBytes = std::int64_t{1} << 31;

base::Status check_script(const ScriptOrder& order, const std::vector<std::uint8_t>& bytes) {
  if (!order.public_key_hex.empty()) {
    const auto signature = read_file_bytes(order.path + ".sig", 64);
    if (!signature) return signature.error();
    if (const auto status = check_signature(bytes, *signature, order.public_key_hex); !status) {
      return base::Error{order.path + ": " + status.error().message};
    }
  }
  return scan_torchscript(bytes, order.path);
}

void copy_map(const at::Tensor& map, std::vector<float>& into) {
  const at::Tensor last = map.dim() == 4 ? map.permute({0, 2, 3, 1}) : map;
  const at::Tensor rows = last.to(at::kCPU, at::kFloat).contiguous();
  into.resize(static_cast<std::size_t>(rows.numel()));
  std::memcpy(into.data(), rows.data_ptr<float>(), into.size() * sizeof(float));
}

void copy_outputs(const c10::IValue& result, std::vector<std::vector<float>>& outputs) {
  if (result.isTensor()) {
    outputs.resize(1);
    return copy_map(result.toTensor(), outputs[0]);
  }
  const auto elements = result.toTuple()->elements();
  outputs.resize(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) copy_map(elements[i].toTensor(), outputs[i]);
}

base::Status run_script(torch::jit::Module& module, const ScriptOrder& order, std::span<const float> input,
                        std::vector<std::vector<float>>& outputs) {
  const auto [height, width] = order.options.input;
  const std::int64_t count = std::int64_t{1} * order.options.batch * height * width * order.channels;
  if (static_cast<std::int64_t>(input.size()) != count) return base::Error{"network: the input has another length"};
  try {
    const c10::InferenceMode no_gradients;
    at::set_num_threads(1);
    const at::Tensor rows = at::from_blob(const_cast<float*>(input.data()),
                                          {order.options.batch, height, width, order.channels}, at::kFloat);
    const at::Tensor placed = rows.permute({0, 3, 1, 2}).to(order.options.on_gpu ? at::kCUDA : at::kCPU);
    copy_outputs(module.forward({placed}), outputs);
  } catch (const std::exception& exception) {
    return base::Error{order.path + ": LibTorch: " + exception.what()};
  }
  return check_finite(outputs);
}

}  // namespace

base::Result<RunNetwork> torch_script(const ScriptOrder& order) {
  const auto bytes = read_file_bytes(order.path, kMostScriptBytes);
  if (!bytes) return bytes.error();
  if (const auto status = check_script(order, *bytes); !status) return status.error();
  try {
    // From memory: the file that was scanned is the one that is loaded.
    std::istringstream stream(std::string(bytes->begin(), bytes->end()));
    auto module =
        std::make_shared<torch::jit::Module>(torch::jit::load(stream, order.options.on_gpu ? at::kCUDA : at::kCPU));
    module->eval();
    *module = torch::jit::freeze(*module);
    return RunNetwork([module, order](std::span<const float> input, std::vector<std::vector<float>>& outputs) {
      return run_script(*module, order, input, outputs);
    });
  } catch (const std::exception& exception) {
    return base::Error{order.path + ": LibTorch: " + exception.what()};
  }
}

}  // namespace hangil::model
