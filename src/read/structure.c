/*
 * cmark-gfm over the skeleton, with three blocks of our own:
 *
 * - a fence (":::") is a leaf of one line; openers and closers are paired
 *   after parsing (blocks.c), so that a fence may stand inside an item or a
 *   quote, end a paragraph, and yet need no more than ever so many colons;
 * - a definition (": text" under its term) and a note ("[^label]: text") are
 *   containers. Being open containers they take the indentation of what
 *   follows before cmark's rule for indented code sees it.
 *
 * cmark keeps node types and special characters in global variables: all of
 * this runs in one thread only.
 */
#include <string.h>

#include "read/structure.h"

cmark_node_type NODE_FENCE, NODE_DEFINITION, NODE_NOTE;

static cmark_syntax_extension *extension;
static struct reader *reader;		/* of the parse under way */

static bool
is_blank(int c)
{
	return c == ' ' || c == '\t';
}

/* The line being read, as an index into reader->lines. */
static size_t
line_now(cmark_parser *p)
{
	return reader->body + (size_t)cmark_parser_get_line_number(p) - 1;
}

static bool
has_flag(size_t line, int flag)
{
	return line < reader->nlines && (reader->lines[line].flags & flag);
}

static cmark_node *
add(cmark_parser *p, cmark_node *parent, cmark_node_type type)
{
	cmark_node *n = cmark_parser_add_child(p, parent, type,
	    cmark_parser_get_first_nonspace(p) + 1);

	if (n != NULL && type != CMARK_NODE_PARAGRAPH)
		cmark_node_set_syntax_extension(n, extension);
	return n;
}

/* Step over `count` bytes that begin at the first that is not blank. */
static void
step(cmark_parser *p, const char *input, int count)
{
	cmark_parser_advance_offset(p, input,
	    cmark_parser_get_first_nonspace(p) + count -
	    cmark_parser_get_offset(p), 0);
}

static bool
is_one_line(cmark_node *paragraph)
{
	const char *s = cmark_node_get_string_content(paragraph);
	const char *nl = s != NULL ? strchr(s, '\n') : NULL;

	return s != NULL && (nl == NULL || nl[1] == '\0');
}

/*
 * Does a table follow the paragraph that begins at `line`? Then ": text" is
 * its caption and no definition of the line above. Captions are short: a
 * paragraph of more than a hundred lines is not looked through.
 */
static bool
table_follows(size_t line)
{
	size_t i = line, k;

	for (k = 0; i < reader->nlines && k < 100; i++, k++)
		if (has_flag(i, LINE_BLANK))
			break;
	for (k = 0; i < reader->nlines && k < 100; i++, k++)
		if (!has_flag(i, LINE_BLANK))
			break;
	return has_flag(i, LINE_DELIM) || has_flag(i + 1, LINE_DELIM);
}

/*
 * ": text" defines the paragraph of one line before it, directly or after
 * one blank line (Pandoc's rule), or goes on defining what the definition
 * before it does.
 */
static cmark_node *
open_definition(cmark_parser *p, cmark_node *parent, const char *input,
    int len)
{
	cmark_node_type type = cmark_node_get_type(parent);
	cmark_node *before = parent, *n;
	size_t line = line_now(p);
	bool direct = line > 0 && !has_flag(line - 1, LINE_BLANK);
	int at = cmark_parser_get_first_nonspace(p), i;
	int column = cmark_parser_get_first_nonspace_column(p) + 1, spaces = 0;
	int indent = cmark_parser_get_indent(p);
	intptr_t width, least;

	if (type != CMARK_NODE_PARAGRAPH)
		before = cmark_node_last_child(parent);
	if (before == NULL)
		return NULL;
	if (cmark_node_get_type(before) == CMARK_NODE_PARAGRAPH) {
		const char *s = cmark_node_get_string_content(before);
		size_t end = (size_t)cmark_node_get_start_line(before) - 1 +
		    reader->body;

		if (!is_one_line(before) || s[0] == ':' || line - end > 2)
			return NULL;
	} else if (cmark_node_get_type(before) != NODE_DEFINITION) {
		return NULL;
	}
	if (!direct && table_follows(line))
		return NULL;

	for (i = at + 1; i < len && is_blank(input[i]); i++)
		spaces += input[i] == '\t' ? 4 - (column + spaces) % 4 : 1;
	/* As with items: more than four blanks begin code, one is the gap. */
	if (i >= len || input[i] == '\n' || spaces > 4)
		spaces = 1;
	width = indent + 1 + spaces;
	least = indent + 2;
	n = add(p, parent, NODE_DEFINITION);
	if (n == NULL)
		return NULL;
	cmark_node_set_user_data(n, (void *)(width << 8 | least));
	step(p, input, 1);
	cmark_parser_advance_offset(p, input, spaces, 1);
	return n;
}

static cmark_node *
open_note(cmark_parser *p, cmark_node *parent, const char *input, int len)
{
	int at = cmark_parser_get_first_nonspace(p), i = at + 2;
	cmark_node *n;

	while (i < len && input[i] == 'y')
		i++;
	if (i + 1 >= len || input[i] != ']' || input[i + 1] != ':')
		return NULL;
	n = add(p, parent, NODE_NOTE);
	if (n != NULL)
		step(p, input, i + 2 - at);
	return n;
}

