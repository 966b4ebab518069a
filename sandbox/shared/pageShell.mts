import type { ShopRequest, ShopResponse } from './http.mts';

/** What a page of a sandbox shop holds. */
export interface ShopPage {
	title: string;
	subtitle: string;
	/** HTML that is replaced while the page is open. */
	content: string;
	/** Language of the page; English unless told. */
	lang?: string;
	/** Shown while the shop cannot be reached. */
	offline?: string;
}

/** Makes any text safe inside HTML, in content and in attributes. */
export function escapeHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}

const STYLE = `
:root { color-scheme: light; --ink: #1d2a33; --soft: #5d6b75; --line: #d9e0e5; --page: #f4f6f8; --accent: #0b6e75; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { background: #fff; border-bottom: 1px solid var(--line); padding: 18px 28px; display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: baseline; }
header h1 { font-size: 20px; margin: 0; }
header p { margin: 0; color: var(--soft); }
main { max-width: 1180px; margin: 0 auto; padding: 20px 28px 60px; display: grid; gap: 20px; }
section { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 16px 20px; overflow-x: auto; }
section h2 { font-size: 16px; margin: 0 0 10px; display: flex; justify-content: space-between; align-items: center; gap: 12px; }
table { border-collapse: collapse; width: 100%; }
td:first-child { white-space: nowrap; }
th, td { text-align: left; padding: 6px 10px 6px 0; border-top: 1px solid var(--line); vertical-align: top; }
td { white-space: pre-line; }
th { border-top: 0; color: var(--soft); font-weight: 600; font-size: 13px; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
button { font: inherit; font-weight: 600; color: #fff; background: var(--accent); border: 0; border-radius: 6px; padding: 5px 12px; cursor: pointer; white-space: nowrap; }
button.quiet { background: #fff; color: var(--accent); border: 1px solid var(--accent); padding: 2px 10px; }
select, input { font: inherit; padding: 2px 6px; border: 1px solid var(--line); border-radius: 6px; background: #fff; color: var(--ink); }
input { width: 7em; text-align: right; }
button:focus-visible, select:focus-visible, input:focus-visible { outline: 3px solid #8fd3d8; }
button:disabled { opacity: .5; cursor: default; }
.state { display: inline-block; padding: 0 8px; border-radius: 10px; color: #fff; font-size: 13px; }
.empty { color: var(--soft); margin: 0; }
#answer { color: var(--soft); min-height: 1.5em; margin: 0; }
`;

/** Asks for the page's state each second and sends what the buttons stand for. */
const SCRIPT = `
const main = document.getElementById('content');
const answer = document.getElementById('answer');
let shown = '';
async function refresh() {
	try {
		const response = await fetch('/_sandbox/state', { cache: 'no-store' });
		const state = await response.json();
		// Nothing is replaced under the hands of somebody who chooses or types.
		const busy = main.contains(document.activeElement) && document.activeElement.matches('select, input');
		if (state.html !== shown && !busy) { shown = state.html; main.innerHTML = state.html; }
	} catch { answer.textContent = document.body.dataset.offline; }
}
async function send(control, body) {
	control.disabled = true;
	try {
		const response = await fetch('/_sandbox/' + control.dataset.verb, { method: 'POST', body });
		const result = await response.json();
		answer.textContent = result.message || result.error || '';
		// A refused choice is put back although nothing has changed in the shop.
		shown = '';
	} finally { control.disabled = false; await refresh(); }
}
document.addEventListener('click', async (event) => {
	const button = event.target.closest('button[data-verb]');
	if (button) await send(button, button.dataset.body || '{}');
});
document.addEventListener('change', async (event) => {
	const field = event.target.closest('select[data-verb], input[data-verb]');
	if (!field) return;
	field.blur();
	await send(field, JSON.stringify({ ...JSON.parse(field.dataset.body || '{}'), [field.name]: field.value }));
});
setInterval(refresh, 1000);
`;

/**
 * A complete page of a sandbox shop. Buttons send the verb of `data-verb` with `data-body`; a select or an input adds
 * its value under its name.
 */
function pageShell(page: ShopPage): string {
	const offline = escapeHtml(page.offline ?? 'The shop does not answer.');
	return `<!doctype html>
<html lang="${escapeHtml(page.lang ?? 'en')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<style>${STYLE}</style>
</head>
<body data-offline="${offline}">
<header><h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.subtitle)}</p><p id="answer" role="status"></p></header>
<main id="content">${page.content}</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** The shop's front page at `/`; undefined for every other path. */
export function frontPageAnswer(
	request: ShopRequest,
	page: () => ShopPage,
): ShopResponse | undefined {
	const path = request.target.split('?')[0];
	if (path !== '/' || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
	return {
		status: 200,
		headers: {
			'Content-Type': 'text/html; charset=utf-8',
			'Cache-Control': 'no-store',
			'Content-Security-Policy':
				"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
		},
		body: pageShell(page()),
	};
}
