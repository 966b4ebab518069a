import type { PrestaShopControl, PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { bodyText, comparable, errorCodes, shapeOf, withoutDeprecations } from './bodyShape.mts';
import { rawRequest } from './rawRequest.mts';
import type { RecordedExchange } from './recordedExchanges.mts';

/** Where one replayed exchange differs from the recording. */
export interface Difference {
	nr: number;
	name: string;
	aspect: 'status' | 'codes' | 'type' | 'headers' | 'shape' | 'values' | 'mails' | 'order';
	recorded: string;
	replayed: string;
}

const NOTICE =
	'<br />\n<b>Notice</b>:  Undefined index: foo in <b>/var/www/html/modules/demo/demo.php</b> on line <b>12</b><br />\n';

function edit(
	control: PrestaShopControl,
	resource: string,
	id: number,
	values: Record<string, string>,
): void {
	control.putRecord({ resource, record: { id, ...values } });
}

/** What was done to the recorded installation between the exchanges, by the number it happened before (recorded/README). */
const SWITCHES: Record<number, (control: PrestaShopControl, version: string) => void> = {
	26: (control) => control.setWebserviceEnabled({ enabled: false }),
	29: (control) => {
		control.setWebserviceEnabled({ enabled: true });
		control.setMaintenance({ on: true });
	},
	30: (control) => control.setMaintenance({ on: false }),
	35: (control) => control.setSsl({ on: true }),
	37: (control) => control.setSsl({ on: false }),
	280: (control) => {
		control.setLanguageActive({ id: 2, active: false });
		control.setLanguageActive({ id: 3, active: false });
	},
	282: (control) => {
		control.setLanguageActive({ id: 2, active: true });
		control.setLanguageActive({ id: 3, active: true });
	},
	347: (control) => control.setMailServer({ up: false }),
	348: (control) => control.setMailServer({ up: true }),
	459: (control) => control.reset(),
	460: (control) => edit(control, 'orders', 5, { date_upd: '2026-01-01 00:00:00' }),
	465: (control) => edit(control, 'products', 1, { date_upd: '2026-01-01 00:00:00' }),
	473: (control) => control.reset(),
	496: (control, version) => {
		const old = version === '1.6.1.24';
		edit(control, 'orders', 1, { gift_message: old ? 'a ]]> b & <c>' : 'a ]]> b & <c> "q"' });
		if (!old) edit(control, 'orders', 1, { note: 'smile 😀' });
	},
	498: (control) => edit(control, 'orders', 1, { gift_message: 'vt\u000besc\u001bend' }),
	500: (control) => edit(control, 'orders', 1, { gift_message: '' }),
	503: (control) => control.addFault({ kind: 'strayOutput', body: '\n', times: 2 }),
	505: (control) => control.addFault({ kind: 'strayOutput', body: '\uFEFF', times: 2 }),
	507: (control) => control.addFault({ kind: 'strayOutput', body: NOTICE, times: 2 }),
	509: (control) => control.setDisplayErrors({ on: true }),
	520: (control) => control.setDisplayErrors({ on: false }),
};

/** The recorded picture upload lost its body; the answer still holds the picture. */
function uploadBody(exchange: RecordedExchange): Buffer {
	const encoded =
		/<content encode="base64"><!\[CDATA\[([^\]]*)/.exec(exchange.response.body ?? '')?.[1] ?? '';
	return Buffer.concat([
		Buffer.from(
			'--XX\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n',
		),
		Buffer.from(encoded, 'base64'),
		Buffer.from('\r\n--XX--\r\n'),
	]);
}

function bodyOf(exchange: RecordedExchange): Buffer | string {
	const { body = '' } = exchange.request;
	if (exchange.name === 'images-upload') return uploadBody(exchange);
	// The packed files end every body with one line break of their own.
	return body.replace(/\n$/, '');
}

/** Brings the recorded host name to the replayed shop; a deliberately wrong one stays wrong. */
function headersFor(
	exchange: RecordedExchange,
	sandbox: PrestaShopSandbox,
): Record<string, string> {
	const headers = { ...exchange.request.headers };
	const { host, port } = new URL(sandbox.url);
	const recorded = headers.Host ?? host;
	headers.Host = recorded.startsWith('127.0.0.1') ? host : recorded.replace(/:\d+$/, `:${port}`);
	return headers;
}

function momentOf(exchange: RecordedExchange): number {
	const access = exchange.response.headers['Access-Time'];
	return access === undefined
		? Date.parse(exchange.response.headers.Date ?? '')
		: Number(access) * 1000;
}

/** Headers a client may rely on; of those that change with every answer only the presence counts. */
function headerSummary(headers: Record<string, string>): string {
	const lower = new Map(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
	const exact = [
		'www-authenticate',
		'psws-version',
		'x-powered-by',
		'content-encoding',
		'location',
		'server',
		'vary',
	];
	const present = ['content-sha1', 'access-time', 'execution-time'];
	return [
		...exact.map((name) => `${name}: ${comparable(lower.get(name) ?? '')}`),
		...present.map((name) => `${name}: ${lower.has(name)}`),
	].join('; ');
}

function compare(
	exchange: RecordedExchange,
	answer: { status: number; type: string; headers: Record<string, string>; text: string },
): Difference[] {
	const { response } = exchange;
	const differences: Difference[] = [];
	const check = (aspect: Difference['aspect'], recorded: string, replayed: string): void => {
		if (recorded !== replayed) {
			differences.push({ nr: exchange.nr, name: exchange.name, aspect, recorded, replayed });
		}
	};
	const recordedText = withoutDeprecations(
		response.bodyBase64 === undefined
			? (response.body ?? '')
			: bodyText(Buffer.from(response.bodyBase64, 'base64')),
	);
	const text = withoutDeprecations(answer.text);
	check('status', String(response.status), String(answer.status));
	check('type', response.headers['Content-Type'] ?? '', answer.type);
	check('headers', headerSummary(response.headers), headerSummary(answer.headers));
	// Pictures and web pages were cut when the recordings were packed.
	if (response.kind === 'binary-omitted' || (response.kind === 'gz' && recordedText === ''))
		return differences;
	if (/<!doctype html/i.test(recordedText)) {
		check('shape', 'a web page', shapeOf(answer.text));
		return differences;
	}
	check('codes', errorCodes(recordedText), errorCodes(text));
	const shapes = [shapeOf(recordedText), shapeOf(text)] as const;
	check('shape', ...shapes);
	if (shapes[0] === shapes[1] && shapes[0] !== 'a fatal PHP error')
		check('values', comparable(recordedText), comparable(text));
	return differences;
}

/** What lies between the exchanges of a recording. */
export interface Story {
	/** What was done to the installation before an exchange. */
	before: (exchange: RecordedExchange) => Promise<void>;
}

/** What the two shops drew at random: references of orders. */
const DRAWN = /<reference><!\[CDATA\[([A-Z]{9})\]\]>/g;

/** Learns from two answers to one request what in ours stands for what in the recorded one. */
function learnDrawn(drawn: Map<string, string>, recorded: string, replayed: string): void {
	const theirs = [...recorded.matchAll(DRAWN)];
	const ours = [...replayed.matchAll(DRAWN)];
	if (theirs.length !== ours.length) return;
	for (const [index, [, word = '']] of theirs.entries()) drawn.set(word, ours[index]?.[1] ?? '');
}

function translated(text: string, drawn: Map<string, string>): string {
	let out = text;
	for (const [theirs, ours] of drawn) out = out.replaceAll(theirs, ours);
	return out;
}

function orderDifference(
	exchange: RecordedExchange,
	control: PrestaShopControl,
): Difference | undefined {
	if (exchange.order === undefined) return undefined;
	const cart = /<id_cart>(\d+)/.exec(exchange.request.body ?? '')?.[1];
	const made = control
		.records({ resource: 'orders' })
		.find((row) => row.id_cart === cart && cart !== undefined);
	const fields = Object.keys(exchange.order ?? {});
	const replayed = made && Object.fromEntries(fields.map((name) => [name, made[name]]));
	const [a, b] = [JSON.stringify(exchange.order), JSON.stringify(replayed ?? null)];
	return a === b
		? undefined
		: { nr: exchange.nr, name: exchange.name, aspect: 'order', recorded: a, replayed: b };
}

/** Replays a recording in order; the differences of each exchange. */
export async function replay(
	sandbox: PrestaShopSandbox,
	version: string,
	exchanges: RecordedExchange[],
	story: Story = {
		before: (exchange) => Promise.resolve(SWITCHES[exchange.nr]?.(sandbox.control, version)),
	},
): Promise<Difference[]> {
	const differences: Difference[] = [];
	const { control } = sandbox;
	const drawn = new Map<string, string>();
	let lastSha1 = '';
	control.freeze();
	for (const original of exchanges) {
		control.setNow({ ms: momentOf(original) });
		await story.before(original);
		control.clearMails();
		const exchange: RecordedExchange = {
			...original,
			request: {
				...original.request,
				path: translated(original.request.path, drawn),
				...(original.request.body !== undefined && {
					body: translated(original.request.body, drawn),
				}),
			},
		};
		const headers = headersFor(exchange, sandbox);
		// The hash of a document depends on the port in its links: the client sends the one it just got.
		if (exchange.name === 'sha1-local-content-sha1-match-304')
			headers['Local-Content-Sha1'] = lastSha1;
		const answer = await rawRequest(sandbox.url, {
			method: exchange.request.method,
			path: exchange.request.path,
			headers,
			body: bodyOf(exchange),
		});
		lastSha1 = answer.headers['content-sha1'] ?? '';
		const recordedBody = exchange.response.body;
		if (recordedBody !== undefined) {
			learnDrawn(drawn, recordedBody, bodyText(answer.body));
			exchange.response = { ...exchange.response, body: translated(recordedBody, drawn) };
		}
		const order = orderDifference(exchange, control);
		if (order) differences.push(order);
		differences.push(
			...compare(exchange, {
				status: answer.status,
				type: answer.headers['content-type'] ?? '',
				headers: answer.headers,
				text: bodyText(answer.body),
			}),
		);
		const mails = control.mails().length;
		if (mails !== (exchange.mails ?? 0)) {
			differences.push({
				nr: exchange.nr,
				name: exchange.name,
				aspect: 'mails',
				recorded: String(exchange.mails ?? 0),
				replayed: String(mails),
			});
		}
	}
	return differences;
}
