// node judge.mjs FILE.html...
//
// What a browser and axe-core make of the files: a line for each, and below
// it each rule of accessibility that is broken, where. Every rule of axe
// counts, its own best practices too; each file is judged as a phone shows
// it in the light and a desk in the dark. Beyond that nothing may be fetched,
// no script may run, and a phone must not scroll sideways. Exit status 1
// when anything was found, 2 when nothing could be judged.

import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// setup/judges.sh puts the packages there.
const judges = new URL('../../build/judges/', import.meta.url);
const find = createRequire(fileURLToPath(judges));
const { chromium } = find('playwright-core');
const axe = readFileSync(find.resolve('axe-core/axe.min.js'), 'utf8');

const sizes = [[360, 'light'], [1200, 'dark']];

// A profile of its own, that goes again.
const profile = mkdtempSync(join(tmpdir(), 'judge-'));
const browser = await chromium.launchPersistentContext(profile, {
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	headless: true,
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
		'--no-first-run', '--disable-background-networking',
		'--disable-component-update', '--disable-sync'],
}).catch((e) => {
	console.log(`no browser: ${String(e).split('\n')[0]}`);
	process.exit(2);
});

async function judge(file, width, scheme) {
	const found = new Set();
	const page = await browser.newPage();
	const url = pathToFileURL(resolve(file)).href;
	await page.setViewportSize({ width, height: 800 });
	await page.emulateMedia({ colorScheme: scheme });
	page.on('request', (r) => {
		if (r.url() !== url && !r.url().startsWith('data:'))
			found.add(`fetches ${r.url()}`);
	});
	page.on('dialog', (d) => {
		found.add(`a script ran: ${d.message()}`);
		d.dismiss();
	});
	page.on('console', (m) => {
		if (m.type() === 'error')
			found.add(`console: ${m.text()}`);
	});
	await page.goto(url);
	const own = await page.evaluate(() => ({
		scripts: document.scripts.length,
		handlers: [...document.querySelectorAll('*')].filter((e) =>
			[...e.attributes].some((a) => a.name.startsWith('on')))
			.length,
		wide: document.documentElement.scrollWidth > innerWidth,
	}));
	if (own.scripts > 0 || own.handlers > 0)
		found.add('holds scripts');
	if (own.wide)
		found.add(`is wider than ${width} pixels`);
	await page.evaluate(axe);
	const { violations, incomplete, passes } = await page.evaluate(() =>
		axe.run(document, { resultTypes: ['violations'] }));
	if (passes.length < 10)
		found.add(`axe looked at ${passes.length} rules only`);
	for (const v of violations)
		found.add(`${v.id}: ${v.help}: ${v.nodes.length} times, at ` +
			v.nodes[0].html.slice(0, 160));
	await page.close();
	return { found, rules: passes.length, open: incomplete.length };
}

let status = 0;
for (const file of process.argv.slice(2)) {
	const found = new Set();
	let rules = 0;
	for (const [width, scheme] of sizes) {
		const r = await judge(file, width, scheme);
		r.found.forEach((f) => found.add(f));
		rules = Math.max(rules, r.rules);
	}
	console.log(`${file}: ${found.size} found, ${rules} rules passed`);
	found.forEach((f) => console.log(`  ${f}`));
	if (found.size > 0)
		status = 1;
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
process.exit(process.argv.length > 2 ? status : 2);
