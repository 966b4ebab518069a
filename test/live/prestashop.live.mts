/**
 * The nodes against a real PrestaShop with demo data: every reading operation of the table, the
 * changes that can be undone, and the trigger. What the shop has no data for is named at the end.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { resources } from '../../nodes/PrestaShop/actions/index.ts';
import { events } from '../../nodes/PrestaShop/triggers/events.ts';
import { pickers } from '../../nodes/PrestaShop/pickers/index.ts';
import { testCredentials } from '../PrestaShop/fixtures.mts';
import { byId } from './parameters.mts';
import {
	cleanUp,
	credentialOf,
	first,
	fullKey,
	idsOf,
	later,
	limitedKey,
	run,
	shop,
	watching,
	webservice,
} from './prestashopShop.mts';
import { testReads } from './reads.mts';
import { report } from './shop.mts';

/** Operations that the limited key must be able to run (its rights: docs/live-tests.md). */
const LIMITED_READS = [
	'order.get',
	'order.getAll',
	'order.getLatest',
	'orderDetail.getAll',
	'orderState.get',
	'orderState.getAll',
	'orderHistory.getAll',
	'customer.get',
	'customer.getAll',
	'product.get',
	'product.getAll',
	'language.getAll',
];

/** What an update of a text must not touch. Not the cover: some versions stumble over a missing one. */
const PRODUCT_DISPLAY =
	'[id,reference,ean13,price,wholesale_price,active,name,description,description_short,meta_title,' +
	'meta_description,link_rewrite,id_category_default,id_manufacturer,id_tax_rules_group,visibility,' +
	'available_for_order,show_price,minimal_quantity,condition,weight,categories[id],stock_availables[id]]';

afterAll(async () => {
	const failures = await cleanUp();
	report();
	expect(failures).toEqual([]);
});

/** What no list of the editor offers. */
async function given(name: string): Promise<INodeParameters> {
	if (name.startsWith('anyResource.')) {
		const [language] = (await run('language.getAll', { limit: 1, simplify: false })).items;
		const webserviceResource = { __rl: true, mode: 'name', value: 'languages' } as const;
		return { webserviceResource, recordId: String(language?.json.id ?? '') };
	}
	if (name === 'image.download') {
		const [image] = (await run('image.getAll', { limit: 1 })).items;
		const { recordId = '', id = '' } = image?.json ?? {};
		return { recordId: String(recordId), imageId: String(id) };
	}
	if (name === 'order.getLatest') {
		const order = await first('order.getAll', { limit: 1, simplify: false });
		return { customer: byId(order.id_customer) };
	}
	return {};
}

describe('credential', () => {
	const keys = [
		['full', fullKey],
		['limited', limitedKey],
	].filter(([, key]) => key !== '') as Array<[string, string]>;

	test.each(keys)('the %s key connects', async (_, key) => {
		const result = await testCredentials(credentialOf.shop, key, credentialOf.more);
		expect(result).toMatchObject({ status: 'OK', message: expect.stringContaining('PrestaShop') });
		console.info(result.message);
	});

	test('a wrong key is told apart', async () => {
		const wrong = 'WRONGKEY000000000000000000000000';
		const { status, message } = await testCredentials(credentialOf.shop, wrong, credentialOf.more);
		expect(status).toBe('Error');
		expect(message).toContain('does not know this API key');
	});
});

testReads({
	shop,
	resources,
	pickers,
	events,
	reading: /\.(get|download|check)/,
	given,
	limited: {
		name: 'the limited key',
		access: limitedKey === '' ? undefined : limitedKey,
		reads: LIMITED_READS,
	},
	nothingToShow: /nothing that matches/,
});

(limitedKey === '' ? test.skip : test)('what the limited key may not read is named', async () => {
	const { error } = await run('address.getAll', { limit: 1 }, limitedKey);
	expect(error?.message).toContain('"addresses – View (GET)"');
});

describe('a product', () => {
	let id = '';
	let languages: string[] = [];

	beforeAll(async () => {
		languages = (await run('language.getAll', { returnAll: true, simplify: false })).items.map(
			({ json }) => String(json.id),
		);
		const created = await first('product.create', { name: 'Live test', price: '12.5' });
		id = String(created.id);
		later(async () => await webservice.remove('products', id));
	});

	test('is created', async () => {
		expect(await first('product.get', { productId: byId(id) })).toMatchObject({
			id,
			name: 'Live test',
			price: 12.5,
		});
	});

	const KEYS = [
		['full', fullKey],
		...(limitedKey === '' ? [] : [['limited', limitedKey]]),
	] as Array<[string, string]>;

	test.each(KEYS)(
		'keeps everything else when one text of one language changes (%s key)',
		async (keyName, key) => {
			const watched = await watching('productUpdated', key);
			const before = await webservice.one('products', id, PRODUCT_DISPLAY);
			const [language = '1'] = languages;
			const text = `Changed with the ${keyName} key`;
			await first(
				'product.update',
				{ productId: byId(id), translations: { row: [{ language, metaTitle: text }] } },
				key,
			);
			const after = await webservice.one('products', id, PRODUCT_DISPLAY);
			const unchanged = ({ meta_title: _title, ...rest }: IDataObject) => rest;
			expect(unchanged(after as IDataObject)).toEqual(unchanged(before as IDataObject));
			const titles = (value: unknown) =>
				Array.isArray(value)
					? (value as Array<{ id: string; value: string }>)
					: [{ id: language, value: String(value) }];
			expect(titles(after?.meta_title).find((each) => each.id === language)?.value).toBe(text);
			expect(titles(after?.meta_title).filter((each) => each.id !== language)).toEqual(
				titles(before?.meta_title).filter((each) => each.id !== language),
			);
			expect(await idsOf(watched)).toEqual([id]);
			expect(await idsOf(watched)).toEqual([]);
		},
	);
});

