/* The worker: a process that may die at any instruction without harm.
 *
 * It opens the scenario snapshot and the imported assets of the dataset's folder, says hello with its render
 * identity, and then makes the frames of one lease after the other. Files are written into .tmp/ under names that
 * carry the lease; the supervisor checks, renames, syncs and commits. The worker never opens dataset.db.
 *
 * It ends with its parent: the kernel kills it when the supervisor dies, and an end of the channel ends it too. */
#define G_LOG_DOMAIN "dio-engine"

#include "dio-core-error.h"
#include "dio-engine-files-private.h"
#include "dio-engine-frame.h"
#include "dio-engine-outputs.h"
#include "dio-engine-seam-private.h"
#include "dio-engine-worker-private.h"
#include "dio-engine.h"
#include "dio-protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

typedef struct {
  char *folder, *outputs;
  char *temporary; /* FOLDER/.tmp */
  int width_px, height_px, threads;
  DioChannel *channel;
  DioScenario *scenario;
  DioFrameMaker *maker;
} Worker;

static void
worker_clear (Worker *worker)
{
  dio_frame_maker_free (worker->maker);
  g_clear_pointer (&worker->scenario, dio_scenario_unref);
  dio_channel_free (worker->channel);
  g_free (worker->temporary);
  g_free (worker->folder);
  g_free (worker->outputs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Worker, worker_clear)

static gboolean
parse_arguments (Worker *worker, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "dataset", 0, 0, G_OPTION_ARG_FILENAME, &worker->folder, NULL, NULL },
    { "outputs", 0, 0, G_OPTION_ARG_STRING, &worker->outputs, NULL, NULL },
    { "width", 0, 0, G_OPTION_ARG_INT, &worker->width_px, NULL, NULL },
    { "height", 0, 0, G_OPTION_ARG_INT, &worker->height_px, NULL, NULL },
    { "threads", 0, 0, G_OPTION_ARG_INT, &worker->threads, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (worker->folder && worker->outputs)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "The command worker is started by the engine alone");
  return FALSE;
}

/* Does not outlive the supervisor, which may have died before this was asked for. */
static gboolean
follow_parent (void)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  signal (SIGPIPE, SIG_IGN);
  return fcntl (DIO_ENGINE_WORKER_FD, F_SETFD, FD_CLOEXEC) == 0;
}

static gboolean
open_maker (Worker *worker, GError **error)
{
  g_autofree char *snapshot = g_build_filename (worker->folder, "scenario.json", NULL);
  g_autofree char *blobs = g_build_filename (worker->folder, "assets", NULL);
  DioFrameMakerDesc desc = { .blobs_folder = blobs,
                             .width_px = (guint) MAX (worker->width_px, 0),
                             .height_px = (guint) MAX (worker->height_px, 0),
                             .threads = (guint) MAX (worker->threads, 1) };

  worker->temporary = dio_engine_dup_temporary_folder (worker->folder);
  if (!dio_outputs_parse (worker->outputs, &desc.outputs, error))
    return FALSE;
  worker->scenario = dio_scenario_load (snapshot, NULL, error);
  if (!worker->scenario)
    return FALSE;
  worker->maker = dio_frame_maker_new (worker->scenario, &desc, error);
  return worker->maker != NULL;
}

/* Without fsync: the supervisor syncs many frames at once before it commits them. */
static gboolean
write_file (const char *path, GBytes *bytes, GError **error)
{
  gsize size, written = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  int code = fd < 0 ? errno : 0;

  while (code == 0 && written < size) {
    ssize_t n = write (fd, data + written, size - written);
    if (n >= 0)
      written += (gsize) n;
    else if (errno != EINTR)
      code = errno;
  }
  if (fd >= 0 && close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0)
    return TRUE;
  g_set_error (error, DIO_ERROR,
               code == ENOSPC || code == EDQUOT || code == EFBIG ? DIO_ERROR_NO_SPACE
                                                                 : DIO_ERROR_FAILED,
               "The file “%s” cannot be written: %s", path, g_strerror (code));
  return FALSE;
}

/* Writes the files of @made and names them in @message. */
static gboolean
write_files (Worker *worker, const DioMadeFrame *made, DioMessage *message, GError **error)
{
  message->files = g_array_new (FALSE, TRUE, sizeof (DioProtocolFile));
  for (guint i = 0; i < made->files->len; i++) {
    const DioMadeFile *file = &g_array_index (made->files, DioMadeFile, i);
    DioTemporaryName name = { message->lease, message->index, file->capture, file->channel,
                              file->extension };
    g_autofree char *temporary = dio_engine_dup_temporary_name (&name);
    g_autofree char *path = g_build_filename (worker->temporary, temporary, NULL);
    if (i == 1 || made->files->len == 1)
      dio_engine_seam_reach ("writing");
    if (!write_file (path, file->bytes, error))
      return FALSE;
    DioProtocolFile row = { .capture = file->capture,
                            .channel = g_strdup (file->channel),
                            .extension = g_strdup (file->extension),
                            .temporary = g_steal_pointer (&temporary),
                            .sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->bytes),
                            .size = g_bytes_get_size (file->bytes) };
    g_array_append_val (message->files, row);
  }
  return TRUE;
}

