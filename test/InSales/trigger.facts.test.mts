/** What an order says of its past: small rules of the InSales trigger, told apart by examples. */
import type { InSalesRecord } from '../../nodes/InSales/api/codec.ts';
import type { InSalesShop } from '../../nodes/InSales/api/reads.ts';
import type { Status } from '../../nodes/InSales/orders/statuses.ts';
import { orderContentHash, productContentHash } from '../../nodes/InSales/triggers/contentHash.ts';
import { isNew } from '../../nodes/InSales/triggers/created.ts';
import { statusStream } from '../../nodes/InSales/triggers/histories.ts';
import {
	historyOf,
	isSince,
	newestChangeId,
	paymentsOf,
	statusChangesOf,
} from '../../nodes/InSales/triggers/orderHistory.ts';
import type { OrderChange } from '../../nodes/InSales/triggers/orderHistory.ts';
import { cursorBefore, cursorAtStamp } from '../../nodes/InSales/triggers/cursors.ts';
import {
	currentStatus,
	isWantedStatus,
	statusById,
	statusNamedBy,
	toKnown,
} from '../../nodes/InSales/triggers/statusNames.ts';
import type { NamedStatus } from '../../nodes/InSales/triggers/statusNames.ts';
import { chosenStatuses } from '../../nodes/shared/polling/chosenStatuses.ts';
import type { FeedRow } from '../../nodes/shared/polling/stream.ts';
import { preciseStampOf, stampOf } from '../../sandbox/insales/times.mts';

const NOW = Date.parse('2027-03-10T09:00:00Z');

/** A time some milliseconds from now on, as the shop stamps records and as it stamps history. */
const stamp = (ms: number) => stampOf(NOW + ms);
const precise = (ms: number) => preciseStampOf(NOW + ms);

const change = (more: Partial<OrderChange> = {}): OrderChange => ({
	id: 5,
	at: NOW,
	stamp: precise(0),
	action: 'fulfillment_status_changed',
	was: 'new',
	is: 'accepted',
	description: '',
	...more,
});

describe('whether a change came after everything handled', () => {
	/** Up to now; an order that the shop stamped `updated` ms later, and a change `at` ms later. */
	const tell = (at: number, updated: string) =>
		isSince({ id: 80_001, updated_at: updated }, change({ at: NOW + at }), cursorBefore(NOW));

	test.each([
		['long after, however often the order was changed since', 60_000, stamp(600_000), true],
		['just behind the lag', 1_001, stamp(600_000), true],
		['within the lag, of an order that was changed since', 1_000, stamp(600_000), false],
		['within the lag, of an order that stands where it put it', 1_000, stamp(0), true],
		['at the very time of the order', 0, stamp(0), true],
		['as late as a change can be', 0, stamp(-2_000), true],
		['later than that', 1, stamp(-2_000), false],
		['before, by an order that was changed since', -5_000, stamp(0), false],
		[
			'earlier than the order within its second, stamped to the millisecond',
			300,
			precise(800),
			true,
		],
		['in the second before that', -1, precise(800), false],
	])('%s', (_, at, updated, isTold) => {
		expect(tell(at, updated)).toBe(isTold);
	});
});

