/* Framing: magic, length, type, CRC-32 of type and payload, payload. */
#define G_LOG_DOMAIN "dio-protocol"

#include "dio-core-error.h"
#include "dio-protocol.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAGIC 0x506f6944 /* "DioP" */
#define HEADER_BYTES 16
/* A frame with thousands of masks has a few megabytes. */
#define MAX_PAYLOAD_BYTES (128u * 1024 * 1024)
/* The kernel grants what it allows; more room means that a worker goes on while the supervisor syncs. */
#define SOCKET_BYTES (4 * 1024 * 1024)
#define CHUNK_BYTES (256 * 1024)

struct DioChannel {
  int fd;
  GByteArray *input;
  gsize taken; /* bytes at the start of input that were handed out */
  gboolean closed;
};

/* CRC-32 (polynomial 0xEDB88320, reflected), as in IEEE 802.3 and PNG. */
static guint32
crc32_update (guint32 crc, const guint8 *data, gsize size)
{
  static guint32 table[256];
  static gsize ready;

  if (g_once_init_enter (&ready)) {
    for (guint32 i = 0; i < 256; i++) {
      guint32 value = i;
      for (guint bit = 0; bit < 8; bit++)
        value = value & 1 ? (value >> 1) ^ 0xEDB88320u : value >> 1;
      table[i] = value;
    }
    g_once_init_leave (&ready, 1);
  }
  for (gsize i = 0; i < size; i++)
    crc = (crc >> 8) ^ table[(crc ^ data[i]) & 0xff];
  return crc;
}

static guint32
checksum (guint32 type, const guint8 *payload, gsize size)
{
  guint32 little = GUINT32_TO_LE (type);
  guint32 crc = crc32_update (0xFFFFFFFFu, (const guint8 *) &little, sizeof little);

  return ~crc32_update (crc, payload, size);
}

gboolean
dio_channel_make_pair (int fds[2], GError **error)
{
  int room = SOCKET_BYTES;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "No socket for a worker: %s",
                 g_strerror (errno));
    return FALSE;
  }
  for (guint i = 0; i < 2; i++)
    setsockopt (fds[i], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  return TRUE;
}

DioChannel *
dio_channel_new (int fd)
{
  g_return_val_if_fail (fd >= 0, NULL);

  DioChannel *channel = g_new0 (DioChannel, 1);

  channel->fd = fd;
  channel->input = g_byte_array_new ();
  return channel;
}

void
dio_channel_free (DioChannel *channel)
{
  if (!channel)
    return;
  close (channel->fd);
  g_byte_array_unref (channel->input);
  g_free (channel);
}

int
dio_channel_get_fd (const DioChannel *channel)
{
  g_return_val_if_fail (channel, -1);

  return channel->fd;
}

static gboolean
send_all (DioChannel *channel, const guint8 *data, gsize size, GError **error)
{
  while (size > 0) {
    ssize_t sent = send (channel->fd, data, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR)
      continue;
    if (sent < 0) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED,
                   "The other side of a worker's channel is gone: %s", g_strerror (errno));
      return FALSE;
    }
    data += sent;
    size -= (gsize) sent;
  }
  return TRUE;
}

gboolean
dio_channel_send (DioChannel *channel, const DioMessage *message, GError **error)
{
  g_return_val_if_fail (channel && message, FALSE);

  g_autoptr (GBytes) payload = dio_message_to_bytes (message);
  gsize size;
  const guint8 *data = g_bytes_get_data (payload, &size);

  if (size > MAX_PAYLOAD_BYTES) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                 "The labels of one frame are too many for one message (%" G_GSIZE_FORMAT
                 " bytes): use fewer objects or a smaller picture",
                 size);
    return FALSE;
  }
  guint32 header[4] = { GUINT32_TO_LE (MAGIC), GUINT32_TO_LE ((guint32) size),
                        GUINT32_TO_LE ((guint32) message->type),
                        GUINT32_TO_LE (checksum ((guint32) message->type, data, size)) };
  return send_all (channel, (const guint8 *) header, sizeof header, error)
         && send_all (channel, data, size, error);
}

static DioChannelStatus
set_damaged (GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
               "A message between supervisor and worker is damaged");
  return DIO_CHANNEL_ERROR;
}

/* Takes one message from what has arrived. */
static DioChannelStatus
parse (DioChannel *channel, DioMessage *out, GError **error)
{
  const guint8 *data;
  gsize there = channel->input->len - channel->taken;
  guint32 header[4];

  if (there < HEADER_BYTES)
    return DIO_CHANNEL_EMPTY;
  data = channel->input->data + channel->taken;
  memcpy (header, data, sizeof header);
  guint32 size = GUINT32_FROM_LE (header[1]), type = GUINT32_FROM_LE (header[2]);
  if (GUINT32_FROM_LE (header[0]) != MAGIC || size > MAX_PAYLOAD_BYTES
      || type >= DIO_MESSAGE_N_TYPES)
    return set_damaged (error);
  if (there - HEADER_BYTES < size)
    return DIO_CHANNEL_EMPTY;
  data += HEADER_BYTES;
  if (GUINT32_FROM_LE (header[3]) != checksum (type, data, size))
    return set_damaged (error);
  if (!dio_message_from_bytes ((DioMessageType) type, data, size, out, error))
    return DIO_CHANNEL_ERROR;
  channel->taken += HEADER_BYTES + size;
  return DIO_CHANNEL_MESSAGE;
}

/* Moves what the socket holds into the input; FALSE when nothing more is there now. */
static gboolean
fill (DioChannel *channel)
{
  if (channel->taken > 0) {
    g_byte_array_remove_range (channel->input, 0, (guint) channel->taken);
    channel->taken = 0;
  }
  guint old = channel->input->len;
  g_byte_array_set_size (channel->input, old + CHUNK_BYTES);
  ssize_t got;
  do
    got = recv (channel->fd, channel->input->data + old, CHUNK_BYTES, MSG_DONTWAIT);
  while (got < 0 && errno == EINTR);
  g_byte_array_set_size (channel->input, old + (guint) MAX (got, 0));
  /* A reset is how a killed peer with unread messages looks. */
  if (got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK))
    channel->closed = TRUE;
  return got > 0;
}

DioChannelStatus
dio_channel_receive (DioChannel *channel, DioMessage *out, GError **error)
{
  g_return_val_if_fail (channel && out, DIO_CHANNEL_ERROR);

  for (;;) {
    DioChannelStatus status = parse (channel, out, error);
    if (status != DIO_CHANNEL_EMPTY)
      return status;
    /* What arrived before the end is handed out first; half a message at the end is dropped. */
    if (channel->closed)
      return DIO_CHANNEL_CLOSED;
    if (!fill (channel) && !channel->closed)
      return DIO_CHANNEL_EMPTY;
  }
}

DioChannelStatus
dio_channel_wait (DioChannel *channel, DioMessage *out, GError **error)
{
  for (;;) {
    DioChannelStatus status = dio_channel_receive (channel, out, error);
    if (status != DIO_CHANNEL_EMPTY)
      return status;
    struct pollfd poll_fd = { channel->fd, POLLIN, 0 };
    if (poll (&poll_fd, 1, -1) < 0 && errno != EINTR)
      return DIO_CHANNEL_CLOSED;
  }
}
