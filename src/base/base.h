/*
 * The ground floor: memory, text, lengths, files, messages, and thin doors to
 * the libraries that many rooms need (YAML, JSON, Unicode data).
 *
 * Nothing here knows what a book is. Allocation failure ends the program:
 * no caller checks for NULL from xmalloc() or an arena.
 */
#ifndef BASE_H
#define BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define NELEM(a) (sizeof(a) / sizeof((a)[0]))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

/* ------------------------------------------------------------- lengths */

/*
 * A length is an integer number of scaled points: 1/65536 of a PDF point
 * (1/72 inch). 32 bits hold +-32,767 pt; sums use sp64.
 */
typedef int32_t sp;
typedef int64_t sp64;
#define SP_PT 65536
#define SP_MAX INT32_MAX
#define PT(x) ((sp)((x) * SP_PT))

/* a * b / c, rounded to nearest, half away from zero; c != 0. */
int64_t muldiv(int64_t a, int64_t b, int64_t c);
/* Clamp a 64-bit sum into an sp. */
sp sp_clamp(sp64 v);
/*
 * Parse "12.5pt", "3mm", "2cm", "1in", "0.5em", "1.5lh", "40%", "3". The
 * unit comes back as one of the letters below; em, lh and % stay relative
 * and `value` is then in millionths. Returns false when it is no length.
 */
enum unit { UNIT_ABS, UNIT_EM, UNIT_LH, UNIT_PERCENT, UNIT_NONE };
struct length {
	int64_t value;		/* [sp] if ABS, else millionths of the unit */
	enum unit unit;
};
bool length_parse(const char *s, size_t n, struct length *out);
/* "12.5pt": shortest decimal that reads back as the same sp. */
const char *sp_str(sp v, char out[static 24]);

/* -------------------------------------------------------------- memory */

_Noreturn void out_of_memory(void);	/* ends the program, with a word */
void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n);
char *xstrdup(const char *s);

/*
 * An arena: allocations that die together. Zero-initialise to open
 * (struct arena a = {0}); what it returns is zeroed and aligned for any
 * type.
 */
struct arena {
	struct arena_block *head;
	size_t used;		/* bytes handed out so far */
};
void *arena_alloc(struct arena *a, size_t n);
void *arena_array(struct arena *a, size_t n, size_t size);
void *arena_dup(struct arena *a, const void *p, size_t n);
char *arena_str(struct arena *a, const char *s);	/* NUL-terminated copy */
char *arena_strn(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Keep the memory for the next round, forget the contents. */
void arena_reset(struct arena *a);
void arena_free(struct arena *a);
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_array((a), (n), sizeof(type)))

/* A growable run of bytes; always NUL-terminated once something was added. */
struct buf {
	char *p;
	size_t n, cap;
};
void buf_reserve(struct buf *b, size_t extra);
void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_utf8(struct buf *b, uint32_t cp);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_free(struct buf *b);		/* and ready for use again */

/*
 * A growable array. Usage:
 *	struct { struct item *v; size_t n, cap; } items = {0};
 *	*VEC_PUSH(&items) = (struct item){ ... };
 *	free(items.v);
 */
void vec_grow(void **v, size_t *cap, size_t n, size_t size);
#define VEC_PUSH(x) ((x)->n < (x)->cap ? (void)0 : vec_grow((void **)&(x)->v, \
    &(x)->cap, (x)->n + 1, sizeof(*(x)->v)), &(x)->v[(x)->n++])

/* FNV-1a, 64 bits; seed with HASH_SEED or an earlier hash. */
#define HASH_SEED 0xcbf29ce484222325u
uint64_t hash_bytes(uint64_t h, const void *p, size_t n);
/* Eight bytes at a time, for more than a word or two; the same everywhere. */
uint64_t hash_fast(uint64_t h, const void *p, size_t n);

/*
 * Strings to pointers; keys are copied. Zero-initialise to open.
 */
struct map {
	struct map_slot *slots;
	size_t n, cap;
};
/* The key's slot, good until the next map_put(); it holds NULL if new. */
void **map_put(struct map *m, const char *key, size_t n);
void *map_get(const struct map *m, const char *key, size_t n);
/* The next value that is not NULL from *i on, in no order; start at 0. */
void *map_next(const struct map *m, size_t *i);
void map_free(struct map *m);

/* Who wants to know how far a long work is; tell NULL: nobody. Called by the
 * thread that began the work alone. */
struct progress {
	void (*tell)(void *arg, const char *what, size_t done, size_t all);
	void *arg;
};

/* A clock that only goes on [ns]: for timings, never for what is made. */
int64_t clock_ns(void);

