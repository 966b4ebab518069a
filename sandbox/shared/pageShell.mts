import { escapeHtml } from './escapeHtml.mts';
import type { ShopRequest, ShopResponse } from './http.mts';
import { pageLanguage, pageWords } from './pageWords.mts';
import type { PageLanguage } from './pageWords.mts';

/** The n8n that works on a shop, as the shop's page shows it. */
export interface N8nLink {
	/** The workflows of this shop: their names and addresses in the editor. */
	workflows: Array<{ name: string; url: string }>;
	/** How often the triggers look, on the full multiples of the clock. */
	pollSeconds: number;
}

/** What a page of a sandbox shop holds. */
export interface ShopPage {
	title: string;
	subtitle: string;
	/** HTML that is replaced while the page is open. */
	content: string;
	/** Languages to choose from, the first one unless asked otherwise. */
	languages: PageLanguage[];
	n8n: N8nLink | undefined;
}

const STYLE = `
:root { color-scheme: light; --ink: #1d2a33; --soft: #5d6b75; --line: #d9e0e5; --page: #f4f6f8; --accent: #0b6e75; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { background: #fff; border-bottom: 1px solid var(--line); padding: 18px 28px; display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: baseline; }
header h1 { font-size: 20px; margin: 0; }
header p, nav { margin: 0; color: var(--soft); }
nav.languages { margin-left: auto; }
a { color: var(--accent); }
a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
main { max-width: 1180px; margin: 0 auto; padding: 20px 28px 60px; display: grid; gap: 20px; }
section { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 16px 20px; min-width: 0; overflow-x: auto; }
section h2 { font-size: 16px; margin: 0 0 10px; display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 8px 12px; }
.tools { display: flex; flex-wrap: wrap; gap: 8px; }
table { border-collapse: collapse; width: 100%; }
tbody th { font-weight: inherit; white-space: nowrap; }
th, td { text-align: left; padding: 6px 10px 6px 0; border-top: 1px solid var(--line); vertical-align: top; }
td { white-space: pre-line; }
thead th { border-top: 0; color: var(--soft); font-weight: 600; font-size: 13px; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
button { font: inherit; font-weight: 600; color: #fff; background: var(--accent); border: 0; border-radius: 6px; padding: 5px 12px; cursor: pointer; white-space: nowrap; }
button.quiet { background: #fff; color: var(--accent); border: 1px solid var(--accent); padding: 2px 10px; }
select, input { font: inherit; padding: 2px 6px; border: 1px solid var(--soft); border-radius: 6px; background: #fff; color: var(--ink); max-width: 100%; }
input { width: 7em; text-align: right; }
button:focus-visible, select:focus-visible, input:focus-visible, a:focus-visible { outline: 3px solid #1a9aa3; outline-offset: 1px; }
button:disabled { opacity: .5; cursor: default; }
.state { display: inline-block; padding: 0 8px; border-radius: 10px; font-size: 13px; }
.empty { color: var(--soft); margin: 8px 0 0; }
#answer { min-height: 1.5em; }
@media (max-width: 760px) {
	header, main { padding-left: 14px; padding-right: 14px; }
	nav.languages { margin-left: 0; }
	thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
	table, tbody, tr, tbody th, td { display: block; }
	tr { border-top: 1px solid var(--line); padding: 8px 0; }
	tbody th, td, td.number, th.number { border: 0; padding: 2px 0; display: flex; gap: 10px; text-align: left; overflow-wrap: anywhere; }
	td:empty { display: none; }
	td button { white-space: normal; text-align: left; }
	tbody th::before, td::before { content: attr(data-label); flex: 0 0 7em; color: var(--soft); font-size: 13px; }
}
`;

