/*
 * The Persian of every message, and what to do about it in both languages.
 *
 * An entry begins with the macro of messages.h, so code, level and English
 * text stand in one place only. The Persian text takes the same arguments;
 * "%2$s" names one out of turn. Strings are isolated (U+2068 ... U+2069) as
 * they are put in: quote names with «», write no direction marks here.
 * tests/base/test_catalogue.c lists the codes that lack an entry.
 */
#include "base/catalogue.h"
#include "base/messages.h"

#include <pthread.h>
#include <string.h>

static const struct catalogue_entry entries[] = {
	{ USE_BAD_OPTION,
	  "گزینهٔ «%s» شناخته نیست%s",
	  "Run “dabir --help” to see the commands and their options.",
	  "با «dabir --help» فرمان‌ها و گزینه‌هایشان را ببینید." },
	{ USE_CANNOT_READ,
	  "«%s»: %s",
	  "Check the path and whether you may read the file.",
	  "نشانی پرونده و اجازهٔ خواندن آن را بررسی کنید." },
	{ USE_NO_TARGET,
	  "در پروندهٔ کتاب خروجی‌ای به نام «%s» نیست%s",
	  "Name one of the targets that stand under “targets:” in the book "
	  "file.",
	  "نام یکی از خروجی‌هایی را بدهید که زیر «targets:» در پروندهٔ کتاب "
	  "آمده‌اند." },
	{ USE_CANNOT_WRITE,
	  "«%s»: نوشته نشد: %s؛ پروندهٔ پیشین دست‌نخورده ماند",
	  "Free some space, or write into a folder that is yours with -o.",
	  "جا باز کنید، یا با گزینهٔ -o در پوشه‌ای بنویسید که از آنِ شماست." },
	{ USE_LIMIT,
	  "%s",
	  "Make the input smaller, or split the book into parts.",
	  "ورودی را کوچک‌تر کنید یا کتاب را به چند بخش تقسیم کنید." },
	{ USE_NO_VALUE,
	  "گزینهٔ «%s» مقداری می‌خواهد: %s",
	  "Write the value after the option: -o build, or --style=my.yaml.",
	  "مقدار را پس از گزینه بنویسید: -o build یا --style=my.yaml." },
	{ USE_NO_MATCH,
	  "خروجی «%s»: هیچ بخشی از کتاب با «%s» جور نیست؛ چیزی نوشته نشد",
	  "Mark the sections with this class, as in “## Title {.phase}”.",
	  "بخش‌ها را با این نشان کنید، مانند «## عنوان {.phase}»." },

	{ MAN_INVALID_UTF8,
	  "بایت 0x%02x در جای %zu با UTF-8 نمی‌خواند؛ به جای آن U+FFFD آمد",
	  "Save the file as UTF-8 in your editor.",
	  "پرونده را در ویرایشگر با رمزگذاری UTF-8 ذخیره کنید." },
	{ MAN_UNCLOSED_FENCE,
	  "حصار «:::» هیچ‌جا بسته نشده است؛ با پایان پرونده بسته شد",
	  "Write a line of “:::” where the fenced part ends.",
	  "در پایان بخش حصارشده، سطری با «:::» بنویسید." },
	{ MAN_STRAY_FENCE,
	  "این «:::» چیزی را نمی‌بندد؛ سطر کنار گذاشته شد",
	  "Remove the line, or open the fence with “::: {.class}” before it.",
	  "این سطر را بردارید یا پیش از آن حصار را با «::: {.class}» باز "
	  "کنید." },
	{ MAN_RAGGED_ROW,
	  "این ردیف جدول %d خانه دارد و سرستون %d خانه؛ %s",
	  "Give every row as many cells as the header; a “|” inside a cell is "
	  "written “\\|”.",
	  "خانه‌های هر ردیف را با سرستون برابر کنید؛ «|» درون خانه را «\\|» "
	  "بنویسید." },
	{ MAN_EMPTY,
	  "دست‌نوشته خالی است؛ چیزی نوشته نشد",
	  "Write something, or correct “manuscript:” in the book file.",
	  "چیزی بنویسید یا «manuscript:» را در پروندهٔ کتاب درست کنید." },
	{ MAN_UNKNOWN_CLASS,
	  "سبک دربارهٔ ردهٔ «.%s» چیزی نمی‌گوید%s؛ مانند متن ساده چیده شد",
	  "Correct the class name, or describe the class in the style file.",
	  "نام رده را درست کنید یا آن را در پروندهٔ سبک تعریف کنید." },
	{ MAN_BAD_ATTR,
	  "ویژگی‌های «%s» خوانده نشد: %s؛ همان‌گونه که نوشته شده چاپ شد",
	  "Write attributes as {#id .class key=\"value\"}.",
	  "ویژگی‌ها را به شکل {#id .class key=\"value\"} بنویسید." },
	{ MAN_UNREADABLE,
	  "«%s»: %s؛ کنار گذاشته شد",
	  "Check the name and path of the file.",
	  "نام و نشانی پرونده را بررسی کنید." },
	{ MAN_DUPLICATE_ID,
	  "شناسهٔ «#%s» پیش‌تر در سطر %u آمده است؛ پیوندها به نخستین می‌روند",
	  "Give each heading, table and figure an id of its own.",
	  "به هر عنوان، جدول و شکل شناسه‌ای جداگانه بدهید." },
	{ MAN_UNKNOWN_NOTE,
	  "یادداشت «[^%s]» متنی ندارد؛ نشانه همان‌گونه که نوشته شده چاپ شد",
	  "Write the note's text on a line that begins with its mark and a "
	  "colon.",
	  "متن یادداشت را در سطری بنویسید که با نشانهٔ آن و دونقطه آغاز شود." },
	{ MAN_UNUSED_NOTE,
	  "یادداشت «[^%s]» در متن نیامده است؛ متن آن چاپ نشد",
	  "Put the mark where the note belongs, or remove the note.",
	  "نشانهٔ یادداشت را در جایش بگذارید یا یادداشت را بردارید." },
	{ MAN_HTML,
	  "دبیر HTML نمی‌خواند؛ همان‌گونه که هست چاپ شد: %s",
	  "Use Markdown: *emphasis*, **strong**, a fence “::: {.class}”.",
	  "از مارک‌داون کمک بگیرید: *تأکید*، **پررنگ**، حصار «::: {.class}»." },
	{ MAN_HEADING_SKIP,
	  "عنوان سطح %d پس از سطح %d آمده است؛ همان‌گونه ماند",
	  "Let each heading go down by one level at a time.",
	  "سطح عنوان‌ها را یکی‌یکی پایین ببرید." },
	{ MAN_DEEP,
	  "تودرتویی از %d لایه گذشت؛ آنچه درون است مانند بند ساده چیده شد",
	  "Flatten the lists and quotations nested in each other.",
	  "فهرست‌ها و نقل‌قول‌های تودرتو را ساده‌تر کنید." },
	{ MAN_LOST_TEXT,
	  "خوانندهٔ مارک‌داون این متن را انداخته بود: «%s»؛ مانند یک بند "
	  "بازگردانده شد",
	  "Look at the markup about this place; a table row or a note is "
	  "often at fault.",
	  "نشانه‌گذاری پیرامون این‌جا را ببینید؛ بیشتر یک ردیف جدول یا یادداشت "
	  "سبب آن است." },
	{ MAN_NO_LANG,
	  "زبان نوشته نشده است؛ از روی حروف «%s» گرفته شد (برای اطمینان "
	  "بنویسید lang: %s)",
	  "Write “lang: fa” (or ar, en) at the head of the manuscript or in "
	  "the book file.",
	  "در سرِ دست‌نوشته یا در پروندهٔ کتاب بنویسید «lang: fa» (یا ar یا en)." },
	{ MAN_MISSING_IMAGE,
	  "تصویر «%s»: %s؛ جای آن خالی ماند",
	  "Check the file, and its path, which begins in the book's folder.",
	  "پرونده و نشانی آن را بررسی کنید؛ این نشانی از پوشهٔ کتاب آغاز می‌شود." },
	{ MAN_NOT_SUPPORTED,
	  "از %s پشتیبانی نمی‌شود؛ %s",
	  "Write it in a form that Dabir reads; the manual lists them.",
	  "آن را به شکلی بنویسید که دبیر می‌خواند؛ فهرستش در راهنما آمده است." },
	{ MAN_UNKNOWN_REF,
	  "ارجاع «@%s» به جایی نمی‌رسد%s؛ همان‌گونه که نوشته شده چاپ شد",
	  "Give what is meant an id, as in {#tbl-plan}, and refer to it as "
	  "@tbl-plan.",
	  "به مقصد شناسه‌ای بدهید، مانند {#tbl-plan}، و با @tbl-plan به آن "
	  "ارجاع دهید." },
	{ MAN_OUTSIDE,
	  "«%s» بیرون از پوشهٔ کتاب است؛ خوانده نشد",
	  "Copy the file into the book's folder.",
	  "پرونده را در پوشهٔ کتاب کپی کنید." },
	{ MAN_NO_BIBLIOGRAPHY,
	  "جایی برای منابع گذاشته شده است، ولی کتاب هیچ کتاب‌نامه‌ای نام نمی‌برد",
	  "Name the .bib file under “bibliography:” in the book file.",
	  "پروندهٔ .bib را زیر «bibliography:» در پروندهٔ کتاب بنویسید." },
	{ MAN_NO_LAYOUT,
	  "«.%s» خوانده و نگه داشته شد، ولی این سبک آن را نشان نمی‌دهد",
	  "Nothing needs doing; another style or target may show it.",
	  "کاری لازم نیست؛ شاید سبک یا خروجی دیگری آن را نشان دهد." },
	{ MAN_UNUSED_LINK,
	  "پیوند «[%s]» تعریف شده ولی جایی به کار نرفته است؛ نشانی‌اش چاپ نمی‌شود",
	  "Use the link, or delete its definition.",
	  "پیوند را به کار ببرید یا تعریفش را پاک کنید." },
	{ MAN_DUPLICATE_NOTE,
	  "یادداشت «[^%s]» پیش‌تر در سطر %u آمده است؛ نشانه‌اش همان نخستین را "
	  "می‌خواند",
	  "Give each note a label of its own.",
	  "به هر یادداشت برچسب خودش را بدهید." },
	{ MAN_BAD_SIZE,
	  "«%s=%s» اندازه نیست؛ شکل به اندازهٔ خودش ماند (بنویسید 60mm، 4cm، "
	  "120pt یا 50%%)",
	  "Write the size of the figure as in {width=60mm} or {width=50%}.",
	  "اندازهٔ شکل را مانند {width=60mm} یا {width=50%} بنویسید." },
	{ MAN_NO_MATCH,
	  "خروجی «%s»: هیچ بخشی از کتاب با «%s» جور نیست؛ پرونده‌ای ساخته نمی‌شود",
	  "Mark the sections with this class, as in “## Title {.phase}”.",
	  "بخش‌ها را با این نشان کنید، مانند «## عنوان {.phase}»." },
	{ MAN_BAD_ISBN,
	  "شابک «%s»: %s؛ بدون بارکد چاپ می‌شود",
	  "Check the thirteen digits; the last is computed from the others.",
	  "سیزده رقم را بررسی کنید؛ رقم آخر از بقیه حساب می‌شود." },

	{ BIB_UNKNOWN_KEY,
	  "در کتاب‌نامه مدخل «%s» نیست؛ به شکل «%s» چاپ شد%s",
	  "Correct the key, or add the entry to the bibliography.",
	  "کلید را درست کنید یا مدخل را به کتاب‌نامه بیفزایید." },
	{ BIB_NEVER_CITED,
	  "به مدخل «%s» هیچ ارجاعی نیست",
	  "Nothing needs doing; cite the entry if it was forgotten.",
	  "کاری لازم نیست؛ اگر فراموش شده است، به آن ارجاع دهید." },
	{ BIB_MISSING_FIELD,
	  "مدخل «%s» (%s) فیلد %s ندارد؛ این بخش در فهرست منابع نیامد",
	  "Add the field to the entry.",
	  "این فیلد را به مدخل بیفزایید." },
	{ BIB_DUPLICATE_KEY,
	  "کلید «%s» پیش‌تر در سطر %u آمده است؛ نخستین به کار رفت",
	  "Give the second entry another key, or remove it.",
	  "به مدخل دوم کلید دیگری بدهید یا آن را بردارید." },
	{ BIB_SYNTAX,
	  "%s؛ خواندن از سطر %u ادامه یافت",
	  "Correct the entry: @type{key, field = {value}, ...}.",
	  "مدخل را درست کنید: @type{key, field = {value}, ...}." },
	{ BIB_UNKNOWN_FIELD,
	  "فیلد «%s» به کار نمی‌رود%s",
	  "Correct the field's name if it was misspelt.",
	  "اگر نام فیلد نادرست نوشته شده است، آن را درست کنید." },
	{ BIB_NAME_DIFFERS,
	  "در متن «%s» آمده است، ولی در مدخل «%s» «%s»",
	  "Write the name alike in the text and in the entry.",
	  "نام را در متن و در مدخل یکسان بنویسید." },
	{ BIB_UNKNOWN_STRING,
	  "رشتهٔ «%s» تعریف نشده است؛ جای آن خالی ماند",
	  "Define it with @string{name = {value}}, or put the value in "
	  "braces.",
	  "آن را با @string{name = {value}} تعریف کنید یا مقدار را در آکولاد "
	  "بگذارید." },
	{ BIB_LIMIT,
	  "%s؛ باقی آن خوانده نشد",
	  "Split the bibliography into smaller files.",
	  "کتاب‌نامه را به پرونده‌های کوچک‌تر تقسیم کنید." },
	{ JSON_SYNTAX,
	  "%s؛ پرونده خوانده نشد",
	  "Correct the JSON at this place, or export the file again.",
	  "JSON را در این‌جا درست کنید یا پرونده را از نو برون‌بری کنید." },
	{ BIB_UNKNOWN_KIND,
	  "نوع «%s» برای مدخل شناخته نیست؛ misc خوانده شد%s",
	  "Correct the word after “@”, or the type in the JSON.",
	  "واژهٔ پس از «@» را، یا type را در JSON، درست کنید." },
	{ BIB_DUPLICATE_FIELD,
	  "فیلد «%s» دو بار آمده است؛ نخستین آن به کار رفت",
	  "Take one of the two out.",
	  "یکی از آن دو را بردارید." },

	{ STY_UNKNOWN_KEY,
	  "کلید «%s» شناخته نیست%s",
	  "Correct the key; the manual lists the keys of a style and of the "
	  "book file.",
	  "کلید را درست کنید؛ فهرست کلیدهای سبک و پروندهٔ کتاب در راهنما آمده "
	  "است." },
	{ STY_WRONG_TYPE,
	  "«%s» باید %s باشد، نه «%s»؛ پیش‌فرض %s به کار رفت",
	  "Give the key a value of the kind that the message names.",
	  "مقداری از همان گونه که پیام می‌گوید به این کلید بدهید." },
	{ STY_SYNTAX,
	  "%s",
	  "Correct the YAML at this place; indent with spaces, quote what "
	  "holds “: ” or “#”.",
	  "YAML را در این‌جا درست کنید؛ با فاصله تورفتگی بدهید و مقداری را که "
	  "«: » یا «#» دارد در گیومهٔ انگلیسی بگذارید." },
	{ STY_NO_STYLE,
	  "سبک «%s» در %s پیدا نشد",
	  "Correct the name, or put the file into the folder “styles” beside "
	  "the book.",
	  "نام را درست کنید یا پروندهٔ سبک را در پوشهٔ «styles» کنار کتاب "
	  "بگذارید." },
	{ STY_CYCLE,
	  "سبک «%s» از خودش ارث می‌برد؛ زنجیره همین‌جا تمام شد",
	  "Let “inherit:” lead to a style that does not lead back here.",
	  "«inherit:» را به سبکی ببرید که به این‌جا بازنگردد." },
	{ STY_RANGE,
	  "«%s» برابر %s است، بیرون از %s؛ پیش‌فرض %s به کار رفت",
	  "Choose a value within the range.",
	  "مقداری در همین بازه برگزینید." },
	{ STY_LIMIT,
	  "%s",
	  "Make the file simpler: fewer values, less nesting.",
	  "پرونده را ساده‌تر کنید: مقدار کمتر، تودرتویی کمتر." },
	{ STY_DUPLICATE_KEY,
	  "«%s» پیش‌تر در همین‌جا آمده است؛ نخستین به کار رفت",
	  "Keep one of the two.",
	  "یکی از این دو را نگه دارید." },
	{ STY_NO_PARENT,
	  "سبکی به نام «%s» نیست که از آن ارث برده شود؛ تنها گفته‌های همین "
	  "پرونده به کار رفت",
	  "Correct the name after “inherit:”, or put that style beside this "
	  "one.",
	  "نام پس از «inherit:» را درست کنید یا آن سبک را کنار این یکی "
	  "بگذارید." },
	{ STY_UNREADABLE,
	  "«%s»: %s؛ پیش‌فرض‌ها به کار رفت",
	  "Check the path of the style and whether you may read it.",
	  "نشانی سبک و اجازهٔ خواندن آن را بررسی کنید." },
	{ STY_NO_CITATIONS,
	  "شیوهٔ ارجاع «%s» در styles/citations پیدا نشد؛ ارجاع‌ها "
	  "همان‌گونه که نوشته شده‌اند چاپ شدند",
	  "Correct “citations:” in the book file, or add such a file there.",
	  "«citations:» را در پروندهٔ کتاب درست کنید یا چنین پرونده‌ای آن‌جا "
	  "بگذارید." },

	{ FNT_NO_MANIFEST,
	  "fonts/manifest پیدا نشد؛ قلم‌ها در سیستم جست‌وجو می‌شوند",
	  "Run “make booklet” once in the project, which brings the fonts.",
	  "یک بار «make booklet» را در پروژه اجرا کنید تا قلم‌ها آورده شوند." },
	{ FNT_MISSING,
	  "پروندهٔ قلم %s از خانوادهٔ «%s» نیست؛ «%s» به جای آن نشست (برای "
	  "داشتنش برپاسازی را اجرا کنید)",
	  "Run “make booklet” once, which brings the fonts.",
	  "یک بار «make booklet» را اجرا کنید تا قلم‌ها آورده شوند." },
	{ FNT_HASH,
	  "%s با فهرست قلم‌ها نمی‌خواند (SHA-256 آن %.12s… است، نه %.12s…)",
	  "Bring the font anew, or write its new sum into fonts/manifest.",
	  "قلم را از نو بیاورید یا جمع تازه‌اش را در fonts/manifest بنویسید." },
	{ FNT_HASH_CI,
	  "%s با فهرست قلم‌ها نمی‌خواند (SHA-256 آن %.12s… است، نه %.12s…)",
	  "Bring the font anew, or write its new sum into fonts/manifest.",
	  "قلم را از نو بیاورید یا جمع تازه‌اش را در fonts/manifest بنویسید." },
	{ FNT_BROKEN,
	  "«%s»: %s؛ قلم بعدی زنجیره به جای آن نشست",
	  "Replace the font file with a whole one.",
	  "پروندهٔ سالمی از این قلم جایگزین کنید." },
	{ FNT_NO_FAMILY,
	  "از خانوادهٔ «%s» هیچ قلمی نیست%s؛ «%s» به جای آن نشست",
	  "Correct the family's name in the style, or put its files into "
	  "“fonts”.",
	  "نام خانواده را در سبک درست کنید یا پرونده‌هایش را در «fonts» "
	  "بگذارید." },
	{ FNT_NONE,
	  "هیچ قلم به‌دردخوری پیدا نشد؛ یک بار «make booklet» را اجرا کنید یا "
	  "در سبک قلمی نام ببرید",
	  "Run “make booklet” once, or name in the style a font that is "
	  "installed.",
	  "یک بار «make booklet» را اجرا کنید یا قلمی نصب‌شده را در سبک نام "
	  "ببرید." },
	{ FNT_SUBSET,
	  "از %s زیرمجموعه ساخته نشد؛ طرح‌های آن به صورت CFF در پرونده نشست",
	  "Bring the font anew if pages look wrong; the file may be damaged.",
	  "اگر صفحه‌ها درست نیست قلم را از نو بیاورید؛ شاید آسیب دیده باشد." },
	{ FNT_FORBIDDEN,
	  "پروانهٔ %s جاسازی را نمی‌پذیرد (fsType %u)؛ قلم بعدی زنجیره به جای آن "
	  "نشست",
	  "Choose a font whose licence allows embedding.",
	  "قلمی برگزینید که پروانه‌اش جاسازی را بپذیرد." },
	{ FNT_ENTRY,
	  "«%s» اینجا نیست؛ این مورد کنار گذاشته شد",
	  "Give every face of the manifest a family and a file.",
	  "برای هر قلم فهرست خانواده و پرونده بنویسید." },
	{ FNT_SYSTEM,
	  "«%s» در فهرست قلم‌ها نیست؛ %s به کار رفت و چاپ در رایانه‌های دیگر "
	  "شاید فرق کند",
	  "Put the font file into “fonts” and list it in the manifest.",
	  "پروندهٔ قلم را در «fonts» بگذارید و در فهرست بیاورید." },

	{ TXT_MISSING_GLYPH,
	  "برای U+%04X «%s» در %s و قلم‌های جانشینش شکلی نیست؛ خانه‌ای خالی چاپ "
	  "شد",
	  "Add a font that has the character to the style's fallbacks.",
	  "قلمی را که این نویسه را دارد به جانشین‌های سبک بیفزایید." },
	{ TXT_FALLBACK,
	  "U+%04X «%s» در %s نیست؛ از %s گرفته شد",
	  "Nothing needs doing if the other font pleases you.",
	  "اگر قلم دیگر را می‌پسندید، کاری لازم نیست." },
	{ TXT_NORMALISED,
	  "%s (%d بار)",
	  "Nothing needs doing; correct the manuscript to be rid of the "
	  "message.",
	  "کاری لازم نیست؛ برای ندیدن این پیام دست‌نوشته را درست کنید." },

	{ LAY_OVERFULL,
	  "سطر %s از عرض ستون پهن‌تر است و از پایان آن بیرون می‌زند",
	  "Reword the sentence, or allow a break with a soft hyphen or "
	  "U+200B.",
	  "جمله را دگرگون کنید یا با خط تیرهٔ نرم یا U+200B جای شکستن بگذارید." },
	{ LAY_LOOSE,
	  "سطر باز: فاصلهٔ واژه‌ها %.2f برابر عادی است (حد %.2f)",
	  "Reword the paragraph, or allow more kashida in the style.",
	  "بند را اندکی دگرگون کنید یا در سبک کشیدهٔ بیشتری روا بدارید." },
	{ LAY_TIGHT,
	  "سطر تنگ: فاصلهٔ واژه‌ها %.2f برابر عادی است (حد %.2f)",
	  "Reword the paragraph, or let the style shrink spaces less.",
	  "بند را اندکی دگرگون کنید یا در سبک فشردن فاصله‌ها را کم کنید." },
	{ LAY_WIDOW,
	  "سطر بیوه: %d سطر از بند در سرِ صفحه تنها مانده است (حد %d)",
	  "Reword the paragraph so that it gains or loses a line.",
	  "بند را چنان دگرگون کنید که یک سطر بلندتر یا کوتاه‌تر شود." },
	{ LAY_ORPHAN,
	  "سطر یتیم: %d سطر از بند در پای صفحه تنها مانده است (حد %d)",
	  "Reword the text before it so that a line more fits, or a line "
	  "less.",
	  "متن پیش از آن را چنان دگرگون کنید که یک سطر بیشتر یا کمتر جا "
	  "بگیرد." },
	{ LAY_HEADING_FOOT,
	  "عنوان در پای صفحه مانده و تنها %d سطر متن زیر آن است",
	  "Shorten or lengthen the text before the heading.",
	  "متن پیش از عنوان را کوتاه‌تر یا بلندتر کنید." },
	{ LAY_PAGE_OVER,
	  "%s به اندازهٔ %s از صفحه بلندتر است و از پای آن بیرون می‌زند",
	  "Make it smaller, or divide it.",
	  "آن را کوچک‌تر کنید یا بشکنید." },
	{ LAY_TABLE_WIDE,
	  "جدول %s جا می‌خواهد ولی عرض ستون %s است؛ %s",
	  "Shorten the longest words of the table, drop a column, or turn the "
	  "page.",
	  "بلندترین واژه‌های جدول را کوتاه کنید، ستونی را بردارید یا صفحه را "
	  "بچرخانید." },
	{ LAY_NOT_STABLE,
	  "شمارهٔ صفحه‌ها پس از %d دور هنوز جابه‌جا می‌شود؛ آخرین صفحه‌آرایی ماند",
	  "Look at the references about the pages named; a small rewording "
	  "settles them.",
	  "ارجاع‌های صفحه‌های نام‌برده را ببینید؛ تغییری کوچک در متن آن‌ها را "
	  "آرام می‌کند." },
	{ LAY_SHORT_PAGE,
	  "صفحهٔ %d تا %d٪ پر است",
	  "Nothing needs doing, unless the blank is unwanted.",
	  "کاری لازم نیست، مگر آن که جای خالی ناخواسته باشد." },
	{ LAY_UNDERFULL,
	  "سطر کم‌پر: هیچ شکستی نتوانست آن را پر کند",
	  "Reword the sentence, or let the style stretch more.",
	  "جمله را دگرگون کنید یا در سبک کشش بیشتری روا بدارید." },
	{ LAY_RUNT,
	  "سطر کوتاه: در سطر آخر تنها «%s» مانده است",
	  "Reword the paragraph if the short last line displeases.",
	  "اگر سطر آخرِ کوتاه را نمی‌پسندید، بند را اندکی دگرگون کنید." },
	{ LAY_ROW_SPLIT,
	  "ردیف جدول میان دو صفحه شکسته است",
	  "Shorten the row, or move the table.",
	  "ردیف را کوتاه کنید یا جدول را جابه‌جا کنید." },
	{ LAY_RESOLUTION,
	  "تصویر «%s» با %d نقطه در اینچ چاپ می‌شود (حد %d)",
	  "Use an image with more pixels, or print it smaller.",
	  "تصویری با نقطه‌های بیشتر به کار ببرید یا آن را کوچک‌تر بچینید." },
	{ LAY_FIGURE_LARGE,
	  "تصویر «%s» باید %d × %d میلی‌متر باشد و در صفحه جا نمی‌گیرد؛ به %d%% "
	  "کوچک شد",
	  "Give the figure a width and height that the page has room for.",
	  "پهنا و بلندی‌ای بدهید که در صفحه جا بگیرد." },
	{ LAY_FIGURE_FITTED,
	  "تصویر «%s» با تفکیک خودش %d × %d میلی‌متر است؛ به %d%% کوچک شد تا در "
	  "صفحه جا بگیرد",
	  "Nothing needs doing; {width=80%} would choose a size.",
	  "کاری لازم نیست؛ با {width=80%} می‌توان اندازه را برگزید." },

	{ PDF_LIBRARY,
	  "کتابخانهٔ PDF از کار بازماند (0x%04lx) در %s؛ چیزی نوشته نشد",
	  "This is a fault of Dabir: please report it with the manuscript.",
	  "این خطای خود دبیر است: لطفاً همراه دست‌نوشته گزارشش کنید." },
	{ PDF_WRITE,
	  "«%s»: نوشته نشد: %s؛ پروندهٔ پیشین دست‌نخورده ماند",
	  "Free some space, or write into a folder that is yours with -o.",
	  "جا باز کنید، یا با گزینهٔ -o در پوشه‌ای بنویسید که از آنِ شماست." },
	{ PDF_CODES,
	  "%s بیش از %d شکل لازم دارد؛ باقی در قلم دومی نشست",
	  "Nothing needs doing.",
	  "کاری لازم نیست." },
	{ PDF_STANDARD,
	  "%s، %s می‌خواهد: %s",
	  "Correct what is named, or drop the standard from the target.",
	  "آنچه نام برده شده را درست کنید یا استاندارد را از این خروجی "
	  "بردارید." },

	{ IMP_NO_ROOM,
	  "برگهٔ %s بیرون از صفحه‌ها جا ندارد؛ این‌ها نیامد: %s",
	  "Print on a larger sheet (“sheet: SRA4”) where marks are wanted, or "
	  "say “marks: false”.",
	  "اگر نشان‌ها لازم‌اند برگهٔ بزرگ‌تری بردارید («sheet: SRA4») یا "
	  "«marks: false» بنویسید." },
	{ IMP_TOO_SMALL,
	  "صفحه‌ها %s × %s جا می‌خواهند ولی برگه %s است؛ تا %s٪ کوچک شدند",
	  "Name a larger sheet, a method with fewer pages on a side, or a "
	  "smaller page.",
	  "برگهٔ بزرگ‌تر، روشی با صفحه‌های کمتر در هر رو، یا صفحهٔ کوچک‌تری "
	  "برگزینید." },
	{ IMP_TIGHT,
	  "«%s» به اندازهٔ %s روی %s جا نمی‌شود؛ %s ماند",
	  "Name a larger sheet, or ask for less.",
	  "برگهٔ بزرگ‌تری برگزینید یا اندازهٔ کمتری بخواهید." },
	{ IMP_SCALED,
	  "تا %s٪ کوچک شد تا از حاشیهٔ چاپ‌ناپذیر %s چاپگر دور بماند",
	  "“fit: none” keeps the pages at their size; “margin” says how near "
	  "the edge the printer prints.",
	  "«fit: none» اندازهٔ صفحه‌ها را نگه می‌دارد؛ «margin» می‌گوید چاپگر "
	  "تا کجای لبه را چاپ نمی‌کند." },
	{ IMP_THICK,
	  "%zu برگهٔ تودرتو در حالت باز %s کلفتی دارد و منگنه نمی‌شود؛ "
	  "«method: signature-16» دفترهایی برای چسب می‌سازد",
	  "Use thinner paper, or sections of 8 or 16 pages bound with glue.",
	  "کاغذ نازک‌تر بردارید یا کتاب را به دفترهای ۸ یا ۱۶ صفحه‌ای با چسب "
	  "ببندید." },
	{ IMP_NO_SOURCE,
	  "خروجی «%s» صفحه‌های «%s» را می‌گیرد، ولی %s%s",
	  "Let “from:” name a target that makes pages of its own.",
	  "در «from:» نام خروجی‌ای را بدهید که خود صفحه می‌سازد." },
	{ IMP_STANDARD,
	  "برگه‌ها ترتیب خواندن ندارند، پس ادعای %s ندارند",
	  "Nothing need be done: the target the pages come from keeps it.",
	  "کاری لازم نیست: خروجیِ خودِ صفحه‌ها آن را نگه می‌دارد." },
	{ IMP_TICKET,
	  "«%s» نمی‌گوید برگه‌هایش چگونه تا می‌شوند؛ تنها برگه‌های ساختهٔ دبیر "
	  "این‌جا تا می‌شوند",
	  "Make the sheets with “dabir build” or “dabir impose”.",
	  "برگه‌ها را با «dabir build» یا «dabir impose» بسازید." },
	{ IMP_READS_WRONG,
	  "برگه‌ها مانند کتاب خوانده نمی‌شوند: %s",
	  "If a printer setting was given by hand, check flip, tray and "
	  "binding; otherwise this is a mistake in Dabir: report it with the "
	  "file.",
	  "اگر تنظیم چاپ را دستی داده‌اید flip، tray و binding را بررسی کنید؛ "
	  "وگرنه این خطای دبیر است: آن را با پرونده گزارش کنید." },
	{ PDF_IMAGE,
	  "تصویر «%s»: %s؛ آنچه خوانده شد چاپ شد",
	  "Save the picture again from the program that made it.",
	  "تصویر را با برنامه‌ای که آن را ساخته است دوباره ذخیره کنید." },
};

/*
 * Fixed words that reach a message as an argument ("no such file"). Where
 * one is the whole of an argument, a Persian message has this instead.
 */
static const struct {
	const char *english, *persian;
} phrases[] = {
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
};

const struct catalogue_entry *
catalogue_lookup(const char *code)
{
	size_t i;

	for (i = 0; i < NELEM(entries); i++) {
		if (strcmp(entries[i].code, code) == 0)
			return &entries[i];
	}
	return NULL;
}

const char *
catalogue_phrase(const char *english)
{
	size_t i;

	for (i = 0; i < NELEM(phrases); i++) {
		if (strcmp(phrases[i].english, english) == 0)
			return phrases[i].persian;
	}
	return NULL;
}

static const char *codes[NELEM(entries) + 1];

static void
list_codes(void)
{
	size_t i;

	for (i = 0; i < NELEM(entries); i++)
		codes[i] = entries[i].code;
}

const char *const *
diag_codes(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, list_codes);
	return codes;
}
