/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A hundred thousand forgeries: genuine seals, each changed in one way or a few. None is accepted.
 * What happens to come out as a genuine seal again is not a forgery, and is made anew.
 */

#include <sodium.h>
#include <string.h>

#include "print/base45-private.h"
#include "print/print.h"

#define N_FORGERIES 100000
#define N_GENUINE 64
#define PREFIX "GT1:"
#define CHARACTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

/* In the COSE_Sign1: tag, array, protected header up to the key id. */
#define KEY_ID_OFFSET 8

typedef struct
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
} KeyPair;

static KeyPair station;
static KeyPair forger;
static char *genuine[N_GENUINE];
static GRand *dice;

static guint throw (guint n)
{
  return (guint) g_rand_int_range (dice, 0, (gint32) n);
}

static const char *
any_of (const char *const *texts)
{
  return texts[throw (g_strv_length ((GStrv) texts))];
}

/* The content of any paper. Its texts are not to be freed. */
static GuituSeal
any_content (void)
{
  static const char *const numbers[] = { "JJ-440100-2026-000123", "JJ-440100-2026-000124", "QT-650100-2026-000001", "CP-430481-2025-099999", NULL };
  static const char *const kinds[] = { "escort-handover", "travel-voucher", "intake-registration", "wrist-band", NULL };
  static const char *const stations[] = { "440100JZ", "650100JZ", "430481JZ", NULL };
  static const char *const surnames[] = { "王**", "欧阳**", "𠮷**", "阿卜杜拉**", "", NULL };
  static const char *const sexes[] = { "男", "女", "", NULL };
  static const char *const numbers_of_id[] = { "0026", "002X", "1234", "", NULL };
  static const char *const destinations[] = { "湖南耒阳", "新疆维吾尔自治区喀什市", "四川省凉山彝族自治州布拖县", "", NULL };
  static const char *const answers[] = { "", "JJ-2026-1-00123 0123456789abcdef0123456789abcdef", NULL };
  GuituSeal content = {
    .number = (char *) any_of (numbers),
    .kind = (char *) any_of (kinds),
    .station = (char *) any_of (stations),
    .issued_at = 1777790460 + throw (1000000),
    .expires_at = throw (2) == 0 ? 0 : 1778395260 + throw (1000000),
    .surname = (char *) any_of (surnames),
    .birth_year = throw (2) == 0 ? 0 : 1920 + (int) throw (110),
    .sex = (char *) any_of (sexes),
    .id_last4 = (char *) any_of (numbers_of_id),
    .destination = (char *) any_of (destinations),
    .answers = (char *) any_of (answers),
  };

  for (guint i = 0; i < GUITU_SEAL_DIGEST_SIZE; i++)
    content.digest[i] = (guint8) throw (256);
  return content;
}

static char *
seal_with (const GuituSeal *content,
           const KeyPair *keys)
{
  g_autoptr (GError) error = NULL;
  char *text = guitu_seal_make (content, keys->secret_key, &error);

  g_assert_no_error (error);
  return text;
}

static const char *
any_genuine (void)
{
  return genuine[throw (N_GENUINE)];
}

static char *
to_text (const GByteArray *bytes)
{
  g_autofree char *body = _guitu_base45_encode (bytes->data, bytes->len);

  return g_strconcat (PREFIX, body, NULL);
}

static GByteArray *
any_bytes (void)
{
  return _guitu_base45_decode (any_genuine () + strlen (PREFIX));
}

/* Each of these makes a forgery. (transfer full) */

static char *
change_characters (void)
{
  GString *text = g_string_new (any_genuine ());

  for (guint n = 1 + throw (3); n > 0; n--)
    text->str[throw ((guint) text->len)] = CHARACTERS[throw (45)];
  return g_string_free (text, FALSE);
}

static char *
swap_characters (void)
{
  GString *text = g_string_new (any_genuine ());
  guint a = throw ((guint) text->len);
  guint b = throw (2) == 0 ? throw ((guint) text->len) : MIN (a + 1, (guint) text->len - 1);
  char kept = text->str[a];

  text->str[a] = text->str[b];
  text->str[b] = kept;
  return g_string_free (text, FALSE);
}

static char *
insert_characters (void)
{
  GString *text = g_string_new (any_genuine ());

  for (guint n = 1 + throw (4); n > 0; n--)
    g_string_insert_c (text, throw ((guint) text->len + 1), CHARACTERS[throw (45)]);
  return g_string_free (text, FALSE);
}

