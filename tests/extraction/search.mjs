// node search.mjs FILE.pdf WORDS...
//
// Do readers find words and phrases where they stand? Each is searched for the
// way a reader's own box does it: PDFium's FPDFText_Find, pdf.js's find
// controller; poppler has no such program, so its word boxes are searched.
// A find must be on a page where poppler has it, and its box (PDFium's) must
// be that of poppler's words. pdf.js keeps no ZWNJ, so there the words are
// searched for without.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const judges = new URL('../../build/judges/', import.meta.url);
const find = createRequire(fileURLToPath(judges));
const load = (name) => import(pathToFileURL(find.resolve(name)));
console.log = console.error;
const say = (s) => process.stdout.write(s + '\n');

const [file, ...words] = process.argv.slice(2);
const controls = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g;

// [{page, box}]: stretches of words on one line, in reading order.
function poppler(phrase) {
	const found = [];
	const want = phrase.split(' ');
	pages.forEach((page, n) => {
		for (let i = 0; i + want.length <= page.length; i++) {
			const run = page.slice(i, i + want.length);
			const last = run.length - 1;
			const ok = run.every((w, k) => k === 0 && last > 0 ?
			    w.text.endsWith(want[k]) : k === last && last > 0 ?
			    w.text.startsWith(want[k]) :
			    w.text.includes(want[k]));
			// On two lines it is no phrase to a reader's eye.
			if (!ok || run.some((w) =>
			    Math.abs(w.y0 - run[0].y0) > 3))
				continue;
			found.push({ page: n, box: {
				x0: Math.min(...run.map((w) => w.x0)),
				x1: Math.max(...run.map((w) => w.x1)),
				y0: Math.min(...run.map((w) => w.y0)),
				y1: Math.max(...run.map((w) => w.y1)),
			} });
		}
	});
	return found;
}

// Words have their letters from left to right here, whatever the script.
function turned(text) {
	return [...text].reverse().join('').replace(
		/[\d\u06f0-\u06f9A-Za-z]+/g, (m) => [...m].reverse().join(''));
}

