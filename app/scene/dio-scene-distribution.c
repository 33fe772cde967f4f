#define G_LOG_DOMAIN "dio-scene"

#include "dio-scene-distribution.h"

#include "dio-base-json.h"
#include "dio-scene-reader-private.h"

#include <math.h>
#include <string.h>

/* Far beyond any unit, and products of two still fit a double. */
#define LARGEST 1e100

static const char *const kind_names[] = { "constant", "uniform", "log-uniform", "normal",
                                          "choice",   "integer", "boolean",     NULL };

/* Which keys each kind takes; @required counts from the front. */
typedef struct {
  guint required;
  const char *const *keys;
} KindKeys;

static const char *const constant_keys[] = { "value", "kind", NULL };
static const char *const range_keys[] = { "min", "max", "kind", NULL };
static const char *const normal_keys[] = { "mean", "stddev", "min", "max", "kind", NULL };
static const char *const choice_keys[] = { "values", "weights", "kind", NULL };
static const char *const boolean_keys[] = { "probability", "kind", NULL };

static const KindKeys kind_keys[] = {
  [DIO_DISTRIBUTION_CONSTANT] = { 1, constant_keys },
  [DIO_DISTRIBUTION_UNIFORM] = { 2, range_keys },
  [DIO_DISTRIBUTION_LOG_UNIFORM] = { 2, range_keys },
  [DIO_DISTRIBUTION_NORMAL] = { 2, normal_keys },
  [DIO_DISTRIBUTION_CHOICE] = { 1, choice_keys },
  [DIO_DISTRIBUTION_INTEGER] = { 2, range_keys },
  [DIO_DISTRIBUTION_BOOLEAN] = { 1, boolean_keys },
};

const char *
dio_distribution_kind_to_name (DioDistributionKind kind)
{
  return (guint) kind < G_N_ELEMENTS (kind_keys) ? kind_names[kind] : NULL;
}

void
dio_distribution_free (DioDistribution *distribution)
{
  if (distribution == NULL)
    return;
  g_free (distribution->numbers);
  g_strfreev (distribution->strings);
  g_free (distribution->weights);
  g_free (distribution);
}

DioDistribution *
dio_distribution_copy (const DioDistribution *distribution)
{
  g_return_val_if_fail (distribution != NULL, NULL);
  DioDistribution *copy = g_memdup2 (distribution, sizeof *distribution);
  gsize bytes = sizeof (double) * copy->n_choices;
  copy->numbers = g_memdup2 (copy->numbers, bytes);
  copy->weights = g_memdup2 (copy->weights, bytes);
  copy->strings = g_strdupv (copy->strings);
  return copy;
}

/* ---- reading ---- */

/* The member that @key fills. */
static double *
find_member (DioDistribution *d, const char *key)
{
  const struct {
    const char *key;
    double *member;
  } members[] = {
    { "value", &d->value }, { "min", &d->min },       { "max", &d->max },
    { "mean", &d->mean },   { "stddev", &d->stddev }, { "probability", &d->probability },
  };
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    if (strcmp (members[i].key, key) == 0)
      return members[i].member;
  }
  g_assert_not_reached ();
}

/* A finite number within what sampling can bear; -0 becomes 0 so that texts are stable. */
static gboolean
read_number (DioReader *reader, const json_t *json, double *out)
{
  double value = json_number_value (json);
  if (!json_is_number (json)) {
    dio_reader_fault (reader, "wrong-type", "must be a number, is %s",
                      dio_json_describe_type (json));
    return FALSE;
  }
  if (!(fabs (value) <= LARGEST)) {
    dio_reader_fault (reader, "out-of-range", "must be between -1e100 and 1e100");
    return FALSE;
  }
  *out = value + 0.0;
  return TRUE;
}

static void
read_member (DioReader *reader, const json_t *object, const char *key, DioDistribution *d)
{
  const json_t *json = json_object_get (object, key);
  if (json == NULL)
    return;
  gsize mark = dio_reader_push_key (reader, key);
  read_number (reader, json, find_member (d, key));
  dio_reader_pop (reader, mark);
}

