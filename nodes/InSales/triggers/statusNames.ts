import { textOrNull } from '../../shared/output/orderShape';
import type { SimplifiedStatus } from '../../shared/output/orderShape';
import type { TriggerChoice } from '../../shared/polling/stream';
import { sameText } from '../../shared/text/sameText';
import { isRecord } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import {
	SYSTEM_PREFIX,
	SYSTEM_STATUSES,
	phaseOf,
	statusChoices,
	statusNamed,
	statusOf,
	systemTitle,
} from '../orders/statuses';
import type { Status } from '../orders/statuses';
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
	return await shop.once('status names', async () => await statusChoices(shop));
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
	const told = ofSystem.filter(({ title }) => title !== '' && change.description.includes(title));
	const [only] = ofSystem.length === 1 ? ofSystem : told;
	const sure = hinted ?? (ofSystem.length === 1 || told.length === 1 ? only : undefined);
	if (sure) return named(sure);
	return systemStatus(
		value,
		ofSystem.flatMap(({ permalink }) => permalink ?? []),
	);
}

function chosenIn(values: TriggerChoice['values']): string[] {
	return ((values.statusIds ?? []) as unknown[]).map((each) => String(each).trim());
}

/** What a status that is chosen by its title goes by; `undefined` when the text is no title. */
function idOfTitle(text: string, statuses: readonly Status[]): string | undefined {
	if (SYSTEM_STATUSES.includes(text) || statuses.some(({ permalink }) => permalink === text)) {
		return undefined;
	}
	const titled = statuses.find(({ title }) => sameText(title, text));
	return titled && (titled.permalink ?? titled.system);
}

/**
 * Refuses statuses that the shop does not have, as far as the key may see them. Throws `InputError`
 * with those it has.
 */
export async function checkStatuses(shop: InSalesShop, { values }: TriggerChoice): Promise<void> {
	for (const value of chosenIn(values)) {
		if (SYSTEM_STATUSES.includes(value)) continue;
		if (value.startsWith(SYSTEM_PREFIX)) {
			await statusNamed(shop, { mode: 'system', value: value.slice(SYSTEM_PREFIX.length) });
			continue;
		}
		const isTitle = idOfTitle(value, await shopStatuses(shop)) !== undefined;
		await statusNamed(shop, { mode: isTitle ? 'name' : 'id', value });
	}
}

/**
 * Whether the user wants changes to this status: named by permalink, title or system status. A status
 * that may be a wanted one is wanted.
 */
export function isWantedStatus(
	{ status, system, candidates }: NamedStatus,
	statuses: readonly Status[],
	{ values }: TriggerChoice,
): boolean {
	const isPermalink = (id: string) => statuses.some(({ permalink }) => permalink === id);
	const wanted = chosenIn(values).map((each) => idOfTitle(each, statuses) ?? each);
	return (
		wanted.length === 0 ||
		wanted.some(
			(id) =>
				id === status.id ||
				candidates.includes(id) ||
				(system !== undefined &&
					(id === `${SYSTEM_PREFIX}${system}` || (id === system && !isPermalink(id)))),
		)
	);
}
