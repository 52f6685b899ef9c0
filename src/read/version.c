#include <cmark-gfm.h>

#include "read/read.h"

const char *
read_library(void)
{
	return "cmark-gfm " CMARK_GFM_VERSION_STRING;
}
