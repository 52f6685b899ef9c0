/*
 * What the file says of itself: the Info dictionary and the same in XMP,
 * the standards it claims, the output condition.
 *
 * XMP is written last of all objects, since the document's identifier in it
 * depends on the bytes before. No clock is asked: without a date from the
 * caller there is none, unless the standard demands one.
 */
#include "base/messages.h"
#include "pdf/internal.h"

#include <string.h>

/* Where PDF/X demands dates and none was given. */
#define NO_DATE "D:20000101000000Z"

static const char *
date_of(const struct pdf_job *j)
{
	if (j->o->date != NULL)
		return j->o->date;
	return j->claims & (PDF_X4 | PDF_X1A) ? NO_DATE : NULL;
}

static void
put_entry(struct buf *b, const char *key, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	buf_printf(b, "/%s", key);
	pdf_put_text(b, value);
}

static void
put_info(struct pdf_job *j)
{
	struct buf b = {0};
	const char *date = date_of(j);

	if (date != NULL && j->o->date == NULL)
		diag_add(j->dg, j->o->pos, PDF_NO_DATE, "2000-01-01");

	put_entry(&b, "Title", j->title);
	put_entry(&b, "Author", j->book->author);
	put_entry(&b, "Subject", j->book->subject);
	put_entry(&b, "Keywords", j->book->keywords);
	put_entry(&b, "Creator", j->o->creator);
	put_entry(&b, "Producer", pdf_library());
	put_entry(&b, "CreationDate", date);
	put_entry(&b, "ModDate", date);
	if (j->nsheets > 0)
		put_entry(&b, "DabirSheets", j->o->ticket);
	if (j->claims & (PDF_X4 | PDF_X1A))
		buf_str(&b, "/Trapped/False");
	if (j->claims & PDF_X1A)
		buf_str(&b, "/GTS_PDFXVersion(PDF/X-1a:2003)");
	else if (j->claims & PDF_X4)
		buf_str(&b, "/GTS_PDFXVersion(PDF/X-4)");
	pdf_dict_buf(&j->file, j->file.info, &b);
}

/* ----------------------------------------------------------------- XMP */

/* Text of an element; what XML 1.0 cannot hold is left out. */
static void
put_xml(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++) {
		switch (*s) {
		case '&': buf_str(b, "&amp;"); break;
		case '<': buf_str(b, "&lt;"); break;
		case '>': buf_str(b, "&gt;"); break;
		default:
			if ((unsigned char)*s >= ' ' || *s == '\t' ||
			    *s == '\n')
				buf_char(b, *s);
		}
	}
}

static void
put_simple(struct buf *b, const char *name, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	buf_printf(b, "<%s>", name);
	put_xml(b, value);
	buf_printf(b, "</%s>\n", name);
}

