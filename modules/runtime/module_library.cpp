// SPDX-License-Identifier: Apache-2.0
#include "runtime/module.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define HANGIL_SANITIZER " asan"
#elif defined(__SANITIZE_THREAD__)
#define HANGIL_SANITIZER " tsan"
#else
#define HANGIL_SANITIZER ""
#endif

namespace hangil::runtime {

const char* module_abi_build() { return "g++ " __VERSION__ HANGIL_SANITIZER; }

}  // namespace hangil::runtime
