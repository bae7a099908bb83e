// SPDX-License-Identifier: Apache-2.0
#include "viewer/figure.hpp"

#include <fmt/format.h>

#include "base/markup.hpp"
#include "viewer/png.hpp"

namespace hangil::viewer {

namespace {

std::string hex(Colour c) { return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b); }

double size_px(Label::Role role) {
  switch (role) {
    case Label::Role::kScale:
      return 17;
    case Label::Role::kTrack:
      return 19;
    default:
      return 30;
  }
}

// A dark rim keeps text readable on points and boxes.
std::string text_element(const Label& label) {
  return fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{}\" fill=\"{}\" stroke=\"#0d1117\" stroke-width=\"4\" "
      "stroke-linejoin=\"round\" paint-order=\"stroke\" font-weight=\"{}\">{}</text>",
      label.at.x_px, label.at.y_px, size_px(label.role), hex(label.colour),
      label.role == Label::Role::kScale ? 400 : 600, base::escape_markup(label.text));
}

std::string swatch(const LegendEntry& entry) {
  const std::string colour = hex(entry.colour);
  switch (entry.shape) {
    case LegendEntry::Shape::kArea:
      return fmt::format("<rect x=\"0\" y=\"2\" width=\"20\" height=\"10\" fill=\"{0}\" opacity=\".55\"/>", colour);
    case LegendEntry::Shape::kDot:
      return fmt::format("<circle cx=\"10\" cy=\"7\" r=\"4\" fill=\"{}\"/>", colour);
    default:
      return fmt::format(
          "<rect x=\"0\" y=\"0\" width=\"20\" height=\"14\" rx=\"3\" fill=\"#0d1117\"/><line x1=\"2\" "
          "x2=\"18\" y1=\"7\" y2=\"7\" stroke=\"{}\" stroke-width=\"3\"{}/>",
          colour, entry.shape == LegendEntry::Shape::kDashed ? " stroke-dasharray=\"4 3\"" : "");
  }
}

}  // namespace

base::Result<std::string> figure_svg(const Picture& picture, const std::string& alternative_text) {
  const auto png = encode_png(picture.raster);
  if (!png) return png.error();
  const int width = picture.raster.width_px(), height = picture.raster.height_px();
  std::string svg = fmt::format(
      "<svg viewBox=\"0 0 {0} {1}\" role=\"img\" aria-label=\"{2}\"><image width=\"{0}\" "
      "height=\"{1}\" href=\"{3}\"/>",
      width, height, base::escape_markup(alternative_text), image_uri("png", *png));
  for (const Label& label : picture.labels) svg += text_element(label);
  return svg + "</svg>";
}

std::string legend_html() {
  std::string html = "<ul class=\"legend\">";
  for (const LegendEntry& entry : legend()) {
    html += "<li><svg width=\"20\" height=\"14\" viewBox=\"0 0 20 14\">" + swatch(entry) + "</svg>" +
            base::escape_markup(entry.meaning) + "</li>";
  }
  return html + "</ul>";
}

std::string image_uri(const std::string& format, std::span<const std::uint8_t> bytes) {
  const bool is_jpeg = format.find("jpeg") != std::string::npos || format.find("jpg") != std::string::npos;
  if (!is_jpeg && format.find("png") == std::string::npos) return "";
  return std::string("data:image/") + (is_jpeg ? "jpeg" : "png") + ";base64," + base::base64(bytes);
}

}  // namespace hangil::viewer