/** Asks for the page's state each second and sends what the buttons stand for. */
const SCRIPT = `
const main = document.getElementById('content');
const answer = document.getElementById('answer');
const look = document.getElementById('look');
const lang = document.documentElement.lang;
const post = async (verb, body) => await (await fetch('/_sandbox/' + verb, {
	method: 'POST', cache: 'no-store', body: JSON.stringify({ ...body, lang }),
})).json();
let shown = '';
let touched = false;
for (const kind of ['pointerdown', 'keydown', 'input']) document.addEventListener(kind, (event) => {
	if (event.key !== 'Tab' && event.target.closest?.('select[data-verb], input[data-verb]')) touched = true;
});
document.addEventListener('focusout', () => { touched = false; });
// The control that has the focus is found again by what it sends: its element is made anew.
const sameControl = (control) => control && [...main.querySelectorAll('[data-verb]')].find((other) =>
	other.dataset.verb === control.dataset.verb && other.dataset.body === control.dataset.body);
function show(html) {
	const focused = main.contains(document.activeElement) ? document.activeElement : undefined;
	// Nothing is replaced under the hands of somebody who chooses or types.
	if (html === shown || touched) return;
	shown = html;
	main.innerHTML = html;
	sameControl(focused)?.focus({ preventScroll: true });
}
async function refresh() {
	try { show((await post('state', {})).html); } catch { answer.textContent = document.body.dataset.offline; }
}
function tellNextLook() {
	if (!look) return;
	const seconds = Number(look.dataset.seconds);
	const left = seconds - (Math.floor(Date.now() / 1000) % seconds);
	look.textContent = look.dataset.text.replace('{n}', String(left));
}
async function send(control, body) {
	control.setAttribute('aria-disabled', 'true');
	try {
		const result = await post(control.dataset.verb, body);
		answer.textContent = result.message || result.error || '';
		// A refused choice is put back although nothing has changed in the shop.
		shown = '';
	} catch { answer.textContent = document.body.dataset.offline; } finally {
		control.removeAttribute('aria-disabled');
		await refresh();
	}
}
document.addEventListener('click', async (event) => {
	const button = event.target.closest('button[data-verb]');
	if (button && !button.hasAttribute('aria-disabled')) await send(button, JSON.parse(button.dataset.body));
});
document.addEventListener('change', async (event) => {
	const field = event.target.closest('select[data-verb], input[data-verb]');
	if (!field) return;
	touched = false;
	await send(field, { ...JSON.parse(field.dataset.body), [field.name]: field.value });
});
setInterval(refresh, 1000);
setInterval(tellNextLook, 1000);
tellNextLook();
`;

/**
 * A complete page of a sandbox shop. Buttons send the verb of `data-verb` with `data-body`; a select or an input adds
 * its value under its name.
 */
function pageShell(page: ShopPage, lang: PageLanguage): string {
	const words = pageWords(lang);
	return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<style>${STYLE}</style>
</head>
<body data-offline="${escapeHtml(words.offline)}">
<header><h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.subtitle)}</p>${n8nLine(page.n8n, lang)}<p id="answer" role="status"></p>${languageChoice(page.languages, lang)}</header>
<main id="content">${page.content}</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** The way to the workflows, and when they look next. */
function n8nLine(n8n: N8nLink | undefined, lang: PageLanguage): string {
	if (!n8n) return '';
	const words = pageWords(lang);
	const links = n8n.workflows.map(
		({ name, url }) => `<a href="${escapeHtml(url)}" target="n8n">${escapeHtml(name)}</a>`,
	);
	const text = escapeHtml(words.nextLook('{n}'));
	return `<p>${escapeHtml(words.workflows)} ${links.join(' · ')} · <span id="look" data-seconds="${n8n.pollSeconds}" data-text="${text}"></span></p>`;
}

function languageChoice(languages: PageLanguage[], lang: PageLanguage): string {
	const links = languages.map((code) => {
		const current = code === lang ? ' aria-current="true"' : '';
		return `<a href="/?lang=${code}" lang="${code}"${current}>${pageWords(code).language}</a>`;
	});
	return `<nav class="languages" aria-label="Language">${links.join(' · ')}</nav>`;
}

/** The shop's front page at `/`, in the language of `?lang=`; undefined for every other path. */
export function frontPageAnswer(
	request: ShopRequest,
	page: (lang: PageLanguage) => ShopPage,
): ShopResponse | undefined {
	const [path, query] = request.target.split('?');
	if (path !== '/' || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
	const lang = pageLanguage(new URLSearchParams(query).get('lang'));
	return {
		status: 200,
		headers: {
			'Content-Type': 'text/html; charset=utf-8',
			'Cache-Control': 'no-store',
			'Content-Security-Policy':
				"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
		},
		body: pageShell(page(lang), lang),
	};
}