static void
read_weights (DioReader *reader, const json_t *object, DioDistribution *d)
{
  const json_t *json = json_object_get (object, "weights");
  if (json == NULL)
    return;
  gsize mark = dio_reader_push_key (reader, "weights");
  double sum = 0;
  if (!json_is_array (json) || json_array_size (json) != d->n_choices) {
    dio_reader_fault (reader, "wrong-type", "must be an array of %u numbers, one for each value",
                      d->n_choices);
    dio_reader_pop (reader, mark);
    return;
  }
  d->weights = g_new0 (double, d->n_choices);
  for (guint i = 0; i < d->n_choices; i++) {
    gsize inner = dio_reader_push_index (reader, i);
    if (read_number (reader, json_array_get (json, i), &d->weights[i]) && d->weights[i] < 0)
      dio_reader_fault (reader, "out-of-range", "must be >= 0");
    sum += d->weights[i];
    dio_reader_pop (reader, inner);
  }
  if (!(sum > 0))
    dio_reader_fault (reader, "out-of-range", "must have a sum above 0");
  dio_reader_pop (reader, mark);
}

static void
read_choice (DioReader *reader, const json_t *json, guint index, DioDistribution *d)
{
  gsize mark = dio_reader_push_index (reader, index);
  const char *text = dio_json_get_text (json);
  if (d->numbers != NULL)
    read_number (reader, json, &d->numbers[index]);
  else if (text != NULL)
    d->strings[index] = g_strdup (text);
  else
    dio_reader_fault (reader, "wrong-type", "must be a string like the first value, is %s",
                      dio_json_describe_type (json));
  dio_reader_pop (reader, mark);
}

static void
read_choices (DioReader *reader, const json_t *object, DioDistribution *d)
{
  const json_t *json = json_object_get (object, "values");
  if (json == NULL)
    return;
  gsize mark = dio_reader_push_key (reader, "values");
  gsize n = json_array_size (json);
  if (!json_is_array (json) || n < 1 || n > DIO_DISTRIBUTION_MAX_CHOICES) {
    dio_reader_fault (reader, "wrong-type", "must be an array of 1 to %d numbers or strings",
                      DIO_DISTRIBUTION_MAX_CHOICES);
    dio_reader_pop (reader, mark);
    return;
  }
  guint faults_before = reader->n_faults;
  d->n_choices = (guint) n;
  if (json_is_string (json_array_get (json, 0)))
    d->strings = g_new0 (char *, n + 1);
  else
    d->numbers = g_new0 (double, n);
  /* Stops at the first fault, so that strings never have a hole. */
  for (guint i = 0; i < n && reader->n_faults == faults_before; i++)
    read_choice (reader, json_array_get (json, i), i, d);
  dio_reader_pop (reader, mark);
  if (reader->n_faults == faults_before)
    read_weights (reader, object, d);
}

/* Rules between the numbers of one distribution. */
static void
check_numbers (DioReader *reader, const DioDistribution *d)
{
  switch (d->kind) {
  case DIO_DISTRIBUTION_LOG_UNIFORM:
    if (!(d->min > 0))
      dio_reader_fault_at (reader, "min", "out-of-range", "must be > 0 for a log-uniform");
    break;
  case DIO_DISTRIBUTION_NORMAL:
    if (!(d->stddev >= 0))
      dio_reader_fault_at (reader, "stddev", "out-of-range", "must be >= 0");
    break;
  case DIO_DISTRIBUTION_INTEGER:
    if (floor (d->min) != d->min || floor (d->max) != d->max || fabs (d->min) > 0x1p53
        || fabs (d->max) > 0x1p53)
      dio_reader_fault (reader, "wrong-type", "must have whole numbers as min and max");
    break;
  case DIO_DISTRIBUTION_BOOLEAN:
    if (!(d->probability >= 0 && d->probability <= 1))
      dio_reader_fault_at (reader, "probability", "out-of-range", "must be 0 to 1");
    break;
  case DIO_DISTRIBUTION_CONSTANT:
  case DIO_DISTRIBUTION_UNIFORM:
  case DIO_DISTRIBUTION_CHOICE:
  default:
    break;
  }
  gboolean empty = d->kind == DIO_DISTRIBUTION_NORMAL ? d->min >= d->max : d->min > d->max;
  if (empty)
    dio_reader_fault_at (reader, "max", "contradiction", "must be greater than min");
}

