/*
 * Every message Dabir can give: code, level, English text. The Persian
 * texts and the help lines stand in catalogue.c under the same codes, with
 * the same arguments in the same order (or %1$s forms). A code, once
 * printed by a released version, keeps its meaning.
 *
 * MAN manuscript, BIB references, STY style and book file, FNT fonts,
 * TXT characters and shaping, LAY lines and pages, PDF output, IMP sheets,
 * USE the command line.
 *
 * A text says what is wrong, what was done instead, and, where it is not
 * plain, what to do. Add lines at the end of a group; never renumber.
 */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "base/base.h"

#define USE_BAD_OPTION "USE001", DIAG_FATAL, "unknown option “%s”%s"
#define USE_CANNOT_READ "USE002", DIAG_FATAL, "%s: %s"
#define USE_NO_TARGET "USE003", DIAG_FATAL, "no target “%s” in the book file%s"
#define USE_CANNOT_WRITE "USE004", DIAG_FATAL, "%s: cannot write: %s; the file that stood there is untouched"
#define USE_LIMIT "USE005", DIAG_FATAL, "%s"
#define USE_NO_VALUE "USE006", DIAG_FATAL, "option “%s” needs a value: %s"
#define USE_NO_MATCH "USE007", DIAG_FATAL, "target “%s”: nothing in the book matches “%s”; nothing was written"

#define MAN_INVALID_UTF8 "MAN001", DIAG_ERROR, "byte 0x%02x at offset %zu is not UTF-8; U+FFFD stands in its place"
#define MAN_UNCLOSED_FENCE "MAN002", DIAG_ERROR, "fence “:::” is never closed; it ends with the file"
#define MAN_STRAY_FENCE "MAN003", DIAG_WARNING, "“:::” closes nothing; the line was left out"
#define MAN_RAGGED_ROW "MAN004", DIAG_ERROR, "table row has %d cells where the header has %d; %s"
#define MAN_EMPTY "MAN005", DIAG_ERROR, "the manuscript is empty; nothing was written"
#define MAN_UNKNOWN_CLASS "MAN006", DIAG_WARNING, "the style says nothing about class “.%s”%s; set as plain text"
#define MAN_BAD_ATTR "MAN007", DIAG_WARNING, "attributes “%s” cannot be read: %s; printed as they stand"
#define MAN_UNREADABLE "MAN008", DIAG_ERROR, "%s: %s; left out"
#define MAN_DUPLICATE_ID "MAN009", DIAG_ERROR, "id “#%s” was given before, at line %u; links lead to the first"
#define MAN_UNKNOWN_NOTE "MAN010", DIAG_ERROR, "note “[^%s]” has no text; the mark is printed as it stands"
#define MAN_UNUSED_NOTE "MAN011", DIAG_WARNING, "note “[^%s]” is never called; its text is not printed"
#define MAN_HTML "MAN012", DIAG_WARNING, "HTML is not read; it is printed as it stands: %s"
#define MAN_HEADING_SKIP "MAN013", DIAG_WARNING, "heading level %d follows level %d; kept as written"
#define MAN_DEEP "MAN014", DIAG_ERROR, "nesting deeper than %d levels; what is inside is set as plain paragraphs"
#define MAN_LOST_TEXT "MAN015", DIAG_ERROR, "the parser dropped text here: “%s”; it was put back as a paragraph"
#define MAN_NO_LANG "MAN016", DIAG_INFO, "no language is named; taken for “%s” by its letters (say lang: %s to be sure)"
#define MAN_MISSING_IMAGE "MAN017", DIAG_ERROR, "image “%s”: %s; its place is left empty"
#define MAN_NOT_SUPPORTED "MAN018", DIAG_WARNING, "%s is not supported; %s"
#define MAN_UNKNOWN_REF "MAN019", DIAG_ERROR, "reference “@%s” leads nowhere%s; printed as it stands"
#define MAN_OUTSIDE "MAN020", DIAG_ERROR, "“%s” lies outside the book's folder; not read"
#define MAN_NO_BIBLIOGRAPHY "MAN021", DIAG_WARNING, "a place for the references, but the book names no bibliography"
#define MAN_NO_LAYOUT "MAN022", DIAG_INFO, "“.%s” is read and kept but this style does not show it"
#define MAN_UNUSED_LINK "MAN023", DIAG_WARNING, "link “[%s]” is defined but never used; its address is not printed"
#define MAN_DUPLICATE_NOTE "MAN024", DIAG_ERROR, "note “[^%s]” was given before, at line %u; its mark calls the first"
#define MAN_UNKNOWN_TERM "MAN025", DIAG_WARNING, "“%s” is marked as a term but the glossary does not have it; printed without a link"
#define MAN_NO_INDEX "MAN026", DIAG_INFO, "%zu words are marked for the index, but no “::: {#index}” says where it stands"
#define MAN_BAD_SIZE "MAN027", DIAG_WARNING, "“%s=%s” is no size; the figure keeps its own (write 60mm, 4cm, 120pt or 50%%)"
#define MAN_NO_MATCH "MAN028", DIAG_WARNING, "target “%s”: nothing in the book matches “%s”; it makes no file"
#define MAN_BAD_ISBN "MAN029", DIAG_WARNING, "ISBN “%s”: %s; printed without bars"

