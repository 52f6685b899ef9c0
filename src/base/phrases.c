/*
 * Words that reach a message as an argument ("no such file"), in Persian.
 * Where one is the whole of an argument, a Persian message has this instead.
 * "*" stands for anything, "#" for a number with its unit; what stood there
 * goes into the place of the same sign, in the same order.
 */
#include "base/catalogue.h"

#include <string.h>

static const struct {
	const char *english, *persian;
} phrases[] = {
	{ "it is HTML, which has no blanks",
	  "HTML است و جای خالی ندارد" },
	{ "it makes sheets, not pages",
	  "برگ چاپ می‌سازد، نه صفحه" },
	{ "it is no handout of a section (“each:”)",
	  "برگهٔ بخشی از کتاب نیست («each:»)" },
	{ "its style has no header with blanks",
	  "سبکش سربرگی با جای خالی ندارد" },
	{ "damaged, or not a font",
	  "آسیب دیده است یا قلم نیست" },
	{ "not a font",
	  "قلم نیست" },
	{ "has no outlines",
	  "طرح حروف ندارد" },
	{ "has no widths",
	  "پهنای حروف ندارد" },
	{ "covers no character",
	  "هیچ نویسه‌ای را در بر ندارد" },
	{ "the manifests list too many faces; the rest is not read",
	  "فهرست‌ها قلم‌های بسیار دارند؛ بقیه خوانده نشد" },
	{ "forbids embedding",
	  "جاسازی را نمی‌پذیرد" },
	{ "no such file or folder",
	  "چنین پرونده یا پوشه‌ای نیست" },
	{ "permission denied",
	  "اجازه داده نشد" },
	{ "is a folder",
	  "پوشه است" },
	{ "it is cut into parts under one another, each with the first column",
	  "به پاره‌هایی زیر هم بریده شد، هر یک با ستون نخست" },
	{ "it is cut into parts under one another",
	  "به پاره‌هایی زیر هم بریده شد" },
	{ "a table within a table",
	  "جدول درون جدول" },
	{ "its cells are set as paragraphs",
	  "خانه‌هایش چون بند چیده شد" },
	{ "it stands where it is named",
	  "همان‌جا که نامش آمده است می‌ماند" },
	{ "is a pipe, not a file",
	  "لوله است، نه پرونده" },
	{ "is not a regular file",
	  "پروندهٔ معمولی نیست" },
	{ "no space left on the disk",
	  "دیسک جا ندارد" },
	{ "the disk quota is used up",
	  "سهم دیسک تمام شده است" },
	{ "the file is too large for this disk",
	  "پرونده برای این دیسک بزرگ است" },
	{ "the disk is read-only",
	  "روی این دیسک نمی‌توان نوشت" },
	{ "the disk reports an error",
	  "دیسک خطا می‌دهد" },
	{ "too many open files",
	  "پرونده‌های باز زیاد است" },
	{ "the name is too long",
	  "نام بسیار دراز است" },
	{ "the links lead in a circle",
	  "پیوندها دور می‌زنند" },
	{ "nobody reads the other end",
	  "کسی سر دیگر را نمی‌خواند" },
	{ "too large",
	  "بسیار بزرگ است" },
	{ "larger than 1 MiB",
	  "بزرگ‌تر از ۱ مبی‌بایت است" },
	{ "larger than 4 MiB",
	  "بزرگ‌تر از ۴ مبی‌بایت است" },
	{ "larger than 16 MiB",
	  "بزرگ‌تر از ۱۶ مبی‌بایت است" },
	{ "larger than 32 MiB",
	  "بزرگ‌تر از ۳۲ مبی‌بایت است" },
	{ "larger than 64 MiB",
	  "بزرگ‌تر از ۶۴ مبی‌بایت است" },
	{ "larger than 256 MiB",
	  "بزرگ‌تر از ۲۵۶ مبی‌بایت است" },
	{ "is neither PNG nor JPEG",
	  "نه PNG است و نه JPEG" },
	{ "the file ends too early",
	  "پرونده زودتر از موعد پایان می‌یابد" },
	{ "damaged: a checksum is wrong",
	  "آسیب دیده است: جمع آزمایشی نمی‌خواند" },
	{ "damaged",
	  "آسیب دیده است" },
	{ "has more than 100 million pixels",
	  "بیش از ۱۰۰ میلیون نقطه دارد" },
	{ "has too many pixels",
	  "نقطه‌های بسیار دارد" },
	{ "has no pixels",
	  "هیچ نقطه‌ای ندارد" },
	{ "a JPEG of a kind that is not read",
	  "JPEGای است که خوانده نمی‌شود" },
	{ "has more than 100 scans",
	  "بیش از ۱۰۰ گذر دارد" },
	{ "has colours of an unknown kind",
	  "رنگ‌هایش شناخته نیست" },
	{ "the file changed while the book was made",
	  "پرونده هنگام ساختن کتاب عوض شد" },
	{ "is no ICC profile of CMYK",
	  "نمایهٔ ICC چهاررنگ نیست" },
	{ "lies on the network; only files are read",
	  "در شبکه است؛ تنها پرونده خوانده می‌شود" },
	{ "more than 100,000 values; not read",
	  "بیش از ۱۰۰٬۰۰۰ مقدار؛ خوانده نشد" },
	{ "nested deeper than 64 levels; not read",
	  "تودرتویی بیش از ۶۴ لایه؛ خوانده نشد" },
	{ "nested deeper than 64 levels",
	  "تودرتویی بیش از ۶۴ لایه" },
	{ "a key must be plain text; left out with its value",
	  "کلید باید متن ساده باشد؛ با مقدارش کنار گذاشته شد" },
	{ "a key must not hold U+0000; left out with its value",
	  "کلید نباید U+0000 داشته باشد؛ با مقدارش کنار گذاشته شد" },
	{ "the alias names no anchor before it",
	  "این نام مستعار به لنگری پیش از خود نمی‌رسد" },
	{ "the alias stands inside what it names; not read",
	  "این نام مستعار درون همان چیزی است که نام می‌برد؛ خوانده نشد" },
	{ "bytes here are not UTF-8; save the file as UTF-8",
	  "بایت‌های این‌جا UTF-8 نیستند؛ پرونده را با UTF-8 ذخیره کنید" },
	{ "a value cannot begin with this character; put it in quotes",
	  "مقدار با این نویسه آغاز نمی‌شود؛ آن را در گیومهٔ انگلیسی بگذارید" },
	{ "a tab indents this line; use spaces",
	  "این سطر با جهش (Tab) تورفته است؛ فاصله به کار ببرید" },
	{ "a second “:” in one line; put the value in quotes",
	  "در یک سطر دو «:» آمده است؛ مقدار را در گیومهٔ انگلیسی بگذارید" },
	{ "a key cannot stand here; is the indentation that of the keys "
	  "above?",
	  "این‌جا جای کلید نیست؛ آیا تورفتگی با کلیدهای بالا یکی است؟" },
	{ "the value ends before this; put all of it in quotes",
	  "مقدار پیش از این‌جا پایان یافته است؛ همهٔ آن را در گیومهٔ انگلیسی "
	  "بگذارید" },
	{ "unknown escape after “\\”; between ' ' a “\\” stands for itself",
	  "پس از «\\» نشانه‌ای ناشناخته آمده است؛ میان ' ' خودِ «\\» می‌ماند" },
	{ "a value is missing here",
	  "این‌جا مقداری نیامده است" },
	{ "nothing may follow “|” or “>” in their line",
	  "در سطر «|» و «>» پس از آن‌ها چیزی نمی‌آید" },
	{ "this version of YAML is not read, only 1.1 and 1.2",
	  "این نگارش YAML خوانده نمی‌شود، تنها ۱٫۱ و ۱٫۲" },
	{ "more than 16 directives; not read",
	  "بیش از ۱۶ دستور؛ خوانده نشد" },
	{ "a “:” is missing after the key",
	  "پس از کلید «:» نیامده است" },
	{ "a key is expected here; is the indentation that of the line above?",
	  "این‌جا باید کلید باشد؛ آیا تورفتگی با سطر بالا یکی است؟" },
	{ "a “-” is expected here; is the indentation that of the line above?",
	  "این‌جا باید «-» باشد؛ آیا تورفتگی با سطر بالا یکی است؟" },
	{ "a “,” or “]” is missing",
	  "«,» یا «]» نیامده است" },
	{ "a “,” or “}” is missing",
	  "«,» یا «}» نیامده است" },
	{ "a quotation mark is never closed",
	  "گیومه‌ای بسته نشده است" },
	{ "a list cannot begin in the line of its key",
	  "فهرست در سطر کلید خود آغاز نمی‌شود" },
	{ "a control character stands here",
	  "این‌جا نویسه‌ای کنترلی است" },
	{ "the text goes on after its end; is the indentation right?",
	  "متن پس از پایانش ادامه دارد؛ آیا تورفتگی درست است؟" },
	{ "a file that is not for the press",
	  "پرونده‌ای که برای چاپخانه نیست" },
	{ "links stay out of PDF/X; make a target for each",
	  "پیوند در PDF/X جا ندارد؛ برای هر یک خروجی جدا بسازید" },
	{ "a file of its own",
	  "پرونده‌ای جدا" },
	{ "PDF/X-4 and PDF/X-1a cannot both be met",
	  "‏PDF/X-4 و PDF/X-1a با هم جمع نمی‌شوند" },
	{ "pages in reading order",
	  "صفحه به ترتیب خواندن" },
	{ "sheets have none",
	  "ورق‌ها چنین نیستند" },
	{ "a title",
	  "عنوان" },
	{ "the book has none",
	  "کتاب ندارد" },
	{ "a language",
	  "زبان" },
	{ "the book names none",
	  "کتاب نمی‌گوید" },
	{ "structure",
	  "ساختار" },
	{ "these pages have none",
	  "این صفحه‌ها ندارند" },
	{ "words for every figure",
	  "برای هر شکل نوشته‌ای" },
	{ "this one has no alternative text",
	  "این یکی متن جایگزین ندارد" },
	{ "words for every formula",
	  "برای هر فرمول نوشته‌ای" },
	{ "headings without a gap",
	  "عنوان‌های بی‌فاصله" },
	{ "this one skips a level",
	  "این یکی از سطحی می‌پرد" },
	{ "a profile of CMYK",
	  "نمایهٔ رنگ CMYK" },
	{ "the target names none by “profile:”",
	  "خروجی با «profile:» نامی نبرده است" },
	{ "is no ICC profile of CMYK",
	  "نمایهٔ ICC برای CMYK نیست" },
	{ "true, false, or a list of crop, registration, bar, slug",
	  "‏true، false یا فهرستی از crop، registration، bar، slug" },
	{ "a length from 0 to 2in, as 3mm",
	  "طولی از ۰ تا 2in، مانند 3mm" },
	{ " (did you mean “*”?)",
	  "؛ آیا «*» منظور بود؟" },
	{ "# to #",
	  "# تا #" },
	{ "a length (as 12pt, 3mm, 1.5em)",
	  "طول (مانند 12pt، 3mm، 1.5em)" },
	{ "edited",
	  "ویرایش‌شده" },
	{ "changed",
	  "دگرگون" },
	{ "added",
	  "افزوده" },
	{ "gone",
	  "حذف‌شده" },
	{ "a whole number",
	  "عدد درست" },
	{ "a number",
	  "عدد" },
	{ "true or false",
	  "‏true یا false" },
	{ "a text",
	  "متن" },
	{ "a word",
	  "واژه" },
	{ "a list",
	  "فهرست" },
	{ "a mapping",
	  "نگاشت" },
	{ "a map",
	  "نگاشت" },
	{ "a list of maps",
	  "فهرستی از نگاشت‌ها" },
	{ "a list of families",
	  "فهرستی از خانواده‌ها" },
	{ "a mapping of properties",
	  "نگاشتی از ویژگی‌ها" },
	{ "a colour (#rrggbb, k 60%, cmyk c m y k, none)",
	  "رنگ (‎#rrggbb، k 60%، cmyk c m y k یا none)" },
	{ "justify, start, end or centre",
	  "‏justify، start، end یا centre" },
	{ "show or hide",
	  "‏show یا hide" },
	{ "weight, colour, overline, underline, slant",
	  "‏weight، colour، overline، underline، slant" },
	{ "outer, centre, inner or none",
	  "‏outer، centre، inner یا none" },
	{ "head or foot",
	  "‏head یا foot" },
	{ "continued, abjad, roman or none",
	  "‏continued، abjad، roman یا none" },
	{ "auto, right or left",
	  "‏auto، right یا left" },
	{ "page or end",
	  "‏page یا end" },
	{ "page, chapter or book",
	  "‏page، chapter یا book" },
	{ "here, top or foot",
	  "‏here، top یا foot" },
	{ "above or below",
	  "‏above یا below" },
	{ "off, info, warning or error",
	  "‏off، info، warning یا error" },
	{ "a font role that `fonts` names",
	  "نقشی که «fonts» نام می‌برد" },
	{ "a trim size that the style's “trims” name",
	  "قطعی که «trims» سبک نام می‌برد" },
	{ "width and height, as in “148mm 210mm”",
	  "پهنا و بلندی، مانند «148mm 210mm»" },
	{ "a factor from 0.2 to 5",
	  "ضریبی از 0.2 تا 5" },
	{ "a style is a mapping of sections",
	  "سبک نگاشتی از بخش‌هاست" },
	{ "too many font roles (32); left out",
	  "نقش‌های قلم بسیار است (بیش از ۳۲)؛ کنار گذاشته شد" },
	{ "too many looks (512); left out",
	  "جلوه‌ها بسیار است (بیش از ۵۱۲)؛ کنار گذاشته شد" },
	{ "styles inherit more than 8 deep; the chain ends here",
	  "ارث‌بری سبک‌ها از ۸ لایه گذشت؛ زنجیره همین‌جا تمام شد" },
	{ "too many faces; the rest is not read",
	  "قلم‌ها بسیار است؛ بقیه خوانده نشد" },
	{ "(as it was)",
	  "(همان که بود)" },
	{ "(none)",
	  "(هیچ)" },
	{ "any folder",
	  "هیچ پوشه‌ای" },
	{ "a block",
	  "پاره‌ای از متن" },
	{ "it is no ISBN of 13 digits",
	  "شابک ۱۳ رقمی نیست" },
	{ "the barcode library failed",
	  "کتابخانهٔ بارکد از کار بازماند" },
	{ "its check digit is wrong",
	  "رقم آزمایشی آن نادرست است" },
	{ "no word list with its .aff beside it",
	  "فهرست واژگانی که ‎.aff آن در کنارش باشد نیست" },
	{ "found too much text in it",
	  "در آن متنی بیش از اندازه یافت" },
	{ "is not installed",
	  "نصب نیست" },
	{ "could not read it",
	  "نتوانست آن را بخواند" },
	{ "poppler cannot read it",
	  "‏poppler نتوانست آن را بخواند" },
	{ "a value, 2 or more",
	  "مقداری از ۲ به بالا" },
	{ "premature end of input",
	  "متن زودتر از موعد پایان می‌یابد" },
	{ "unexpected newline",
	  "سطر این‌جا نباید پایان یابد" },
	{ "unexpected token",
	  "این‌جا جای این نیست" },
	{ "invalid token",
	  "این شناخته نیست" },
	{ "invalid escape",
	  "پس از «\\» نشانه‌ای ناشناخته آمده است" },
	{ "duplicate object key",
	  "این کلید دو بار آمده است" },
	{ "NUL byte in object key not supported",
	  "کلید نباید U+0000 داشته باشد" },
	{ "maximum parsing depth reached",
	  "تودرتویی از اندازه گذشت" },
	{ "real number overflow",
	  "عدد بسیار بزرگ است" },
	{ "string or '}' expected",
	  "باید رشته یا «}» بیاید" },
	{ "':' expected",
	  "باید «:» بیاید" },
	{ "'}' expected",
	  "باید «}» بیاید" },
	{ "']' expected",
	  "باید «]» بیاید" },
	{ "'[' or '{' expected",
	  "باید «[» یا «{» بیاید" },
	{ "end of file expected",
	  "باید پرونده پایان یابد" },
	{ "unable to decode byte *",
	  "بایت * با UTF-8 نمی‌خواند" },
	{ "control character *",
	  "این‌جا نویسه‌ای کنترلی است: *" },
	{ "invalid Unicode *",
	  "این نویسهٔ یونیکد درست نیست: *" },
};