describe('the history of an order', () => {
	const entry = (id: number, more: Record<string, unknown> = {}) => ({
		id,
		created_at: precise(60_000 + id),
		action: 'fulfillment_status_changed',
		value_was: 'new',
		value_is: 'accepted',
		...more,
	});
	const order = (...entries: object[]) =>
		({ id: 80_001, created_at: stamp(0), order_changes: entries }) as unknown as InSalesRecord;
	const idsOf = (changes: OrderChange[]) => changes.map(({ id }) => id);

	test('is read oldest first, however the shop sorts it', () => {
		const newestFirst = order(entry(30), entry(20), entry(100));
		expect(idsOf(historyOf(newestFirst))).toEqual([20, 30, 100]);
		expect(newestChangeId(newestFirst)).toBe(100);
		expect(newestChangeId(order())).toBe(0);
		expect(newestChangeId({ id: 80_001 })).toBe(0);
	});

	test('goes without entries that have no number or no time', () => {
		const odd = order(entry(7), { ...entry(8), id: undefined }, entry(9, { created_at: 'soon' }));
		expect(idsOf(historyOf(odd))).toEqual([7]);
	});

	test.each([
		['fulfillment_status_changed', true],
		['custom_status_changed', true],
		['status_changed', true],
		['order_status_permalink_updated', true],
		['financial_status_changed', false],
		['payment_status_changed', false],
		['discount_created', false],
		['order_changed', false],
	])('an entry called %s is a change of status: %s', (action, isOne) => {
		expect(idsOf(statusChangesOf(order(entry(7, { action }))))).toEqual(isOne ? [7] : []);
	});

	test.each([
		['the status an order is placed with', false, { value_was: null }, 500],
		['the same, as late as an entry can be', false, { value_was: null }, 2_000],
		['a status after none', true, { value_was: null }, 2_001],
		['a change right after the order was placed', true, {}, 500],
	])('%s is a change: %s', (_, isOne, values, at) => {
		const changes = statusChangesOf(order(entry(7, { ...values, created_at: precise(at) })));
		expect(idsOf(changes)).toEqual(isOne ? [7] : []);
	});

	test.each([
		['financial_status_changed', 'paid', true],
		['payment_status_changed', 'paid', true],
		['order_paid', 'paid', true],
		['financial_status_changed', 'pending', false],
		// A custom status may be called so.
		['custom_status_changed', 'paid', false],
	])('%s to %j is a payment: %s', (action, value, isOne) => {
		const changes = paymentsOf(order(entry(7, { action, value_is: value })));
		expect(idsOf(changes)).toEqual(isOne ? [7] : []);
	});
});

describe('a status named by a change', () => {
	const custom = (permalink: string, title: string, system: string): Status => ({
		permalink,
		title,
		system,
	});
	const statuses = [
		custom('new', 'Новый', 'new'),
		custom('sborka', 'Сборка', 'accepted'),
		custom('upakovka', 'Упаковка', 'accepted'),
		custom('accepted', 'Принят', 'approved'),
		custom('nalozhka', '', 'dispatched'),
		custom('v-puti', 'В пути', 'dispatched'),
	];
	const named = (more: Partial<OrderChange>, hints: Array<string | undefined> = []) => {
		const found = statusNamedBy(change(more), 'is', statuses, hints);
		return found && [found.status.id, found.status.name, found.status.phase, found.candidates];
	};
	const byCustom = (is: OrderChange['is']) => named({ action: 'custom_status_changed', is });

	test('of a system status is the only custom one of it', () => {
		expect(named({ is: 'new' })).toEqual(['new', 'Новый', 'new', []]);
		expect(named({ is: 'approved' })).toEqual(['accepted', 'Принят', 'processing', []]);
	});

	test('of a system status with several is the one that is hinted at, wherever among the hints', () => {
		for (const hints of [['upakovka'], [undefined, 'upakovka'], ['', 'upakovka']]) {
			expect(named({ is: 'accepted' }, hints)).toEqual(['upakovka', 'Упаковка', 'processing', []]);
		}
	});

	test('or the one in the text of the entry, unless there are two', () => {
		const told = (description: string) => named({ is: 'accepted', description })?.[0];
		expect(told('Статус изменён: Новый → Сборка')).toBe('sborka');
		expect(told('Сборка → Упаковка')).toBe('accepted');
		// A status without a title is in every text.
		expect(named({ is: 'dispatched', description: 'Новый → В пути' })?.[0]).toBe('v-puti');
		expect(named({ is: 'dispatched' })?.[0]).toBe('dispatched');
	});

	test('or else the system status, although a custom one of another is spelt so', () => {
		expect(named({ is: 'accepted' })).toEqual([
			'accepted',
			'В обработке',
			'processing',
			['sborka', 'upakovka'],
		]);
		expect(named({ is: 'declined' })).toEqual(['declined', 'Отменён', 'cancelled', []]);
	});

	test('is the custom one that an entry of another kind names, by permalink, title or object', () => {
		expect(byCustom('accepted')).toEqual(['accepted', 'Принят', 'processing', []]);
		expect(byCustom('Упаковка')).toEqual(['upakovka', 'Упаковка', 'processing', []]);
		expect(byCustom({ permalink: 'v-puti', title: 'x' })).toEqual([
			'v-puti',
			'В пути',
			'shipped',
			[],
		]);
		expect(byCustom({ title: 'Сборка' })?.[0]).toBe('sborka');
	});

	test('that is gone is told as the entry has it', () => {
		expect(byCustom('staryy')).toEqual(['staryy', null, 'unknown', []]);
		expect(byCustom({ permalink: 'staryy', title: 'Старый' })).toEqual([
			'staryy',
			'Старый',
			'unknown',
			[],
		]);
		expect(byCustom(null)).toBeUndefined();
		expect(byCustom('')).toBeUndefined();
	});

	test('remembered by its ID has its present name', () => {
		expect(statusById('sborka', statuses).status).toEqual({
			id: 'sborka',
			name: 'Сборка',
			phase: 'processing',
		});
		expect(statusById('declined', statuses).status.name).toBe('Отменён');
	});

	/** What a trigger with these statuses wants of a shop that has `all`. */
	const wanted = async (statusIds: string[], all = statuses) =>
		await chosenStatuses(
			{ simplify: true, values: { statusIds } },
			async () => await Promise.resolve(toKnown({ statuses: all, isHidden: false })),
		);

	test.each<[string, string[], boolean]>([
		['none chosen', [], true],
		['itself', ['sborka'], true],
		['another of its system status', ['upakovka'], false],
		['its system status', ['system:accepted'], true],
		['another system status', ['system:approved'], false],
		['a custom status that is spelt as its system status', ['accepted'], false],
		['one of several', ['new', 'sborka'], true],
	])('is wanted by %s', async (_, statusIds, isWanted) => {
		expect(isWantedStatus(statusById('sborka', statuses), await wanted(statusIds))).toBe(isWanted);
	});

	test('is wanted when it may be the chosen one, and in shops with system statuses only', async () => {
		const wants = async (found: NamedStatus | undefined, id: string, all = statuses) =>
			found && isWantedStatus(found, await wanted([id], all));
		const unsure = statusNamedBy(change({ is: 'accepted' }), 'is', statuses, []);
		expect(await wants(unsure, 'upakovka')).toBe(true);
		expect(await wants(unsure, 'v-puti')).toBe(false);
		const order = { id: 1, fulfillment_status: 'declined', custom_status: null };
		expect(await wants(currentStatus(order), 'declined', [])).toBe(true);
		expect(await wants(statusById('sborka', statuses), 'accepted', statuses.slice(0, 3))).toBe(
			true,
		);
	});
});