#define BIB_UNKNOWN_KEY "BIB001", DIAG_ERROR, "no entry “%s” in the bibliography; printed as “%s”%s"
#define BIB_NEVER_CITED "BIB002", DIAG_INFO, "entry “%s” is never cited"
#define BIB_MISSING_FIELD "BIB003", DIAG_WARNING, "entry “%s” (%s) has no %s; left out of the list's line"
#define BIB_DUPLICATE_KEY "BIB004", DIAG_ERROR, "key “%s” was given before, at line %u; the first is used"
#define BIB_SYNTAX "BIB005", DIAG_ERROR, "%s; read on from line %u"
#define BIB_UNKNOWN_FIELD "BIB006", DIAG_INFO, "field “%s” is not used%s"
#define BIB_NAME_DIFFERS "BIB007", DIAG_WARNING, "“%s” in the text, but entry “%s” has “%s”"
#define BIB_UNKNOWN_STRING "BIB008", DIAG_ERROR, "string “%s” is not defined; left empty"
#define BIB_LIMIT "BIB009", DIAG_ERROR, "%s; the rest is not read"
#define JSON_SYNTAX "BIB010", DIAG_ERROR, "%s; the file is not read"
#define BIB_UNKNOWN_KIND "BIB011", DIAG_WARNING, "no kind of entry is called “%s”; read as misc%s"
#define BIB_DUPLICATE_FIELD "BIB012", DIAG_WARNING, "field “%s” is given twice; the first is used"

#define STY_UNKNOWN_KEY "STY001", DIAG_ERROR, "unknown key “%s”%s"
#define STY_WRONG_TYPE "STY002", DIAG_ERROR, "“%s” must be %s, not “%s”; the default %s stands"
#define STY_SYNTAX "STY003", DIAG_ERROR, "%s"
#define STY_NO_STYLE "STY004", DIAG_FATAL, "no style “%s” was found in %s"
#define STY_CYCLE "STY005", DIAG_ERROR, "style “%s” inherits from itself; the chain ends here"
#define STY_RANGE "STY006", DIAG_ERROR, "“%s” is %s, outside %s; the default %s stands"
#define STY_LIMIT "STY007", DIAG_ERROR, "%s"
#define STY_DUPLICATE_KEY "STY008", DIAG_ERROR, "“%s” was given before in the same place; the first one stands"
#define STY_NO_PARENT "STY020", DIAG_ERROR, "no style “%s” to inherit from; only what this file states is used"
#define STY_UNREADABLE "STY021", DIAG_ERROR, "%s: %s; the defaults stand"
#define STY_NO_CITATIONS "STY022", DIAG_ERROR, "no citation style “%s” was found in styles/citations/; citations are printed as they were written"

#define FNT_NO_MANIFEST "FNT001", DIAG_WARNING, "no fonts/manifest was found; faces are looked for in the system"
#define FNT_MISSING "FNT002", DIAG_WARNING, "font file %s of “%s” is missing; “%s” serves instead (run set-up to have it)"
#define FNT_HASH "FNT003", DIAG_WARNING, "%s differs from the manifest (SHA-256 %.12s…, expected %.12s…)"
#define FNT_HASH_CI "FNT004", DIAG_ERROR, "%s differs from the manifest (SHA-256 %.12s…, expected %.12s…)"
#define FNT_BROKEN "FNT005", DIAG_ERROR, "%s: %s; the next face of the chain serves instead"
#define FNT_NO_FAMILY "FNT006", DIAG_ERROR, "no face of family “%s”%s; “%s” serves instead"
#define FNT_NONE "FNT007", DIAG_FATAL, "no usable font was found; run “make booklet” once, or name one in the style"
#define FNT_SUBSET "FNT008", DIAG_ERROR, "%s cannot be subset; its outlines are embedded as CFF"
#define FNT_FORBIDDEN "FNT009", DIAG_ERROR, "%s forbids embedding (fsType %u); the next face of the chain serves instead"
#define FNT_ENTRY "FNT010", DIAG_ERROR, "no “%s” here; the entry is left out"
#define FNT_SYSTEM "FNT011", DIAG_WARNING, "“%s” is in no manifest; %s is used, and other machines may print otherwise"

