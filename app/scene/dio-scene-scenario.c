#define G_LOG_DOMAIN "dio-scene"

/* The container. A scenario never changes once it is handed out; edits share its lists and entries. */

#include "dio-scene-scenario.h"

#include "dio-core-error.h"
#include "dio-scene-asset-private.h"
#include "dio-scene-category-private.h"
#include "dio-scene-node-private.h"
#include "dio-scene-randomizer.h"
#include "dio-scene-scenario-private.h"

#include <math.h>
#include <string.h>

DioRandomizer *
dio_randomizer_ref (DioRandomizer *randomizer)
{
  g_return_val_if_fail (randomizer != NULL, NULL);
  g_atomic_ref_count_inc (&randomizer->refs);
  return randomizer;
}

void
dio_randomizer_unref (DioRandomizer *randomizer)
{
  if (randomizer != NULL && g_atomic_ref_count_dec (&randomizer->refs))
    dio_randomizer_free (randomizer);
}

GPtrArray *
dio_scenario_new_nodes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dio_node_unref);
}

GPtrArray *
dio_scenario_new_randomizers (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dio_randomizer_unref);
}

DioScenario *
dio_scenario_alloc (void)
{
  DioScenario *scenario = g_new0 (DioScenario, 1);
  g_atomic_ref_count_init (&scenario->refs);
  DioFieldView document = dio_document_get_view ();
  DioFieldView policy = dio_policy_get_view ();
  DioFieldView outputs = dio_outputs_get_view ();
  DioFieldView sequence = dio_sequence_get_view ();
  dio_fields_init (&document, scenario);
  dio_fields_init (&policy, &scenario->policy);
  dio_fields_init (&outputs, &scenario->outputs);
  dio_fields_init (&sequence, &scenario->sequence);
  scenario->assets = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_asset_unref);
  scenario->nodes = dio_scenario_new_nodes ();
  scenario->categories = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_category_unref);
  scenario->randomizers = dio_scenario_new_randomizers ();
  return scenario;
}

DioScenario *
dio_scenario_share (const DioScenario *source)
{
  DioScenario *scenario = g_memdup2 (source, sizeof *source);
  g_atomic_ref_count_init (&scenario->refs);
  DioFieldView document = dio_document_get_view ();
  DioFieldView policy = dio_policy_get_view ();
  dio_fields_dup_texts (&document, scenario);
  dio_fields_dup_texts (&policy, &scenario->policy);
  g_ptr_array_ref (scenario->assets);
  g_ptr_array_ref (scenario->nodes);
  g_ptr_array_ref (scenario->categories);
  g_ptr_array_ref (scenario->randomizers);
  scenario->node_index = NULL;
  scenario->asset_index = NULL;
  scenario->category_index = NULL;
  return scenario;
}

DioScenario *
dio_scenario_new_empty (const char *name)
{
  DioScenario *scenario = dio_scenario_alloc ();
  if (name != NULL) {
    g_free (scenario->name);
    scenario->name = g_strdup (name);
  }
  g_autoptr (DioReader) reader = dio_reader_new ("");
  gboolean complete = dio_scenario_complete (scenario, reader);
  g_assert (complete);
  return scenario;
}

DioScenario *
dio_scenario_ref (DioScenario *scenario)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  g_atomic_ref_count_inc (&scenario->refs);
  return scenario;
}

void
dio_scenario_unref (DioScenario *scenario)
{
  if (scenario == NULL || !g_atomic_ref_count_dec (&scenario->refs))
    return;
  g_clear_pointer (&scenario->node_index, g_hash_table_unref);
  g_clear_pointer (&scenario->asset_index, g_hash_table_unref);
  g_clear_pointer (&scenario->category_index, g_hash_table_unref);
  g_ptr_array_unref (scenario->assets);
  g_ptr_array_unref (scenario->nodes);
  g_ptr_array_unref (scenario->categories);
  g_ptr_array_unref (scenario->randomizers);
  DioFieldView document = dio_document_get_view ();
  DioFieldView policy = dio_policy_get_view ();
  dio_fields_clear (&document, scenario);
  dio_fields_clear (&policy, &scenario->policy);
  g_free (scenario);
}

/* ---- indices ---- */

static void
add_id (GHashTable *index, const char *id, guint position, const char *list, DioReader *reader)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (index, id));
  if (first == 0) {
    g_hash_table_insert (index, (gpointer) id, GUINT_TO_POINTER (position + 1));
    return;
  }
  gsize mark = dio_reader_push_key (reader, list);
  gsize inner = dio_reader_push_index (reader, position);
  dio_reader_fault_at (reader, "id", "duplicate-id", "\"%s\" is the id of /%s/%u already", id, list,
                       first - 1);
  dio_reader_pop (reader, inner);
  dio_reader_pop (reader, mark);
}

void
dio_scenario_index (DioScenario *scenario, DioReader *reader)
{
  g_assert (scenario->node_index == NULL);
  scenario->asset_index = g_hash_table_new (g_str_hash, g_str_equal);
  scenario->node_index = g_hash_table_new (g_str_hash, g_str_equal);
  scenario->category_index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (scenario->assets, i);
    if (asset != NULL)
      add_id (scenario->asset_index, asset->id, i, "assets", reader);
  }
  for (guint i = 0; i < scenario->categories->len; i++) {
    const DioCategory *category = g_ptr_array_index (scenario->categories, i);
    if (category != NULL)
      add_id (scenario->category_index, category->id, i, "categories", reader);
  }
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node != NULL)
      add_id (scenario->node_index, node->id, i, "nodes", reader);
  }
}