/* rdf:Alt of one language, rdf:Seq or rdf:Bag of one value. */
static void
put_list(struct buf *b, const char *name, const char *kind, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	buf_printf(b, "<%s><rdf:%s><rdf:li%s>", name, kind,
	    strcmp(kind, "Alt") == 0 ? " xml:lang=\"x-default\"" : "");
	put_xml(b, value);
	buf_printf(b, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

/* "D:20240131120000+03'30'" -> "2024-01-31T12:00:00+03:30". */
static void
put_date(struct buf *b, const char *name, const char *d)
{
	static const char between[] = "--T::";
	size_t n, i, digits;

	if (d == NULL)
		return;
	if (strncmp(d, "D:", 2) == 0)
		d += 2;
	n = strspn(d, "0123456789");
	buf_printf(b, "<%s>", name);
	for (i = 0, digits = 4; i + digits <= n && i < 14; digits = 2) {
		if (i > 0)
			buf_char(b, between[(i - 4) / 2]);
		buf_add(b, d + i, digits);
		i += digits;
	}
	if (n >= 14 && (d[n] == '+' || d[n] == '-') &&
	    strspn(d + n + 1, "0123456789") >= 2) {
		buf_add(b, d + n, 3);
		buf_char(b, ':');
		if (d[n + 3] == '\'' && strspn(d + n + 4, "0123456789") >= 2)
			buf_add(b, d + n + 4, 2);
		else
			buf_str(b, "00");
	} else if (n >= 14) {
		buf_char(b, 'Z');
	}
	buf_printf(b, "</%s>\n", name);
}

/*
 * PDF/A knows no PDF/UA; so its one property is declared, as PDF/A wants it
 * of every schema that is not its own.
 */
static void
put_extension(struct buf *b)
{
	buf_str(b, "<rdf:Description rdf:about=\"\""
	    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
	    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
	    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">"
	    "\n<pdfaExtension:schemas><rdf:Bag>"
	    "<rdf:li rdf:parseType=\"Resource\">"
	    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
	    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
	    "</pdfaSchema:namespaceURI>"
	    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
	    "<pdfaSchema:property><rdf:Seq>"
	    "<rdf:li rdf:parseType=\"Resource\">"
	    "<pdfaProperty:name>part</pdfaProperty:name>"
	    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
	    "<pdfaProperty:category>internal</pdfaProperty:category>"
	    "<pdfaProperty:description>Part of ISO 14289 that the file "
	    "conforms to</pdfaProperty:description>"
	    "</rdf:li></rdf:Seq></pdfaSchema:property>"
	    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
	    "</rdf:Description>\n");
}

static void
put_claims(struct buf *b, const struct pdf_job *j)
{
	unsigned s = j->claims;

	if (s & (PDF_A2A | PDF_A2U)) {
		buf_printf(b, "<pdfaid:part>2</pdfaid:part>\n"
		    "<pdfaid:conformance>%s</pdfaid:conformance>\n",
		    s & PDF_A2A ? "A" : "U");
	}
	if (s & PDF_UA1)
		buf_str(b, "<pdfuaid:part>1</pdfuaid:part>\n");
	if (s & PDF_X4)
		buf_str(b, "<pdfxid:GTS_PDFXVersion>PDF/X-4"
		    "</pdfxid:GTS_PDFXVersion>\n");
}

static void
put_identifiers(struct buf *b, const struct pdf_job *j)
{
	char id[33];

	if (!(j->claims & (PDF_X4 | PDF_X1A)))
		return;
	pdf_sink_id(&j->file.sink, id);
	buf_printf(b, "<xmpMM:DocumentID>uuid:%.8s-%.4s-%.4s-%.4s-%.12s"
	    "</xmpMM:DocumentID>\n<xmpMM:VersionID>1</xmpMM:VersionID>\n"
	    "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n"
	    "<pdf:Trapped>False</pdf:Trapped>\n",
	    id, id + 8, id + 12, id + 16, id + 20);
}

static void
make_xmp(void *arg, uint32_t index, struct buf *b)
{
	const struct pdf_job *j = arg;
	const struct page_book *k = j->book;
	const char *date = date_of(j);

	(void)index;
	buf_str(b, "<?xpacket begin=\"\xef\xbb\xbf\""
	    " id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF"
	    " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	    "<rdf:Description rdf:about=\"\""
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
	    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
	    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
	    " xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\""
	    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
	    " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">\n");
	put_simple(b, "dc:format", "application/pdf");
	put_list(b, "dc:title", "Alt", j->title);
	put_list(b, "dc:creator", "Seq", k->author);
	put_list(b, "dc:description", "Alt", k->subject);
	put_list(b, "dc:language", "Bag", k->lang);
	put_simple(b, "pdf:Keywords", k->keywords);
	put_simple(b, "pdf:Producer", pdf_library());
	put_simple(b, "xmp:CreatorTool", j->o->creator);
	put_date(b, "xmp:CreateDate", date);
	put_date(b, "xmp:ModifyDate", date);
	put_date(b, "xmp:MetadataDate", date);
	put_identifiers(b, j);
	put_claims(b, j);
	buf_str(b, "</rdf:Description>\n");
	if ((j->claims & PDF_UA1) &&
	    (j->claims & (PDF_A2A | PDF_A2U)))
		put_extension(b);
	buf_str(b, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
}

/* ------------------------------------------------------ output condition */

/* Where neither target nor profile names one. */
#define NO_CONDITION "Custom"

/* The profile's own name: an ASCII "desc" (version 2) or the first text of
 * an "mluc" (version 4). */
static void
icc_name(const struct buf *b, char *out, size_t room)
{
	const unsigned char *p = (const unsigned char *)b->p;
	uint32_t n = (uint32_t)p[130] << 8 | p[131], at, len, i, k;

	out[0] = '\0';
	for (i = 0; i < n && 132 + 12 * (i + 1) <= b->n; i++) {
		const unsigned char *t = p + 132 + 12 * (size_t)i;

		if (memcmp(t, "desc", 4) != 0)
			continue;
		at = (uint32_t)t[4] << 24 | (uint32_t)t[5] << 16 |
		    (uint32_t)t[6] << 8 | t[7];
		if (at > b->n || b->n - at < 32)
			return;
		p += at;
		if (memcmp(p, "desc", 4) == 0) {
			len = (uint32_t)p[10] << 8 | p[11];
			p += 12;
			k = 1;
		} else if (memcmp(p, "mluc", 4) == 0) {
			len = ((uint32_t)p[22] << 8 | p[23]) / 2;
			p += 29;	/* low bytes of UTF-16 */
			k = 2;
		} else {
			return;
		}
		len = MIN(len, (uint32_t)room - 1);
		for (i = 0; i < len && (size_t)(p - (const unsigned char *)
		    b->p) < b->n && *p != 0; i++, p += k)
			out[i] = (char)(*p >= ' ' && *p <= '~' ? *p : '?');
		out[i] = '\0';
		return;
	}
}

/* The number in "FOGRA39" or "Coated FOGRA51 (PSO)"; 0: there is none. */
static int
fogra(const char *name)
{
	const char *at = name != NULL ? strstr(name, "FOGRA") : NULL;
	int n = 0;

	for (at = at != NULL ? at + 5 : ""; *at >= '0' && *at <= '9' &&
	    n < 1000; at++)
		n = n * 10 + (*at - '0');
	return n;
}

/*
 * The name that presses know the condition by. Profiles of the European
 * conditions carry it in theirs; for others it must be told. A target that
 * tells another than its profile has is told so: colours were turned into
 * inks by the profile, so the file names the profile's. Only X-1a may name a
 * condition without a profile of it.
 */
void
pdf_condition(struct pdf_job *j)
{
	const char *said = j->o->condition;
	int own = 0, want = fogra(said);
	char name[128];

	if (!(j->follows & (PDF_X4 | PDF_X1A)))
		return;
	if (j->profile.n > 0) {
		icc_name(&j->profile, name, sizeof(name));
		own = fogra(name);
		if (own == 0)
			own = fogra(path_base(j->o->profile));
	}
	j->condition = said;
	if (said != NULL && own != 0 && want != 0 && own != want) {
		if ((j->follows & PDF_X1A) && !j->o->profile_named) {
			buf_free(&j->profile);
			return;
		}
		diag_add(j->dg, j->o->pos, PDF_CONDITION, said,
		    path_base(j->o->profile), own);
		j->condition = NULL;
	}
	if (j->condition == NULL && own != 0)
		j->condition = arena_printf(&j->arena, "FOGRA%d", own);
	else if (j->condition == NULL)
		j->condition = NO_CONDITION;
}


static uint32_t
put_profile(struct pdf_job *j, const struct buf *data, int n)
{
	uint32_t object = pdf_object(&j->file);
	char dict[16];

	snprintf(dict, sizeof(dict), "/N %d", n);
	pdf_stream(&j->file, object, dict, data->p, data->n, true);
	return object;
}

static void
intent_archive(struct pdf_job *j, struct buf *catalog)
{
	struct buf icc = {0};

	pdf_icc_srgb(&icc);
	buf_printf(catalog, "<</Type/OutputIntent/S/GTS_PDFA1"
	    "/OutputConditionIdentifier(sRGB IEC61966-2.1)"
	    "/Info(sRGB IEC61966-2.1)/DestOutputProfile %u 0 R>>",
	    put_profile(j, &icc, 3));
	buf_free(&icc);
}

static void
intent_print(struct pdf_job *j, struct buf *catalog)
{
	char words[128] = "";
	bool known = strcmp(j->condition, NO_CONDITION) != 0;

	if (j->profile.n > 0)
		icc_name(&j->profile, words, sizeof(words));
	buf_str(catalog, "<</Type/OutputIntent/S/GTS_PDFX"
	    "/OutputConditionIdentifier");
	pdf_put_text(catalog, j->condition);
	buf_str(catalog, "/Info");
	pdf_put_text(catalog, words[0] != '\0' ? words : j->condition);
	if (known)
		buf_str(catalog, "/RegistryName(http://www.color.org)");
	if (j->profile.n > 0)
		buf_printf(catalog, "/DestOutputProfile %u 0 R",
		    put_profile(j, &j->profile, 4));
	buf_str(catalog, ">>");
}

void
pdf_metadata(struct pdf_job *j, struct buf *catalog)
{
	unsigned s = j->claims;
	uint32_t object;

	put_info(j);
	if (s & (PDF_A2A | PDF_A2U | PDF_X4 | PDF_X1A)) {
		buf_str(catalog, "/OutputIntents[");
		if (s & (PDF_A2A | PDF_A2U))
			intent_archive(j, catalog);
		if (s & (PDF_X4 | PDF_X1A))
			intent_print(j, catalog);
		buf_char(catalog, ']');
	}
	object = pdf_object(&j->file);
	pdf_stream_made(&j->file, object, "/Type/Metadata/Subtype/XML",
	    make_xmp, j);
	buf_printf(catalog, "/Metadata %u 0 R", object);
}
