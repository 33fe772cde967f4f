#pragma once
/* Thread: main. Small pictures of what can be put into the scene. */

#include "dio-session-private.h"

G_BEGIN_DECLS

typedef struct DioSessionThumbs DioSessionThumbs;

/** @session borrowed. */
DioSessionThumbs *dio_session_thumbs_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Drops what waits; waits for the picture in hand. */
void dio_session_thumbs_free (DioSessionThumbs *thumbs);
/** Borrowed; NULL until it is made, which the first call starts. */
DioImage *dio_session_thumbs_get (DioSessionThumbs *thumbs, const char *key);
/** Something new is known of assets: pictures that waited for it are begun, those of changed assets are made anew. */
void dio_session_thumbs_assets_changed (DioSessionThumbs *thumbs);
/** Another document: pictures of assets are forgotten. */
void dio_session_thumbs_forget_assets (DioSessionThumbs *thumbs);

G_END_DECLS
