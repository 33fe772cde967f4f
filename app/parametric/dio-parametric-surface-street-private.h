#pragma once
/* Thread: any. The surfaces that models of the street share. */

#include "dio-parametric-surface-private.h"

G_BEGIN_DECLS

typedef enum {
  DIO_STREET_ASPHALT,
  DIO_STREET_BRICK,
  DIO_STREET_BRUSHED_METAL,
  DIO_STREET_CONCRETE,
  DIO_STREET_GALVANIZED,
  DIO_STREET_DARK_WOOD,
  DIO_STREET_PAINTED_METAL, /**< white, to be tinted */
  DIO_STREET_PAVING,
  DIO_STREET_PLASTER, /**< nearly white, to be tinted */
  DIO_STREET_PLASTIC, /**< nearly white, to be tinted */
  DIO_STREET_ROOF_TILES,
  DIO_STREET_ROAD_PAINT, /**< white, worn through its alpha */
  DIO_STREET_WOOD,
  DIO_STREET_N_SURFACES,
} DioStreetSurface;

/** For tables that need addresses known to the compiler. */
extern const DioSurface dio_street_surfaces[DIO_STREET_N_SURFACES];

/** Static. */
const DioSurface *dio_street_get_surface (DioStreetSurface which);

G_END_DECLS
