// node places.mjs FILE.html
//
// Where a browser puts the parts of what was isolated: of <bdi dir=rtl> the
// first digit stands right of the last, of <bdi dir=ltr> left of it; a sign
// in front of a number, or behind Latin, stays there.

import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const judges = new URL('../../build/judges/', import.meta.url);
const { chromium } = createRequire(fileURLToPath(judges))('playwright-core');
const profile = mkdtempSync(join(tmpdir(), 'places-'));
const browser = await chromium.launchPersistentContext(profile, {
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	headless: true,
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
		'--no-first-run', '--disable-background-networking',
		'--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage();
await page.goto(pathToFileURL(resolve(process.argv[2])).href);
const places = await page.evaluate(() =>
	[...document.querySelectorAll('p bdi[dir=rtl], p bdi[dir=ltr]')]
		.map((e) => {
			const text = e.lastChild;
			const at = (i) => {
				const r = document.createRange();
				r.setStart(text, i);
				r.setEnd(text, i + 1);
				return r.getBoundingClientRect().left;
			};
			let first = 0;
			while (text.data.codePointAt(first) === 0x61c)
				first++;
			return { text: text.data, rtl: e.dir === 'rtl',
				first: at(first), last: at(text.length - 1) };
		}));
await browser.close();
rmSync(profile, { recursive: true, force: true });
let bad = places.length < 6;
for (const p of places) {
	const good = p.rtl ? p.first > p.last : p.first < p.last;
	bad ||= !good;
	console.log(`${good ? 'ok' : 'not'} ${p.rtl ? 'rtl' : 'ltr'} ${p.text}`);
}
process.exit(bad ? 1 : 0);
