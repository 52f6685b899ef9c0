/*
 * The bar: what is under way, how much of it is done. It is drawn over and
 * over in one line, ten times a second at most, and leaves no trace.
 */
#include <unistd.h>

#include "cmd/progress.h"

enum { WIDTH = 24 };
#define MOMENT_NS 400000000		/* before the first is drawn */
#define STEP_NS 100000000

static void
draw(void *arg, const char *what, size_t done, size_t all)
{
	struct bar *b = arg;
	int64_t now = clock_ns();
	size_t n;

	if (now - b->begun < MOMENT_NS || now - b->told < STEP_NS || all == 0)
		return;
	b->told = now;
	b->drawn = true;
	done = MIN(done, all);
	n = done * WIDTH / all;
	fprintf(stderr, "\r\033[K[%.*s%.*s] %3zu%% %s", (int)n,
	    "########################", (int)(WIDTH - n),
	    "                        ", done * 100 / all, what);
	fflush(stderr);
}

void
bar_begin(struct bar *b, bool wanted)
{
	b->begun = clock_ns();
	b->on = wanted && isatty(STDERR_FILENO);
	b->progress = (struct progress){b->on ? draw : NULL, b};
}

void
bar_wipe(struct bar *b)
{
	if (!b->drawn)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	b->drawn = false;
}
