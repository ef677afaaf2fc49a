/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/call.h"

#include <string.h>

void
ctl_command_clear (GuituCommand *command)
{
  g_clear_pointer (&command->store, g_free);
  g_clear_pointer (&command->user, g_free);
  g_clear_pointer (&command->bench, g_free);
  g_clear_pointer (&command->group, g_free);
  g_clear_pointer (&command->input, json_object_unref);
}

gboolean
ctl_fail (GError **error,
          const char *code,
          const char *field,
          const char *message)
{
  return guitu_fail (error, GUITU_ERROR_INVALID, code, field, "%s", message);
}

static const GuituOption *
find_option (const GuituVerb *verb,
             const char *name)
{
  for (const GuituOption *option = verb->options; option != NULL && option->name != NULL; option++)
    if (strcmp (option->name, name) == 0)
      return option;
  return NULL;
}

gboolean
ctl_has_option (const GuituVerb *verb,
                const char *name)
{
  return find_option (verb, name) != NULL;
}

/* The words still to be read. */
typedef struct
{
  char **words;
  int length;
  int at;
} Words;

static const char *
next_word (Words *words)
{
  return words->at < words->length ? words->words[words->at++] : NULL;
}

/* The value of an option: behind "=" or the next word. */
static const char *
take_value (Words *words,
            const char *word,
            const char *name,
            GError **error)
{
  const char *equals = strchr (word, '=');
  const char *value = equals != NULL ? equals + 1 : next_word (words);

  if (value == NULL)
    guitu_fail (error, GUITU_ERROR_INVALID, "missing", name, "--%s needs a value", name);
  return value;
}

static char *
option_name (const char *word)
{
  const char *name = word + 2;
  char *copy = g_strndup (name, strcspn (name, "="));

  return g_strdelimit (copy, "-", '_');
}

static gboolean
is_option (const char *word)
{
  return g_str_has_prefix (word, "--") && word[2] != '\0';
}

/* --- Before the verb ------------------------------------------------------------------------- */

static gboolean
take_global (GuituCommand *command,
             Words *words,
             const char *word,
             GError **error)
{
  g_autofree char *name = option_name (word);
  const char *value;

  if (strcmp (name, "help") == 0)
    command->wants_help = TRUE;
  else if (strcmp (name, "pretty") == 0)
    command->pretty = TRUE;
  else if (strcmp (name, "store") == 0 || strcmp (name, "as") == 0)
    {
      char **place = strcmp (name, "store") == 0 ? &command->store : &command->user;

      value = take_value (words, word, name, error);
      if (value == NULL)
        return FALSE;
      g_free (*place);
      *place = g_strdup (value);
    }
  else
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-option", name, "There is no option %s", word);
  return TRUE;
}

static gboolean
is_global (const char *word)
{
  g_autofree char *name = option_name (word);
  const char *const names[] = { "help", "pretty", "store", "as", NULL };

  return g_strv_contains (names, name);
}

static gboolean
take_verb (GuituCommand *command,
           Words *words,
           const char *first,
           GError **error)
{
  const char *second = words->at < words->length ? words->words[words->at] : NULL;
  g_autofree char *both = second == NULL ? NULL : g_strconcat (first, " ", second, NULL);

  command->verb = both == NULL ? NULL : guitu_verb_find (both);
  if (command->verb != NULL)
    words->at++;
  else
    command->verb = guitu_verb_find (first);
  if (command->verb != NULL)
    return TRUE;
  if (second == NULL || is_option (second))
    for (const GuituVerb *const *verb = guitu_verbs (); *verb != NULL && command->group == NULL; verb++)
      if (ctl_is_of_group (*verb, first))
        command->group = g_strdup (first);
  if (command->group != NULL)
    return TRUE;
  return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-verb", NULL,
                     "There is no verb “%s”; “guituctl --help” lists them", both != NULL && !is_option (second) ? both : first);
}

/* --- After the verb -------------------------------------------------------------------------- */

static gboolean
check_utf_8 (const char *text,
             const char *field,
             GError **error)
{
  if (g_utf8_validate (text, -1, NULL))
    return TRUE;
  if (field != NULL && !g_utf8_validate (field, -1, NULL))
    field = NULL;
  return ctl_fail (error, "invalid-utf-8", field, "The command line is not valid UTF-8");
}

static gboolean
put_typed (JsonObject *input,
           const GuituOption *option,
           const char *value,
           GError **error)
{
  gint64 number;

  if (!check_utf_8 (value, option->name, error))
    return FALSE;
  if (option->type != GUITU_OPTION_INTEGER)
    {
      json_object_set_string_member (input, option->name, value);
      return TRUE;
    }
  if (!g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return guitu_fail (error, GUITU_ERROR_INVALID, "not-a-number", option->name, "“%s” is no whole number", value);
  json_object_set_int_member (input, option->name, number);
  return TRUE;
}

/* "person.name=王" puts a member into the object "person". */
static gboolean
take_set (GuituCommand *command,
          const char *text,
          GError **error)
{
  const char *equals = text == NULL ? NULL : strchr (text, '=');
  g_autofree char *name = equals == NULL ? NULL : g_strndup (text, equals - text);
  JsonObject *object = command->input;
  char *dot;

  if (name == NULL || name[0] == '\0')
    return ctl_fail (error, "usage", "set", "--set takes field=value");
  dot = strchr (name, '.');
  if (dot != NULL)
    {
      *dot = '\0';
      if (!json_object_has_member (object, name) || !JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, name)))
        json_object_set_object_member (object, name, json_object_new ());
      object = json_object_get_object_member (object, name);
    }
  if (!check_utf_8 (equals + 1, dot == NULL ? name : dot + 1, error))
    return FALSE;
  json_object_set_string_member (object, dot == NULL ? name : dot + 1, equals + 1);
  command->n_options++;
  return TRUE;
}

