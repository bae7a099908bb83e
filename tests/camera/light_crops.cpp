// SPDX-License-Identifier: Apache-2.0
#include "camera/light_crops.hpp"

#include <fstream>
#include <iterator>

#include "camera/imaging.hpp"
#include "camera/light_state.hpp"

namespace hangil::camera {

LightScore score_lights() {
  using messages::LightState;
  LightScore score;
  for (const auto& [name, state] : {std::pair{"red", LightState::kRed}, std::pair{"yellow", LightState::kYellow},
                                    std::pair{"green", LightState::kGreen}}) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(light_crops_dir() + "/" + name, ignored)) {
      std::ifstream stream(entry.path(), std::ios::binary);
      const std::vector<std::uint8_t> bytes(std::istreambuf_iterator<char>(stream), {});
      const auto picture = decode_picture(bytes);
      if (!picture) continue;
      messages::TrafficLight head;
      head.x_max_px = static_cast<float>(picture->width), head.y_max_px = static_cast<float>(picture->height);
      const LightState read = read_light(*picture, head, {}).state;
      ++score.count;
      score.right += read == state ? 1 : 0;
      score.red_as_green += state == LightState::kRed && read == LightState::kGreen ? 1 : 0;
      score.green_as_red += state == LightState::kGreen && read == LightState::kRed ? 1 : 0;
    }
  }
  return score;
}

}  // namespace hangil::camera
