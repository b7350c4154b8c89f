// KASUNDO_CHECK(x): a condition that only a defect of this program can break. Stays on in release
// builds: a wrong journal is worse than a restart. Nothing that a caller sends may reach a check.
#pragma once

#include <cstdio>
#include <cstdlib>

#define KASUNDO_CHECK(condition)                                                         \
  do {                                                                                   \
    if (!(condition)) [[unlikely]] {                                                     \
      std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
