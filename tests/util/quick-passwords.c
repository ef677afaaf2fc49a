/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into guituctl and the window by tests that call them hundreds of times: what libsodium makes
 * of a password and of a code costs as little as it can, instead of the tenth of a second and the 64 MiB
 * that make guessing dear. A hash says what it costs, so one that was made here is checked by the real
 * functions. That the program asks for the dear ones is shown where nothing is preloaded: by ctl-login
 * for passwords and by db-keys for codes. */

#include <sodium.h>

int
crypto_pwhash_str (char out[crypto_pwhash_STRBYTES],
                   const char *const password,
                   unsigned long long password_length,
                   unsigned long long operations,
                   size_t memory)
{
  return crypto_pwhash_argon2id_str (out, password, password_length, crypto_pwhash_argon2id_OPSLIMIT_MIN, crypto_pwhash_argon2id_MEMLIMIT_MIN);
}

int
crypto_pwhash (unsigned char *const out,
               unsigned long long length,
               const char *const password,
               unsigned long long password_length,
               const unsigned char *const salt,
               unsigned long long operations,
               size_t memory,
               int algorithm)
{
  return crypto_pwhash_argon2id (out, length, password, password_length, salt, crypto_pwhash_argon2id_OPSLIMIT_MIN,
                                 crypto_pwhash_argon2id_MEMLIMIT_MIN, crypto_pwhash_argon2id_ALG_ARGON2ID13);
}
