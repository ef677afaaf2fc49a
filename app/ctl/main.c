/* SPDX-License-Identifier: GPL-3.0-or-later */

/* guituctl: words to a verb's input, results to lines of JSON. What a verb does is not known here. */

#include "app/ctl/bench.h"
#include "app/ctl/ctl.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define STDIN_WAIT_MS 200
#define DEEPEST_NESTING 16

static void
print_json (FILE *to,
            JsonObject *object,
            gboolean pretty)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, pretty);

  fprintf (to, "%s\n", text);
  fflush (to);
}

static void
print_result (JsonObject *result,
              gpointer data)
{
  const GuituCommand *command = data;

  print_json (stdout, result, command->pretty);
}

static int
print_error (const GError *error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const char *field = guitu_error_field (error);

  json_object_set_string_member (object, "error", guitu_error_code (error));
  json_object_set_string_member (object, "message", error->message);
  if (field != NULL)
    json_object_set_string_member (object, "field", field);
  print_json (stderr, object, FALSE);
  return error->domain == GUITU_ERROR ? error->code : GUITU_ERROR_STORAGE;
}

/* --- Passwords ------------------------------------------------------------------------------- */

static char *
ask_password (const char *prompt)
{
  struct termios before, quiet;
  char line[1024];
  char *end;

  if (!isatty (STDIN_FILENO) || tcgetattr (STDIN_FILENO, &before) != 0)
    return NULL;
  fprintf (stderr, "%s: ", prompt);
  quiet = before;
  quiet.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
  end = fgets (line, sizeof line, stdin);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputc ('\n', stderr);
  return end == NULL ? NULL : g_strdup (g_strchomp (line));
}

static gboolean
log_in (GuituStation *station,
        const GuituCommand *command,
        GError **error)
{
  g_autofree char *password = g_strdup (g_getenv ("GUITU_PASSWORD"));

  if (command->user == NULL)
    return TRUE;
  if (password == NULL)
    password = ask_password (command->user);
  return guitu_station_log_in (station, command->user, password == NULL ? "" : password, error);
}

/* A verb that sets a password takes it from the environment (init) or asks. */
static void
complete_password (GuituCommand *command)
{
  g_autofree char *password = NULL;

  if (!ctl_has_option (command->verb, "password") || json_object_has_member (command->input, "password") ||
      json_object_has_member (command->input, "invitation"))
    return;
  if (command->verb->flags & GUITU_VERB_NO_LOGIN)
    password = g_strdup (g_getenv ("GUITU_PASSWORD"));
  if (password == NULL)
    password = ask_password ("New password");
  if (password != NULL)
    json_object_set_string_member (command->input, "password", password);
}

/* --- Records on standard input ----------------------------------------------------------------- */

/* Words on the command line are enough for many verbs: then standard input is only read when
 * something is there. */
static gboolean
has_records (const GuituCommand *command)
{
  struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };

  if (!(command->verb->flags & GUITU_VERB_READS_STDIN) || isatty (STDIN_FILENO))
    return FALSE;
  if (command->wants_stdin)
    return TRUE;
  if (command->n_options > 0)
    return FALSE;
  if (json_object_get_size (command->input) == 0)
    return TRUE;
  return poll (&input, 1, STDIN_WAIT_MS) == 1 && (input.revents & POLLIN);
}

static JsonNode *
parse (const char *text,
       GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (!json_parser_load_from_data (parser, text, -1, error))
    return NULL;
  return json_parser_steal_root (parser);
}

static void
copy_member (JsonObject *object,
             const char *name,
             JsonNode *node,
             gpointer data)
{
  json_object_set_member (data, name, json_node_copy (node));
}

/* The record with the words of the command line, which go before it. */
static JsonObject *
complete_record (GuituCommand *command,
                 JsonObject *record)
{
  JsonObject *input = json_object_new ();

  json_object_foreach_member (record, copy_member, input);
  json_object_foreach_member (command->input, copy_member, input);
  return input;
}

