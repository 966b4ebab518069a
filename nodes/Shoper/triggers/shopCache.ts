import { MINUTE } from '../../shared/polling/wallClock';
import { settled } from '../../shared/protocol/settled';
import { isUnknownField, zoneOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { is, meets } from '../api/conditions';
import { listing } from '../api/query';

/** How long something about a shop that hardly ever changes is believed, in milliseconds. */
const KEPT_MS = 60 * MINUTE;

/** What this process knows about shops, so that an idle poll need not ask. */
class Remembered<T> {
	private readonly facts = new Map<string, { value: T; at: number }>();

	constructor(private readonly load: (shop: ShoperShop) => Promise<T>) {}

	async of(shop: ShoperShop): Promise<T> {
		const now = Date.now();
		// Either way round, because clocks are set back too.
		for (const [key, { at }] of this.facts) {
			if (Math.abs(now - at) >= KEPT_MS) this.facts.delete(key);
		}
		const key = `${shop.address.url} ${shop.address.account ?? ''}`;
		const known = this.facts.get(key);
		if (known) return known.value;
		const value = await this.load(shop);
		this.facts.set(key, { value, at: now });
		return value;
	}
}

const zones = new Remembered(async (shop) => await zoneOf(shop));

/** The IANA zone of the shop's clock, as of the last hour; `undefined` when the shop does not tell. */
export async function knownZone(shop: ShoperShop): Promise<string | undefined> {
	return await zones.of(shop);
}

const paidFilters = new Remembered(async (shop) => {
	const [paid, unpaid] = await Promise.all([probe(shop, true), probe(shop, false)]);
	// One that finds no paid order at all may have misunderstood the question.
	return paid === 'obeyed' && (unpaid === 'obeyed' || unpaid === 'nothing');
});

/**
 * Whether orders can be filtered by `is_paid`, as of the last hour. It is documented and not
 * confirmed (Shoper REST reference 3.2): a shop may refuse it with 404, ignore it, or misread the
 * value. Two small requests an hour; two answers that contradict the filter cannot both be by chance,
 * because a shop that ignores it gives the same order twice.
 */
export async function filtersByPaid(shop: ShoperShop): Promise<boolean> {
	return await paidFilters.of(shop);
}

async function probe(
	shop: ShoperShop,
	paid: boolean,
): Promise<'obeyed' | 'ignored' | 'refused' | 'nothing'> {
	const where = [is('is_paid', paid)];
	const { first } = listing({ resource: 'orders', where, order: 'newest', limit: 1 });
	const result = await settled(async () => await shop.records(first));
	if (!result.ok) {
		if (isUnknownField(result.error)) return 'refused';
		throw result.error;
	}
	const [order] = result.value;
	if (!order) return 'nothing';
	// An order that does not show the field says nothing about the filter.
	return order.is_paid !== undefined && meets(where)(order) ? 'obeyed' : 'ignored';
}
