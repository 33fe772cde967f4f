#pragma once
/* Thread: any. What the files of edits share. Private to app/scene. */

#include "dio-scene-edit.h"
#include "dio-scene-scenario-private.h"

G_BEGIN_DECLS

/** Checks the whole, not the change alone: it is linear, and every rule then has one place. Takes @edited; returns it checked, or NULL with the first of
 * the faults in @reader (nullable: none so far). */
DioScenario *dio_edit_finish (DioScenario *edited,
                              DioReader *reader,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** FALSE with "There is no node "x" in the scenario". */
gboolean dio_edit_set_not_found (const char *what, const char *id, GError **error);

/** A list of its own for a scenario that still shares it; the entries stay shared. */
void dio_edit_own_list (GPtrArray **list, GCopyFunc ref_cb, GDestroyNotify unref_cb);
void dio_edit_own_nodes (DioScenario *edited);
void dio_edit_own_randomizers (DioScenario *edited);
/** Puts @entry (taken) at @position, or at the end. */
void dio_edit_put (GPtrArray *list, guint position, gpointer entry, GDestroyNotify unref_cb);
/** Takes entry @from out and puts it at @to of what is left. */
void dio_edit_move (GPtrArray *list, guint from, guint to);

/** Ids of the nodes of @ids (NULL-terminated) and all below them; keys borrowed. */
GHashTable *dio_edit_collect_subtrees (const DioScenario *scenario,
                                       const char *const *ids) G_GNUC_WARN_UNUSED_RESULT;
/** Sets parent_from_node of an editable node, checked as the document's values are. */
gboolean dio_edit_set_transform (DioNode *node, const DioTrs *trs, GError **error);
/** Where the node of that id stands; it must be there. */
guint dio_edit_get_node_position (const DioScenario *scenario, const char *id);
/** Length of the list where there is none. */
guint dio_edit_get_randomizer_position (const DioScenario *scenario, const char *id);

/** The randomizers without targets in @gone_nodes and without those that have too few targets then. */
GPtrArray *dio_edit_strip_targets (GPtrArray *randomizers,
                                   GHashTable *gone_nodes) G_GNUC_WARN_UNUSED_RESULT;
/** The randomizers where constraints redraw none of @gone any more. */
GPtrArray *dio_edit_strip_redraws (GPtrArray *randomizers,
                                   GHashTable *gone) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
