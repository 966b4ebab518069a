import type { INodeParameters } from 'n8n-workflow';
import { PrestaShopApi } from '../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../nodes/PrestaShop/PrestaShop.node.ts';
import { PrestaShopTrigger } from '../nodes/PrestaShop/PrestaShopTrigger.node.ts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';
import { SHOPER_TOKENS, startShoperSandbox } from '../sandbox/shoper/shop.mts';
import { actionBench, tokenCredentials } from '../test/Shoper/fixtures.mts';
import { TriggerBench, executeNode } from '../test/support/engine.mts';
import { pass } from './support/clock.mts';
import { settledTrigger } from './support/polls.mts';

const FULL = 'FULLACCESSKEY0000000000000000001';
const LIMITED = 'LIMITEDN8NKEY0000000000000000002';

/**
 * A job, the requests it took, the floor, and items that failed. The floor is look-ups of 250 values each
 * (50 on Shoper, whose lists hold no more) and writes of 250 records each (25 calls on Shoper), nothing else.
 */
type Row = [job: string, requests: number, floor: number, failed: number];

const locator = (mode: string, field: string) => ({
	__rl: true,
	mode,
	value: `={{ $json.${field} }}`,
});

/** Jobs on a fresh shop with 3,000 orders and 1,000 products; each begins with nothing remembered. */
async function main(): Promise<void> {
	const rows: Row[] = [];
	const shop = await startPrestaShopSandbox();
	const { control } = shop;
	control.seed({ orders: 3_000, products: 1_000, customers: 500 });
	let key = FULL;
	let remembers = false;
	const bench = (node: PrestaShop | PrestaShopTrigger) => ({
		node,
		credentialType: new PrestaShopApi(),
		credentials: {
			shopUrl: shop.url,
			apiKey: key,
			timezone: 'Europe/Warsaw',
			rememberReferenceData: remembers,
		},
	});
	const job = async (
		name: string,
		floor: number,
		parameters: INodeParameters,
		items: ReadonlyArray<Record<string, unknown>> = [{}],
	) => {
		control.clearRequests();
		const result = await executeNode(bench(new PrestaShop()), parameters, {
			items: items.map((json) => ({ json: json as never })),
			onError: 'continueRegularOutput',
		});
		const failed = result.items.filter(({ json }) => json.error !== undefined).length;
		rows.push([name, control.requests().length, floor, failed + (result.error ? 1 : 0)]);
	};

	const mails = control
		.records({ resource: 'customers' })
		.slice(-100)
		.map(({ email }) => ({ email: String(email) }));
	const products = control.records({ resource: 'products' }).slice(-1_000);
	const orders = control.records({ resource: 'orders' }).slice(-100);
	const latest = {
		resource: 'order',
		operation: 'getLatest',
		customer: locator('email', 'email'),
		options: {},
	};

	key = LIMITED;
	const byMail = {
		resource: 'order',
		operation: 'getAll',
		returnAll: true,
		filters: { customerEmail: '={{ $json.email }}' },
		options: {},
	};
	await job('orders by e-mail, limited key', 2, byMail, mails.slice(0, 1));
	key = FULL;
	await job('latest order of 100 e-mails', 3, latest, mails);
	remembers = true;
	await job('latest order of one e-mail', 2, latest, mails.slice(0, 1));
	await job('the same of another, remembered', 2, latest, mails.slice(1, 2));
	remembers = false;
	await job(
		'1,000 prices by SKU',
		8,
		{
			resource: 'product',
			operation: 'update',
			productId: locator('reference', 'reference'),
			updateFields: { price: '={{ $json.price }}' },
		},
		products.map(({ reference }, at) => ({ reference, price: String(100 + at) })),
	);
	key = LIMITED;
	await job(
		'1,000 descriptions, one language, PUT',
		8,
		{
			resource: 'product',
			operation: 'update',
			productId: locator('id', 'id'),
			updateFields: {},
			translations: { row: [{ language: 'pl', description: '={{ $json.text }}' }] },
		},
		products.map(({ id }) => ({ id, text: `<p>Opis ${id}</p>` })),
	);
	await job(
		'100 status changes, every other with a mail',
		3,
		{
			resource: 'orderHistory',
			operation: 'create',
			orderId: locator('id', 'id'),
			stateId: { __rl: true, mode: 'id', value: '4' },
			notifyCustomer: '={{ $json.mail }}',
			options: {},
		},
		orders.map(({ id }, at) => ({ id, mail: at % 2 === 0 })),
	);
	key = FULL;
	const trigger = await settledTrigger(
		new TriggerBench(bench(new PrestaShopTrigger()), {
			event: 'orderCreated',
			options: { maxItemsPerPoll: 500 },
		}),
	);
	for (let count = 0; count < 500; count++) control.placeOrder();
	pass(1);
	control.clearRequests();
	const told = await trigger.poll();
	rows.push(['one poll, 500 new orders', control.requests().length, 3, 500 - told.length]);
	await shop.close();
	rows.push(await shoperPrices());

	console.log('| job | requests | floor | ratio | failed |');
	console.log('| --- | ---: | ---: | ---: | ---: |');
	for (const [name, requests, floor, failed] of rows) {
		const ratio = (requests / floor).toFixed(1);
		console.log(`| ${[name, requests, floor, ratio, failed].join(' | ')} |`);
	}
}

/** Within the bucket of a real shop, but filled as fast as the machine allows: requests count, not seconds. */
async function shoperPrices(): Promise<Row> {
	const shop = await startShoperSandbox();
	shop.control.seed({ products: 1_000 });
	shop.control.setBucket({ limit: 10, perSecond: 1_000 });
	shop.control.clearRequests();
	const products = shop.control.records({ resource: 'products' }).slice(-1_000);
	const { items } = await executeNode(
		actionBench(tokenCredentials(shop, SHOPER_TOKENS.full)),
		{
			resource: 'product',
			operation: 'update',
			productId: locator('code', 'code'),
			updateFields: { price: '={{ $json.price }}' },
		},
		{
			items: products.map(({ code }, at) => ({
				json: { code: String(code), price: String(100 + at) },
			})),
			onError: 'continueRegularOutput',
		},
	);
	const requests = shop.control.requests();
	const refused = requests.filter(({ status }) => status === 429).length;
	const failed = items.filter(({ json }) => json.error !== undefined).length;
	await shop.close();
	return ['Shoper: 1,000 prices by code', requests.length, 60, failed + refused];
}

void main();
