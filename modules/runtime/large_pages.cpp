// SPDX-License-Identifier: Apache-2.0
#include "runtime/large_pages.hpp"

#include <cstdint>
#include <cstdlib>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace hangil::runtime {

void put_heap_on_large_pages() {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr std::size_t kBlockBytes = 24 << 20;  // below what the heap takes from the system block by block
  constexpr std::uintptr_t kPageBytes = 2 << 20;
  void* blocks[2];
  for (void*& block : blocks) {
    block = std::malloc(kBlockBytes);
    const auto address = reinterpret_cast<std::uintptr_t>(block);
    const std::uintptr_t begin = (address + kPageBytes - 1) / kPageBytes * kPageBytes;
    const std::uintptr_t end = (address + kBlockBytes) / kPageBytes * kPageBytes;
    // A refusal leaves the pages small.
    if (block != nullptr) static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE));
  }
  for (void* block : blocks) std::free(block);
#endif
}

}  // namespace hangil::runtime
