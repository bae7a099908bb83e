// SPDX-License-Identifier: Apache-2.0
#include "runtime/live_thread.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime/large_pages.hpp"

namespace hangil::runtime {

namespace {

void add_refusal(std::string& text, const std::string& what, int error) {
  if (error != 0) text += (text.empty() ? "" : "; ") + what + " refused: " + std::strerror(error);
}

int bind_to(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(cpu), &set);
  return pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

}  // namespace

std::string prepare_worker_thread(const LiveOptions& options, std::size_t worker) {
  std::string refused;
  if (options.uses_large_pages) put_heap_on_large_pages();
  if (options.realtime_priority > 0) {
    const sched_param parameter{.sched_priority = options.realtime_priority};
    add_refusal(refused, "SCHED_FIFO (needs RLIMIT_RTPRIO or CAP_SYS_NICE)",
                pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameter));
  }
  if (!options.cpus.empty()) add_refusal(refused, "core binding", bind_to(options.cpus[worker % options.cpus.size()]));
  if (options.locks_memory && worker == 0) {
    add_refusal(refused, "mlockall (needs RLIMIT_MEMLOCK)", mlockall(MCL_CURRENT | MCL_FUTURE) == 0 ? 0 : errno);
  }
  return refused;
}

int this_thread_id() { return static_cast<int>(::gettid()); }

// The file holds ns on a core, ns waiting for one, and how often it was given one.
std::int64_t waited_for_core_ns(int thread_id) {
  std::ifstream stream("/proc/self/task/" + std::to_string(thread_id) + "/schedstat");
  std::int64_t on_core_ns = 0, waited_ns = 0;
  return stream >> on_core_ns >> waited_ns ? waited_ns : 0;
}

}  // namespace hangil::runtime
