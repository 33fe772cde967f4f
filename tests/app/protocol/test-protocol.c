#define G_LOG_DOMAIN "test-protocol"

#include "dataset-fixture.h"
#include "dio-core-error.h"
#include "dio-protocol.h"

#include <math.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void
make_result (DioMessage *message, guint width, guint height)
{
  FixtureDesc desc = { .seed = 3, .index = 17, .width = width, .height = height, .n_sensors = 2 };

  *message = (DioMessage){ .type = DIO_MESSAGE_RESULT, .lease = G_MAXUINT64 - 1, .index = 17 };
  fixture_make_frame (&desc, &message->frame);
  message->files = g_array_new (FALSE, TRUE, sizeof (DioProtocolFile));
  for (guint i = 0; i < 2; i++) {
    DioProtocolFile file = { i,
                             g_strdup ("rgb"),
                             g_strdup ("png"),
                             g_strdup_printf ("9_17_%u_rgb.png", i),
                             g_strnfill (64, 'a'),
                             G_GUINT64_CONSTANT (5000000000) };
    g_array_append_val (message->files, file);
  }
}

static void
assert_file (const DioProtocolFile *a, const DioProtocolFile *b)
{
  g_assert_cmpuint (a->capture, ==, b->capture);
  g_assert_cmpstr (a->channel, ==, b->channel);
  g_assert_cmpstr (a->extension, ==, b->extension);
  g_assert_cmpstr (a->temporary, ==, b->temporary);
  g_assert_cmpstr (a->sha256, ==, b->sha256);
  g_assert_cmpuint (a->size, ==, b->size);
}

static void
assert_message (const DioMessage *a, const DioMessage *b)
{
  g_assert_cmpint (a->type, ==, b->type);
  g_assert_cmpuint (a->version, ==, b->version);
  g_assert_cmpstr (a->identity, ==, b->identity);
  g_assert_cmpuint (a->lease, ==, b->lease);
  g_assert_cmpuint (a->seed, ==, b->seed);
  g_assert_cmpuint (a->first, ==, b->first);
  g_assert_cmpuint (a->count, ==, b->count);
  g_assert_cmpuint (a->take, ==, b->take);
  g_assert_cmpuint (a->index, ==, b->index);
  g_assert_cmpint (a->code, ==, b->code);
  g_assert_cmpstr (a->text, ==, b->text);
  g_assert_true ((a->files == NULL) == (b->files == NULL));
  if (!a->files)
    return;
  fixture_assert_equal_frames (&a->frame, &b->frame);
  g_assert_cmpuint (a->files->len, ==, b->files->len);
  for (guint i = 0; i < a->files->len; i++)
    assert_file (&g_array_index (a->files, DioProtocolFile, i),
                 &g_array_index (b->files, DioProtocolFile, i));
}

static void
assert_round_trip (const DioMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dio_message_to_bytes (message);
  g_auto (DioMessage) back = { 0 };
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  dio_message_from_bytes (message->type, data, size, &back, &error);
  g_assert_no_error (error);
  assert_message (message, &back);
  /* Bit for bit, NaN and negative zero included: what comes back gives the same bytes. */
  g_autoptr (GBytes) again = dio_message_to_bytes (&back);
  g_assert_true (g_bytes_equal (bytes, again));
}

static void
test_round_trip (void)
{
  const DioMessage plain[] = {
    { .type = DIO_MESSAGE_HELLO, .version = 1, .identity = (char *) "Mesa | llvmpipe | “4.5”" },
    { .type = DIO_MESSAGE_LEASE,
      .lease = 77,
      .seed = G_MAXUINT64,
      .first = 1,
      .count = 2,
      .take = 3 },
    { .type = DIO_MESSAGE_NOW_DOING, .lease = 1, .index = G_MAXUINT32 },
    { .type = DIO_MESSAGE_FAILURE,
      .lease = 1,
      .index = 5,
      .code = DIO_ERROR_NO_SPACE,
      .text = (char *) "The disk is full" },
    { .type = DIO_MESSAGE_NEED_WORK },
    { .type = DIO_MESSAGE_BYE },
  };
  g_auto (DioMessage) result = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    assert_round_trip (&plain[i]);
  make_result (&result, 64, 48);
  assert_round_trip (&result);
}