static gboolean
take_named (GuituCommand *command,
            Words *words,
            const char *word,
            GError **error)
{
  g_autofree char *name = option_name (word);
  const GuituOption *option = find_option (command->verb, name);
  const char *value;

  if (option != NULL && option->type == GUITU_OPTION_FLAG && strchr (word, '=') == NULL)
    {
      json_object_set_boolean_member (command->input, name, TRUE);
      return TRUE;
    }
  if (option == NULL && strcmp (name, "set") != 0 &&
      (command->verb->fields == NULL || guitu_kind_field (command->verb->fields, name) < 0))
    return guitu_fail (error, GUITU_ERROR_INVALID, "unknown-option", name, "“%s” has no option %s", command->verb->name, word);
  value = take_value (words, word, name, error);
  if (value == NULL)
    return FALSE;
  if (strcmp (name, "set") == 0)
    return take_set (command, value, error);
  command->n_options++;
  if (option != NULL)
    return put_typed (command->input, option, value, error);
  if (!check_utf_8 (value, name, error))
    return FALSE;
  json_object_set_string_member (command->input, name, value);
  return TRUE;
}

static gboolean
take_positional (GuituCommand *command,
                 const char *word,
                 GError **error)
{
  for (const GuituOption *option = command->verb->options; option != NULL && option->name != NULL; option++)
    if (option->is_positional && !json_object_has_member (command->input, option->name))
      return put_typed (command->input, option, word, error);
  return guitu_fail (error, GUITU_ERROR_INVALID, "usage", NULL, "“%s” is one word too many", word);
}

static const GuituOption bench_options[] = {
  { "people", GUITU_OPTION_INTEGER, FALSE, "people to search among (1,000,000)" },
  { "postgres", GUITU_OPTION_TEXT, FALSE, "URL of a PostgreSQL database to search in, too" },
  { "folder", GUITU_OPTION_TEXT, FALSE, "where the people that are searched are kept, to be searched again" },
  { "grown", GUITU_OPTION_FLAG, FALSE, "of the search: the index is that of a desk to which all came by exchange, and never built at once" },
  { "kind", GUITU_OPTION_TEXT, FALSE, "of the search, only how people are found, by that kind of key stroke" },
  { NULL },
};

/** An option of “bench”, which is no verb. Returns: (nullable). */
static const GuituOption *
bench_option (const GuituCommand *command,
              const char *name)
{
  for (const GuituOption *option = bench_options; command->is_bench && name != NULL && option->name != NULL; option++)
    if (strcmp (option->name, name) == 0)
      return option;
  return NULL;
}

static gboolean
take_bench_option (GuituCommand *command,
                   Words *words,
                   const char *word,
                   const GuituOption *option,
                   GError **error)
{
  gboolean is_flag = option->type == GUITU_OPTION_FLAG && strchr (word, '=') == NULL;
  const char *value = is_flag ? "true" : take_value (words, word, option->name, error);

  return value != NULL && put_typed (command->input, option, value, error);
}

static gboolean
take_word (GuituCommand *command,
           Words *words,
           const char *word,
           GError **error)
{
  g_autofree char *name = is_option (word) ? option_name (word) : NULL;

  if (!check_utf_8 (word, name, error))
    return FALSE;
  if (bench_option (command, name) != NULL)
    return take_bench_option (command, words, word, bench_option (command, name), error);
  if (is_option (word) && is_global (word) && !(command->verb != NULL && ctl_has_option (command->verb, word + 2)))
    return take_global (command, words, word, error);
  if (command->verb == NULL && is_option (word))
    return take_global (command, words, word, error);
  if (command->verb == NULL && strcmp (word, "bench") == 0)
    {
      command->is_bench = TRUE;
      if (words->at < words->length && !is_option (words->words[words->at]))
        command->bench = g_strdup (next_word (words));
      return TRUE;
    }
  if (command->verb == NULL)
    return take_verb (command, words, word, error);
  if (strcmp (word, "-") == 0)
    {
      command->wants_stdin = TRUE;
      return TRUE;
    }
  return is_option (word) ? take_named (command, words, word, error) : take_positional (command, word, error);
}

gboolean
ctl_parse (GuituCommand *command,
           int argc,
           char **argv,
           GError **error)
{
  Words words = { argv, argc, 1 };
  const char *word;

  command->input = json_object_new ();
  while ((word = next_word (&words)) != NULL)
    if (!take_word (command, &words, word, error))
      return FALSE;
  if (command->group != NULL && !command->wants_help)
    return guitu_fail (error, GUITU_ERROR_INVALID, "usage", NULL, "“%s” what? “guituctl %s --help” lists the verbs",
                       command->group, command->group);
  if (command->verb == NULL && argc == 1)
    command->wants_help = TRUE;
  if (command->verb == NULL && !command->wants_help && !command->is_bench)
    return ctl_fail (error, "usage", NULL, "Which verb? “guituctl --help” lists them");
  return TRUE;
}