static gconstpointer
find_entry (GHashTable *index, GPtrArray *list, const char *id)
{
  guint position = id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (index, id)) : 0;
  return position > 0 ? g_ptr_array_index (list, position - 1) : NULL;
}

const DioNode *
dio_scenario_find_node (const DioScenario *scenario, const char *id)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  return find_entry (scenario->node_index, scenario->nodes, id);
}

gboolean
dio_scenario_is_below (const DioScenario *scenario, const char *id, const char *above)
{
  g_return_val_if_fail (scenario != NULL && above != NULL, FALSE);
  while (id != NULL && !g_str_equal (id, above)) {
    const DioNode *node = dio_scenario_find_node (scenario, id);
    id = node != NULL ? node->parent : NULL;
  }
  return id != NULL;
}

const DioAsset *
dio_scenario_find_asset (const DioScenario *scenario, const char *id)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  return find_entry (scenario->asset_index, scenario->assets, id);
}

int
dio_scenario_find_category (const DioScenario *scenario, const char *id)
{
  g_return_val_if_fail (scenario != NULL, -1);
  if (id == NULL)
    return -1;
  return GPOINTER_TO_INT (g_hash_table_lookup (scenario->category_index, id)) - 1;
}

DioSequenceStep
dio_scenario_find_step (const DioScenario *scenario, guint64 frame)
{
  g_return_val_if_fail (scenario != NULL, ((DioSequenceStep){ 0 }));
  const DioSequence *sequence = &scenario->sequence;
  guint steps = MAX (sequence->steps, 1);
  guint step = (guint) (frame % steps);
  gboolean moves = steps > 1 && sequence->rate_hz > 0;
  return (DioSequenceStep){ steps > 1, frame / steps, step,
                            moves ? step / sequence->rate_hz : NAN };
}

/* ---- order ---- */

void
dio_scenario_sort_nodes (DioScenario *scenario)
{
  GPtrArray *old = scenario->nodes;
  GPtrArray *sorted = dio_scenario_new_nodes ();
  g_autofree guint8 *done = g_new0 (guint8, MAX (old->len, 1));
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < old->len; i++) {
    /* Climbs to the first ancestor that stands already, then comes down again: no recursion, because a
     * hostile document may hang every node below the one before. */
    guint at = i + 1;
    while (at != 0 && !done[at - 1]) {
      guint position = at - 1;
      const DioNode *node = g_ptr_array_index (old, position);
      g_array_append_val (chain, position);
      at = node->parent != NULL
               ? GPOINTER_TO_UINT (g_hash_table_lookup (scenario->node_index, node->parent))
               : 0;
    }
    for (guint k = chain->len; k > 0; k--) {
      guint position = g_array_index (chain, guint, k - 1);
      done[position] = TRUE;
      g_ptr_array_add (sorted, dio_node_ref (g_ptr_array_index (old, position)));
    }
    g_array_set_size (chain, 0);
  }
  scenario->nodes = sorted;
  g_hash_table_remove_all (scenario->node_index);
  for (guint i = 0; i < sorted->len; i++) {
    const DioNode *node = g_ptr_array_index (sorted, i);
    g_hash_table_insert (scenario->node_index, node->id, GUINT_TO_POINTER (i + 1));
  }
  g_ptr_array_unref (old);
}

static gboolean
is_sorted (const DioScenario *scenario)
{
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->parent == NULL)
      continue;
    if (GPOINTER_TO_UINT (g_hash_table_lookup (scenario->node_index, node->parent)) > i)
      return FALSE;
  }
  return TRUE;
}

gboolean
dio_scenario_complete (DioScenario *scenario, DioReader *reader)
{
  dio_scenario_index (scenario, reader);
  dio_scenario_check (scenario, reader);
  if (reader->n_faults > 0)
    return FALSE;
  if (!is_sorted (scenario))
    dio_scenario_sort_nodes (scenario);
  return TRUE;
}

void
dio_reader_set_error (const DioReader *reader, GError **error)
{
  for (guint i = 0; i < dio_diagnostics_get_count (reader->diagnostics); i++) {
    const DioDiagnostic *first = dio_diagnostics_get (reader->diagnostics, i);
    if (first->severity != DIO_SEVERITY_ERROR)
      continue;
    gboolean newer = strcmp (first->code, "newer-version") == 0;
    g_set_error (error, DIO_ERROR, newer ? DIO_ERROR_UNSUPPORTED : DIO_ERROR_INVALID, "%s: %s",
                 first->object, first->message);
    if (reader->n_faults > 1 && error != NULL && *error != NULL) {
      g_autofree char *old = (*error)->message;
      guint more = reader->n_faults - 1;
      (*error)->message = g_strdup_printf ("%s (and %s%u more %s)", old,
                                           dio_reader_is_full (reader) ? "at least " : "", more,
                                           more == 1 ? "fault" : "faults");
    }
    return;
  }
  g_assert_not_reached ();
}
