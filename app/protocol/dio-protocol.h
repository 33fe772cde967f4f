#pragma once
/* Thread: one channel belongs to one thread. What supervisor and worker say to each other, over a socket pair.
 *
 * Worker                         Supervisor
 *   HELLO identity        ---->    checks the identity
 *   NEED_WORK             ---->
 *                         <----  LEASE id, frames           (or BYE: leave)
 *   NOW_DOING lease, frame ---->   so that a crash names its frame
 *   RESULT lease, frame, files -> checks, renames, commits
 *   or FAILURE lease, frame --->   counts a try
 *   ... next frame of the lease, then NEED_WORK
 *
 * FAILURE without a lease (0) is said before HELLO: this worker cannot work at all.
 * Every message is bounded and carries a checksum. What comes in is not trusted: the other side may have crashed in
 * the middle of a write. */

#include "dio-dataset.h"

G_BEGIN_DECLS

#define DIO_PROTOCOL_VERSION 1

typedef enum {
  DIO_MESSAGE_NONE,
  DIO_MESSAGE_HELLO,
  DIO_MESSAGE_LEASE,
  DIO_MESSAGE_NOW_DOING,
  DIO_MESSAGE_RESULT,
  DIO_MESSAGE_FAILURE,
  DIO_MESSAGE_NEED_WORK,
  DIO_MESSAGE_BYE,
  DIO_MESSAGE_N_TYPES,
} DioMessageType;

/** A file that the worker wrote and the supervisor has to put in place. */
typedef struct {
  guint capture;   /**< index into the frame's captures */
  char *channel;   /**< "rgb" */
  char *extension; /**< "png" */
  char *temporary; /**< name in the dataset's .tmp/ */
  char *sha256;
  guint64 size;
} DioProtocolFile;

/** Any message; which fields count depends on the type. Strings and arrays are owned. */
typedef struct {
  DioMessageType type;
  guint version;         /**< HELLO: DIO_PROTOCOL_VERSION */
  char *identity;        /**< HELLO: the render identity */
  guint64 lease;         /**< LEASE, NOW_DOING, RESULT, FAILURE */
  guint64 seed;          /**< LEASE */
  guint64 first, count;  /**< LEASE */
  guint take;            /**< LEASE */
  guint64 index;         /**< NOW_DOING, RESULT, FAILURE */
  int code;              /**< FAILURE: DioError */
  char *text;            /**< FAILURE */
  DioDatasetFrame frame; /**< RESULT, without file rows */
  GArray *files;         /**< RESULT: of DioProtocolFile */
} DioMessage;

void dio_message_clear (DioMessage *message);
/** The payload, without the header of the channel. */
GBytes *dio_message_to_bytes (const DioMessage *message) G_GNUC_WARN_UNUSED_RESULT;
/** Reads what dio_message_to_bytes wrote; anything else is CORRUPT and leaves @out cleared. */
gboolean dio_message_from_bytes (
    DioMessageType type, const void *data, gsize size, DioMessage *out, GError **error);

/** One end of the socket pair. */
typedef struct DioChannel DioChannel;

typedef enum {
  DIO_CHANNEL_MESSAGE, /**< one message was read */
  DIO_CHANNEL_EMPTY,   /**< nothing whole is there yet */
  DIO_CHANNEL_CLOSED,  /**< the other side is gone */
  DIO_CHANNEL_ERROR,   /**< damaged; the channel is of no more use */
} DioChannelStatus;

/** Makes both ends, close-on-exec, with room for several frames. */
gboolean dio_channel_make_pair (int fds[2], GError **error);
/** Takes over @fd. */
DioChannel *dio_channel_new (int fd) G_GNUC_WARN_UNUSED_RESULT;
void dio_channel_free (DioChannel *channel);
int dio_channel_get_fd (const DioChannel *channel);
/** Blocks until everything is in the socket. Errors: LIMIT for a message that is too large, FAILED when the other
 * side is gone (no signal is raised). */
gboolean dio_channel_send (DioChannel *channel, const DioMessage *message, GError **error);
/** Takes the next message without blocking; @out is to be cleared after DIO_CHANNEL_MESSAGE. */
DioChannelStatus dio_channel_receive (DioChannel *channel, DioMessage *out, GError **error);
/** The same, but never DIO_CHANNEL_EMPTY: waits. */
DioChannelStatus dio_channel_wait (DioChannel *channel, DioMessage *out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioChannel, dio_channel_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioMessage, dio_message_clear)

G_END_DECLS