/* ---------------------------------------------------------------- text */

/*
 * Decode the code point at s[*i], *i < n, and step *i over it. Malformed
 * bytes yield U+FFFD and step one byte.
 */
uint32_t utf8_next(const char *s, size_t n, size_t *i);
size_t utf8_put(char out[static 4], uint32_t cp);	/* bytes written */
/* Offset of the first malformed byte, or n. */
size_t utf8_valid(const char *s, size_t n);
size_t utf8_count(const char *s, size_t n);		/* code points */
/* Levenshtein distance in code points, at most `limit` + 1. */
int utf8_distance(const char *a, const char *b, int limit);
/* The nearest of `names` (NULL-terminated), or NULL if none is near. */
const char *nearest(const char *word, const char *const *names);

/* ------------------------------------------------------------- messages */

enum diag_level { DIAG_INFO, DIAG_WARNING, DIAG_ERROR, DIAG_FATAL };

/* A place in the author's files. Line and column count from 1, column in
 * code points; 0 = unknown. `file` indexes the diag's list, 0 = none. */
struct pos {
	uint32_t line;
	uint32_t col;
	uint16_t file;
};
#define NOPOS ((struct pos){0, 0, 0})

/*
 * One message. Messages live in the diag's arena until diag_free().
 */
struct diag_msg {
	const char *code;	/* "MAN003" */
	enum diag_level level;
	struct pos pos;
	const char *text;	/* finished, in the diag's language */
	/* Filled in by the layout rooms where it applies: */
	int page;		/* from 1; 0 = none */
	const char *output;	/* the file that page is of, where there are
				 * several; NULL */
	sp x, y;		/* on the page [sp], from its top left corner */
	double measured, limit;	/* in the unit the text names */
	bool has_measure;
	const char *excuse;	/* the author's reason, or NULL */
	struct diag_msg *next;
};

/*
 * What a run has to say. Zero-initialise to open. Equal messages (code,
 * place, text) are kept once; past 200 of a code they are only counted.
 */
struct diag {
	struct arena arena;
	struct diag_msg *first, *last;
	struct map seen, counts;
	const char **files;	/* files[0] is NULL */
	size_t nfiles;
	enum diag_level worst;
	size_t ncount[4];	/* per level, all of them */
	bool persian;		/* texts from the Persian catalogue */
	enum diag_level least;	/* what is worth printing in the end */
	struct diag_msg dummy;	/* what diag_add returns for a folded one */
};

/* The index of a path in the diag's list (added at need). */
uint16_t diag_file(struct diag *dg, const char *path);
/*
 * Add a message. The first three arguments after `pos` come from one macro
 * of base/messages.h, which names code, level and English format, so that
 * the compiler checks the rest:
 *
 *	diag_add(dg, pos, MAN_UNKNOWN_CITE, key, near);
 *
 * Returns the message, or an inert dummy if it was folded into another;
 * never NULL.
 */