static cmark_node *
open_block(cmark_syntax_extension *self, int indented, cmark_parser *p,
    cmark_node *parent, unsigned char *bytes, int len)
{
	const char *input = (const char *)bytes;
	int at = cmark_parser_get_first_nonspace(p);
	cmark_node *n, *last;
	size_t line;

	(void)self;
	if (indented || at >= len || cmark_node_get_type(parent) == NODE_FENCE)
		return NULL;
	if (len - at >= 3 && memcmp(input + at, ":::", 3) == 0) {
		n = add(p, parent, NODE_FENCE);
		if (n != NULL)
			step(p, input, len - at - (input[len - 1] == '\n'));
		return n;
	}
	if (input[at] == ':' && at + 1 < len && is_blank(input[at + 1]))
		return open_definition(p, parent, input, len);
	if (len - at >= 5 && input[at] == '[' && input[at + 1] == '^')
		return open_note(p, parent, input, len);
	/*
	 * A term right under a definition would be read as the definition's
	 * next line, for paragraphs may go on unindented. A line that a
	 * ": " follows is meant as a term.
	 */
	line = line_now(p);
	if (input[at] == 'x' && has_flag(line + 1, LINE_DEF) &&
	    !has_flag(line, LINE_DELIM) &&
	    cmark_node_get_type(parent) != CMARK_NODE_PARAGRAPH) {
		last = cmark_node_last_child(parent);
		if (last != NULL &&
		    cmark_node_get_type(last) == NODE_DEFINITION)
			return add(p, parent, CMARK_NODE_PARAGRAPH);
	}
	return NULL;
}

/* May an open block of ours go on with this line? */
static int
match_block(cmark_syntax_extension *self, cmark_parser *p,
    unsigned char *bytes, int len, cmark_node *n)
{
	const char *input = (const char *)bytes;
	cmark_node_type type = cmark_node_get_type(n);
	int indent = cmark_parser_get_indent(p);
	intptr_t data;
	int width = 4, least = 4;

	(void)self;
	(void)len;
	if (type == NODE_FENCE)
		return 0;
	if (cmark_parser_is_blank(p)) {
		if (cmark_node_first_child(n) == NULL)
			return 0;
		step(p, input, 0);
		return 1;
	}
	if (type == NODE_DEFINITION) {
		data = (intptr_t)cmark_node_get_user_data(n);
		width = (int)(data >> 8);
		least = (int)(data & 0xff);
	}
	if (indent < least)
		return 0;
	cmark_parser_advance_offset(p, input, MIN(indent, width), 1);
	return 1;
}

static int
can_contain(cmark_syntax_extension *self, cmark_node *n, cmark_node_type child)
{
	(void)self;
	return cmark_node_get_type(n) != NODE_FENCE &&
	    (child & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK &&
	    child != CMARK_NODE_ITEM;
}

static void
extension_make(void)
{
	NODE_FENCE = cmark_syntax_extension_add_node(0);
	NODE_DEFINITION = cmark_syntax_extension_add_node(0);
	NODE_NOTE = cmark_syntax_extension_add_node(0);
	extension = cmark_syntax_extension_new("dabir");
	cmark_syntax_extension_set_open_block_func(extension, open_block);
	cmark_syntax_extension_set_match_block_func(extension, match_block);
	cmark_syntax_extension_set_can_contain_func(extension, can_contain);
}

/* --------------------------------------------------------------- memory */

/*
 * cmark's tree is dropped whole, so it lives in an arena: ours, since cmark's
 * own begins with four megabytes of zeros for every paragraph that is read
 * again. A size stands before each piece, for cmark lets pieces grow.
 */
static struct arena tree;

static void *
tree_calloc(size_t n, size_t size)
{
	size_t total, *p;

	if (__builtin_mul_overflow(n, size, &total))
		out_of_memory();
	p = arena_alloc(&tree, total + 16);
	*p = total;
	return (char *)p + 16;
}

static void *
tree_realloc(void *old, size_t n)
{
	size_t was = old != NULL ? *(size_t *)((char *)old - 16) : 0;
	void *p = tree_calloc(1, n);

	if (old != NULL)
		memcpy(p, old, MIN(was, n));
	return p;
}

static void
tree_free(void *p)
{
	(void)p;
}

static cmark_mem tree_memory = {tree_calloc, tree_realloc, tree_free};

cmark_node *
structure_parse(struct reader *r)
{
	cmark_parser *p;
	cmark_node *root;

	if (extension == NULL)
		extension_make();
	reader = r;
	p = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &tree_memory);
	cmark_parser_attach_syntax_extension(p, extension);
	cmark_parser_feed(p, r->skel.p != NULL ? r->skel.p : "", r->skel.n);
	root = cmark_parser_finish(p);
	cmark_parser_free(p);
	reader = NULL;
	return root;
}

void
structure_done(void)
{
	arena_free(&tree);
}
