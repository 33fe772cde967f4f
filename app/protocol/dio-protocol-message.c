#define G_LOG_DOMAIN "dio-protocol"

#include "dio-core-error.h"
#include "dio-protocol-frame-private.h"
#include "dio-protocol.h"

#include <string.h>

/* Fewest bytes of one file: its two numbers and the lengths of its four texts. */
#define MIN_FILE_BYTES 28

void
dio_message_clear (DioMessage *message)
{
  g_return_if_fail (message);

  for (guint i = 0; message->files && i < message->files->len; i++) {
    DioProtocolFile *file = &g_array_index (message->files, DioProtocolFile, i);
    g_free (file->channel);
    g_free (file->extension);
    g_free (file->temporary);
    g_free (file->sha256);
  }
  g_clear_pointer (&message->files, g_array_unref);
  dio_dataset_frame_clear (&message->frame);
  g_free (message->identity);
  g_free (message->text);
  memset (message, 0, sizeof *message);
}

static void
put_result (DioByteWriter *w, const DioMessage *message)
{
  guint n = message->files ? message->files->len : 0;

  dio_put_frame (w, &message->frame);
  dio_put_u32 (w, n);
  for (guint i = 0; i < n; i++) {
    const DioProtocolFile *file = &g_array_index (message->files, DioProtocolFile, i);
    dio_put_u32 (w, file->capture);
    dio_put_text (w, file->channel);
    dio_put_text (w, file->extension);
    dio_put_text (w, file->temporary);
    dio_put_text (w, file->sha256);
    dio_put_u64 (w, file->size);
  }
}

static void
get_result (DioByteReader *r, DioMessage *out)
{
  dio_get_frame (r, &out->frame);
  guint n = dio_get_count (r, MIN_FILE_BYTES);
  guint n_captures = out->frame.captures->len;

  out->files = g_array_new (FALSE, TRUE, sizeof (DioProtocolFile));
  for (guint i = 0; i < n && !r->bad; i++) {
    DioProtocolFile file = { 0 };
    file.capture = dio_get_u32 (r);
    r->bad |= file.capture >= n_captures;
    file.channel = dio_get_needed_text (r);
    file.extension = dio_get_needed_text (r);
    file.temporary = dio_get_needed_text (r);
    file.sha256 = dio_get_needed_text (r);
    file.size = dio_get_u64 (r);
    g_array_append_val (out->files, file);
  }
}

GBytes *
dio_message_to_bytes (const DioMessage *message)
{
  g_return_val_if_fail (message, NULL);

  DioByteWriter w = { g_byte_array_new () };

  switch (message->type) {
  case DIO_MESSAGE_HELLO:
    dio_put_u32 (&w, message->version);
    dio_put_text (&w, message->identity);
    break;
  case DIO_MESSAGE_LEASE:
    dio_put_u64 (&w, message->lease);
    dio_put_u64 (&w, message->seed);
    dio_put_u64 (&w, message->first);
    dio_put_u64 (&w, message->count);
    dio_put_u32 (&w, message->take);
    break;
  case DIO_MESSAGE_NOW_DOING:
  case DIO_MESSAGE_RESULT:
  case DIO_MESSAGE_FAILURE:
    dio_put_u64 (&w, message->lease);
    dio_put_u64 (&w, message->index);
    if (message->type == DIO_MESSAGE_RESULT)
      put_result (&w, message);
    if (message->type == DIO_MESSAGE_FAILURE) {
      dio_put_u32 (&w, (guint32) message->code);
      dio_put_text (&w, message->text);
    }
    break;
  case DIO_MESSAGE_NONE:
  case DIO_MESSAGE_NEED_WORK:
  case DIO_MESSAGE_BYE:
  case DIO_MESSAGE_N_TYPES:
  default:
    break;
  }
  return g_byte_array_free_to_bytes (w.bytes);
}

static void
get_message (DioByteReader *r, DioMessage *out)
{
  switch (out->type) {
  case DIO_MESSAGE_HELLO:
    out->version = dio_get_u32 (r);
    out->identity = dio_get_needed_text (r);
    break;
  case DIO_MESSAGE_LEASE:
    out->lease = dio_get_u64 (r);
    out->seed = dio_get_u64 (r);
    out->first = dio_get_u64 (r);
    out->count = dio_get_u64 (r);
    out->take = dio_get_u32 (r);
    break;
  case DIO_MESSAGE_NOW_DOING:
  case DIO_MESSAGE_RESULT:
  case DIO_MESSAGE_FAILURE:
    out->lease = dio_get_u64 (r);
    out->index = dio_get_u64 (r);
    if (out->type == DIO_MESSAGE_RESULT)
      get_result (r, out);
    if (out->type == DIO_MESSAGE_FAILURE) {
      out->code = (int) dio_get_u32_max (r, DIO_ERROR_EXISTS);
      out->text = dio_get_needed_text (r);
    }
    break;
  case DIO_MESSAGE_NEED_WORK:
  case DIO_MESSAGE_BYE:
    break;
  case DIO_MESSAGE_NONE:
  case DIO_MESSAGE_N_TYPES:
  default:
    r->bad = TRUE;
    break;
  }
}

gboolean
dio_message_from_bytes (
    DioMessageType type, const void *data, gsize size, DioMessage *out, GError **error)
{
  g_return_val_if_fail (out, FALSE);

  DioByteReader r = { data, size, FALSE };

  memset (out, 0, sizeof *out);
  out->type = type;
  get_message (&r, out);
  if (!r.bad && r.left == 0)
    return TRUE;
  dio_message_clear (out);
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
               "A message of type %d between supervisor and worker is damaged", (int) type);
  return FALSE;
}