static gboolean
make_result (Worker *worker, const DioMessage *lease, DioMessage *result, GError **error)
{
  g_auto (DioMadeFrame) made = { 0 };

  dio_engine_seam_reach ("rendering");
  if (dio_engine_seam_frame (result->index) == DIO_SEAM_ERROR) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "A test asked for this error");
    return FALSE;
  }
  if (!dio_frame_maker_make (worker->maker, lease->seed, (guint32) result->index, lease->take,
                             &made, error)
      || !write_files (worker, &made, result, error))
    return FALSE;
  result->frame = made.frame;
  memset (&made.frame, 0, sizeof made.frame);
  return TRUE;
}

static gboolean
send_failure (Worker *worker, const DioMessage *about, const GError *cause, GError **error)
{
  DioMessage failure = { .type = DIO_MESSAGE_FAILURE,
                         .lease = about->lease,
                         .index = about->index,
                         .code = cause->domain == DIO_ERROR ? cause->code : DIO_ERROR_FAILED,
                         .text = cause->message };

  return dio_channel_send (worker->channel, &failure, error);
}

/* TRUE as long as the supervisor listens; a frame that fails is its business. */
static gboolean
do_frame (Worker *worker, const DioMessage *lease, guint64 index, GError **error)
{
  g_auto (DioMessage)
      result = { .type = DIO_MESSAGE_RESULT, .lease = lease->lease, .index = index };
  DioMessage now = { .type = DIO_MESSAGE_NOW_DOING, .lease = lease->lease, .index = index };
  g_autoptr (GError) cause = NULL;

  if (!dio_channel_send (worker->channel, &now, error))
    return FALSE;
  if (make_result (worker, lease, &result, &cause)
      && dio_channel_send (worker->channel, &result, &cause))
    return TRUE;
  return send_failure (worker, &result, cause, error);
}

static gboolean
do_lease (Worker *worker, const DioMessage *lease, GError **error)
{
  for (guint64 i = 0; i < lease->count; i++)
    if (!do_frame (worker, lease, lease->first + i, error))
      return FALSE;
  DioMessage more = { .type = DIO_MESSAGE_NEED_WORK };
  return dio_channel_send (worker->channel, &more, error);
}

static gboolean
serve (Worker *worker, GError **error)
{
  for (;;) {
    g_auto (DioMessage) message = { 0 };
    switch (dio_channel_wait (worker->channel, &message, error)) {
    case DIO_CHANNEL_MESSAGE:
      break;
    case DIO_CHANNEL_CLOSED:
      return TRUE;
    case DIO_CHANNEL_EMPTY:
    case DIO_CHANNEL_ERROR:
    default:
      return FALSE;
    }
    if (message.type == DIO_MESSAGE_BYE)
      return TRUE;
    if (message.type == DIO_MESSAGE_LEASE && !do_lease (worker, &message, error))
      return FALSE;
  }
}

static gboolean
say_hello (Worker *worker, GError **error)
{
  DioMessage hello = { .type = DIO_MESSAGE_HELLO,
                       .version = DIO_PROTOCOL_VERSION,
                       .identity = (char *) dio_frame_maker_get_identity (worker->maker) };
  DioMessage more = { .type = DIO_MESSAGE_NEED_WORK };

  return dio_channel_send (worker->channel, &hello, error)
         && dio_channel_send (worker->channel, &more, error);
}

int
dio_engine_worker_main (int argc, char **argv)
{
  g_auto (Worker) worker = { 0 };
  g_autoptr (GError) error = NULL;

  if (!parse_arguments (&worker, argc, argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  if (!follow_parent ()) {
    g_printerr ("The command worker is started by the engine alone\n");
    return 2;
  }
  worker.channel = dio_channel_new (DIO_ENGINE_WORKER_FD);
  dio_engine_seam_frame (G_MAXUINT64);
  if (!open_maker (&worker, &error)) {
    DioMessage nothing = { 0 };
    send_failure (&worker, &nothing, error, NULL);
    return 1;
  }
  if (!say_hello (&worker, &error) || !serve (&worker, &error)) {
    g_info ("%s", error->message);
    return 1;
  }
  return 0;
}
