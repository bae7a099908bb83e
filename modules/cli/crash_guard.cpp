// SPDX-License-Identifier: Apache-2.0
#include "cli/crash_guard.hpp"

#include <array>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "runtime/running_module.hpp"

namespace hangil::cli {

namespace {

constexpr std::array kFatal = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
// Longer than the books of a live drive (5 ms) and the flush of its recording (50 ms) take together.
constexpr long kGraceNs = 150'000'000;

// A text of fixed room that a signal handler may build.
class HandlerText {
 public:
  void add(const char* text) {
    while (*text != '\0' && size_ + 1 < text_.size()) text_[size_++] = *text++;
    text_[size_] = '\0';
  }
  void add(std::uint64_t number) {
    char digits[21] = {};
    char* first = digits + 20;
    do *--first = static_cast<char>('0' + number % 10);
    while ((number /= 10) > 0);
    add(first);
  }
  const char* c_str() const { return text_.data(); }
  void write_to(int file) const {
    if (::write(file, text_.data(), size_) < 0) return;  // there is nobody left to tell
  }

 private:
  std::array<char, 512> text_ = {};
  std::size_t size_ = 0;
};

// What the handler needs, made before it is wanted.
struct Prepared {
  std::array<char, 4096> recording = {}, note_path = {};
  HandlerText note, said;
  runtime::RunningModule running;
  std::atomic<bool> is_entered{false}, is_noted{false};
};
Prepared prepared;
static_assert(std::atomic<bool>::is_always_lock_free);

const char* name_of(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "SIGSEGV (invalid memory access)";
    case SIGBUS:
      return "SIGBUS (memory that is not there)";
    case SIGFPE:
      return "SIGFPE (bad arithmetic)";
    case SIGILL:
      return "SIGILL (illegal instruction)";
    default:
      return "SIGABRT (abort)";
  }
}

void compose_note(int signal) {
  const runtime::RunningModule running = prepared.running = runtime::running_module();
  prepared.note.add(name_of(signal));
  if (running.name == nullptr) return prepared.note.add(" outside of every module");
  prepared.note.add(" in module ");
  prepared.note.add(running.name);
  prepared.note.add(", activation ");
  prepared.note.add(running.ordinal);
}

void write_note() {
  if (prepared.note_path[0] == '\0') return;
  const int file = ::open(prepared.note_path.data(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return;
  prepared.note.write_to(file);
  ::close(file);
}

void say() {
  prepared.said.add("hangil: ");
  prepared.said.add(prepared.note.c_str());
  if (prepared.recording[0] != '\0') {
    prepared.said.add("; what was driven is in ");
    prepared.said.add(prepared.recording.data());
    prepared.said.add(" (hangil recover makes it whole)");
  }
  prepared.said.add("\n");
  prepared.said.write_to(STDERR_FILENO);
}

extern "C" void hangil_handle_fatal_signal(int signal) {
  if (prepared.is_entered.exchange(true)) {
    while (true) ::pause();  // another thread crashed first and ends the process
  }
  compose_note(signal);
  write_note();
  say();
  prepared.is_noted.store(true);
  const timespec grace{0, kGraceNs};
  ::nanosleep(&grace, nullptr);
  struct sigaction usual = {};
  usual.sa_handler = SIG_DFL;
  ::sigaction(signal, &usual, nullptr);
  ::raise(signal);  // delivered when this handler returns
}

void keep_text(const std::string& text, std::array<char, 4096>& out) {
  out[text.copy(out.data(), out.size() - 1)] = '\0';
}

}  // namespace

CrashGuard::CrashGuard(const std::string& recording) {
  keep_text(recording, prepared.recording);
  keep_text(recording.empty() ? "" : crash_note_path(recording), prepared.note_path);
  if (!recording.empty()) std::remove(prepared.note_path.data());  // of an earlier drive
  struct sigaction action = {};
  action.sa_handler = hangil_handle_fatal_signal;
  action.sa_flags = SA_ONSTACK;
  for (const int signal : kFatal) ::sigaction(signal, &action, nullptr);
}

CrashGuard::~CrashGuard() {
  for (const int signal : kFatal) ::signal(signal, SIG_DFL);
}

std::optional<CrashNote> CrashGuard::take_crash() {
  if (!prepared.is_noted.exchange(false)) return std::nullopt;
  const runtime::RunningModule& running = prepared.running;
  return CrashNote{prepared.note.c_str(), running.name == nullptr ? "" : running.name, running.ordinal};
}

std::string crash_note_path(const std::string& recording) { return recording + ".crash"; }

std::optional<CrashNote> read_crash_note(const std::string& recording) {
  std::ifstream file(crash_note_path(recording));
  std::string text;
  if (!std::getline(file, text)) return std::nullopt;
  return CrashNote{text, "", 0};
}

}  // namespace hangil::cli
