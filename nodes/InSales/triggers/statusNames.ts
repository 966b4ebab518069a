import { textOrNull } from '../../shared/output/orderShape';
import type { SimplifiedStatus } from '../../shared/output/orderShape';
import { chosenStatuses } from '../../shared/polling/chosenStatuses';
import type { KnownStatuses } from '../../shared/polling/chosenStatuses';
import type { TriggerChoice } from '../../shared/polling/stream';
import { sameText } from '../../shared/text/sameText';
import { isRecord } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import {
	SYSTEM_PREFIX,
	SYSTEM_STATUSES,
	knownStatuses,
	phaseOf,
	statusOf,
	systemTitle,
} from '../orders/statuses';
import type { ShopStatuses, Status } from '../orders/statuses';
import type { InSalesShop } from '../api/reads';
import { textOf } from './orderHistory';
import type { OrderChange } from './orderHistory';

/** A status of an order before or after a change. */
export interface NamedStatus {
	status: SimplifiedStatus;
	system: string | undefined;
	/** Custom statuses it may be, when the history names only the system status. */
	candidates: readonly string[];
}

/** The statuses of the shop, for naming. Read once per poll, and only when there is an event. */
export async function shopStatuses(shop: InSalesShop): Promise<readonly Status[]> {
	return (await statusesOnce(shop)).statuses;
}

async function statusesOnce(shop: InSalesShop): Promise<ShopStatuses> {
	return await shop.once('status names', async () => await knownStatuses(shop));
}

/** The status an order has now. */
export function currentStatus(order: InSalesRecord): NamedStatus | undefined {
	const status = statusOf(order);
	const system = textOrNull(order.fulfillment_status) ?? undefined;
	return status === null ? undefined : { status, system, candidates: [] };
}

/** The status with this ID (a permalink, or a system status), as far as it is known. */
export function statusById(id: string, statuses: readonly Status[]): NamedStatus {
	const custom = statuses.find(({ permalink }) => permalink === id);
	return custom ? named(custom) : systemStatus(id);
}

function named({ permalink, title, system }: Status): NamedStatus {
	const id = permalink ?? system ?? '';
	return { status: { id, name: title, phase: phaseOf(system) }, system, candidates: [] };
}

function systemStatus(system: string, candidates: readonly string[] = []): NamedStatus {
	const status = { id: system, name: systemTitle(system), phase: phaseOf(system) };
	return { status, system, candidates };
}

/**
 * The status that one side of a change names. The history has the system status where that changed
 * (InSales API reference, 6.3); which of its custom statuses it was is told by what else is known of
 * the order (`hints`: IDs), by being the only one, or by its title in the text of the entry.
 */
export function statusNamedBy(
	change: OrderChange,
	side: 'was' | 'is',
	statuses: readonly Status[],
	hints: ReadonlyArray<string | undefined>,
): NamedStatus | undefined {
	const value = textOf(change[side]);
	if (value === '') return undefined;
	const ofSystem = statuses.filter(({ system }) => system === value);
	const isSystem = ofSystem.length > 0 || systemTitle(value) !== null;
	const byName = statuses.find(
		({ permalink, title }) => permalink === value || sameText(title, value),
	);
	if (byName && !(isSystem && /fulfil/i.test(change.action))) return named(byName);
	if (!isSystem) {
		const title = isRecord(change[side]) ? textOrNull(change[side].title) : null;
		return {
			status: { id: value, name: title, phase: 'unknown' },
			system: undefined,
			candidates: [],
		};
	}
	const hinted = ofSystem.find(
		({ permalink }) => permalink !== undefined && hints.includes(permalink),
	);
	const titled = ofSystem.filter(({ title }) => title !== '' && change.description.includes(title));
	const [only] = ofSystem.length === 1 ? ofSystem : titled;
	const sure = hinted ?? (ofSystem.length === 1 || titled.length === 1 ? only : undefined);
	if (sure) return named(sure);
	return systemStatus(
		value,
		ofSystem.flatMap(({ permalink }) => permalink ?? []),
	);
}

/**
 * What the statuses named on the trigger go by: a permalink, or a system status with its prefix;
 * `undefined` for any. Throws `InputError` for one that the shop does not have.
 */
export async function wantedStatuses(
	shop: InSalesShop,
	choice: TriggerChoice,
): Promise<ReadonlySet<string> | undefined> {
	return await chosenStatuses(choice, async () => toKnown(await statusesOnce(shop)));
}

/** The statuses of the shop as a trigger's filter may name them. */
export function toKnown({ statuses, isHidden }: ShopStatuses): KnownStatuses {
	const custom = statuses.flatMap(({ permalink, title }) =>
		permalink === undefined ? [] : { ids: [permalink], names: [title] },
	);
	// Custom statuses are often called like the system ones; a text means the custom one then.
	const systems = SYSTEM_STATUSES.map((system) => ({
		ids: [
			`${SYSTEM_PREFIX}${system}`,
			...(custom.some(({ ids }) => ids.includes(system)) ? [] : [system]),
		],
		names: custom.length > 0 ? [] : [systemTitle(system) ?? system],
	}));
	// For several clients a permalink alone is enough (InSales API reference, 5.10).
	const hidden = { isId: () => true, fix: '' };
	return { statuses: [...custom, ...systems], ...(isHidden && { hidden }) };
}

/** Whether a status is among the wanted ones. One that may be a wanted one is wanted. */
export function isWantedStatus(
	{ status, system, candidates }: NamedStatus,
	wanted: ReadonlySet<string> | undefined,
): boolean {
	const ids = [status.id, ...candidates, `${SYSTEM_PREFIX}${system ?? ''}`];
	return wanted === undefined || ids.some((id) => wanted.has(id));
}
