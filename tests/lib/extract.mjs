// node extract.mjs pdfium|pdfjs|mupdf FILE.pdf
//
// The text of a PDF as one of three viewers hands it out, pages separated by
// form feeds, lines by newlines, nothing else changed. What a reader would get
// by select-all and copy is what counts, so each is asked the way its own
// viewer asks it.

import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

// setup/judges.sh puts the packages there, outside the source tree, where
// node would not look for them by itself.
const judges = new URL('../../build/judges/', import.meta.url);
const find = createRequire(fileURLToPath(judges));
const load = (name) => import(pathToFileURL(find.resolve(name)));

// FPDFText_GetText, page by page.
async function pdfium(data) {
	const { PDFiumLibrary } = await load('@hyzyla/pdfium');
	const library = await PDFiumLibrary.init();
	const doc = await library.loadDocument(data);
	const pages = [];
	for (const page of doc.pages())
		pages.push(page.getText().replaceAll('\r\n', '\n'));
	doc.destroy();
	library.destroy();
	return pages;
}

// The text layer of pdf.js puts one element a string, a line break after
// those with hasEOL, and its copy handler normalises what was selected.
async function pdfjs(data) {
	const lib = await load('pdfjs-dist/legacy/build/pdf.mjs');
	const doc = await lib.getDocument({
		data: new Uint8Array(data),
		verbosity: lib.VerbosityLevel.ERRORS,
		isEvalSupported: false,
		useSystemFonts: false,
	}).promise;
	const pages = [];
	for (let n = 1; n <= doc.numPages; n++) {
		const page = await doc.getPage(n);
		const text = await page.getTextContent({
			includeMarkedContent: true,
			disableNormalization: true,
		});
		let s = '';
		for (const item of text.items)
			if (item.str !== undefined)
				s += item.str + (item.hasEOL ? '\n' : '');
		pages.push(lib.normalizeUnicode(s));
	}
	await doc.destroy();
	return pages;
}

// Structured text with the options of MuPDF's own viewer: white space and
// ligatures kept.
async function mupdf(data) {
	const lib = await load('mupdf');
	const doc = lib.Document.openDocument(data, 'application/pdf');
	const pages = [];
	for (let n = 0; n < doc.countPages(); n++)
		pages.push(doc.loadPage(n).toStructuredText(
			'preserve-whitespace,preserve-ligatures').asText());
	return pages;
}

const readers = { pdfium, pdfjs, mupdf };
const [name, file] = process.argv.slice(2);
if (!(name in readers) || file === undefined) {
	console.error('usage: extract.mjs pdfium|pdfjs|mupdf FILE.pdf');
	process.exit(2);
}

// Their chatter on stdout would become part of the text.
console.log = console.error;

const pages = await readers[name](readFileSync(file));
const out = Buffer.from(pages.join('\f'), 'utf8');
for (let done = 0; done < out.length;)
	done += writeSync(1, out, done);
