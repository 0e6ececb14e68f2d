/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * banned: functions that must not be used do not compile.  The system headers
 * that declare them come first, so that only our own uses are refused.  What
 * library headers name themselves (rand, strcpy, strncpy) tests/lint/banned.sh finds.
 */
#ifndef CAAS_BASE_BANNED_H
#define CAAS_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Macros of glibc where the compiler is clang. */
#undef sprintf
#undef vsprintf

#pragma GCC poison strcat sprintf vsprintf strncat strtok
#pragma GCC poison gmtime localtime ctime asctime
#pragma GCC poison atoi atol atoll srand random system

#endif