static gboolean
run_array (GuituStation *station,
           GuituCommand *command,
           JsonArray *records,
           GError **error)
{
  g_autoptr (JsonArray) inputs = json_array_new ();

  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonNode *record = json_array_get_element (records, i);

      if (!JSON_NODE_HOLDS_OBJECT (record))
        return ctl_fail (error, "invalid-json", NULL, "A record is a JSON object");
      json_array_add_object_element (inputs, complete_record (command, json_node_get_object (record)));
    }
  return guitu_station_run_all (station, command->verb->name, inputs, print_result, command, error);
}

static gboolean
run_node (GuituStation *station,
          GuituCommand *command,
          JsonNode *node,
          GError **error)
{
  g_autoptr (JsonObject) input = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return run_array (station, command, json_node_get_array (node), error);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return ctl_fail (error, "invalid-json", NULL, "A record is a JSON object");
  input = complete_record (command, json_node_get_object (node));
  return guitu_station_run (station, command->verb->name, input, print_result, command, error);
}

/* How deep the text so far is inside brackets, so that it is parsed once, when they are closed. */
typedef struct
{
  int depth;
  gboolean in_string;
  gboolean is_escaped;
} Nesting;

static gboolean
follow_nesting (Nesting *nesting,
                const char *line,
                GError **error)
{
  for (const char *at = line; *at != '\0'; at++)
    {
      if (nesting->is_escaped)
        nesting->is_escaped = FALSE;
      else if (nesting->in_string)
        {
          nesting->is_escaped = *at == '\\';
          nesting->in_string = *at != '"';
        }
      else if (*at == '"')
        nesting->in_string = TRUE;
      else if (*at == '{' || *at == '[')
        nesting->depth++;
      else if (*at == '}' || *at == ']')
        nesting->depth--;
      if (nesting->depth > DEEPEST_NESTING)
        return ctl_fail (error, "invalid-json", NULL, "The brackets are nested too deeply for a record");
    }
  return TRUE;
}

static gboolean
run_text (GuituStation *station,
          GuituCommand *command,
          const char *text,
          GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonNode) node = parse (text, &failure);

  if (node == NULL)
    return ctl_fail (error, "invalid-json", NULL, failure == NULL ? "This is no record" : failure->message);
  return run_node (station, command, node, error);
}

/* One record a line, each acknowledged before the next is read; or one that goes over several lines.
 * An array of records is written whole or not at all. */
static gboolean
run_records (GuituStation *station,
             GuituCommand *command,
             GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *line = NULL;
  Nesting nesting = { 0 };
  size_t size = 0;
  ssize_t length;
  guint records = 0;

  while ((length = getline (&line, &size, stdin)) > 0)
    {
      if (!g_utf8_validate (line, length, NULL))
        return ctl_fail (error, "invalid-utf-8", NULL, "The input is not valid UTF-8");
      if (text->len == 0 && line[strspn (line, " \t\r\n")] == '\0')
        continue;
      if (!follow_nesting (&nesting, line, error))
        return FALSE;
      g_string_append (text, line);
      if (nesting.depth > 0)
        continue;
      records++;
      if (!run_text (station, command, text->str, error))
        return FALSE;
      g_string_truncate (text, 0);
      nesting = (Nesting){ 0 };
    }
  if (text->len > 0)
    return ctl_fail (error, "invalid-json", NULL, "The input ends in the middle of a record");
  if (records == 0)
    return guitu_station_run (station, command->verb->name, command->input, print_result, command, error);
  return TRUE;
}

static gboolean
run (GuituCommand *command,
     GError **error)
{
  g_autoptr (GuituStation) station = guitu_station_new (command->store);

  if (!(command->verb->flags & GUITU_VERB_NO_LOGIN) || command->user != NULL)
    {
      if (!(command->verb->flags & GUITU_VERB_NO_STORE) && !log_in (station, command, error))
        return FALSE;
    }
  complete_password (command);
  if (has_records (command))
    return run_records (station, command, error);
  return guitu_station_run (station, command->verb->name, command->input, print_result, command, error);
}

int
main (int argc,
      char **argv)
{
  g_auto (GuituCommand) command = { 0 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (!ctl_parse (&command, argc, argv, &error))
    return print_error (error);
  if (command.wants_help)
    {
      ctl_print_help (command.verb);
      return 0;
    }
  if (command.is_bench ? !ctl_bench (command.bench, &error) : !run (&command, &error))
    return print_error (error);
  return 0;
}
