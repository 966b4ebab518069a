/**
 * WRITES to a real InSales shop, and only with INSALES_WRITES=1: a hidden product, a client and an order,
 * their changes, and what the trigger tells of them. Everything is taken back at the end.
 */
import type { IDataObject } from 'n8n-workflow';
import {
	ask,
	first,
	found,
	idsOf,
	mayWrite,
	nextSecond,
	record,
	report,
	run,
	shop,
	watching,
} from './inSalesShop.mts';
import { byId } from './parameters.mts';
import { cleanUp, later } from './undo.mts';

const stamp = Date.now();
const title = `Live test ${stamp}`;
const sku = `LIVE-${stamp}`;
const email = `live.${stamp}@example.com`;

/** Nobody's: messages of the shop must not reach a person. */
const PHONE = '+70000000000';

/** A record without what moves by itself, and without the fields under test. */
function rest(all: IDataObject, ...fields: string[]): IDataObject {
	const moving = ['updated_at', ...fields];
	return Object.fromEntries(Object.entries(all).filter(([name]) => !moving.includes(name)));
}

(mayWrite ? describe : describe.skip)('with INSALES_WRITES=1', () => {
	let productId = '';
	let variantId = '';
	let clientId = '';

	beforeAll(async () => {
		const product = await first('product.create', {
			title,
			price: '100',
			additionalFields: { is_hidden: true },
			variantFields: { sku, quantity: 10 },
		});
		productId = String(product.id);
		later(async () => {
			const { deleted } = await first('product.delete', { productId: byId(productId) });
			if (deleted !== true) throw new Error(`Product ${productId} is not in the trash.`);
		});
		[variantId = ''] = product.variantIds as string[];
		const client = await first('client.create', {
			name: 'Live',
			additionalFields: { surname: 'Test', email, phone: PHONE },
		});
		clientId = String(client.id);
		later(async () => {
			const { status } = await ask('DELETE', `clients/${clientId}.json`);
			if (status !== 200) throw new Error(`Client ${clientId} was not deleted: HTTP ${status}.`);
		});
	});

	afterAll(async () => {
		const failures = await cleanUp();
		await report();
		expect(failures).toEqual([]);
	});

	describe('a product', () => {
		const path = () => `products/${productId}.json`;

		test('keeps everything else when one text changes, and the trigger and the sync tell once', async () => {
			const watched = await watching('productUpdated');
			const cursor = new Date(Date.now() - 60_000).toISOString();
			const before = await record(path());
			const meta_description = 'Changed by the live test';
			await first('product.update', {
				productId: byId(productId),
				updateFields: { meta_description },
			});
			const after = await record(path());
			expect(rest(after, 'meta_description')).toEqual(rest(before, 'meta_description'));
			expect(after.meta_description).toBe(meta_description);
			expect(await idsOf(watched)).toEqual([productId]);
			expect(await idsOf(watched)).toEqual([]);
			const changed = await run('catalog.sync', { cursor });
			const own = changed.items.filter(({ json }) => json.id === productId);
			expect(own).toHaveLength(1);
			const next = changed.items.at(-1)?.json.nextCursor;
			expect((await run('catalog.sync', { cursor: String(next) })).items).toEqual([]);
		});

		test('price and stock change by a bulk request', async () => {
			await nextSecond();
			const before = await record(path());
			const row = { variantId, productId, price: '120', quantity: '7' };
			const changed = await first('variant.updateMany', {
				variants: { row: [row] },
				options: { waitSeconds: 60 },
			});
			expect(changed).toMatchObject({ state: 'applied' });
			const after = await record(path());
			const moved = before.updated_at === after.updated_at ? 'stays' : 'moves';
			found('date of a product after a bulk change of price and stock', moved);
		});

		test('stock changes alone', async () => {
			await nextSecond();
			const before = await record(path());
			await first('variant.update', {
				productId: byId(productId),
				variantId: byId(variantId),
				updateFields: { quantity: 8 },
			});
			const after = await record(path());
			expect((after.variants as IDataObject[])[0]?.quantity).toBe(8);
			const moved = before.updated_at === after.updated_at ? 'stays' : 'moves';
			found('date of a product after a change of stock alone', moved);
		});
	});

	test('a client keeps everything else when the comment changes', async () => {
		const before = await record(`clients/${clientId}.json`);
		const comment = 'Changed by the live test';
		await first('client.update', { clientId: byId(clientId), updateFields: { comment } });
		const after = await record(`clients/${clientId}.json`);
		expect(rest(after, 'comment')).toEqual(rest(before, 'comment'));
		expect(after.comment).toBe(comment);
	});

	describe('an order', () => {
		let orderId = '';
		let draft: IDataObject = {};

		const raw = async () => await record(`orders/${orderId}.json`);
		const put = async (order: IDataObject) => await ask('PUT', `orders/${orderId}.json`, { order });

		/** Pickup or a fixed price, with a payment that is linked to it. */
		beforeAll(async () => {
			const { items } = await run('deliveryVariant.getAll', { returnAll: true });
			const fit = items
				.map(({ json }) => json)
				.filter(({ suitsOutsideOrders }) => suitsOutsideOrders === true)
				.find(({ paymentGatewayIds: ids }) => (ids as string[]).length > 0);
			if (!fit) throw new Error('The shop has no pickup or fixed-price delivery with a payment.');
			draft = {
				lines: { row: [{ variantId, quantity: 1 }] },
				clientId: byId(clientId),
				clientName: 'Live',
				clientPhone: PHONE,
				deliveryVariantId: byId(fit.id),
				paymentGatewayId: byId((fit.paymentGatewayIds as string[])[0]),
				shippingAddress: { city: 'Москва', address: 'ул. Примерная, 1' },
				options: { externalId: `live-${stamp}` },
			};
		});

		test('is created once, however often it is run, and the trigger tells once', async () => {
			const watched = await watching('orderCreated');
			const order = await first('order.create', draft as never);
			orderId = String(order.id);
			later(async () => {
				const { deleted } = await first('order.delete', { orderId: byId(orderId) });
				if (deleted !== true) throw new Error(`Order ${orderId} is not in the archive.`);
			});
			expect(order).toMatchObject({ _created: true });
			shop.expectNoSecrets(order);
			const again = await first('order.create', draft as never);
			expect(again).toMatchObject({ id: orderId, _created: false });
			expect(await idsOf(watched)).toEqual([orderId]);
			expect(await idsOf(watched)).toEqual([]);
			const { delivery_title: delivery, delivery_price: price } = await raw();
			found('delivery price of an order that names none', `${String(delivery)}: ${String(price)}`);
		});

		test('its status changes and changes back, each change is delivered once, in order', async () => {
			const watched = await watching('orderStatusChanged');
			const { fulfillment_status: original } = await raw();
			const to = async (system: string) =>
				await first('order.changeStatus', {
					orderId: byId(orderId),
					statusId: { __rl: true, mode: 'system', value: system },
				});
			expect(await to('accepted')).toMatchObject({ changed: true });
			expect(await to('accepted')).toMatchObject({ changed: false });
			expect(await to(String(original))).toMatchObject({ changed: true });
			expect((await raw()).fulfillment_status).toBe(original);
			const phases = (await watched.poll()).map(({ json }) =>
				[json.previousStatus, json.status].map((status) => (status as IDataObject | null)?.phase),
			);
			expect(phases).toEqual([
				['new', 'processing'],
				['processing', 'new'],
			]);
			expect(await watched.poll()).toEqual([]);
			const { number } = await raw();
			found(
				'messages to the client',
				`look into the shop: were any sent for order ${String(number)}?`,
			);
		});

		test('what a custom status does', async () => {
			const { items } = await run('customStatus.getAll', { returnAll: true });
			const statuses = items.map(({ json }) => json).filter(({ custom }) => custom === true);
			const { custom_status: before } = await raw();
			const current = (before as IDataObject | null)?.permalink;
			const other = statuses.find(({ systemStatus }) => systemStatus === 'accepted');
			const twin = statuses.find(
				({ id, systemStatus }) => systemStatus === 'accepted' && id !== other?.id,
			);
			if (!other) {
				found('custom statuses', 'the shop has none of the system status "accepted"');
				return;
			}
			const alone = await put({ custom_status_permalink: other.id });
			expect(alone.status).toBeLessThan(500);
			const { fulfillment_status: system } = await raw();
			found('a permalink alone', system === 'accepted' ? 'moves both' : `leaves ${String(system)}`);
			if (twin) {
				await put({ custom_status_permalink: other.id, fulfillment_status: 'accepted' });
				const known = (await raw()).order_changes as IDataObject[];
				const result = await first('order.changeStatus', {
					orderId: byId(orderId),
					statusId: byId(twin.id),
				});
				expect(result).toMatchObject({ changed: true, status: { id: twin.id } });
				const changes = ((await raw()).order_changes as IDataObject[]).filter(
					({ id }) => !known.some((each) => each.id === id),
				);
				const actions = changes.map(({ action }) => String(action)).join(', ');
				found('history of a change within one system status', actions || 'no entry');
			}
			if (current !== undefined) {
				await put({ custom_status_permalink: current, fulfillment_status: 'new' });
			}
		});

		test('lines are added, changed and removed; the others stay', async () => {
			const [own] = (await raw()).order_lines as IDataObject[];
			const added = await first('orderLine.add', {
				orderId: byId(orderId),
				variantId: byId(variantId),
				quantity: 2,
			});
			const lineId = ((added._update as IDataObject).line as IDataObject).id;
			const line = { orderId: byId(orderId), lineId: byId(lineId) };
			await first('orderLine.update', { ...line, updateFields: { comment: 'Live' } });
			const changed = (await raw()).order_lines as IDataObject[];
			expect(changed.find(({ id }) => String(id) === lineId)).toMatchObject({
				quantity: 2,
				comment: 'Live',
			});
			await first('orderLine.remove', line);
			const left = (await raw()).order_lines as IDataObject[];
			expect(left.map(({ id }) => id)).toEqual([own?.id]);
		});

		test('becomes paid, and the trigger tells once', async () => {
			const watched = await watching('orderPaid');
			await first('order.update', {
				orderId: byId(orderId),
				updateFields: { financial_status: 'paid' },
			});
			expect(await idsOf(watched)).toEqual([orderId]);
			expect(await idsOf(watched)).toEqual([]);
		});

		test('how an order of an unknown variant is refused', async () => {
			const order = {
				order_lines_attributes: [{ variant_id: 1, quantity: 1 }],
				client: { id: Number(clientId), name: 'Live', phone: PHONE },
				delivery_variant_id: Number((draft.deliveryVariantId as IDataObject).value),
				payment_gateway_id: Number((draft.paymentGatewayId as IDataObject).value),
			};
			const { status, text, rows } = await ask('POST', 'orders.json', { order });
			const id = rows[0]?.id;
			if (status < 300 && id !== undefined) {
				later(async () => void (await first('order.delete', { orderId: byId(id) })));
			}
			expect(status).toBeLessThan(500);
			const said = status < 300 ? 'it was created' : text.slice(0, 200);
			found('an order of an unknown variant', `HTTP ${status} ${said}`);
		});
	});
});