struct diag_msg *diag_add(struct diag *dg, struct pos pos, const char *code,
    enum diag_level level, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/*
 * "; did you mean “X”?" in the diag's language for the nearest of `names`
 * (NULL-terminated) to `word`, or "": the "%s" at the end of many texts.
 */
const char *diag_near(struct diag *dg, const char *word,
    const char *const *names);
/* Take out what the author excused (`excuse`), and count anew. */
void diag_drop_excused(struct diag *dg);
/* Worst level so far -> 0 (warning or less), 1 (error), 2 (fatal). */
int diag_exit(const struct diag *dg);
/* Print one line a message, "file:line:col: level: text [CODE]"; colours
 * if `colour`. Files in the order they were named, then by place. */
void diag_print(const struct diag *dg, FILE *f, enum diag_level least,
    bool colour);
/* Say all that `from` says once more behind the messages of `dg`. Both must
 * share the same list of files (or `from` have none of its own). */
void diag_repeat(struct diag *dg, const struct diag *from);
size_t diag_told(const struct diag *dg);	/* messages, kept or not */
/* The same; `from` is freed. */
void diag_merge(struct diag *dg, struct diag *from);
void diag_free(struct diag *dg);
/* The help line of a code in English or Persian; NULL if unknown. */
const char *diag_explain(const char *code, bool persian);
/* All known codes, for --explain and the tests; NULL-terminated. */
const char *const *diag_codes(void);

/* ---------------------------------------------------------------- files */

/* Read a whole file, at most `limit` bytes. Returns NULL, or in words what
 * went wrong ("no such file", "larger than 64 MiB"): static text. */
const char *file_read(const char *path, size_t limit, struct buf *out);
/* What an errno means, in such words. */
const char *file_why(int e);
bool file_exists(const char *path);
bool dir_exists(const char *path);
/* Names in a folder that end in `end`, without that ending, in the order of
 * strcmp() and NULL-terminated; none of an unreadable one. */
const char **dir_stems(struct arena *a, const char *dir, const char *end);
/* mkdir -p; false and errno on failure. */
bool dir_make(const char *path);
/* Directory part of a path ("." if none); join; both in the arena. An
 * absolute `rest` stands for itself. */
char *path_dir(struct arena *a, const char *path);
char *path_join(struct arena *a, const char *dir, const char *rest);
const char *path_base(const char *path);		/* after the last / */
char *path_real(struct arena *a, const char *path);	/* NULL if none */
char *path_of_program(struct arena *a);			/* folder of argv[0] */

/*
 * Where a book may read and write: in `dir` (NULL: none) and below it, and
 * in the folders that path_allow() was given before, by the command line or
 * as those of styles and fonts. Links are followed. A path that cannot be
 * opened at all is allowed, for opening it tells why.
 */
bool path_allowed(const char *dir, const char *path);
/* False: there is no such folder. Not while threads run. */
bool path_allow(const char *dir);
void path_allow_none(void);			/* as at the start */
/* Of real paths: is one below the other, or the same? */
bool path_lies_in(const char *real, const char *dir);

/*
 * An output file that appears whole or not at all: written beside its
 * final place, renamed by out_commit(). Every write is checked; the first
 * failure sticks and is told by out_commit() or out_error().
 */
struct out_file;
/* NULL: failed; *why then says so. */
struct out_file *out_open(const char *path, const char **why);
bool out_write(struct out_file *o, const void *p, size_t n);
size_t out_size(const struct out_file *o);
/* Both close; after out_abort(), or where out_commit() is false, what
 * stood there before still stands. */
bool out_commit(struct out_file *o, const char **why);
void out_abort(struct out_file *o);
const char *out_error(const struct out_file *o);	/* NULL: none so far */
/* Remove the files beside; for handlers of SIGINT and SIGTERM, then exit. */
void out_abort_all(void);

/* ----------------------------------------------------------------- YAML */

enum yaml_kind { YAML_SCALAR, YAML_SEQ, YAML_MAP };
/*
 * A node of a parsed YAML document; all in one arena. Children of a map
 * are its values in order, each with its key.
 */
struct yaml {
	enum yaml_kind kind;
	const char *key;	/* in a map, else NULL */
	struct pos key_pos, pos;
	const char *text;	/* scalar; "" for an empty one */
	size_t len;
	bool quoted;		/* scalar in quotes: a string, whatever it looks like */
	struct yaml *child, *next;
	size_t nchildren;
};
/*
 * Parse one YAML document, the first. Limits: depth 64, 100,000 nodes. On
 * a syntax error reports at its place (line_offset lines are added: front
 * matter) and returns NULL. `name` is the file as messages call it. A text
 * of nothing but comments is an empty scalar. Keys are plain strings, each
 * once in a map; aliases come as copies of what they name.
 */
struct yaml *yaml_parse(struct arena *a, struct diag *dg, const char *name,
    const char *text, size_t n, uint32_t line_offset);
struct yaml *yaml_get(const struct yaml *map, const char *key);	/* NULL: none */

/* ----------------------------------------------------------------- JSON */

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY,
	JSON_OBJECT };
struct json {
	enum json_kind kind;
	const char *key;
	const char *text;	/* string, or the number as written */
	size_t len;
	double number;		/* also 0/1 for a bool */
	struct json *child, *next;
	size_t nchildren;
};
/* Parse a JSON text into the arena; reports and returns NULL on error. */
struct json *json_parse(struct arena *a, struct diag *dg, const char *name,
    const char *text, size_t n);
struct json *json_get(const struct json *object, const char *key);
/* Append a JSON string literal with its quotes (for writers of reports). */
void json_quote(struct buf *b, const char *s, size_t n);

/* -------------------------------------------------------------- Unicode */

/* ISO 15924 tag of a code point's script, e.g. SCRIPT_TAG('A','r','a','b');
 * Zyyy common, Zinh inherited. */
#define SCRIPT_TAG(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | \
    (uint32_t)(c) << 8 | (uint32_t)(d))