describe('what is remembered of an order', () => {
	const entry = (id: number, was: string, is: string) => ({
		id,
		created_at: precise(id * 1_000),
		action: 'fulfillment_status_changed',
		value_was: was,
		value_is: is,
	});
	const order = {
		id: 80_001,
		created_at: stamp(-60_000),
		updated_at: stamp(10_000),
		fulfillment_status: 'approved',
		custom_status: null,
		order_changes: [entry(10, 'accepted', 'approved'), entry(8, 'new', 'accepted')],
	};

	test.each([
		['8', undefined, '8|'],
		['8', '5|new', '8|'],
		['8', '8|accepted', '8|'],
		// What is newer than the row stays.
		['8', '10|approved', '10|approved'],
		['10', '8|', '10|approved'],
		// Of a history that is no more.
		['8', '99|declined', '8|'],
		// The row of the order as it is.
		[undefined, undefined, '10|approved'],
		[undefined, '8|', '10|approved'],
	])('after the row of change %s, and %s before, is %s', async (change, known, remembered) => {
		const shop = {
			pages: async function* () {
				yield { page: [order], next: undefined };
			},
			once: async () => ({ statuses: [], isHidden: false }),
		} as unknown as InSalesShop;
		const stream = statusStream();
		const since = cursorBefore(NOW);
		const rows = await stream.list(shop, since, 200, since);
		const row = rows.find(({ data }) => data.change === change) as FeedRow;
		await stream.resolve(shop, [row], {
			trackedValues: known === undefined ? {} : { 80001: known },
			since,
			overdue: new Set(),
			choice: { simplify: false, values: {} },
		});
		expect(stream.track?.(row)).toBe(remembered);
	});
});

describe('whether a record is new', () => {
	const order = { id: 80_001, created_at: stamp(0), updated_at: stamp(60_000) };
	const since = cursorAtStamp({ id: '80001', stamp: stamp(0) });
	const tell = (trackedValues: Record<string, string>, cursor: number) =>
		isNew(
			order,
			{ key: '', cursor: 0, recordId: '80001', stamp: '', data: { at: 'then' } },
			{ trackedValues, since: cursor, overdue: new Set(), choice: { simplify: true, values: {} } },
		);

	test('it is when it was placed behind everything handled, and only then', () => {
		expect(tell({}, since - 1)).toBe(true);
		expect(tell({}, since)).toBe(false);
	});

	test('it is not when it was seen, unless another had its number', () => {
		expect(tell({ 80001: 'then' }, since - 1)).toBe(false);
		expect(tell({ 80001: 'before' }, since - 1)).toBe(true);
		expect(tell({ 80002: 'then' }, since - 1)).toBe(true);
	});
});

