/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* What libFuzzer calls, and what it offers. */
int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);
size_t LLVMFuzzerCustomMutator (uint8_t *data,
                                size_t size,
                                size_t max_size,
                                unsigned int seed);
size_t LLVMFuzzerMutate (uint8_t *data,
                         size_t size,
                         size_t max_size);

/* The ways in which an input is understood, by how it begins. */
#define SEAL_FUZZ_TEXT "GT1:"  /* a seal as scanned; so is everything else */
#define SEAL_FUZZ_SIGN "SIGN:" /* Base45 of a payload that a station signs, whatever it says */
#define SEAL_FUZZ_MAKE "MAKE:" /* the fields of a paper, one a line */

/* How often each outcome was seen. */
typedef struct
{
  guint refused;  /* texts that are no seal */
  guint parsed;   /* seals that nobody we know has signed */
  guint genuine;  /* the texts that were signed with the key */
  guint unlike;   /* signed payloads that are not in our form */
  guint accepted; /* signed payloads that are */
  guint made;     /* seals made from fields */
} SealFuzzCounts;

extern SealFuzzCounts seal_fuzz_counts;
