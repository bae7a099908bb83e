// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdio>

#include <sys/wait.h>

#include "recording/drive_files.hpp"

namespace hangil::cli {

// Runs `hangil` as a user does, in a folder of the test's own.
class ProgramTest : public ::testing::Test {
 protected:
  // What the program left when it ended.
  struct Outcome {
    int code = -1;  // exit code; 128 + the signal it died of
    std::string output, errors;
  };

  // `before` is shell text: variables and limits.
  Outcome run(const std::string& arguments, const std::string& before = "") {
    Outcome outcome;
    const std::string errors = folder_ / "errors.txt";
    FILE* pipe = ::popen(
        ("ulimit -c 0; " + before + " exec " HANGIL_BUILD_DIR "/bin/hangil " + arguments + " 2> " + errors).c_str(),
        "r");
    if (pipe == nullptr) return outcome;
    std::array<char, 4096> part;
    for (std::size_t n = 0; (n = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
      outcome.output.append(part.data(), n);
    const int status = ::pclose(pipe);
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    const base::Bytes text = tests::read_file(errors);
    outcome.errors.assign(text.begin(), text.end());
    return outcome;
  }

  tests::TemporaryFolder folder_;
};

}  // namespace hangil::cli
