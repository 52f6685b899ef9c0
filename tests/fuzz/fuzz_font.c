/*
 * Any bytes as a font file: opened, asked, shaped with, embedded.
 */
#include "font/font.h"
#include "shape/shape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * A folder whose manifest names one face, which is a file of no folder:
 * nothing is written to a disk a thousand times a second.
 */
static int font_file = -1;
static char folder[64];

static void
make_folder(void)
{
	char path[128], target[64];
	FILE *f;

	font_file = memfd_create("fuzz", 0);
	snprintf(folder, sizeof(folder), "%s/fuzz-font-XXXXXX",
	    getenv("TMPDIR") != NULL ? getenv("TMPDIR") : P_tmpdir);
	if (font_file == -1 || mkdtemp(folder) == NULL)
		abort();
	snprintf(path, sizeof(path), "%s/manifest.yaml", folder);
	f = fopen(path, "w");
	if (f == NULL)
		abort();
	fputs("faces:\n  - {family: X, weight: 400, italic: false, role: body, "
	    "file: x.ttf, license: OFL-1.1}\n", f);
	fclose(f);
	snprintf(path, sizeof(path), "%s/x.ttf", folder);
	snprintf(target, sizeof(target), "/proc/self/fd/%d", font_file);
	/* The link leads out of the folder, to no place in the tree of files. */
	if (symlink(target, path) != 0 || !path_allow("/"))
		abort();
}

/* Each cluster as it stands, and once more moved and stretched. */
static void
embed(struct font_face *f, const struct shape_para *p, struct diag *dg)
{
	struct font_embed *e = font_embed_open(f);

	for (uint32_t i = 0; i < p->nglyphs; i++) {
		const struct shape_glyph *g = &p->glyphs[i];
		struct font_part parts[2] = {{g->gid, g->dx, g->dy, 0x4000},
		    {g->gid, 7, -5, 0x3000}};
		uint32_t cp = 0x627 + i;
		struct font_key k = {parts, 1 + i % 2, MAX(g->adv, 0), &cp, 1};

		font_embed_key(e, &k);
		font_is_plain_bar(f, g->gid);
	}
	font_embed_finish(e, dg);
	font_embed_close(e);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char text[] = "باسماچی لا اللّٰه ۱۲۳، می‌رود abc";
	const char *dirs[1] = {folder}, *const families[1] = {"X"};
	struct diag dg = {0};
	struct arena a = {0};
	struct font_set *s;
	struct shape_style style = {.size = PT(12), .lang = "fa"};
	struct shape_span span = {.end = sizeof(text) - 1, .style = &style};
	struct shape_rules rules = {.kashida = true, .kashida_min_letters = 2};
	struct shape_ctx *ctx;

	if (font_file == -1)
		make_folder();
	if (ftruncate(font_file, 0) == -1 ||
	    pwrite(font_file, data, size, 0) != (ssize_t)size)
		abort();
	s = font_set_open(&dg, dirs, 1, false);
	style.chain = font_chain(s, &a, &dg, families, 1, 400, false, NOPOS);
	if (style.chain.n > 0 &&
	    strcmp(font_family(style.chain.v[0]), "X") == 0) {
		/* Not the system's faces: they are sound. */
		style.chain.n = 1;
		ctx = shape_ctx_open();
		embed(style.chain.v[0], shape_text(ctx, &a, &dg, text,
		    sizeof(text) - 1, &span, 1, 1, &rules, NULL, NULL), &dg);
		shape_ctx_close(ctx);
	}
	font_set_close(s);
	arena_free(&a);
	diag_free(&dg);
	return 0;
}
