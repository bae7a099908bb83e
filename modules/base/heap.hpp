// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hangil::base {

// Makes the heap keep what is freed instead of giving it back to the system: a scan of 2 MB is freed and made again
// with every frame, and each of its pages would cost a fault to get back. To be called before there is any thread. A
// process then stays as large as it has ever been.
void keep_freed_memory();

}  // namespace hangil::base
