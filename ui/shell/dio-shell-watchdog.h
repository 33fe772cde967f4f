#pragma once
/* Thread: main. Watches the main loop: every turn that keeps it from polling for more than 100 ms is a stall that a user may feel. It costs four readings
 * of clocks a turn and no wake-ups. With DIORAMA_WATCHDOG=1 each stall is printed with the command that ran in it, with when it began (monotonic
 * clock, seconds: as `perf script` has it with `perf record -k CLOCK_MONOTONIC`), and with how much of it the thread itself worked: the rest it waited
 * for a processor or for something else. */

#include <glib.h>

G_BEGIN_DECLS

#define DIO_SHELL_STALL_US 100000

/** From now on, for the default main context; again is harmless. */
void dio_shell_watchdog_start (void);
/** Hands the loop back. */
void dio_shell_watchdog_stop (void);
/** Stalls since start or reset. */
guint dio_shell_watchdog_get_stalls (void);
/** The longest turn since start or reset, microseconds. */
gint64 dio_shell_watchdog_get_longest_us (void);
/** The most that the thread worked in one turn since start or reset, microseconds of processor time: what a busy machine does not lengthen. */
gint64 dio_shell_watchdog_get_longest_cpu_us (void);
/** Name of the command that ran in the last stall, or NULL. */
const char *dio_shell_watchdog_get_culprit (void);
void dio_shell_watchdog_reset (void);

G_END_DECLS
