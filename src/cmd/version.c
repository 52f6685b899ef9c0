/*
 * dabir --version: the program's version and those of its libraries. The
 * first line of libraries are those that lines and pages hang on.
 */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/watch.h"
#include "font/font.h"
#include "image/image.h"
#include "pdf/pdf.h"
#include "read/read.h"
#include "shape/shape.h"

int
cmd_version(void)
{
	printf("dabir %s\n%s, %s, %s, %s, %s\n%s, %s, %s, %s\n",
	    DABIR_VERSION, shape_library(), font_library(), base_library(),
	    read_library(), pdf_library(), image_library(),
	    pdf_deflate_library(), font_system_library(), watch_library());
	return 0;
}
