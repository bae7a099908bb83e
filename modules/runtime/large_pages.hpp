// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hangil::runtime {

// Lets the first 48 MB of the calling thread's heap lie on large pages: a cloud of 2 MB then costs one page fault where
// it cost 500, and those fall into a drive's first frames. Takes nothing by itself. For a process that keeps freed
// memory; elsewhere, and where the system has no such pages, it changes nothing.
void put_heap_on_large_pages();

}  // namespace hangil::runtime