static char *
delete_characters (void)
{
  GString *text = g_string_new (any_genuine ());
  guint length = 1 + throw (6);
  guint start = throw ((guint) text->len - length);

  g_string_erase (text, start, length);
  return g_string_free (text, FALSE);
}

/* Lower case, full width, another code page: what keyboards and scanners make of a text. */
static char *
change_case (void)
{
  const char *from = any_genuine ();
  GString *text = g_string_new (NULL);
  guint all = throw (8);
  guint at = throw ((guint) strlen (from));

  for (guint i = 0; from[i] != '\0'; i++)
    if (all != 0 && i != at)
      g_string_append_c (text, from[i]);
    else if (g_ascii_isalpha (from[i]) && throw (2) == 0)
      g_string_append_c (text, g_ascii_tolower (from[i]));
    else
      g_string_append_unichar (text, 0xff00u + (gunichar) from[i] - 0x20u);
  return g_string_free (text, FALSE);
}

/* The beginning of one seal and the end of another, where they are as long or somewhere else. */
static char *
splice_texts (void)
{
  const char *a = any_genuine ();
  const char *b = any_genuine ();
  gsize cut_a = throw ((guint) strlen (a));
  gsize cut_b = throw (2) == 0 ? throw ((guint) strlen (b)) : MIN (cut_a, strlen (b));
  g_autofree char *head = g_strndup (a, cut_a);

  return g_strconcat (head, b + cut_b, NULL);
}

static char *
change_bits (void)
{
  g_autoptr (GByteArray) bytes = any_bytes ();

  for (guint n = 1 + throw (3); n > 0; n--)
    bytes->data[throw (bytes->len)] ^= (guint8) (1u << throw (8));
  return to_text (bytes);
}

static char *
change_bytes (void)
{
  g_autoptr (GByteArray) bytes = any_bytes ();
  guint at = throw (bytes->len);
  guint8 byte = (guint8) throw (256);

  switch (throw (4))
    {
    case 0:
      bytes->data[at] = byte;
      break;
    case 1:
      g_byte_array_remove_index (bytes, at);
      break;
    case 2:
      g_byte_array_append (bytes, &byte, 1);
      memmove (bytes->data + at + 1, bytes->data + at, bytes->len - at - 1);
      bytes->data[at] = byte;
      break;
    case 3:
    default:
      g_byte_array_set_size (bytes, at);
      break;
    }
  return to_text (bytes);
}

static char *
splice_bytes (void)
{
  g_autoptr (GByteArray) a = any_bytes ();
  g_autoptr (GByteArray) b = any_bytes ();
  guint cut = throw (MIN (a->len, b->len));

  g_byte_array_set_size (a, cut);
  g_byte_array_append (a, b->data + cut, b->len - cut);
  return to_text (a);
}

/* What one paper says with the signature of another. */
static char *
take_signature (void)
{
  g_autoptr (GByteArray) bytes = any_bytes ();
  g_autoptr (GByteArray) other = any_bytes ();

  memcpy (bytes->data + bytes->len - GUITU_SEAL_SIGNATURE_SIZE,
          other->data + other->len - GUITU_SEAL_SIGNATURE_SIZE, GUITU_SEAL_SIGNATURE_SIZE);
  return to_text (bytes);
}

/* A whole seal of somebody else's, and one that claims to be the station's. */
static char *
sign_with_another_key (void)
{
  GuituSeal content = any_content ();
  g_autofree char *text = seal_with (&content, &forger);
  g_autoptr (GByteArray) bytes = NULL;

  if (throw (2) == 0)
    return g_steal_pointer (&text);
  bytes = _guitu_base45_decode (text + strlen (PREFIX));
  guitu_seal_key_id (station.public_key, bytes->data + KEY_ID_OFFSET);
  return to_text (bytes);
}

static char *
change_key_id (void)
{
  g_autoptr (GByteArray) bytes = any_bytes ();

  if (throw (2) == 0)
    guitu_seal_key_id (forger.public_key, bytes->data + KEY_ID_OFFSET);
  else
    bytes->data[KEY_ID_OFFSET + throw (GUITU_SEAL_KEY_ID_SIZE)] = (guint8) throw (256);
  return to_text (bytes);
}

