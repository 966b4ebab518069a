import { InputError, NotFoundError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import type { Phase, SimplifiedStatus } from '../../shared/output/orderShape';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import { anew } from '../../shared/reading/records';
import type { ShoperRecord } from '../api/codec';
import { allOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { everyTranslation, translated } from '../api/translations';

/** Types of statuses (Shoper REST reference 6.4). */
export const STATUS_TYPES = { new: '1', processing: '2', closed: '3', notCompleted: '4' } as const;

/** What type 4 mixes, told apart by the words shops use (section 9). Polish and English. */
const RETURNED = /zwr[oó]|return|refund/i;
const FAILED = /błąd|bł[aą]d|error|fail/i;

/** A closed order is shipped, unless its status says that it has arrived. */
const DELIVERED = /dostarczon|doręczon|odebran|deliver(ed|y confirmed)|picked up|collected/i;

/** What a status means. */
export function phaseOf(status: ShoperRecord): Phase {
	const names = everyTranslation(status, 'name').join(' | ');
	switch (String(status.type)) {
		case STATUS_TYPES.new:
			return 'new';
		case STATUS_TYPES.processing:
			return 'processing';
		case STATUS_TYPES.closed:
			return DELIVERED.test(names) ? 'delivered' : 'shipped';
		case STATUS_TYPES.notCompleted:
			if (RETURNED.test(names)) return 'returned';
			return FAILED.test(names) ? 'error' : 'cancelled';
		default:
			return 'unknown';
	}
}

/** A status by ID; without its record only the ID is known. */
export function simplifyStatus(
	id: string,
	status: ShoperRecord | undefined,
	locale: string | undefined,
): SimplifiedStatus {
	if (!status) return { id, name: null, phase: 'unknown' };
	return { id, name: translated(status, 'name', locale), phase: phaseOf(status) };
}

/** Whether the shop mails the buyer when an order gets this status. */
export function sendsMail(status: ShoperRecord): boolean {
	return isOn(status.email_change);
}

export function isActive(status: ShoperRecord): boolean {
	return status.active === undefined || isOn(status.active);
}

/** Flags come as `"1"`, `1` or `true`. */
export function isOn(flag: unknown): boolean {
	return flag === true || String(flag) === '1';
}

/**
 * The status a locator names, by ID or by its name in any language. Only active ones: the panel does
 * not offer the others either. Throws `InputError` with the shop's statuses.
 */
export async function statusNamed(
	shop: ShoperShop,
	{ mode, value }: Locator,
	among: 'active' | 'all' = 'active',
): Promise<ShoperRecord> {
	const statuses = [...(await allOf(shop, 'statuses', anew)).values()];
	const offered = statuses.filter((status) => among === 'all' || isActive(status));
	const id = mode === 'name' ? '' : recordId(value, 'Status');
	const hits =
		mode === 'name'
			? offered.filter((status) =>
					everyTranslation(status, 'name').some((name) => sameText(name, value)),
				)
			: offered.filter(({ status_id }) => String(status_id) === id);
	const [status, ...others] = hits;
	if (status && others.length === 0) return status;
	const choice = (status ? hits : offered).map(
		(each) => `${String(each.status_id)} ${translated(each, 'name') ?? ''}`,
	);
	const isOff =
		!status && mode !== 'name' && statuses.some((each) => String(each.status_id) === id);
	const fix = `Choose one of: ${choice.join(', ')}.`;
	if (status) throw new InputError(`Several statuses of the shop are called "${value}".`, fix);
	if (isOff) throw new InputError(`The status "${value}" is switched off in the shop.`, fix);
	const named = mode === 'name' ? 'called' : 'with the ID';
	throw new NotFoundError(`The shop has no status ${named} "${value}".`, fix);
}
