#pragma once
/* Thread: any. The one error domain of Diorama. A code names a decision that a caller can take; the
 * message says what, where and what to do, in English; ui/ and cli/ add translated context. */

#include <glib.h>

G_BEGIN_DECLS

#define DIO_ERROR (dio_error_quark ())

typedef enum {
  DIO_ERROR_FAILED,      /**< none of the others: show it */
  DIO_ERROR_INVALID,     /**< the input breaks a rule: correct the input */
  DIO_ERROR_NOT_FOUND,   /**< a named thing is not there */
  DIO_ERROR_CORRUPT,     /**< stored bytes are damaged: rebuild or restore */
  DIO_ERROR_UNSUPPORTED, /**< well formed, but not something Diorama reads or this machine can do */
  DIO_ERROR_BUSY,        /**< somebody else holds it: try later */
  DIO_ERROR_CANCELLED,   /**< the user asked for it */
  DIO_ERROR_NO_SPACE,    /**< the disk is full: free space, then resume */
  DIO_ERROR_LIMIT,       /**< a bound on memory, time or size was hit */
  DIO_ERROR_EXISTS,      /**< the target is already there: choose another */
} DioError;

GQuark dio_error_quark (void);

G_END_DECLS
