// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hangil::cli {

struct Outcome {
  int exit_code = -1;  // 128 + n after signal n, as in a shell
  std::string out, err;
};

// Runs the built `hangil` with these words, as a shell would take them ('...' around what holds blanks). `before` is
// shell text that goes ahead: limits and variables.
Outcome hangil(const std::string& words, const std::string& before = "");

// A folder of this test process, made empty when it is first asked for; ends with "/".
const std::string& own_folder();

// A driven recording of the built-in drive's first second, made once, and the drive itself.
const std::string& demo_drive();
const std::string& replayed_drive();

// The text of the pipeline file lidar.yaml, and where it lies.
std::string pipeline_text();
std::string pipeline_path();

std::string read_text(const std::string& path);
// Writes it into own_folder() and returns the path.
std::string write_text(const std::string& name, const std::string& text);
// `text` with the first `old_part` replaced; fails the test where there is none.
std::string with(std::string text, const std::string& old_part, const std::string& new_part);
bool contains(const std::string& text, const std::string& part);

}  // namespace hangil::cli
