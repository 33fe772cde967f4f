#define G_LOG_DOMAIN "dio-scene"

/* "group_labels": which face groups of a model take part in its labels. */

#include "dio-scene-model-private.h"
#include "dio-scene-property-private.h"

#include <string.h>

/* A model of the importers has at most so many groups; also bounds hostile documents. */
#define MAX_GROUP_LABELS 65535

GHashTable *
dio_group_labels_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

GHashTable *
dio_group_labels_copy (GHashTable *labels)
{
  GHashTable *copy = dio_group_labels_new ();
  GHashTableIter iter;
  gpointer name, label;
  g_hash_table_iter_init (&iter, labels);
  while (g_hash_table_iter_next (&iter, &name, &label))
    g_hash_table_insert (copy, g_strdup (name), label);
  return copy;
}

static void
read_label (DioReader *reader, const char *name, const json_t *json, GHashTable *labels)
{
  const char *text = dio_json_get_text (json);
  for (int i = 0; text != NULL && dio_group_label_names[i] != NULL; i++) {
    if (strcmp (text, dio_group_label_names[i]) == 0) {
      g_hash_table_insert (labels, g_strdup (name), GINT_TO_POINTER (i));
      return;
    }
  }
  g_autofree char *shown = dio_json_describe_value (json);
  dio_reader_fault_at (reader, name, json_is_string (json) ? "unknown-name" : "wrong-type",
                       "must be one of \"own\", \"include\", \"exclude\", is %s", shown);
}

void
dio_group_labels_read (DioReader *reader, const json_t *object, GHashTable *labels)
{
  const json_t *json = json_object_get (object, "group_labels");
  if (json == NULL)
    return;
  gsize mark = dio_reader_push_key (reader, "group_labels");
  if (dio_reader_expect (reader, json, JSON_OBJECT, "an object of group names and labels")) {
    const char *name;
    json_t *value;
    if (json_object_size (json) > MAX_GROUP_LABELS)
      dio_reader_fault (reader, "too-many", "has more than %d entries", MAX_GROUP_LABELS);
    else
      json_object_foreach ((json_t *) json, name, value)
        read_label (reader, name, value, labels);
  }
  dio_reader_pop (reader, mark);
}

void
dio_group_labels_write (GHashTable *labels, json_t *object)
{
  if (g_hash_table_size (labels) == 0)
    return;
  json_t *json = json_object ();
  GHashTableIter iter;
  gpointer name, label;
  g_hash_table_iter_init (&iter, labels);
  while (g_hash_table_iter_next (&iter, &name, &label))
    json_object_set_new (json, name, json_string (dio_group_label_names[GPOINTER_TO_INT (label)]));
  json_object_set_new (object, "group_labels", json);
}

json_t *
dio_group_labels_to_schema (void)
{
  return json_pack ("{s:s,s:{s:[s,s,s]}}", "type", "object", "additionalProperties", "enum", "own",
                    "include", "exclude");
}