/* Where a piece that "*" or "#" stands for ends: at `next`, the sign after
 * it in the pattern, or at the end. NULL: it does not fit. */
static const char *
piece_end(const char *s, char sign, char next)
{
	const char *end = next == '\0' ? s + strlen(s) : strchr(s, next);

	if (end == NULL || end == s)
		return NULL;
	if (sign == '#' && strspn(s, "-0123456789.") == 0)
		return NULL;
	if (sign == '#' && (size_t)(end - s) > strspn(s, "-.0123456789") +
	    strspn(s + strspn(s, "-.0123456789"), "abcdefghijklmnopqrstuvwxyz%"))
		return NULL;
	return end;
}

/* Does `s` fit the pattern, and if so, with which pieces? */
static bool
fits(const char *pattern, const char *s, const char *from[static 4],
    size_t n[static 4])
{
	size_t k = 0;

	for (; *pattern != '\0'; pattern++) {
		if (*pattern == '*' || *pattern == '#') {
			const char *end = piece_end(s, *pattern, pattern[1]);

			if (end == NULL || k == 4)
				return false;
			from[k] = s;
			n[k++] = (size_t)(end - s);
			s = end;
		} else if (*pattern != *s++) {
			return false;
		}
	}
	return *s == '\0';
}

bool
catalogue_phrase(const char *english, struct buf *out)
{
	const char *from[4] = {0}, *p;
	size_t n[4] = {0}, i, k = 0;

	for (i = 0; i < NELEM(phrases); i++) {
		if (strcmp(phrases[i].english, english) == 0) {
			buf_str(out, phrases[i].persian);
			return true;
		}
		if (strpbrk(phrases[i].english, "*#") != NULL &&
		    fits(phrases[i].english, english, from, n))
			break;
	}
	if (i == NELEM(phrases))
		return false;
	for (p = phrases[i].persian; *p != '\0'; p++) {
		if ((*p != '*' && *p != '#') || k == NELEM(from)) {
			buf_char(out, *p);
			continue;
		}
		buf_str(out, "\xe2\x81\xa8");		/* FSI ... PDI */
		buf_add(out, from[k], n[k]);
		buf_str(out, "\xe2\x81\xa9");
		k++;
	}
	return true;
}
