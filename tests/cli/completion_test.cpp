// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.hpp"

#include <CLI/CLI.hpp>
#include <gtest/gtest.h>

namespace hangil::cli {
namespace {

CommandTree sample_tree() {
  CLI::App app{"a program", "prog"};
  CLI::App* run = app.add_subcommand("run", "runs a file");
  static std::string file, output;
  static bool is_json = false;
  run->add_option("file", file, "what to run");
  run->add_option("-o,--output", output, "where it's written");
  run->add_flag("--json", is_json, "as JSON");
  app.add_subcommand("list", "lists")->add_subcommand("all", "everything");
  return command_tree(app);
}

TEST(CommandTree, HoldsSubcommandsAndOptionsButNoPositionals) {
  const CommandTree tree = sample_tree();
  ASSERT_EQ(tree.commands.size(), 2u);
  EXPECT_EQ(tree.commands[0].name, "run");
  ASSERT_EQ(tree.commands[0].options.size(), 3u) << "help, output, json";
  EXPECT_EQ(tree.commands[0].options[1].names, (std::vector<std::string>{"-o", "--output"}));
  EXPECT_TRUE(tree.commands[0].options[1].takes_value);
  EXPECT_FALSE(tree.commands[0].options[2].takes_value);
  EXPECT_EQ(tree.commands[1].commands[0].name, "all");
}

TEST(Completion, BashAndZshListTheWordsOfEveryCommand) {
  for (const std::string& script : {bash_completion(sample_tree()), zsh_completion(sample_tree())}) {
    EXPECT_NE(script.find("'') commands='run list' options='-h --help'"), std::string::npos) << script;
    EXPECT_NE(script.find("'/run') commands='' options='-h --help -o --output --json'"), std::string::npos);
    EXPECT_NE(script.find("'/list') commands='all'"), std::string::npos);
  }
}

TEST(Completion, FishQuotesMeaningsAndAsksForValues) {
  const std::string script = fish_completion(sample_tree());
  EXPECT_NE(script.find("-n '__fish_seen_subcommand_from run' -s o -l output -r -d 'where it'\\''s written'"),
            std::string::npos)
      << script;
  EXPECT_NE(script.find("-n '__fish_seen_subcommand_from list; and not __fish_seen_subcommand_from all' -f -a all"),
            std::string::npos);
}

}  // namespace
}  // namespace hangil::cli