uint32_t uni_script(uint32_t cp);
bool uni_is_default_ignorable(uint32_t cp);
bool uni_is_mark(uint32_t cp);		/* Mn, Mc, Me */
bool uni_is_letter(uint32_t cp);	/* L* */
bool uni_is_digit(uint32_t cp);		/* Nd */
bool uni_is_punct(uint32_t cp);		/* P*, S* */
bool uni_is_space(uint32_t cp);
int uni_digit_value(uint32_t cp);	/* 0-9, or -1 */
/* Arabic joining: true if the letter joins to the one after / before it. */
bool uni_joins_next(uint32_t cp);
bool uni_joins_prev(uint32_t cp);
/* NFC in place of `out`'s contents. */
void uni_nfc(const char *s, size_t n, struct buf *out);
/* Append what a compatibility character stands for (NFKC: ﻻ is لا), or
 * the character itself. */
void uni_compatible(uint32_t cp, struct buf *out);

/*
 * Break opportunities and graphemes. A breaker serves one language and one
 * thread; uni_breaker_open() returns NULL only if ICU's data are missing.
 */
struct uni_breaker;
struct uni_breaker *uni_breaker_open(const char *lang);
void uni_breaker_close(struct uni_breaker *b);
enum { BREAK_NONE, BREAK_ALLOWED, BREAK_FORCED };
/*
 * at[i], 0 < i <= n: whether a line may (must) break before byte i of
 * `text`, so `at` has room for n + 1; at[0] is BREAK_NONE. Plain UAX #14
 * as ICU tailors it; shape/ adds ours.
 */
void uni_line_breaks(struct uni_breaker *b, const char *text, size_t n,
    uint8_t *at);
/* at[i] != 0, i < n: a grapheme cluster begins at byte i. */
void uni_graphemes(struct uni_breaker *b, const char *text, size_t n,
    uint8_t *at);

/* Persian (or other) collation: sort keys to be compared with memcmp. */
struct uni_collator;
struct uni_collator *uni_collator_open(const char *lang);
void uni_collator_close(struct uni_collator *c);
/* Appends the key of `s` to `out`; ZWNJ, marks, tatweel ignored, Arabic
 * Yeh and Kaf sorted as the Persian ones. A key ends with a zero, so the
 * shorter length is enough to compare, and a further key may follow. */
void uni_sort_key(struct uni_collator *c, const char *s, size_t n,
    struct buf *out);

/* The letter that heads the words `s` stands among in an index («A» of
 * "âge"), appended; nothing where it begins with no letter. */
void uni_index_letter(struct uni_collator *c, const char *lang, const char *s,
    size_t n, struct buf *out);
/* Are two letters one to the language's order, whatever their marks and
 * case? */
bool uni_same_letter(struct uni_collator *c, const char *a, size_t na,
    const char *b, size_t nb);

/* Solar Hijri date of a Gregorian one (ICU's Persian calendar); all 0 if
 * there is no such month or day. */
void uni_persian_date(int gy, int gm, int gd, int *y, int *m, int *d);

/* Does "fa-AF" begin with a code of ISO 639? */
bool uni_is_lang(const char *tag);

/* Is a language written right to left? By its code alone: "fa-AF" is. */
bool lang_is_rtl(const char *lang);
/*
 * A guess at a text's language by its letters. In Arabic script it is Arabic
 * where only Arabic's own letters stand (ة ي ك); with neither's, as in «متن.»,
 * Persian, which most manuscripts of this program are in.
 */
struct lang_letters {
	size_t arabic, latin, hebrew;
	bool persian, not_persian;
};
void lang_count(struct lang_letters *seen, const char *s, size_t n);
const char *lang_guessed(const struct lang_letters *seen);	/* fa, ar, he, en */
/* Direction of a text by its first letter: 1 right to left, 0 left to right,
 * -1 if it has none. */
int text_level(const char *s, size_t n);

/* The Persian letter for what Arabic keyboards write: ي ى -> ی, ك -> ک; any
 * other character is itself. */
uint32_t uni_persian_letter(uint32_t cp);
/* The zero of a language's digits: U+06F0, U+0660 or '0'. */
uint32_t uni_zero(const char *lang);
/* Digits of `value` in a language's digits: fa, ar, en; appended. */
void uni_number(struct buf *b, const char *lang, long value);
/* ASCII digits in `s` turned into the language's digits; appended. */
void uni_digits(struct buf *b, const char *lang, const char *s, size_t n);
/* Abjad numeral of 1..1999 («ا ب ج د»); alphabetic («الف ب پ»). */
void uni_abjad(struct buf *b, long value);
void uni_alphabetic(struct buf *b, const char *lang, long value);

/* "ICU 72.1, libyaml 0.2.5, jansson 2.14", for --version. */
const char *base_library(void);

#endif
