// SPDX-License-Identifier: Apache-2.0
#include "cli/program.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hangil::cli {

namespace {

// Removed when the process ends.
struct Folder {
  std::string path = testing::TempDir() + "hangil_cli_" + std::to_string(::getpid()) + "/";
  Folder() {
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

}  // namespace

const std::string& own_folder() {
  static const Folder folder;
  return folder.path;
}

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string write_text(const std::string& name, const std::string& text) {
  const std::string path = own_folder() + name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string with(std::string text, const std::string& old_part, const std::string& new_part) {
  const std::size_t at = text.find(old_part);
  if (at == std::string::npos) {
    ADD_FAILURE() << "no \"" << old_part << "\" in the text";
    return text;
  }
  return text.replace(at, old_part.size(), new_part);
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Outcome hangil(const std::string& words, const std::string& before) {
  const std::string out = own_folder() + "stdout", err = own_folder() + "stderr";
  const std::string command = "ulimit -c 0; exec >'" + out + "' 2>'" + err + "' </dev/null; " + before +
                              " exec " HANGIL_BUILD_DIR "/bin/hangil " + words;
  const int status = std::system(command.c_str());
  const int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {exit_code, read_text(out), read_text(err)};
}

std::string pipeline_path() { return HANGIL_SOURCE_DIR "/configs/pipelines/lidar.yaml"; }
std::string pipeline_text() { return read_text(pipeline_path()); }

const std::string& demo_drive() {
  static const std::string path = [] {
    const std::string drive = own_folder() + "demo.mcap";
    const Outcome made = hangil("demo-drive --seconds 1 -o " + drive);
    EXPECT_EQ(made.exit_code, 0) << made.err;
    return drive;
  }();
  return path;
}

const std::string& replayed_drive() {
  static const std::string path = [] {
    const std::string driven = own_folder() + "replayed.mcap";
    const Outcome made = hangil("replay " + demo_drive() + " -p " + pipeline_path() + " -o " + driven);
    EXPECT_EQ(made.exit_code, 0) << made.err;
    return driven;
  }();
  return path;
}

}  // namespace hangil::cli
