// SPDX-License-Identifier: Apache-2.0
#include "scenario/date_time.hpp"

#include <algorithm>

#include "base/xml.hpp"

namespace hangil::scenario {

namespace {

// `count` digits at a place, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (text.size() < at + count) return -1;
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// Days from 1970-01-01 in the Gregorian calendar, years counted from March (Hinnant, "chrono-compatible low-level date
// algorithms").
int days_since_1970(int year, int month, int day) {
  year -= month <= 2;
  const int era = year / 400, year_of_era = year - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719'468;
}

// Seconds east of UTC of "Z", "+01:00" or nothing.
std::optional<int> zone_s(std::string_view text) {
  if (text.empty() || text == "Z") return 0;
  const int hours = digits(text, 1, 2), minutes = digits(text, 4, 2);
  if ((text[0] != '+' && text[0] != '-') || text.size() != 6 || text[3] != ':' || hours < 0 || minutes < 0)
    return std::nullopt;
  return (text[0] == '-' ? -60 : 60) * (hours * 60 + minutes);
}

}  // namespace

std::optional<double> seconds_since_1970(std::string_view text) {
  const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  const bool has_marks =
      text.size() >= 19 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':';
  if (!has_marks || year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 24 || minute < 0 ||
      minute > 59 || second < 0 || second > 60) {
    return std::nullopt;
  }
  std::string_view rest = text.substr(19);
  double part_s = 0;
  if (!rest.empty() && rest[0] == '.') {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    part_s = base::parse_number("0" + std::string(rest.substr(0, end))).value_or(0);
    rest = rest.substr(end);
  }
  const auto zone = zone_s(rest);
  if (!zone) return std::nullopt;
  return 86'400.0 * days_since_1970(year, month, day) + 3600 * hour + 60 * minute + second + part_s - *zone;
}

}  // namespace hangil::scenario
