// SPDX-License-Identifier: Apache-2.0
#include "camera/twinlite.hpp"

#include "model/network_builder.hpp"

namespace hangil::camera {

namespace {

constexpr float kEpsilon = 1e-5F, kWideEpsilon = 1e-3F;  // of batch norms right after a convolution, and of others

class TwinliteBuilder {
 public:
  explicit TwinliteBuilder(const model::Weights& weights) : builder_(weights) {}

  base::Result<model::Network> build() {
    const int picture = builder_.input(3);
    half_ = builder_.average_pool(picture);
    quarter_ = builder_.average_pool(half_);
    const int level1 = block(picture, "encoder.level1", 8, 2);
    const int b1 = block(builder_.concatenate({level1, half_}), "encoder.b1", 16);
    const int level2_0 = shrink(b1, "encoder.level2_0", 6, 8);
    const int level2 = dilated(dilated(level2_0, "encoder.level2.0", 6, 8), "encoder.level2.1", 6, 8);
    const int b2 = block(builder_.concatenate({level2, level2_0, quarter_}), "encoder.b2", 67);
    const int level3_0 = shrink(b2, "encoder.level3_0", 12, 16);
    int level3 = level3_0;
    for (const char* name : {"encoder.level3.0", "encoder.level3.1", "encoder.level3.2"}) {
      level3 = dilated(level3, name, 12, 16);
    }
    const int b3 = block(builder_.concatenate({level3_0, level3}), "encoder.b3", 32);
    const int shared = block(attention(b3), "conv_caam", 16);
    return builder_.finish({decoder(shared, "da"), decoder(shared, "ll")});
  }

 private:
  // Batch norm and slopes that stand under `name`.
  int finished(int layer, const std::string& name, float epsilon = kWideEpsilon) {
    return builder_.parametric(builder_.batch_norm(layer, {name + ".bn", epsilon}), name + ".act");
  }

  int block(int from, const std::string& name, int channels, int stride = 1) {
    return finished(builder_.convolution(from, name + ".conv", {channels, 3, stride}), name, kEpsilon);
  }

  // d1 and the running sums of d2, d4, d8 and d16 side by side (ESPNet, arXiv:1803.06815).
  int pyramid(int d1, const std::vector<int>& wider) {
    std::vector<int> parts = {d1, wider[0]};
    for (std::size_t i = 1; i < wider.size(); ++i) parts.push_back(builder_.add(parts.back(), wider[i]));
    return builder_.concatenate(parts);
  }

  int shrink(int from, const std::string& name, int narrow, int first) {
    const int c1 = builder_.convolution(from, name + ".c1.conv", {narrow, 3, 2});
    const auto branch = [&](int dilation) {
      return builder_.convolution(c1, name + ".d" + std::to_string(dilation) + ".conv",
                                  {dilation == 1 ? first : narrow, 3, 1, dilation});
    };
    const int d1 = branch(1), d2 = branch(2), d4 = branch(4), d8 = branch(8), d16 = branch(16);
    return finished(pyramid(d1, {d2, d4, d8, d16}), name);
  }

  int dilated(int from, const std::string& name, int narrow, int first) {
    const std::string c1_name = name + ".c1";
    const int c1 = builder_.pointwise_after_scale(from, c1_name + ".depthwise", c1_name + ".pointwise", narrow);
    const auto branch = [&](int dilation) {
      const std::string part = name + ".d" + std::to_string(dilation);
      const int wide = builder_.convolution(c1, part + ".depthwise", {narrow, 3, 1, dilation, narrow});
      return builder_.convolution(wide, part + ".pointwise", {dilation == 1 ? first : narrow});
    };
    const int d1 = branch(1), d2 = branch(2), d4 = branch(4), d8 = branch(8), d16 = branch(16);
    return finished(builder_.add(from, pyramid(d1, {d2, d4, d8, d16})), name + ".bn");
  }

  int attention(int from) {
    const int maps = builder_.convolution(from, "caam.conv_cam", {.channels = 32, .has_bias = true});
    const int attended = builder_.class_attention(from, maps, "caam", 2, 4);
    const int wide = builder_.convolution(attended, "caam.conv_out.0", {32});
    const int normed = builder_.batch_norm(wide, {"caam.conv_out.1", kEpsilon});
    return builder_.add(from, builder_.parametric(normed, "caam.conv_out.2"));
  }

  int up(int from, const std::string& name, int channels) {
    return finished(builder_.deconvolution(from, name + ".deconv", channels), name);
  }

  int decoder(int from, const std::string& task) {
    int x = from;
    for (const auto& [stage, picture] : {std::pair{"up_1_", quarter_}, std::pair{"up_2_", half_}}) {
      const std::string name = stage + task;
      x = builder_.concatenate({up(x, name + ".up_conv", 8), picture});
      x = block(block(x, name + ".conv1", 8), name + ".conv2", 8);
    }
    return block(up(x, "out_" + task + ".up_conv", 2), "out_" + task + ".conv2", 2);
  }

  model::NetworkBuilder builder_;
  int half_ = 0, quarter_ = 0;
};

}  // namespace

base::Result<model::Network> twinlite_network(const model::Weights& weights) {
  return TwinliteBuilder(weights).build();
}

}  // namespace hangil::camera
