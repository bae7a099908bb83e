// SPDX-License-Identifier: Apache-2.0
#include "sweep/processes.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hangil::sweep {

namespace {

constexpr std::size_t kKeptLog = 64 * 1024;
constexpr int kWakeUp_ms = 200;

struct Running {
  std::size_t job = 0;
  pid_t pid = -1;
  int output = -1, log = -1;  // read ends of pipes
  JobEnd end;
};

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// The kernel ends the process with SIGALRM then, whatever it is doing.
void limit_time(double limit_s) {
  ::signal(SIGALRM, SIG_DFL);
  itimerval limit{};
  limit.it_value.tv_sec = static_cast<time_t>(limit_s);
  limit.it_value.tv_usec = static_cast<suseconds_t>((limit_s - std::floor(limit_s)) * 1e6) + 1;
  ::setitimer(ITIMER_REAL, &limit, nullptr);
}

// The child's life. A group of its own keeps the terminal's Ctrl-C for the parent, which decides.
[[noreturn]] void be_child(std::size_t index, const Job& job, double time_limit_s, int output, int log, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  limit_time(time_limit_s);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  ::close_range(STDERR_FILENO + 1, static_cast<unsigned>(output) - 1, 0);  // the parent's files and locks are not ours
  ::close_range(static_cast<unsigned>(output) + 1, ~0U, 0);
  const bool is_told = write_all(output, job(index));
  std::fflush(nullptr);
  ::_exit(is_told ? 0 : 1);
}

base::Error system_error(const char* what) { return base::Error{std::string(what) + ": " + std::strerror(errno)}; }

base::Result<Running> start(std::size_t index, const ProcessOptions& options, const Job& job) {
  int output[2], log[2] = {-1, -1};
  if (::pipe2(output, O_CLOEXEC) != 0) return system_error("a pipe to a job");
  const bool has_log = ::pipe2(log, O_CLOEXEC) == 0 && ::fcntl(log[0], F_SETFL, O_NONBLOCK) == 0;
  const pid_t parent = ::getpid();
  std::fflush(nullptr);  // or the child would print it again
  const pid_t pid = has_log ? ::fork() : -1;
  if (pid == 0) {
    ::close(output[0]), ::close(log[0]);
    be_child(index, job, options.time_limit_s, output[1], log[1], parent);
  }
  const int error = errno;
  ::close(output[1]);
  if (log[1] >= 0) ::close(log[1]);
  if (pid > 0) return Running{index, pid, output[0], log[0], {}};
  ::close(output[0]);
  if (log[0] >= 0) ::close(log[0]);
  errno = error;
  return system_error("a process for a job");
}

// Takes what has been printed and keeps its end: a job that prints without end costs no memory. False: nothing more.
bool take_log(Running& running) {
  char buffer[16384];
  ssize_t count = 0;
  while ((count = ::read(running.log, buffer, sizeof buffer)) > 0) {
    std::string& log = running.end.log;
    log.append(buffer, static_cast<std::size_t>(count));
    if (log.size() > 2 * kKeptLog) log.erase(0, log.size() - kKeptLog);
  }
  return count < 0 && (errno == EINTR || errno == EAGAIN);
}

void close_log(Running& running) {
  if (running.log >= 0) ::close(running.log);
  running.log = -1;
}

// Waits for the process and closes what belongs to it.
void bury(Running& running, double time_limit_s) {
  int status = 0;
  while (::waitpid(running.pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
    char text[80];
    std::snprintf(text, sizeof text, "not finished after its time limit of %g s", time_limit_s);
    running.end.problem = text;
  } else if (WIFSIGNALED(status)) {
    running.end.problem = std::string("its process died: ") + ::strsignal(WTERMSIG(status));
  } else if (WIFEXITED(status) && WEXITSTATUS(status) != 0) {
    running.end.problem = "its process ended with exit status " + std::to_string(WEXITSTATUS(status));
  }
  if (running.log >= 0) (void)take_log(running);
  std::string& log = running.end.log;
  if (log.size() > kKeptLog) log.erase(0, log.size() - kKeptLog);
  ::close(running.output);
  close_log(running);
}

// Takes what there is; false at the end of the output.
bool take_output(Running& running) {
  char buffer[65536];
  const ssize_t count = ::read(running.output, buffer, sizeof buffer);
  if (count > 0) running.end.output.append(buffer, static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN));
}

void kill_all(std::vector<Running>& running, double time_limit_s) {
  for (Running& one : running) {
    ::kill(-one.pid, SIGKILL);
    ::kill(one.pid, SIGKILL);
    bury(one, time_limit_s);
  }
  running.clear();
}

// Waits for output and moves those that ended to `ended`.
void wait_for_some(std::vector<Running>& running, double time_limit_s, std::vector<Running>& ended) {
  std::vector<pollfd> files;
  for (const Running& one : running) files.push_back({one.output, POLLIN, 0});
  for (const Running& one : running) files.push_back({one.log, POLLIN, 0});  // negative: passed over
  if (::poll(files.data(), files.size(), kWakeUp_ms) <= 0) return;
  for (std::size_t i = running.size(); i-- > 0;) {
    if (files[running.size() + i].revents != 0 && !take_log(running[i])) close_log(running[i]);
  }
  for (std::size_t i = running.size(); i-- > 0;) {
    if (files[i].revents == 0 || take_output(running[i])) continue;
    bury(running[i], time_limit_s);
    ended.push_back(std::move(running[i]));
    running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

base::Status tell(std::vector<Running>& ended, const OnJobEnd& on_end) {
  for (Running& one : ended) {
    if (const auto told = on_end(one.job, std::move(one.end)); !told) return told;
  }
  ended.clear();
  return {};
}

}  // namespace

base::Status run_in_processes(const std::vector<std::size_t>& jobs, const ProcessOptions& options, const Job& job,
                              const OnJobEnd& on_end) {
  std::vector<Running> running, ended;
  base::Status status;
  std::size_t next = 0;
  const auto stops = [&] { return options.should_stop != nullptr && options.should_stop->load(); };
  while (status && !stops() && (next < jobs.size() || !running.empty())) {
    while (next < jobs.size() && running.size() < static_cast<std::size_t>(std::max(1, options.worker_count))) {
      auto started = start(jobs[next], options, job);
      if (!started && running.empty()) return started.error();
      if (!started) break;  // again when one has ended
      running.push_back(*std::move(started));
      ++next;
    }
    wait_for_some(running, options.time_limit_s, ended);
    status = tell(ended, on_end);
  }
  kill_all(running, options.time_limit_s);
  return status;
}

}  // namespace hangil::sweep
