// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <zlib.h>

#include "drivers/jrc_grids.hpp"

namespace hangil::tests {

// What the reference counted at one point, with the columns that say which point it is.
struct JrcRow {
  std::vector<double> numbers;  // the first three columns, NaN where the text is none
  std::vector<std::string> texts;
};

// The rows of one compressed table below the heading; empty when there is no such file.
inline std::vector<JrcRow> read_jrc_table(const std::string& path) {
  std::vector<JrcRow> rows;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return rows;
  char line[512];
  for (bool is_heading = true; gzgets(file, line, sizeof line) != nullptr; is_heading = false) {
    if (is_heading) continue;
    JrcRow row;
    std::string text;
    for (const char* c = line; *c != 0; ++c) {
      if (*c == ',' || *c == '\n' || *c == '\r') {
        if (!text.empty()) row.texts.push_back(text);
        text.clear();
      } else {
        text += *c;
      }
    }
    for (const std::string& one : row.texts) row.numbers.push_back(std::strtod(one.c_str(), nullptr));
    rows.push_back(row);
  }
  gzclose(file);
  return rows;
}

// The share of a grid's points with the same outcome as the reference, beside both counts.
struct JrcAgreement {
  int case_count = 0, ours = 0, reference = 0, same = 0;
  void add(bool collides, bool reference_collides) {
    ++case_count;
    ours += collides;
    reference += reference_collides;
    same += collides == reference_collides;
  }
  double same_ratio() const { return case_count > 0 ? static_cast<double>(same) / case_count : 0; }
};

inline std::string jrc_file_prefix(const std::string& driver) {
  if (driver == "careful-jrc") return "CC_human_driver";
  if (driver == "reg157") return "Reg157";
  return driver == "rss" ? "RSS" : "FSM";
}

inline JrcAgreement compare_cut_ins(const std::string& folder, const std::string& driver, drivers::JrcGrid grid,
                                    std::size_t stride) {
  const std::string set = grid == drivers::JrcGrid::kCutInSlow ? "cut_in_low_speed/" : "cut_in_high_speed/";
  const auto cases = drivers::cut_in_cases(grid);
  JrcAgreement agreement;
  for (std::size_t i = 0; i < cases.size();) {
    const auto kmh = [](double mps) { return std::to_string(static_cast<int>(mps * 3.6 + 0.5)); };
    const auto rows = read_jrc_table(folder + "/" + set + jrc_file_prefix(driver) + "_" + kmh(cases[i].ego_mps) + "_" +
                                     kmh(cases[i].other_mps) + ".csv.gz");
    if (rows.empty()) return {};
    for (std::size_t row = 0; row < rows.size() && i < cases.size(); ++row, ++i) {
      if (rows[row].numbers[0] != cases[i].gap_m) return {};  // another grid than ours
      if (i % stride != 0) continue;
      agreement.add(drive_cut_in(*drivers::make_driver(driver), cases[i]) != drivers::CutInOutcome::kNoCollision,
                    rows[row].texts[2] == "True");
    }
  }
  return agreement;
}

inline JrcAgreement compare_cut_outs(const std::string& folder, const std::string& driver, std::size_t stride) {
  const auto rows = read_jrc_table(folder + "/cut_out/" + jrc_file_prefix(driver) + "_cut_out.csv.gz");
  const auto cases = drivers::cut_out_cases();
  if (rows.size() != cases.size()) return {};
  JrcAgreement agreement;
  for (std::size_t i = 0; i < rows.size(); i += stride) {
    agreement.add(hits_after_cut_out(*drivers::make_driver(driver), cases[i]), rows[i].texts[3] == "True");
  }
  return agreement;
}

inline JrcAgreement compare_following(const std::string& folder, const std::string& driver, std::size_t stride) {
  const auto rows = read_jrc_table(folder + "/car_following/" + jrc_file_prefix(driver) + "_car_following.csv.gz");
  const auto cases = drivers::braking_leader_cases();
  if (rows.size() != cases.size()) return {};
  JrcAgreement agreement;
  for (std::size_t i = 0; i < rows.size(); i += stride) {
    agreement.add(drive_behind_braking_leader(*drivers::make_driver(driver), cases[i]).has_value(),
                  rows[i].texts[2] == "True");
  }
  return agreement;
}

inline JrcAgreement compare_with_jrc(const std::string& folder, const std::string& driver, drivers::JrcGrid grid,
                                     std::size_t stride = 1) {
  switch (grid) {
    case drivers::JrcGrid::kCutInSlow:
    case drivers::JrcGrid::kCutInFast:
      return compare_cut_ins(folder, driver, grid, stride);
    case drivers::JrcGrid::kCutOut:
      return compare_cut_outs(folder, driver, stride);
    case drivers::JrcGrid::kCarFollowing:
      return compare_following(folder, driver, stride);
  }
  return {};
}

}  // namespace hangil::tests
