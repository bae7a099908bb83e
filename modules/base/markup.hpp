// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hangil::base {

// Text as it may stand in HTML and SVG, in content and in quoted attributes: & < > " ' become entities, control
// characters other than tab and line feed are left out.
std::string escape_markup(std::string_view text);

// Base 64 with padding (RFC 4648, section 4).
std::string base64(std::span<const std::uint8_t> bytes);

}  // namespace hangil::base
