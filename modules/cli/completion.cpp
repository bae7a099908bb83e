// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.hpp"

#include <algorithm>

namespace hangil::cli {

namespace {

// Calls `visit(path, command)` for the program (path "") and every command below it ("/modules/list").
template <class Visit>
void walk(const CommandTree& command, const std::string& path, const Visit& visit) {
  visit(path, command);
  for (const CommandTree& inner : command.commands) walk(inner, path + "/" + inner.name, visit);
}

std::string option_words(const CommandTree& command) {
  std::string words;
  for (const CommandOption& option : command.options) {
    for (const std::string& name : option.names) words += (words.empty() ? "" : " ") + name;
  }
  return words;
}

std::string command_words(const CommandTree& command) {
  std::string words;
  for (const CommandTree& inner : command.commands) words += (words.empty() ? "" : " ") + inner.name;
  return words;
}

// Single quotes, for a shell.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// The part that bash and zsh share: sets `commands` and `options` from the words before the cursor in `before`.
std::string words_by_path(const CommandTree& program) {
  std::string paths, cases;
  walk(program, "", [&](const std::string& path, const CommandTree& command) {
    if (!path.empty()) paths += (paths.empty() ? "" : "|") + path;
    cases += "    " + quoted(path) + ") commands=" + quoted(command_words(command)) +
             " options=" + quoted(option_words(command)) + " ;;\n";
  });
  const std::string follow = paths.empty() ? "" : "    case \"$at/$word\" in " + paths + ") at=\"$at/$word\" ;; esac\n";
  return "  for word in \"${before[@]}\"; do\n" + follow + "    :\n  done\n  case \"$at\" in\n" + cases + "  esac\n";
}

// Which words must stand on the line before fish offers what belongs to the command at `path`.
std::string fish_condition(const std::string& path, const CommandTree& command) {
  std::string condition, word;
  for (std::size_t start = 1; start < path.size(); start += word.size() + 1) {
    word = path.substr(start, path.find('/', start) - start);
    condition += (condition.empty() ? "" : "; and ") + ("__fish_seen_subcommand_from " + word);
  }
  if (command.commands.empty()) return condition;
  const std::string none_yet = "not __fish_seen_subcommand_from " + command_words(command);
  return condition.empty() ? none_yet : condition + "; and " + none_yet;
}

std::string fish_option(const std::string& line, const CommandOption& option) {
  std::string text = line;
  for (const std::string& name : option.names) {
    text += name.rfind("--", 0) == 0 ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  return text + (option.takes_value ? " -r" : "") + " -d " + quoted(option.meaning) + "\n";
}

}  // namespace

std::string bash_completion(const CommandTree& program) {
  const std::string& name = program.name;
  return "# bash completion of " + name + "\n_" + name +
         "() {\n  local current=${COMP_WORDS[COMP_CWORD]} before=(\"${COMP_WORDS[@]:1:COMP_CWORD-1}\")\n"
         "  local at= word commands= options=\n" +
         words_by_path(program) +
         "  [[ $current == -* ]] && commands=$options\n"
         "  COMPREPLY=($(compgen -W \"$commands\" -- \"$current\"))\n}\ncomplete -o default -F _" +
         name + " " + name + "\n";
}

std::string zsh_completion(const CommandTree& program) {
  const std::string& name = program.name;
  return "#compdef " + name + "\n_" + name +
         "() {\n  local current=${words[CURRENT]} at= word commands= options=\n"
         "  local -a before=(${words[2,CURRENT-1]})\n" +
         words_by_path(program) +
         "  if [[ $current == -* ]]; then compadd -- ${=options}\n"
         "  elif [[ -n $commands ]]; then compadd -- ${=commands}\n  else _files\n  fi\n}\ncompdef _" +
         name + " " + name + "\n";
}

std::string fish_completion(const CommandTree& program) {
  std::string text = "# fish completion of " + program.name + "\n";
  walk(program, "", [&](const std::string& path, const CommandTree& command) {
    const std::string condition = fish_condition(path, command);
    const std::string line = "complete -c " + program.name + (condition.empty() ? "" : " -n " + quoted(condition));
    for (const CommandTree& inner : command.commands) {
      text += line + " -f -a " + inner.name + " -d " + quoted(inner.meaning) + "\n";
    }
    for (const CommandOption& option : command.options) text += fish_option(line, option);
  });
  return text;
}

}  // namespace hangil::cli