/* Fields put in the place of others, in proper form, and signed with what was there. */
static char *
substitute_fields (void)
{
  const char *right = any_genuine ();
  g_autoptr (GuituSeal) seal = guitu_seal_parse (right, NULL);
  GuituSeal content = *seal;
  GuituSeal other = any_content ();
  g_autofree char *text = NULL;
  g_autoptr (GByteArray) bytes = NULL;

  switch (throw (8))
    {
    case 0:
      content.number = other.number;
      break;
    case 1:
      content.kind = other.kind;
      break;
    case 2:
      content.expires_at = other.expires_at;
      break;
    case 3:
      memcpy (content.digest, other.digest, sizeof content.digest);
      break;
    case 4:
      content.surname = other.surname;
      break;
    case 5:
      content.birth_year = other.birth_year;
      break;
    case 6:
      content.answers = other.answers;
      break;
    case 7:
    default:
      content.destination = other.destination;
      break;
    }
  text = seal_with (&content, &forger);
  bytes = _guitu_base45_decode (text + strlen (PREFIX));
  memcpy (bytes->data + KEY_ID_OFFSET, seal->key_id, GUITU_SEAL_KEY_ID_SIZE);
  memcpy (bytes->data + bytes->len - GUITU_SEAL_SIGNATURE_SIZE, seal->signature, GUITU_SEAL_SIGNATURE_SIZE);
  return to_text (bytes);
}

static const struct
{
  const char *name;
  char *(*forge) (void);
} ways[] = {
  { "characters changed", change_characters },
  { "characters swapped", swap_characters },
  { "characters inserted", insert_characters },
  { "characters left out", delete_characters },
  { "case or width changed", change_case },
  { "texts spliced", splice_texts },
  { "bits changed", change_bits },
  { "bytes changed", change_bytes },
  { "bytes spliced", splice_bytes },
  { "another paper's signature", take_signature },
  { "another key", sign_with_another_key },
  { "key id changed", change_key_id },
  { "fields substituted", substitute_fields },
};

static gboolean
is_genuine (const char *text)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));

  for (guint i = 0; i < N_GENUINE; i++)
    if (strcmp (bare, genuine[i]) == 0)
      return TRUE;
  return FALSE;
}

static char *
forge (guint way)
{
  for (;;)
    {
      char *text = ways[way].forge ();

      if (!is_genuine (text))
        return text;
      g_free (text);
    }
}

static void
test_mutations (void)
{
  guint n_read[G_N_ELEMENTS (ways)] = { 0 };
  guint n_accepted = 0;

  for (guint i = 0; i < N_FORGERIES; i++)
    {
      guint way = i % G_N_ELEMENTS (ways);
      g_autofree char *text = forge (way);
      g_autoptr (GuituSeal) seal = guitu_seal_parse (text, NULL);

      if (seal == NULL)
        continue;
      n_read[way]++;
      if (guitu_seal_verify (seal, station.public_key))
        {
          g_test_message ("accepted: %s", text);
          n_accepted++;
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    g_test_message ("%s: %u read, none genuine", ways[i].name, n_read[i]);
  g_assert_cmpuint (n_accepted, ==, 0);

  /* these are in proper form, all of them: only the signature tells */
  for (gsize i = G_N_ELEMENTS (ways) - 4; i < G_N_ELEMENTS (ways); i++)
    g_assert_cmpuint (n_read[i], >=, N_FORGERIES / G_N_ELEMENTS (ways));
}

int
main (int argc,
      char *argv[])
{
  static const guint8 seeds[2][crypto_sign_SEEDBYTES] = { { 42 }, { 43 } };
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  crypto_sign_seed_keypair (station.public_key, station.secret_key, seeds[0]);
  crypto_sign_seed_keypair (forger.public_key, forger.secret_key, seeds[1]);
  dice = g_rand_new_with_seed (20260503);
  for (guint i = 0; i < N_GENUINE; i++)
    {
      GuituSeal content = any_content ();
      g_autoptr (GuituSeal) seal = NULL;

      genuine[i] = seal_with (&content, &station);
      seal = guitu_seal_parse (genuine[i], NULL);
      g_assert_true (guitu_seal_verify (seal, station.public_key));
    }
  g_test_add_func ("/seal/mutations", test_mutations);
  status = g_test_run ();
  for (guint i = 0; i < N_GENUINE; i++)
    g_free (genuine[i]);
  g_rand_free (dice);
  return status;
}