static void
read_object (DioReader *reader, const json_t *json, DioDistribution *d)
{
  const KindKeys *keys = &kind_keys[d->kind];
  guint faults_before = reader->n_faults;
  dio_reader_check_keys (reader, json, keys->keys);
  for (guint i = 0; i < keys->required; i++) {
    if (json_object_get (json, keys->keys[i]) == NULL)
      dio_reader_fault_at (reader, keys->keys[i], "missing", "is missing; \"%s\" needs it",
                           kind_names[d->kind]);
  }
  if (d->kind == DIO_DISTRIBUTION_NORMAL) {
    d->min = -INFINITY;
    d->max = INFINITY;
  }
  if (d->kind == DIO_DISTRIBUTION_CHOICE)
    read_choices (reader, json, d);
  else
    for (guint i = 0; strcmp (keys->keys[i], "kind") != 0; i++)
      read_member (reader, json, keys->keys[i], d);
  if (reader->n_faults == faults_before)
    check_numbers (reader, d);
}

static gboolean
read_kind (DioReader *reader, const json_t *json, DioDistributionKind *kind)
{
  const json_t *value = json_object_get (json, "kind");
  const char *text = dio_json_get_text (value);
  for (guint i = 0; text != NULL && kind_names[i] != NULL; i++) {
    if (strcmp (kind_names[i], text) == 0) {
      *kind = i;
      return TRUE;
    }
  }
  g_autofree char *list = g_strjoinv ("\", \"", (GStrv) kind_names);
  g_autofree char *shown = dio_json_describe_value (value);
  dio_reader_fault_at (reader, "kind", "unknown-name", "must be one of \"%s\", is %s", list, shown);
  return FALSE;
}

DioDistribution *
dio_distribution_from_json (const json_t *json, const char *path, DioDiagnostics *diagnostics)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_autoptr (DioReader) reader = dio_reader_new (path);
  g_autoptr (DioDistribution) d = g_new0 (DioDistribution, 1);
  if (json_is_number (json))
    read_number (reader, json, &d->value);
  else if (!json_is_object (json))
    dio_reader_fault (reader, "wrong-type", "must be a number or a distribution, is %s",
                      dio_json_describe_type (json));
  else if (read_kind (reader, json, &d->kind))
    read_object (reader, json, d);
  if (diagnostics != NULL)
    dio_diagnostics_append (diagnostics, reader->diagnostics);
  return reader->n_faults == 0 ? g_steal_pointer (&d) : NULL;
}

/* ---- writing ---- */

/* Numbers or strings, as the distribution holds one of them. */
static json_t *
create_choices (const DioDistribution *d)
{
  json_t *values = json_array ();
  for (guint i = 0; i < d->n_choices; i++)
    json_array_append_new (values, d->strings != NULL ? json_string (d->strings[i])
                                                      : json_real (d->numbers[i]));
  json_t *json = json_pack ("{s:s,s:o}", "kind", kind_names[d->kind], "values", values);
  if (d->weights == NULL)
    return json;
  json_t *weights = json_array ();
  for (guint i = 0; i < d->n_choices; i++)
    json_array_append_new (weights, json_real (d->weights[i]));
  json_object_set_new (json, "weights", weights);
  return json;
}

json_t *
dio_distribution_to_json (const DioDistribution *distribution)
{
  g_return_val_if_fail (distribution != NULL, NULL);
  DioDistribution d = *distribution;
  if (d.kind == DIO_DISTRIBUTION_CONSTANT)
    return json_real (d.value);
  if (d.kind == DIO_DISTRIBUTION_CHOICE)
    return create_choices (&d);
  g_autoptr (json_t) json = json_pack ("{s:s}", "kind", kind_names[d.kind]);
  const KindKeys *keys = &kind_keys[d.kind];
  for (guint i = 0; strcmp (keys->keys[i], "kind") != 0; i++) {
    double value = *find_member (&d, keys->keys[i]);
    if (i >= keys->required && isinf (value))
      continue;
    if (!isfinite (value))
      return NULL;
    json_t *number =
        d.kind == DIO_DISTRIBUTION_INTEGER ? json_integer ((json_int_t) value) : json_real (value);
    json_object_set_new (json, keys->keys[i], number);
  }
  return g_steal_pointer (&json);
}