describe('a customer', () => {
	let id = '';
	const email = `live.${Date.now()}@example.com`;

	test('is created, and the trigger tells', async () => {
		const watched = await watching('customerCreated');
		const created = await first('customer.create', { email, firstname: 'Live', lastname: 'Test' });
		id = String(created.id);
		later(async () => await webservice.remove('customers', id));
		const items = await watched.poll();
		expect(items.map(({ json }) => json.email)).toEqual([email]);
		expect(await idsOf(watched)).toEqual([]);
	});

	test('keeps password, key and group when the note changes', async () => {
		const before = await webservice.one('customers', id);
		await first('customer.update', {
			customerId: { __rl: true, mode: 'email', value: email },
			updateFields: { note: 'Live note' },
		});
		const after = await webservice.one('customers', id);
		expect(after?.note).toContain('Live note');
		for (const field of [
			'passwd',
			'secure_key',
			'id_default_group',
			'date_add',
			'email',
			'active',
		]) {
			expect(after?.[field]).toEqual(before?.[field]);
		}
	});
});

describe('the status of an order', () => {
	let orderId = '';
	let original = '';
	let temporary = '';

	beforeAll(async () => {
		const states = new Map(
			(await webservice.get('order_states?display=full')).map((state) => [state.id ?? '', state]),
		);
		const orders = (await run('order.getAll', { limit: 20, simplify: false })).items.map(
			({ json }) => json,
		);
		// Leaving these states moves stock or money.
		const isQuiet = ({ current_state: state }: IDataObject) =>
			!['0', '6', '7', '8'].includes(String(state));
		const isOpen = ({ current_state: state }: IDataObject) =>
			states.get(String(state))?.paid === '0';
		const order = orders.find((each) => isQuiet(each) && isOpen(each)) ?? orders.find(isQuiet);
		if (!order) throw new Error('The shop has no order whose status may be changed: place one.');
		orderId = String(order.id);
		original = String(order.current_state);
		const { logable = '0', paid = '0' } = states.get(original) ?? {};
		const languages = await webservice.get('languages');
		temporary = await webservice.create('order_states', 'order_state', {
			name: languages.map(({ id = '' }) => ({ id, value: 'Live test' })),
			color: '#3498db',
			logable: String(logable),
			paid: String(paid),
			send_email: '0',
			invoice: '0',
			delivery: '0',
			shipped: '0',
			hidden: '1',
		});
		later(async () => await webservice.remove('order_states', temporary));
		const rows = await webservice.get(`order_histories?filter[id_order]=[${orderId}]&display=[id]`);
		const known = rows.map(({ id }) => id);
		later(async () => {
			const now = await webservice.get(
				`order_histories?filter[id_order]=[${orderId}]&display=[id]`,
			);
			for (const { id = '' } of now)
				if (!known.includes(id)) await webservice.remove('order_histories', id);
			const left = await webservice.one('orders', orderId);
			if (left?.current_state !== original)
				throw new Error(`Order ${orderId} is not back in state ${original}.`);
		});
	});

	async function change(stateId: string, options: INodeParameters = {}, key?: string) {
		return await first(
			'orderHistory.create',
			{ orderId: byId(orderId), stateId: byId(stateId), options },
			key,
		);
	}

	test('a dry run changes nothing', async () => {
		expect(await change(temporary, { dryRun: true })).toMatchObject({ changed: false });
		expect((await webservice.one('orders', orderId))?.current_state).toBe(original);
	});

	test('is changed and changed back, each change is delivered once', async () => {
		const key = limitedKey === '' ? fullKey : limitedKey;
		const changed = await watching('orderStatusChanged', key);
		const updated = await watching('orderUpdated', key);
		const created = await watching('orderCreated', key);

		expect(await change(temporary, {}, key)).toMatchObject({
			changed: true,
			previousStatus: { id: original },
		});
		expect(await change(temporary, {}, key)).toMatchObject({ changed: false });
		const [event, ...others] = await changed.poll();
		expect(others).toEqual([]);
		expect(event?.json).toMatchObject({
			id: orderId,
			status: { id: temporary, name: 'Live test' },
			previousStatus: { id: original },
			event: { type: 'orderStatusChanged' },
		});
		expect(await idsOf(updated)).toEqual([orderId]);

		expect(await change(original, {}, key)).toMatchObject({ changed: true });
		expect((await changed.poll()).map(({ json }) => (json.status as IDataObject).id)).toEqual([
			original,
		]);
		expect(await idsOf(changed)).toEqual([]);
		expect(await idsOf(created)).toEqual([]);
		const history = await run('orderHistory.getAll', { orderId: byId(orderId) }, key);
		expect(history.items.slice(-2).map(({ json }) => (json.status as IDataObject).id)).toEqual([
			temporary,
			original,
		]);
	});
});