static void
test_text_becomes_utf8 (void)
{
  DioMessage message = { .type = DIO_MESSAGE_FAILURE, .text = (char *) "bad \xff name" };
  g_autoptr (GBytes) bytes = dio_message_to_bytes (&message);
  g_auto (DioMessage) back = { 0 };

  g_assert_true (dio_message_from_bytes (DIO_MESSAGE_FAILURE, g_bytes_get_data (bytes, NULL),
                                         g_bytes_get_size (bytes), &back, NULL));
  g_assert_true (g_utf8_validate (back.text, -1, NULL));
  g_assert_true (g_str_has_prefix (back.text, "bad "));
}

/* The reader alone, without the checksum that would catch all of this: every cut is refused, every change of a
 * byte is refused or gives a message that is safe to use. */
static void
test_mutations (void)
{
  g_auto (DioMessage) result = { 0 };
  guint refused = 0, taken = 0;

  make_result (&result, 12, 10);
  g_autoptr (GBytes) bytes = dio_message_to_bytes (&result);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  for (gsize cut = 0; cut < size; cut++) {
    /* A copy of its own size, so that reading past the end is seen by the sanitizer. */
    g_autofree guint8 *part = g_memdup2 (data, MAX (cut, 1));
    g_auto (DioMessage) out = { 0 };
    g_autoptr (GError) error = NULL;
    g_assert_false (dio_message_from_bytes (DIO_MESSAGE_RESULT, part, cut, &out, &error));
    g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
  }
  for (gsize at = 0; at < size; at++)
    for (guint kind = 0; kind < 3; kind++) {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_auto (DioMessage) out = { 0 };
      copy[at] = kind == 0 ? 0xff : (kind == 1 ? (guint8) ~copy[at] : (guint8) (copy[at] + 1));
      if (!dio_message_from_bytes (DIO_MESSAGE_RESULT, copy, size, &out, NULL)) {
        refused++;
        continue;
      }
      taken++;
      g_autoptr (GBytes) again = dio_message_to_bytes (&out);
      g_assert_cmpuint (g_bytes_get_size (again), ==, size);
    }
  g_assert_cmpuint (refused, >, 100);
  g_assert_cmpuint (taken, >, 100);
}

static void
test_trailing_bytes (void)
{
  const guint8 extra[5] = { 0 };
  g_auto (DioMessage) out = { 0 };

  g_assert_false (dio_message_from_bytes (DIO_MESSAGE_BYE, extra, sizeof extra, &out, NULL));
  g_assert_true (dio_message_from_bytes (DIO_MESSAGE_BYE, extra, 0, &out, NULL));
  g_assert_false (dio_message_from_bytes (DIO_MESSAGE_N_TYPES, extra, 0, &out, NULL));
}

static void
make_channels (DioChannel **a, DioChannel **b)
{
  int fds[2];

  g_assert_true (dio_channel_make_pair (fds, NULL));
  *a = dio_channel_new (fds[0]);
  *b = dio_channel_new (fds[1]);
}