// Words of each page, line by line, each from the right.
function readPoppler() {
	const xml = execFileSync('pdftotext', ['-bbox', file, '-'],
		{ maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
	const out = [];
	const item = /<page width="([\d.]+)" height="([\d.]+)"|<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g;
	for (const m of xml.toString().matchAll(item)) {
		if (m[1] !== undefined) {
			out.push([]);
			continue;
		}
		const word = { x0: +m[3], y0: +m[4], x1: +m[5], y1: +m[6],
			text: turned(m[7].replace(controls, '')) };
		const line = out.at(-1).find((l) =>
			Math.abs(l[0].y0 - word.y0) < 3);
		if (line !== undefined)
			line.push(word);
		else
			out.at(-1).push([word]);
	}
	return out.map((page) => page.flatMap((line) =>
		line.sort((a, b) => b.x1 - a.x1)));
}

const pages = readPoppler();

async function pdfium(phrases) {
	const { PDFiumLibrary } = await load('@hyzyla/pdfium');
	const library = await PDFiumLibrary.init();
	const m = library.module;
	const data = readFileSync(file);
	const buffer = m.wasmExports.malloc(data.length);
	m.HEAPU8.set(data, buffer);
	const doc = m._FPDF_LoadMemDocument(buffer, data.length, 0);
	const out = phrases.map(() => []);
	const d = m.wasmExports.malloc(32);
	for (let n = 0; n < m._FPDF_GetPageCount(doc); n++) {
		const page = m._FPDF_LoadPage(doc, n);
		const height = m._FPDF_GetPageHeight(page);
		const text = m._FPDFText_LoadPage(page);
		phrases.forEach((phrase, k) => {
			const q = m.wasmExports.malloc(phrase.length * 2 + 2);
			for (let i = 0; i <= phrase.length; i++)
				m.HEAPU16[q / 2 + i] = i < phrase.length ?
				    phrase.charCodeAt(i) : 0;
			const h = m._FPDFText_FindStart(text, q, 0, 0);
			while (m._FPDFText_FindNext(h)) {
				const at = m._FPDFText_GetSchResultIndex(h);
				const len = m._FPDFText_GetSchCount(h);
				const box = { x0: 1e9, y0: 1e9, x1: 0, y1: 0 };
				const rects = m._FPDFText_CountRects(text, at,
					len);
				for (let r = 0; r < rects; r++) {
					m._FPDFText_GetRect(text, r, d, d + 8,
						d + 16, d + 24);
					const v = m.HEAPF64.subarray(d / 8,
						d / 8 + 4);
					box.x0 = Math.min(box.x0, v[0]);
					box.y0 = Math.min(box.y0,
						height - v[1]);
					box.x1 = Math.max(box.x1, v[2]);
					box.y1 = Math.max(box.y1,
						height - v[3]);
				}
				out[k].push({ page: n, box });
			}
			m._FPDFText_FindClose(h);
		});
		m._FPDFText_ClosePage(text);
		m._FPDF_ClosePage(page);
	}
	return out;
}

async function pdfjs(phrases) {
	const lib = await load('pdfjs-dist/legacy/build/pdf.mjs');
	globalThis.pdfjsLib = lib;
	// The viewer's module asks for a document when it is loaded; its find
	// controller never does. This one agrees to everything.
	const anything = new Proxy(function () {}, {
		get: (_, key) => key === Symbol.toPrimitive ? () => '' :
		    anything,
		set: () => true, apply: () => anything,
		construct: () => anything,
	});
	globalThis.document ??= anything;
	globalThis.window ??= globalThis;
	globalThis.navigator ??= { userAgent: '', platform: '',
		language: 'fa' };
	globalThis.requestAnimationFrame ??= (f) => setTimeout(f, 0);
	const viewer = await load('pdfjs-dist/legacy/web/pdf_viewer.mjs');
	const doc = await lib.getDocument({
		data: new Uint8Array(readFileSync(file)),
		verbosity: lib.VerbosityLevel.ERRORS, isEvalSupported: false,
		useSystemFonts: false,
	}).promise;
	const eventBus = new viewer.EventBus();
	const linkService = { page: 1, pagesCount: doc.numPages };
	const out = [];
	for (const phrase of phrases) {
		const c = new viewer.PDFFindController({ linkService,
			eventBus });
		c.setDocument(doc);
		eventBus.dispatch('find', { source: null, type: '',
			query: phrase, caseSensitive: true, entireWord: false,
			highlightAll: true, findPrevious: false,
			matchDiacritics: false });
		for (let i = 0; i < 400; i++) {
			await new Promise((r) => setTimeout(r, 25));
			if (c.pageMatches?.length >= doc.numPages &&
			    c.pageMatches.every((p) => p !== undefined))
				break;
		}
		out.push((c.pageMatches ?? []).flatMap((p, n) =>
			p.map(() => ({ page: n }))));
		c.setDocument(null);
	}
	await doc.destroy();
	return out;
}

// The same words in the same place: edges within a fifth of the height.
function tight(a, b) {
	const slack = (b.y1 - b.y0) / 5;
	return a.x0 > b.x0 - slack && a.x1 < b.x1 + slack &&
		a.y1 > b.y0 && a.y0 < b.y1 && a.y1 - a.y0 < 3 * (b.y1 - b.y0);
}

let failed = 0;
const judge = (ok, what) => {
	say((ok ? 'ok ' : 'not ok ') + what);
	failed += !ok;
};

const inPdfium = await pdfium(words);
const inPdfjs = await pdfjs(words.map((w) => w.replaceAll('\u200c', '')));
words.forEach((word, k) => {
	const a = poppler(word);
	const b = inPdfium[k], c = inPdfjs[k];
	const where = new Set(a.map((f) => f.page));
	judge(a.length > 0, `poppler finds «${word}»: ${a.length} times`);
	judge(a.every((f) => b.some((g) => g.page === f.page &&
		tight(g.box, f.box))),
		`PDFium finds «${word}» there, in a tight box: ${b.length} times`);
	judge([...where].every((p) => c.some((g) => g.page === p)),
		`pdf.js finds «${word}» on these pages: ${c.length} times`);
});
process.exitCode = failed > 0 ? 1 : 0;
