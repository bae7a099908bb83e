// SPDX-License-Identifier: Apache-2.0
#pragma once

// HANGIL_HOT before a function compiles it once per instruction set and picks the widest at load time, so one binary
// runs everywhere. Call it on whole kernels (a loop over an array), never on what they call: those are inlined.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define HANGIL_HOT __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define HANGIL_HOT
#endif
