/**
 * The nodes against a real InSales shop, read only: every reading operation of the table, the lists of the
 * editor, and test events of the trigger. What is open about the shop itself: `insales.probes.live.mts`;
 * changes: `insales.writes.live.mts`.
 */
import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../nodes/InSales/actions/index.ts';
import { events } from '../../nodes/InSales/triggers/events.ts';
import { pickers } from '../../nodes/InSales/pickers/index.ts';
import { testCredentials } from '../InSales/fixtures.mts';
import { first, found, fullKey, limitedKey, more, report, run, shop, url } from './inSalesShop.mts';
import { testReads } from './reads.mts';

/** Operations that the limited key must be able to run (its rights: docs/live-tests.md). */
const LIMITED_READS = [
	'order.get',
	'order.getAll',
	'client.get',
	'client.getAll',
	'product.get',
	'product.getAll',
	'variant.getAll',
	'catalog.sync',
	'paymentGateway.get',
	'paymentGateway.getAll',
	'deliveryVariant.get',
	'deliveryVariant.getAll',
	'customStatus.getAll',
];

afterAll(report);

/** What no list of the editor offers. */
async function given(name: string): Promise<INodeParameters> {
	if (name.startsWith('anyResource.')) {
		const status = await first('customStatus.getAll', { limit: 1 });
		return { path: 'custom_statuses', recordId: String(status.id) };
	}
	return name === 'catalog.sync' ? { options: { maxProducts: 3 } } : {};
}

describe('credential', () => {
	test('the full key connects', async () => {
		const { status, message } = await testCredentials({ url }, 'full', { ...more, ...fullKey });
		expect({ status, message }).toEqual({
			status: 'OK',
			message: expect.stringContaining('Connected to'),
		});
		console.info(message);
	});

	(limitedKey ? test : test.skip)('the limited key connects', async () => {
		const { status, message } = await testCredentials({ url }, 'full', { ...more, ...limitedKey });
		expect(status).toBe('OK');
		found('credential test with the limited key', message);
	});

	test('a wrong password is told apart', async () => {
		const wrong = { ...more, ...fullKey, password: '0123456789abcdef0123456789abcdef' };
		const { status, message } = await testCredentials({ url }, 'full', wrong);
		expect(status).toBe('Error');
		expect(message).toContain('The shop refused the access key');
	});
});

testReads({
	shop,
	resources,
	pickers,
	events,
	reading: /\.(get|sync|check)/,
	given,
	limited: { name: 'the limited key', access: limitedKey, reads: LIMITED_READS },
	nothingToShow: /nothing that matches/,
});

(limitedKey ? test : test.skip)(
	'purchase prices and additional prices come with the limited key',
	async () => {
		const { items } = await run('product.getAll', { limit: 3 }, limitedKey);
		for (const { json } of items) expect(json).not.toHaveProperty('_missing');
	},
);
