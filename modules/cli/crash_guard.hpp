// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"

namespace hangil::cli {

// What a fatal signal left behind.
struct CrashNote {
  std::string text;    // "SIGSEGV (invalid memory access) in module planner, activation 12"
  std::string module;  // empty: none ran, or only the text is known
  std::uint64_t ordinal = 0;
};

// While it lives, a fatal signal (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT) still ends the process, but first its
// handler says on stderr which module ran, leaves that in a note beside the recording, and holds the thread for a
// moment, in which the recording's own threads bring what was driven to the file. The handler itself only calls what is
// async-signal-safe. One at a time.
class CrashGuard {
 public:
  // `recording` may be empty: then nothing is written beside it.
  explicit CrashGuard(const std::string& recording);
  ~CrashGuard();
  CrashGuard(const CrashGuard&) = delete;
  CrashGuard& operator=(const CrashGuard&) = delete;

  // The crash this process is dying of, once; for a thread that still runs and can record it.
  static std::optional<CrashNote> take_crash();
};

// Where the note of a recording lies.
std::string crash_note_path(const std::string& recording);
// The note beside a recording; nothing when there is none.
std::optional<CrashNote> read_crash_note(const std::string& recording);

}  // namespace hangil::cli
