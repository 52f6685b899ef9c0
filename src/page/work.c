/*
 * Shaping and breaking the pieces, in threads.
 *
 * A piece depends on its own text, spans, styles and faces alone, all of
 * which are only read here, so pieces may be made in any order and in any
 * thread with the same result. Each thread has its arenas and shaping
 * buffers; each piece has a diag of its own, merged in document order
 * afterwards, so that messages do not depend on the threads either.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "page/layout.h"

enum { BATCH = 16, MAX_THREADS = 16 };

struct pool {
	struct layout *l;
	struct piece **v;
	size_t n;
	atomic_size_t next;
};

struct worker {
	struct pool *pool;
	struct arena *arena;
	struct shape_ctx *sctx;
	struct arena scratch;
	const struct progress *told;	/* by the first of them */
	int64_t lines;			/* spent on breaking [ns] */
	pthread_t thread;
	bool started;
};

static void
shape_piece(struct layout *l, struct shape_ctx *sctx, struct arena *a,
    struct piece *p)
{
	struct shape_rules rules = p->pstyle.kashida ? l->rules :
	    l->no_kashida_rules;

	/* Where no line need be full: by sense. */
	rules.keep_particles = p->pstyle.align == PARA_CENTRE || (p->heading &&
	    p->pstyle.align != PARA_JUSTIFY);
	p->dg.persian = l->dg->persian;
	p->shaped = shape_text(sctx, a, &p->dg, p->text, p->n, p->spans,
	    p->nspans, p->level, &rules, piece_place, p);
	marks_fit(p);
}

/* Adds the time it takes to `spent`, if times are asked for. */
static void
break_piece(struct layout *l, struct shape_ctx *sctx, struct arena *a,
    struct arena *scratch, struct piece *p, int64_t *spent)
{
	bool measures = l->job->times != NULL;
	int64_t from = measures ? clock_ns() - shape_ctx_spent(sctx) : 0;

	if (p->shape.measure <= 0)
		return;
	p->dg.persian = l->dg->persian;
	p->para.lines = para_break(sctx, a, scratch, &p->dg, p->shaped,
	    &p->shape, &p->pstyle, piece_place, p);
	arena_reset(scratch);
	/* But for the words that kashida has shaped again. */
	if (measures)
		*spent += clock_ns() - shape_ctx_spent(sctx) - from;
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct pool *pool = w->pool;

	for (;;) {
		size_t at = atomic_fetch_add(&pool->next, BATCH);

		if (at >= pool->n)
			break;
		if (w->told->tell != NULL)
			w->told->tell(w->told->arg, "lines of paragraphs", at,
			    pool->n);
		for (size_t i = at; i < MIN(at + BATCH, pool->n); i++) {
			shape_piece(pool->l, w->sctx, w->arena, pool->v[i]);
			break_piece(pool->l, w->sctx, w->arena,
			    &w->scratch, pool->v[i], &w->lines);
		}
	}
	return NULL;
}

void
work_run(struct layout *l, struct piece *from)
{
	static const struct progress silent;
	struct pool pool = {.l = l};
	struct worker w[MAX_THREADS] = {0};
	int nthreads = MIN(MAX(l->job->threads, 1), MAX_THREADS);
	size_t cap = 0;

	for (struct piece *p = from; p != NULL; p = p->next)
		if (p->shaped == NULL) {
			vec_grow((void **)&pool.v, &cap, pool.n + 1,
			    sizeof(*pool.v));
			pool.v[pool.n++] = p;
		}
	if (pool.n < 4 * BATCH)
		nthreads = 1;
	for (int i = 0; i < nthreads; i++) {
		w[i].pool = &pool;
		w[i].told = i == 0 ? &l->job->progress : &silent;
		w[i].arena = xcalloc(1, sizeof(*w[i].arena));
		w[i].sctx = i == 0 ? l->sctx : shape_ctx_open();
		shape_ctx_cache(w[i].sctx, !l->job->no_word_cache);
		shape_ctx_clock(w[i].sctx, l->job->times != NULL);
		*VEC_PUSH(&l->arenas) = w[i].arena;
		if (i > 0)
			w[i].started = pthread_create(&w[i].thread, NULL, work,
			    &w[i]) == 0;
	}
	work(&w[0]);
	for (int i = 0; i < nthreads; i++) {
		if (w[i].started)
			pthread_join(w[i].thread, NULL);
		arena_free(&w[i].scratch);
		if (l->job->times != NULL)
			l->job->times->lines += w[i].lines;
		if (i == 0)
			continue;
		if (l->job->times != NULL)
			l->job->times->shape += shape_ctx_spent(w[i].sctx);
		shape_ctx_close(w[i].sctx);
	}
	for (size_t i = 0; i < pool.n; i++)
		if (!pool.v[i]->quiet)
			diag_merge(l->dg, &pool.v[i]->dg);
		else
			diag_free(&pool.v[i]->dg);
	free(pool.v);
}

void
piece_break(struct layout *l, struct piece *p)
{
	int64_t spent = 0;

	break_piece(l, l->sctx, l->a, &l->scratch, p, &spent);
	if (l->job->times != NULL)
		l->job->times->lines += spent;
	if (p->quiet)
		diag_free(&p->dg);
	else
		diag_merge(l->dg, &p->dg);
}

void
piece_now(struct layout *l, struct piece *p)
{
	shape_piece(l, l->sctx, l->a, p);
	piece_break(l, p);
}
