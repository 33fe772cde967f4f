#pragma once
/* Thread: any. What the supervisor must know to start a worker. */

/** The worker's end of the channel. */
#define DIO_ENGINE_WORKER_FD 3
