/* Messages between supervisor and worker: the first byte picks the type, the rest is the payload. */

#include "dio-protocol.h"
#include "fuzz-target.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size == 0)
    return 0;
  DioMessage message = { 0 };
  g_autoptr (GError) error = NULL;
  DioMessageType type = (DioMessageType) (data[0] % DIO_MESSAGE_N_TYPES);
  if (dio_message_from_bytes (type, data + 1, size - 1, &message, &error))
    dio_message_clear (&message);
  else
    g_assert_nonnull (error);
  return 0;
}

static void
fill_result (DioMessage *message)
{
  message->lease = 3;
  message->index = 7;
  message->frame.index = 7;
  message->frame.captures = g_array_new (FALSE, TRUE, sizeof (DioDatasetCapture));
  g_array_set_clear_func (message->frame.captures, (GDestroyNotify) dio_dataset_capture_clear);
  DioDatasetCapture capture = { .sensor = g_strdup ("camera"), .width_px = 4, .height_px = 4 };
  g_array_append_val (message->frame.captures, capture);
}

GBytes *
dio_fuzz_make_seed (guint index)
{
  if (index + 1 >= DIO_MESSAGE_N_TYPES)
    return NULL;
  DioMessage message = { .type = (DioMessageType) (index + 1), .version = DIO_PROTOCOL_VERSION };
  if (message.type == DIO_MESSAGE_HELLO)
    message.identity = g_strdup ("renderer | version");
  if (message.type == DIO_MESSAGE_FAILURE)
    message.text = g_strdup ("what went wrong");
  if (message.type == DIO_MESSAGE_RESULT)
    fill_result (&message);
  g_autoptr (GBytes) payload = dio_message_to_bytes (&message);
  GByteArray *bytes = g_byte_array_new ();
  guint8 type = (guint8) message.type;
  g_byte_array_append (bytes, &type, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (payload, &size);
  g_byte_array_append (bytes, data, (guint) size);
  dio_message_clear (&message);
  return g_byte_array_free_to_bytes (bytes);
}