static void
test_channel (void)
{
  g_autoptr (DioChannel) a = NULL;
  g_autoptr (DioChannel) b = NULL;
  g_auto (DioMessage) result = { 0 };
  DioMessage more = { .type = DIO_MESSAGE_NEED_WORK };
  g_auto (DioMessage) out = { 0 };

  make_channels (&a, &b);
  g_assert_cmpint (dio_channel_receive (b, &out, NULL), ==, DIO_CHANNEL_EMPTY);
  make_result (&result, 64, 48);
  g_assert_true (dio_channel_send (a, &result, NULL));
  g_assert_true (dio_channel_send (a, &more, NULL));
  g_assert_cmpint (dio_channel_receive (b, &out, NULL), ==, DIO_CHANNEL_MESSAGE);
  assert_message (&result, &out);
  dio_message_clear (&out);
  g_assert_cmpint (dio_channel_receive (b, &out, NULL), ==, DIO_CHANNEL_MESSAGE);
  g_assert_cmpint (out.type, ==, DIO_MESSAGE_NEED_WORK);
  dio_message_clear (&out);
  g_assert_cmpint (dio_channel_receive (b, &out, NULL), ==, DIO_CHANNEL_EMPTY);

  /* What was said before the end is heard, then the end. */
  g_assert_true (dio_channel_send (a, &more, NULL));
  g_clear_pointer (&a, dio_channel_free);
  g_assert_cmpint (dio_channel_wait (b, &out, NULL), ==, DIO_CHANNEL_MESSAGE);
  dio_message_clear (&out);
  g_assert_cmpint (dio_channel_wait (b, &out, NULL), ==, DIO_CHANNEL_CLOSED);
  g_autoptr (GError) error = NULL;
  g_assert_false (dio_channel_send (b, &more, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_FAILED);
}

static gpointer
send_cb (gpointer data)
{
  g_auto (DioMessage) result = { 0 };
  gboolean ok = TRUE;

  make_result (&result, 400, 300);
  for (guint i = 0; i < 200; i++)
    ok &= dio_channel_send (data, &result, NULL);
  return GINT_TO_POINTER (ok);
}

/* More than the socket holds: the sender waits, the receiver puts pieces together. */
static void
test_channel_of_large_messages (void)
{
  g_autoptr (DioChannel) a = NULL;
  g_autoptr (DioChannel) b = NULL;
  g_auto (DioMessage) expected = { 0 };

  make_channels (&a, &b);
  make_result (&expected, 400, 300);
  GThread *thread = g_thread_new ("sender", send_cb, a);
  for (guint i = 0; i < 200; i++) {
    g_auto (DioMessage) out = { 0 };
    g_assert_cmpint (dio_channel_wait (b, &out, NULL), ==, DIO_CHANNEL_MESSAGE);
    if (i % 50 == 0)
      assert_message (&expected, &out);
  }
  g_assert_true (GPOINTER_TO_INT (g_thread_join (thread)));
}

/* The bytes of a message as they go over the wire. */
static GBytes *
catch_bytes (const DioMessage *message)
{
  g_autoptr (DioChannel) a = NULL;
  g_autoptr (DioChannel) b = NULL;
  guint8 *bytes = g_malloc (1 << 20);

  make_channels (&a, &b);
  g_assert_true (dio_channel_send (a, message, NULL));
  ssize_t size = recv (dio_channel_get_fd (b), bytes, 1 << 20, 0);
  g_assert_cmpint ((int) size, >, 16);
  return g_bytes_new_take (bytes, (gsize) size);
}

/* Every flipped bit on the wire is noticed: no damaged message ever gets through. */
static void
test_channel_notices_damage (void)
{
  DioMessage message = { .type = DIO_MESSAGE_LEASE, .lease = 5, .first = 3, .count = 2 };
  g_autoptr (GBytes) bytes = catch_bytes (&message);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize bit = 0; bit < 8 * size; bit++) {
    g_autoptr (DioChannel) a = NULL;
    g_autoptr (DioChannel) b = NULL;
    g_autofree guint8 *copy = g_memdup2 (data, size);
    g_auto (DioMessage) out = { 0 };
    make_channels (&a, &b);
    copy[bit / 8] ^= (guint8) (1u << (bit % 8));
    g_assert_cmpint ((int) send (dio_channel_get_fd (a), copy, size, 0), ==, (int) size);
    g_clear_pointer (&a, dio_channel_free);
    DioChannelStatus status = dio_channel_wait (b, &out, NULL);
    /* A longer length waits for bytes that never come. */
    g_assert_true (status == DIO_CHANNEL_ERROR || status == DIO_CHANNEL_CLOSED);
  }
}

static void
test_channel_drops_half_a_message (void)
{
  DioMessage message = { .type = DIO_MESSAGE_HELLO, .identity = (char *) "somebody" };
  g_autoptr (GBytes) bytes = catch_bytes (&message);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize cut = 0; cut < size; cut++) {
    g_autoptr (DioChannel) a = NULL;
    g_autoptr (DioChannel) b = NULL;
    g_auto (DioMessage) out = { 0 };
    make_channels (&a, &b);
    g_assert_cmpint ((int) send (dio_channel_get_fd (a), data, cut, 0), ==, (int) cut);
    g_assert_cmpint (dio_channel_receive (b, &out, NULL), ==, DIO_CHANNEL_EMPTY);
    g_clear_pointer (&a, dio_channel_free);
    g_assert_cmpint (dio_channel_wait (b, &out, NULL), ==, DIO_CHANNEL_CLOSED);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/round-trip", test_round_trip);
  g_test_add_func ("/protocol/text-becomes-utf8", test_text_becomes_utf8);
  g_test_add_func ("/protocol/mutations", test_mutations);
  g_test_add_func ("/protocol/trailing-bytes", test_trailing_bytes);
  g_test_add_func ("/protocol/channel", test_channel);
  g_test_add_func ("/protocol/channel/large-messages", test_channel_of_large_messages);
  g_test_add_func ("/protocol/channel/notices-damage", test_channel_notices_damage);
  g_test_add_func ("/protocol/channel/drops-half-a-message", test_channel_drops_half_a_message);
  return g_test_run ();
}
