/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * schedule: limits of the Baseline Requirements that change on known dates
 * (BR 6.3.2, 4.2.1; SCH-01, SCH-03).  Nobody edits anything on the day.
 */
#ifndef CAAS_POLICY_SCHEDULE_H
#define CAAS_POLICY_SCHEDULE_H

#include "base/attr.h"

/* The longest validity of a certificate issued at a time, in seconds, both ends included. */
int64_t	schedule_lifetime_max(int64_t at);
/* The oldest validation that a certificate issued at a time may rest on, in seconds. */
int64_t	schedule_reuse_max(int64_t at);
/* The same for dns-persist-01 (BR 3.2.2.4.22; DPE-13). */
int64_t	schedule_persist_reuse_max(int64_t at);

#endif
