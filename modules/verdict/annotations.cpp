// SPDX-License-Identifier: Apache-2.0
#include "verdict/annotations.hpp"

#include "base/digest.hpp"
#include "base/json.hpp"
#include "verdict/number_text.hpp"

namespace hangil::verdict {

namespace {

// One thing to be told beside a change.
struct Note {
  bool is_error = true;
  std::string scenario, title, text;
};

std::string with_seed(const VerdictChange& change) {
  return change.scenario + (change.seed == 0 ? "" : " (seed " + std::to_string(change.seed) + ")");
}

std::vector<Note> notes_of(const Comparison& comparison) {
  std::vector<Note> notes;
  for (const VerdictChange& one : comparison.new_failures) {
    notes.push_back({true, one.scenario, with_seed(one) + ": " + one.before + " is now " + one.after, one.reason});
  }
  for (const VerdictChange& one : comparison.missing) {
    notes.push_back({true, one.scenario, with_seed(one) + " is not run any more", "it was " + one.before});
  }
  for (const KpiChange& one : comparison.kpis) {
    if (!one.is_worse) continue;
    notes.push_back({false, one.scenario, one.kpi + " of " + one.scenario + " is worse",
                     number_text(one.before) + " before, " + number_text(one.after) + " now (" +
                         std::to_string(one.pair_count) + " runs, p " + number_text(one.p) + ")"});
  }
  return notes;
}

// As GitHub's runner reads the value of a command or of a property of it.
std::string for_github(const std::string& text, bool is_property) {
  std::string out;
  for (const char c : text) {
    if (c == '%')
      out += "%25";
    else if (c == '\r')
      out += "%0D";
    else if (c == '\n')
      out += "%0A";
    else if (is_property && c == ':')
      out += "%3A";
    else if (is_property && c == ',')
      out += "%2C";
    else
      out += c;
  }
  return out;
}

std::string fingerprint(const Note& note) {
  const std::string text = note.scenario + "\n" + note.title;
  return base::digest_text(base::digest_bytes({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
}

}  // namespace

std::string to_github(const Comparison& comparison) {
  std::string text;
  for (const Note& note : notes_of(comparison)) {
    text += (note.is_error ? "::error title=" : "::warning title=") + for_github(note.title, true) +
            "::" + for_github(note.text, false) + "\n";
  }
  return text;
}

std::string to_gitlab(const Comparison& comparison) {
  std::string text = "[";
  for (const Note& note : notes_of(comparison)) {
    text += (text.size() > 1 ? ",\n" : "\n") + std::string("{\"description\":") +
            base::json_quote(note.title + ": " + note.text) + ",\"check_name\":\"hangil scenario compare\"," +
            "\"fingerprint\":\"" + fingerprint(note) + "\",\"severity\":\"" + (note.is_error ? "major" : "minor") +
            "\",\"location\":{\"path\":" + base::json_quote(note.scenario) + ",\"lines\":{\"begin\":1}}}";
  }
  return text + "\n]\n";
}

}  // namespace hangil::verdict
