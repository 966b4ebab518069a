/**
 * What no document says for sure about InSales: each probe only reads and notes what this shop does,
 * whatever that is; it fails when the shop breaks down. The notes are printed at the end.
 */
import type { IDataObject } from 'n8n-workflow';
import { ask, found, fullKey, limitedKey, report } from './inSalesShop.mts';
import type { Access, Answer } from './inSalesShop.mts';

afterAll(report);

async function probe(path: string, access: Access = fullKey): Promise<Answer> {
	const answer = await ask('GET', path, undefined, access);
	expect(answer.status).toBeLessThan(500);
	expect(answer.status).not.toBe(429);
	return answer;
}

test('how a wrong password is refused', async () => {
	const wrong = { ...fullKey, password: '0123456789abcdef0123456789abcdef' };
	const { status, headers, text } = await probe('account.json', wrong);
	expect(status).toBe(401);
	const type = headers.get('content-type') ?? 'no type';
	found('body of a 401', `${type}; ${JSON.stringify(text.slice(0, 100))}`);
});

const SETTINGS = [
	'account',
	'collections',
	'custom_statuses',
	'delivery_variants',
	'discount_codes',
	'fields',
	'payment_gateways',
	'price_kinds',
	'product_fields',
	'users',
	'warehouses',
	'webhooks',
];

(limitedKey ? test : test.skip).each(SETTINGS)(
	'whether the limited key may view %s',
	async (path) => {
		const { status, text } = await probe(`${path}.json`, limitedKey);
		expect([200, 402, 403, 404, 423]).toContain(status);
		const said = status === 403 ? ` ${text.slice(0, 150)}` : '';
		found(`limited key, ${path}`, `HTTP ${status}${said}`);
	},
);

test('how plain lists come', async () => {
	const { rows, headers } = await probe('orders.json');
	const ids = rows.map(({ id }) => Number(id));
	const isFalling = ids.every((id, at) => at === 0 || id < Number(ids[at - 1]));
	const isRising = ids.every((id, at) => at === 0 || id > Number(ids[at - 1]));
	const order = isFalling ? 'newest first' : isRising ? 'oldest first' : 'neither by ID';
	found('orders without per_page', `${rows.length} of them, ${order}`);
	const extra: string[] = [];
	headers.forEach((_, name) => {
		if (name.startsWith('x-')) extra.push(name);
	});
	found('headers of a list', extra.join(', ') || 'none that begins with x-');
});

const CLOSED = ['delivered', 'declined', 'returned'];
const NOBODY = 'nobody.at.all@example.com';
const FILTERS: Array<[list: string, filter: string, fits: (row: IDataObject) => boolean]> = [
	['orders', 'financial_status=paid', (row) => row.financial_status === 'paid'],
	['orders', 'status=closed', (row) => CLOSED.includes(String(row.fulfillment_status))],
	['orders', 'q=zzz-live-test-zzz', () => false],
	['clients', `email=${encodeURIComponent(NOBODY)}`, () => false],
	['clients', 'phone=%2B70000000001', (row) => /0{9}1$/.test(String(row.phone))],
];

test.each(FILTERS)('whether %s know the filter %s', async (list, filter, fits) => {
	const plain = await probe(`${list}.json?per_page=50`);
	const { status, rows } = await probe(`${list}.json?per_page=50&${filter}`);
	const isTelling = plain.rows.some((row) => !fits(row));
	const verdict = !isTelling
		? 'not to be told with these records'
		: rows.every(fits)
			? 'honoured'
			: 'ignored';
	found(`filter ${filter} of ${list}`, `HTTP ${status}, ${status === 200 ? verdict : 'refused'}`);
});

test('whether there is a search for clients', async () => {
	const { status } = await probe(`clients/search.json?email=${encodeURIComponent(NOBODY)}`);
	found('clients/search', `HTTP ${status}`);
});

test('whether times may end in Z', async () => {
	const { status, rows } = await probe(
		'orders.json?per_page=10&updated_since=2099-01-01T00:00:00Z',
	);
	const verdict = status === 200 && rows.length === 0 ? 'understood' : 'not understood';
	found('updated_since with Z', `HTTP ${status}, ${verdict}`);
});

test('whether lists of orders show archived ones', async () => {
	const counts: string[] = [];
	for (const query of ['', '?deleted=true', '?with_deleted=true']) {
		const { status, rows } = await probe(`orders/count.json${query}`);
		counts.push(
			`${query || 'plain'} ${status === 200 ? String(rows[0]?.count) : `HTTP ${status}`}`,
		);
	}
	found('number of orders', counts.join(', '));
});
