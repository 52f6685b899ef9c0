/*
 * dabir --version: the program's version and those of the libraries that a
 * page's bytes depend on.
 */
#include <stdio.h>

#include "cmd/cmd.h"
#include "font/font.h"
#include "pdf/pdf.h"
#include "read/read.h"
#include "shape/shape.h"

int
cmd_version(void)
{
	printf("dabir %s\n%s, %s, %s, %s, %s\n", DABIR_VERSION,
	    shape_library(), font_library(), base_library(), read_library(),
	    pdf_library());
	return 0;
}