#define TXT_MISSING_GLYPH "TXT001", DIAG_ERROR, "no glyph for U+%04X “%s” in %s or its fallbacks; an empty box is printed"
#define TXT_FALLBACK "TXT002", DIAG_INFO, "U+%04X “%s” is not in %s; taken from %s"
#define TXT_NORMALISED "TXT003", DIAG_INFO, "%s (%d times)"

#define LAY_OVERFULL "LAY001", DIAG_ERROR, "line is %s wider than the measure; it juts out at its end"
#define LAY_LOOSE "LAY002", DIAG_WARNING, "loose line: word space is %.2f of natural (limit %.2f)"
#define LAY_TIGHT "LAY003", DIAG_WARNING, "tight line: word space is %.2f of natural (limit %.2f)"
#define LAY_WIDOW "LAY004", DIAG_WARNING, "widow: %d line(s) of the paragraph alone at the head of the page (limit %d)"
#define LAY_ORPHAN "LAY005", DIAG_WARNING, "orphan: %d line(s) of the paragraph alone at the foot of the page (limit %d)"
#define LAY_HEADING_FOOT "LAY006", DIAG_ERROR, "heading stands at the foot of the page with %d line(s) of text below it"
#define LAY_PAGE_OVER "LAY007", DIAG_ERROR, "%s is %s higher than the page; it runs over the foot"
#define LAY_TABLE_WIDE "LAY008", DIAG_WARNING, "table needs %s but the measure is %s; %s"
#define LAY_NOT_STABLE "LAY009", DIAG_WARNING, "page numbers still move after %d rounds; the last layout stands"
#define LAY_SHORT_PAGE "LAY010", DIAG_INFO, "page %d is filled to %d%%"
#define LAY_UNDERFULL "LAY011", DIAG_WARNING, "underfull line: no break could fill it"
#define LAY_RUNT "LAY012", DIAG_INFO, "runt: the last line holds only “%s”"
#define LAY_ROW_SPLIT "LAY013", DIAG_WARNING, "table row is split over two pages"
#define LAY_RESOLUTION "LAY014", DIAG_WARNING, "image “%s” prints at %d ppi (limit %d)"
#define LAY_DEEP_LIST "LAY015", DIAG_WARNING, "the list is %d levels deep; from here on levels are not indented further"
#define LAY_TABLE_TURNED "LAY016", DIAG_WARNING, "table needs %s but the measure is %s; it is turned and has a page of its own"
#define LAY_FIGURE_LARGE "LAY017", DIAG_WARNING, "image “%s” is to be %d × %d mm, more than the page can hold; scaled to %d%%"
#define LAY_FIGURE_FITTED "LAY018", DIAG_INFO, "image “%s” is %d × %d mm at its own resolution; scaled to %d%% to fit the page"

#define PDF_LIBRARY "PDF001", DIAG_FATAL, "the PDF library failed (0x%04lx) at %s; nothing was written"
#define PDF_WRITE "PDF002", DIAG_FATAL, "%s: cannot write: %s; the file that stood there is untouched"
#define PDF_CODES "PDF003", DIAG_ERROR, "%s needs more than %d glyphs; a second font carries the rest"
#define PDF_STANDARD "PDF004", DIAG_ERROR, "%s asks for %s: %s"
#define PDF_IMAGE "PDF005", DIAG_ERROR, "image “%s”: %s; what could be read of it is printed"

#define IMP_NO_ROOM "IMP001", DIAG_INFO, "%s has no room outside the pages; left out: %s"
#define IMP_TOO_SMALL "IMP002", DIAG_ERROR, "the pages need %s × %s but the sheet is %s; they are scaled to %s %%"
#define IMP_TIGHT "IMP003", DIAG_WARNING, "a %s of %s does not fit on %s; %s is left"
#define IMP_SCALED "IMP004", DIAG_INFO, "scaled to %s %% to stay clear of the printer's margin of %s"
#define IMP_THICK "IMP005", DIAG_WARNING, "%zu sheets one in another are %s thick when open: too much to staple; “method: signature-16” makes sections for gluing"
#define IMP_NO_SOURCE "IMP006", DIAG_FATAL, "target “%s” takes the pages of “%s”, but %s%s"
#define IMP_STANDARD "IMP007", DIAG_INFO, "sheets have no reading order, so they do not claim %s"
#define IMP_TICKET "IMP008", DIAG_FATAL, "%s does not say how its sheets are folded; only sheets made by Dabir can be folded here"
#define IMP_READS_WRONG "IMP009", DIAG_ERROR, "the sheets do not read as a book: %s"

#endif