describe('the contents that are told apart', () => {
	const order: InSalesRecord = {
		id: 80_001,
		updated_at: stamp(0),
		comment: null,
		total_price: '100.0',
		client: { id: 1, name: 'Анна' },
		shipping_address: { name: 'Анна', city: 'Москва', full_locality_name: 'г Москва' },
		order_lines: [
			{ id: 1, quantity: 1, sale_price: 50, comment: null, created_at: stamp(0) },
			{ id: 2, quantity: 2, sale_price: 25, comment: null, created_at: stamp(0) },
		],
		fields_values: [{ id: 3, value: 'x' }],
		discounts: [{ id: 4, amount: '5' }],
		order_changes: [{ id: 7, created_at: precise(0), action: 'order_created' }],
	};
	const product: InSalesRecord = {
		id: 501,
		updated_at: stamp(0),
		title: 'Кружка',
		variants: [
			{ id: 1, price: 10, quantity: 5, created_at: stamp(0) },
			{ id: 2, price: 20, quantity: 0, created_at: stamp(0) },
		],
		images: [{ id: 1, position: 1, original_url: null }],
		properties: [{ id: 1, title: 'Цвет' }],
		characteristics: [{ id: 2, title: 'Красный' }],
		product_field_values: [{ id: 1, value: 'x' }],
		collections_ids: [1, 20, 3],
	};
	const [first, second] = order.order_lines as InSalesRecord[];
	const [small, large] = product.variants as InSalesRecord[];

	test.each<[string, InSalesRecord]>([
		['its time', { updated_at: stamp(1_000) }],
		['a comment', { comment: 'Позвонить' }],
		['the total', { total_price: '101.0' }],
		['the address', { shipping_address: { name: 'Анна', city: 'Тверь' } }],
		['the second line', { order_lines: [first ?? {}, { ...second, quantity: 3 }] }],
		['a line less', { order_lines: [first ?? {}] }],
		['the comment of a line', { order_lines: [{ ...first, comment: 'x' }, second ?? {}] }],
		['an extra field', { fields_values: [{ id: 3, value: 'y' }] }],
		['a discount', { discounts: [{ id: 4, amount: '6' }] }],
		[
			'an entry of the history',
			{ order_changes: [{ id: 8, created_at: precise(0), action: 'x' }, ...changesOf(order)] },
		],
	])('of an order: %s', (_, edit) => {
		expect(orderContentHash({ ...order, ...edit })).not.toBe(orderContentHash(order));
	});

	test.each<[string, InSalesRecord]>([
		['the order of its lines', { order_lines: [second ?? {}, first ?? {}] }],
		['its client', { client: { id: 1, name: 'Анна Петровна' } }],
	])('not of an order: %s', (_, edit) => {
		expect(orderContentHash({ ...order, ...edit })).toBe(orderContentHash(order));
	});

	test.each<[string, InSalesRecord]>([
		['its time', { updated_at: stamp(1_000) }],
		['the title', { title: 'Чашка' }],
		['a price of the second variant', { variants: [small ?? {}, { ...large, price: 21 }] }],
		['a stock', { variants: [{ ...small, quantity: 4 }, large ?? {}] }],
		['a picture', { images: [] }],
		['the place of a picture', { images: [{ id: 1, position: 2 }] }],
		['a property', { properties: [{ id: 1, title: 'Размер' }] }],
		['a characteristic', { characteristics: [{ id: 3, title: 'Синий' }] }],
		['an extra field', { product_field_values: [{ id: 1, value: 'y' }] }],
		['a collection', { collections_ids: [1, 20] }],
	])('of a product: %s', (_, edit) => {
		expect(productContentHash({ ...product, ...edit })).not.toBe(productContentHash(product));
	});

	test.each<[string, InSalesRecord]>([
		['the order of its variants', { variants: [large ?? {}, small ?? {}] }],
		['the order of its collections', { collections_ids: [20, 3, 1] }],
		['the address of a picture', { images: [{ id: 1, position: 1, original_url: 'x' }] }],
	])('not of a product: %s', (_, edit) => {
		expect(productContentHash({ ...product, ...edit })).toBe(productContentHash(product));
	});

	function changesOf({ order_changes: changes }: InSalesRecord): InSalesRecord[] {
		return changes as InSalesRecord[];
	}
});
