/*
 * What stands before the text: half title, title page, imprint, dedication,
 * contents.
 */
#include <string.h>

#include "page/layout.h"

static void
gather_ornament(struct layout *l, struct ctx *c, const struct style_look *look)
{
	if (l->st->title.ornament <= 0)
		return;
	gather_rule(l, c, look, PT(0.8));
	l->protos.v[l->protos.n - 1].label_x = l->st->title.ornament;
	flow_gap(l, look->space_after);
}

/* Every value of a metadata key as a paragraph; how many there were. */
static int
gather_meta(struct layout *l, struct ctx *c, const char *key,
    const char *look_name, const char *before, enum page_role role)
{
	const struct style_look *look = style_look(l->st, look_name);
	int n = 0;

	for (const struct doc_meta *m = l->doc->meta; m != NULL; m = m->next) {
		const char *text = m->value;
		bool many = strcmp(key, "author") == 0;

		if (strcmp(m->key, key) != 0 || *text == '\0')
			continue;
		if (!many && n > 0)
			break;	/* the book file's own comes first */
		if (strcmp(key, "year") == 0) {
			struct buf b = {0};

			uni_digits(&b, l->lang, text, strlen(text));
			text = arena_strn(l->a, b.p, b.n);
			buf_free(&b);
		}
		if (before != NULL)
			text = arena_printf(l->a, "%s%s%s", before,
			    layout_word(l, "colon"), text);
		c->first = true;
		gather_para(l, c, NULL, text, look, role);
		n++;
	}
	return n;
}

/* The dedications of the flow that the front matter takes. */
static const struct doc_node *
next_dedication(const struct doc_node *n)
{
	while (n != NULL && !(n->kind == DOC_DIV &&
	    doc_has_class(n, "dedication")))
		n = n->next;
	return n;
}

bool
front_takes(const struct layout *l, const struct doc_node *n)
{
	return l->st->title.page && l->job->section == NULL &&
	    doc_meta(l->doc, "title") != NULL && n->parent == l->doc->root &&
	    doc_has_class(n, "dedication");
}

/* A page of its own for whom the book is given to. */
static void
gather_dedication(struct layout *l, struct ctx *c)
{
	const struct style_look *look = style_look(l->st, "dedication");
	const char *text = doc_meta(l->doc, "dedication");
	const struct doc_node *n = next_dedication(l->doc->root->first);
	struct ctx in = *c;

	if (text == NULL && n == NULL)
		return;
	in.look = look;
	if (l->st->title.page) {
		force_page(l, SIDE_OPENING, true);
		fixed_gap(l, l->st->title.drop);
	}
	if (text != NULL)
		gather_lines(l, &in, text, look, false);
	for (; n != NULL && l->st->title.page; n = next_dedication(n->next)) {
		in.first = true;
		flow_children(l, &in, n);
	}
}

void
colophon_gather(struct layout *l, struct ctx *c)
{
	const char *text = doc_meta(l->doc, "colophon");

	if (text == NULL)
		return;
	force_page(l, SIDE_ANY, true);
	gather_lines(l, c, text, style_look(l->st, "colophon"), false);
}

static void
expand_title_end(struct layout *l, const struct proto *p)
{
	(void)p;
	l->title_end = l->flow.n;
}

static void
gather_title(struct layout *l, struct ctx *c)
{
	bool page = l->st->title.page;

	if (doc_meta(l->doc, "title") == NULL)
		return;
	if (page && l->st->title.half) {
		fixed_gap(l, l->st->title.drop);
		gather_meta(l, c, "title", "half-title", NULL, ROLE_P);
		force_page(l, SIDE_OPENING, true);
	}
	if (page)
		fixed_gap(l, l->st->title.drop);
	gather_meta(l, c, "title", "title", NULL, ROLE_TITLE);
	gather_ornament(l, c, style_look(l->st, "title"));
	gather_meta(l, c, "subtitle", "subtitle", NULL, ROLE_P);
	gather_meta(l, c, "author", "author", NULL, ROLE_P);
	gather_meta(l, c, "translator", "author", layout_word(l, "translator"),
	    ROLE_P);
	gather_meta(l, c, "publisher", "publisher", NULL, ROLE_P);
	gather_meta(l, c, "year", "publisher", NULL, ROLE_P);
	if (page && l->st->title.imprint) {
		force_page(l, SIDE_ANY, true);
		imprint_gather(l, c);
	}
	gather_dedication(l, c);
	if (page) {
		force_page(l, l->st->toc.show ? SIDE_OPENING : SIDE_ANY, true);
		flow_proto(l, expand_title_end);
	}
}

static void
expand_body(struct layout *l, const struct proto *p)
{
	(void)p;
	l->body_start = l->flow.n;
}

void
front_gather(struct layout *l, struct ctx *c)
{
	struct ctx in = *c;
	bool apart = l->st->page.front != NULL &&
	    strcmp(l->st->page.front, "continued") != 0;

	in.elem = 0;
	gather_title(l, &in);
	if (l->st->toc.show) {
		in.elem = 0;
		toc_gather(l, &in);
		force_page(l, apart ? SIDE_OPENING : SIDE_ANY, true);
	} else if (apart) {
		force_page(l, SIDE_OPENING, true);
	}
	flow_proto(l, expand_body);
	floats_allow(l);
}
