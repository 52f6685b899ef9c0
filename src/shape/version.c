#include <fribidi.h>
#include <hb.h>

#include "shape/shape.h"

const char *
shape_library(void)
{
	return "HarfBuzz " HB_VERSION_STRING ", FriBidi " FRIBIDI_VERSION;
}
