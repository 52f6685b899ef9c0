#include <ft2build.h>
#include FT_FREETYPE_H

#include "font/font.h"

#define TEXT2(x) #x
#define TEXT(x) TEXT2(x)

const char *
font_library(void)
{
	return "FreeType " TEXT(FREETYPE_MAJOR) "." TEXT(FREETYPE_MINOR) "."
	    TEXT(FREETYPE_PATCH);
}
