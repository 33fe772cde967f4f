#define G_LOG_DOMAIN "dio-session"

#include "dio-session-shelf-private.h"

#include "dio-parametric.h"
#include "dio-session-list-private.h"
#include "dio-session-models.h"
#include "dio-session-thumbs-private.h"
#include "dio-shelf-item-private.h"

struct DioSessionShelf {
  DioSession *session;
  GListStore *store;
  GHashTable *items; /**< key -> DioShelfItem*, owns both */
  GPtrArray *assets; /**< the list of assets that is shown */
  GPtrArray *next;   /**< of DioShelfItem*, borrowed, while the list is made */
};

/* Adds the item of @desc to the next list; items that are there already stay the same. */
static void
add (DioSessionShelf *shelf, const DioShelfItemDesc *desc)
{
  DioShelfItem *item = g_hash_table_lookup (shelf->items, desc->key);
  if (item == NULL) {
    item = dio_shelf_item_new (shelf->session, desc);
    g_hash_table_insert (shelf->items, g_strdup (desc->key), item);
  }
  g_ptr_array_add (shelf->next, item);
}

static void
add_assets (DioSessionShelf *shelf)
{
  static const DioShelfKind kinds[] = {
    [DIO_ASSET_MODEL] = DIO_SHELF_MODEL,
    [DIO_ASSET_TEXTURE] = DIO_SHELF_TEXTURE,
    [DIO_ASSET_ENVIRONMENT] = DIO_SHELF_ENVIRONMENT,
  };
  for (guint i = 0; i < shelf->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (shelf->assets, i);
    g_autofree char *key = g_strconcat ("asset:", asset->id, NULL);
    add (shelf, &(DioShelfItemDesc){ .key = key, .name = asset->id, .kind = kinds[asset->kind] });
  }
}

static void
add_parametric (DioSessionShelf *shelf)
{
  guint n;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  for (guint i = 0; i < n; i++) {
    g_autofree char *key = g_strconcat ("parametric:", table[i].kind, NULL);
    const char *name = g_dgettext (GETTEXT_PACKAGE, table[i].label);
    add (shelf, &(DioShelfItemDesc){ .key = key, .name = name, .kind = DIO_SHELF_PARAMETRIC });
  }
}

static void
add_lights (DioSessionShelf *shelf)
{
  static const struct {
    const char *key;
    DioText name;
    DioLightKind light;
  } lights[] = {
    { "light:sun", DIO_TEXT_LIGHT_SUN, DIO_LIGHT_SUN },
    { "light:point", DIO_TEXT_LIGHT_POINT, DIO_LIGHT_POINT },
    { "light:spot", DIO_TEXT_LIGHT_SPOT, DIO_LIGHT_SPOT },
    { "light:rect", DIO_TEXT_LIGHT_RECT, DIO_LIGHT_RECT },
    { "light:sky", DIO_TEXT_SKY, DIO_LIGHT_SKY },
  };
  for (guint i = 0; i < G_N_ELEMENTS (lights); i++)
    add (shelf, &(DioShelfItemDesc){ .key = lights[i].key,
                                     .name = dio_session_text (lights[i].name),
                                     .kind = DIO_SHELF_LIGHT,
                                     .light = lights[i].light });
}

static void
add_environments (DioSessionShelf *shelf)
{
  const char *const *names = dio_parametric_list_environments ();
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *key = g_strconcat ("environment:", names[i], NULL);
    const char *name =
        g_dgettext (GETTEXT_PACKAGE, dio_parametric_get_environment_label (names[i]));
    add (shelf, &(DioShelfItemDesc){ .key = key,
                                     .name = name,
                                     .kind = DIO_SHELF_ENVIRONMENT,
                                     .light = DIO_LIGHT_ENVIRONMENT });
  }
}

static gboolean
is_not_listed (gpointer key, gpointer item, gpointer next)
{
  return !g_ptr_array_find (next, item, NULL);
}

static void
rebuild (DioSessionShelf *shelf)
{
  g_ptr_array_set_size (shelf->next, 0);
  add_assets (shelf);
  add_parametric (shelf);
  add_lights (shelf);
  add_environments (shelf);
  add (shelf, &(DioShelfItemDesc){ .key = "sensor",
                                   .name = dio_session_text (DIO_TEXT_CAMERA),
                                   .kind = DIO_SHELF_SENSOR });
  dio_list_apply (shelf->store, shelf->next);
  g_hash_table_foreach_remove (shelf->items, is_not_listed, shelf->next);
}

static void
thumbnail_ready_cb (DioSession *session, const char *key, gpointer user)
{
  DioSessionShelf *shelf = user;
  DioShelfItem *item = g_hash_table_lookup (shelf->items, key);
  if (item != NULL)
    dio_shelf_item_thumbnail_changed (item);
}

DioSessionShelf *
dio_session_shelf_new (DioSession *session)
{
  DioSessionShelf *shelf = g_new0 (DioSessionShelf, 1);
  shelf->session = session;
  shelf->store = g_list_store_new (DIO_TYPE_SHELF_ITEM);
  shelf->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  shelf->assets = g_ptr_array_ref (session->scenario->assets);
  shelf->next = g_ptr_array_new ();
  g_signal_connect (session, "thumbnail-ready", G_CALLBACK (thumbnail_ready_cb), shelf);
  rebuild (shelf);
  return shelf;
}

void
dio_session_shelf_free (DioSessionShelf *shelf)
{
  if (shelf == NULL)
    return;
  g_object_unref (shelf->store);
  g_hash_table_unref (shelf->items);
  g_ptr_array_unref (shelf->assets);
  g_ptr_array_unref (shelf->next);
  g_free (shelf);
}

void
dio_session_shelf_document_changed (DioSessionShelf *shelf)
{
  if (shelf->assets == shelf->session->scenario->assets)
    return;
  g_ptr_array_unref (shelf->assets);
  shelf->assets = g_ptr_array_ref (shelf->session->scenario->assets);
  rebuild (shelf);
  dio_session_shelf_facts_changed (shelf);
}

void
dio_session_shelf_facts_changed (DioSessionShelf *shelf)
{
  GHashTableIter iter;
  gpointer item;
  g_hash_table_iter_init (&iter, shelf->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    dio_shelf_item_facts_changed (item);
}

GListModel *
dio_session_shelf_get_model (DioSessionShelf *shelf)
{
  return G_LIST_MODEL (shelf->store);
}

DioShelfItem *
dio_session_shelf_find (DioSessionShelf *shelf, const char *key)
{
  return g_hash_table_lookup (shelf->items, key);
}

/* -- Of the session -------------------------------------------------------------------------------------------------- */

static DioSessionShelf *
ensure_shelf (DioSession *session)
{
  if (session->shelf == NULL)
    session->shelf = dio_session_shelf_new (session);
  return session->shelf;
}

GListModel *
dio_session_get_shelf (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return dio_session_shelf_get_model (ensure_shelf (session));
}

DioShelfItem *
dio_session_find_shelf_item (DioSession *session, const char *key)
{
  g_return_val_if_fail (DIO_IS_SESSION (session) && key != NULL, NULL);

  return dio_session_shelf_find (ensure_shelf (session), key);
}

DioImage *
dio_session_get_thumbnail (DioSession *session, const char *key)
{
  g_return_val_if_fail (DIO_IS_SESSION (session) && key != NULL, NULL);

  if (session->closed)
    return NULL;
  if (session->thumbs == NULL)
    session->thumbs = dio_session_thumbs_new (session);
  return dio_session_thumbs_get (session->thumbs, key);
}
