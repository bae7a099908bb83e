// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.hpp"
#include "viewer/birds_eye.hpp"

namespace hangil::viewer {

// A picture and its labels as one <svg> element that loads nothing: pixels inside as PNG, text on top, sharp at any
// size. Texts are escaped. Error: the picture cannot be encoded.
base::Result<std::string> figure_svg(const Picture& picture, const std::string& alternative_text);

// legend() as an HTML list.
std::string legend_html();

// "data:image/jpeg;base64,..." of a compressed picture; empty for formats other than JPEG and PNG.
std::string image_uri(const std::string& format, std::span<const std::uint8_t> bytes);

}  // namespace hangil::viewer
