/*
 * dabir --version: the program's version and those of its libraries, and the
 * faces that come with it. The first line of libraries are those that lines
 * and pages hang on.
 */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/project.h"
#include "cmd/watch.h"
#include "font/font.h"
#include "image/image.h"
#include "pdf/pdf.h"
#include "read/read.h"
#include "shape/shape.h"

#ifndef DABIR_COMMIT
#define DABIR_COMMIT ""		/* the Makefile asks git */
#endif

const char *
dabir_version(void)
{
	return DABIR_COMMIT[0] != '\0' ? DABIR_VERSION "+" DABIR_COMMIT :
	    DABIR_VERSION;
}

/* Each face of the manifests that is there, with the hash of its file. */
static void
print_faces(void)
{
	struct diag unheard = {0};
	struct project p = {0};
	struct font_info *v;
	size_t n;

	project_open_none(&p, &unheard);
	n = font_list(project_fonts(&p), &p.arena, &v);
	for (size_t i = 0; i < n; i++)
		if (v[i].present)
			printf("%s %d%s: %.16s%s\n", v[i].family,
			    v[i].weight, v[i].italic ? " italic" : "",
			    v[i].sum, v[i].hash_ok ? "" :
			    " (not as the manifest has it)");
	project_close(&p);
	diag_free(&unheard);
}

int
cmd_version(void)
{
	printf("dabir %s\n%s, %s, %s, %s, %s\n%s, %s, %s, %s\n",
	    dabir_version(), shape_library(), font_library(), base_library(),
	    read_library(), pdf_library(), image_library(),
	    pdf_deflate_library(), font_system_library(), watch_library());
	print_faces();
	return 0;
}
