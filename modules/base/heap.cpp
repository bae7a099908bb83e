// SPDX-License-Identifier: Apache-2.0
#include "base/heap.hpp"

#include <limits>

#include <malloc.h>

namespace hangil::base {

void keep_freed_memory() {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the most that glibc takes: larger blocks come from the system each time
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
#endif
}

}  // namespace hangil::base