void
dio_distribution_get_range (const DioDistribution *d, double *min, double *max)
{
  g_return_if_fail (d != NULL && min != NULL && max != NULL);
  *min = d->min;
  *max = d->max;
  switch (d->kind) {
  case DIO_DISTRIBUTION_CONSTANT:
    *min = *max = d->value;
    break;
  case DIO_DISTRIBUTION_BOOLEAN:
    *min = d->probability < 1 ? 0 : 1;
    *max = d->probability > 0 ? 1 : 0;
    break;
  case DIO_DISTRIBUTION_CHOICE:
    *min = 0;
    *max = d->n_choices - 1.0;
    for (guint i = 0; d->numbers != NULL && i < d->n_choices; i++) {
      *min = i == 0 ? d->numbers[0] : MIN (*min, d->numbers[i]);
      *max = i == 0 ? d->numbers[0] : MAX (*max, d->numbers[i]);
    }
    break;
  case DIO_DISTRIBUTION_UNIFORM:
  case DIO_DISTRIBUTION_LOG_UNIFORM:
  case DIO_DISTRIBUTION_NORMAL:
  case DIO_DISTRIBUTION_INTEGER:
  default:
    break;
  }
}

/* ---- schema ---- */

/* The schema of one key. What holds between two of them, such as min and max, only reading checks. */
static json_t *
describe_key (DioDistributionKind kind, const char *key)
{
  if (strcmp (key, "kind") == 0)
    return json_pack ("{s:s}", "const", kind_names[kind]);
  if (strcmp (key, "values") == 0)
    return json_pack ("{s:s,s:i,s:i,s:{s:[s,s]}}", "type", "array", "minItems", 1, "maxItems",
                      DIO_DISTRIBUTION_MAX_CHOICES, "items", "type", "number", "string");
  if (strcmp (key, "weights") == 0)
    return json_pack ("{s:s,s:{s:s,s:i}}", "type", "array", "items", "type", "number", "minimum",
                      0);
  if (strcmp (key, "probability") == 0)
    return json_pack ("{s:s,s:i,s:i}", "type", "number", "minimum", 0, "maximum", 1);
  if (strcmp (key, "stddev") == 0)
    return json_pack ("{s:s,s:i}", "type", "number", "minimum", 0);
  if (strcmp (key, "min") == 0 && kind == DIO_DISTRIBUTION_LOG_UNIFORM)
    return json_pack ("{s:s,s:i}", "type", "number", "exclusiveMinimum", 0);
  const char *type = kind == DIO_DISTRIBUTION_INTEGER ? "integer" : "number";
  return json_pack ("{s:s}", "type", type);
}

json_t *
dio_distribution_to_schema (void)
{
  json_t *forms = json_array ();
  json_array_append_new (forms, json_pack ("{s:s}", "type", "number"));
  for (guint kind = 0; kind < G_N_ELEMENTS (kind_keys); kind++) {
    const KindKeys *keys = &kind_keys[kind];
    json_t *properties = json_object ();
    json_t *required = json_pack ("[s]", "kind");
    for (guint i = 0; keys->keys[i] != NULL; i++) {
      json_object_set_new (properties, keys->keys[i], describe_key (kind, keys->keys[i]));
      if (i < keys->required)
        json_array_append_new (required, json_string (keys->keys[i]));
    }
    json_array_append_new (forms, json_pack ("{s:s,s:o,s:o,s:b}", "type", "object", "properties",
                                             properties, "required", required,
                                             "additionalProperties", FALSE));
  }
  return json_pack ("{s:o}", "oneOf", forms);
}
