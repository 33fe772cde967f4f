#pragma once
/* Thread: main. Small pictures for the grid: made by two threads, the last wanted first, so that what scrolled away is never waited for; a bounded number is kept. */

#include "dio-desk-veil.h"
#include "dio-review-table.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

typedef struct DioDeskLoader DioDeskLoader;
/** What is on its way. */
typedef struct DioDeskRequest DioDeskRequest;

/** Which picture, and how large (the longer side, device pixels). */
typedef struct {
  DioReviewUnit unit;
  guint32 row;
  guint size_px;
  gboolean is_veil;
  DioDeskVeil veil; /**< the labels over the picture, not the picture */
} DioDeskPicture;

/** @texture: borrowed, NULL where there is no picture. The request ends with the call. */
typedef void (*DioDeskLoaderFunc) (GdkTexture *texture, gpointer user);

DioDeskLoader *dio_desk_loader_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
/** Callbacks that are still to come do not come; the threads end by themselves. */
void dio_desk_loader_free (DioDeskLoader *loader);
/** One that is kept, or NULL; borrowed. */
GdkTexture *dio_desk_loader_find (DioDeskLoader *loader, const DioDeskPicture *picture);
/** Borrowed until the callback or the cancellation. @table names the rows. */
DioDeskRequest *dio_desk_loader_request (DioDeskLoader *loader,
                                         DioReviewTable *table,
                                         const DioDeskPicture *picture,
                                         DioDeskLoaderFunc func,
                                         gpointer user);
void dio_desk_loader_cancel (DioDeskRequest *request);
/** Bytes of the pictures that are kept. */
gsize dio_desk_loader_get_bytes (DioDeskLoader *loader);

G_END_DECLS
