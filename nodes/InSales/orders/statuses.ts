import { InputError, ShopError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { textOrNull } from '../../shared/output/orderShape';
import type { Phase, SimplifiedStatus } from '../../shared/output/orderShape';
import { settled } from '../../shared/protocol/settled';
import { isDenied, isNotFound } from '../../shared/reading/permissions';
import { sameText } from '../../shared/text/sameText';
import { anew } from '../../shared/reading/records';
import { isRecord } from '../api/codec';
import type { InSalesRecord, Json } from '../api/codec';
import { allOf } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { tickRight } from '../api/rights';

/** A status an order can get: a custom one with the system status it belongs to, or a system status alone. */
export interface Status {
	/** Permalink of the custom status; a system status alone has none. */
	permalink: string | undefined;
	title: string;
	/** System status; `undefined` while nobody knows it. */
	system: string | undefined;
}

/** The seven system statuses and what they mean on every shop (InSales API reference, 6.1). */
const SYSTEM: Readonly<Record<string, { title: string; phase: Phase }>> = {
	new: { title: 'Новый', phase: 'new' },
	accepted: { title: 'В обработке', phase: 'processing' },
	approved: { title: 'Согласован', phase: 'processing' },
	dispatched: { title: 'Отгружен', phase: 'shipped' },
	delivered: { title: 'Доставлен', phase: 'delivered' },
	declined: { title: 'Отменён', phase: 'cancelled' },
	returned: { title: 'Возврат', phase: 'returned' },
};

/** Values of `fulfillment_status`. */
export const SYSTEM_STATUSES: readonly string[] = Object.keys(SYSTEM);

/** Marks a system status among the choices of a filter: a permalink may be spelt the same. */
export const SYSTEM_PREFIX = 'system:';

/** What InSales itself calls a system status; `null` when there is no such. */
export function systemTitle(system: string): string | null {
	return SYSTEM[system]?.title ?? null;
}

/** What a system status means; the list is open (section 6.1). */
export function phaseOf(system: unknown): Phase {
	return SYSTEM[String(system)]?.phase ?? 'unknown';
}

/** The status of an order. */
export function statusOf(order: InSalesRecord): SimplifiedStatus | null {
	const custom = isRecord(order.custom_status) ? order.custom_status : {};
	const id = textOrNull(custom.permalink) ?? textOrNull(order.fulfillment_status);
	if (id === null) return null;
	const name = textOrNull(custom.title) ?? SYSTEM[id]?.title ?? null;
	return { id, name, phase: phaseOf(order.fulfillment_status) };
}

/**
 * The custom statuses of the shop in their order; `undefined` when the shop has none or the key may not see
 * them: then the system statuses stand in (section 6.2). Read for choosing and naming, never in a poll that
 * finds nothing.
 */
export async function customStatuses(shop: InSalesShop): Promise<InSalesRecord[] | undefined> {
	const read = await readStatuses(shop);
	return typeof read === 'string' ? undefined : read;
}

/** `hidden`: the key has no right to see them; `none`: the shop or its plan has no such thing. */
async function readStatuses(shop: InSalesShop): Promise<InSalesRecord[] | 'hidden' | 'none'> {
	const result = await settled(async () => await allOf(shop, 'custom_statuses', anew));
	if (!result.ok) {
		const { error } = result;
		if (isNotFound(error)) return 'none';
		if (!isDenied(error)) throw error;
		return error instanceof ShopError && error.failure.code === 'PLAN' ? 'none' : 'hidden';
	}
	const rows = [...result.value.values()];
	return rows.sort((a, b) => Number(a.position ?? 0) - Number(b.position ?? 0));
}

/** Statuses to choose from: the custom ones of the shop, or the system ones where it has none. */
export async function statusChoices(shop: InSalesShop): Promise<Status[]> {
	return (await knownStatuses(shop)).statuses;
}

/** Statuses to choose from. */
export interface ShopStatuses {
	statuses: Status[];
	/** The shop may have custom ones, which the key may not see: these are the system ones. */
	isHidden: boolean;
}

/** Statuses to choose from, and whether there may be others. */
export async function knownStatuses(shop: InSalesShop): Promise<ShopStatuses> {
	const read = await readStatuses(shop);
	const statuses = choicesOf(typeof read === 'string' ? undefined : read);
	return { statuses, isHidden: read === 'hidden' };
}

function choicesOf(rows: readonly InSalesRecord[] | undefined): Status[] {
	if (rows === undefined || rows.length === 0) {
		return SYSTEM_STATUSES.map((system) => ({
			permalink: undefined,
			title: SYSTEM[system]?.title ?? system,
			system,
		}));
	}
	return rows.map((row) => ({
		permalink: String(row.permalink ?? ''),
		title: String(row.title ?? row.permalink ?? ''),
		system: typeof row.system_status === 'string' ? row.system_status : undefined,
	}));
}

/** A text that is a system status means that one; the shop's own permalinks are often called the same. */
export function statusLocator(status: string): Locator {
	return { mode: SYSTEM_STATUSES.includes(status) ? 'system' : 'id', value: status };
}

/**
 * The status a locator names: a permalink (or, where there are no custom statuses, a system status), a
 * title, or expressly a system status. A permalink that the key may not look up is taken at its word.
 * Throws `InputError` with the shop's statuses.
 */
export async function statusNamed(shop: InSalesShop, { mode, value }: Locator): Promise<Status> {
	if (mode === 'system') return systemStatus(value);
	const { statuses: choices, isHidden } = await knownStatuses(shop);
	const keyOf = ({ permalink, system }: Status) => permalink ?? system ?? '';
	const hits =
		mode === 'name'
			? choices.filter(({ title }) => sameText(title, value))
			: choices.filter((status) => keyOf(status) === value);
	const [status, ...others] = hits;
	if (status && others.length === 0) return status;
	if (isHidden) return unseenStatus(mode, value);
	const list = (status ? hits : choices).map((each) => `${keyOf(each)} (${each.title})`);
	throw new InputError(
		status
			? `Several statuses of the shop are called "${value}".`
			: `The shop has no status "${value}".`,
		`Choose one of: ${list.join(', ')}.`,
	);
}

/** For several clients a permalink alone is enough (InSales API reference, 5.10). */
function unseenStatus(mode: string, value: string): Status {
	if (mode !== 'name') return { permalink: value, title: value, system: undefined };
	throw new InputError(
		`The access key may not see the statuses of the shop, so "${value}" cannot be found by its title.`,
		`Name the status by its permalink. ${tickRight('custom_statuses', 'GET')}`,
	);
}

function systemStatus(value: string): Status {
	const system = value.trim().toLowerCase();
	const known = SYSTEM[system];
	if (known) return { permalink: undefined, title: known.title, system };
	throw new InputError(
		`InSales has no system status "${value}".`,
		`Choose one of: ${SYSTEM_STATUSES.join(', ')}.`,
	);
}

/**
 * What gives an order a status: a permalink together with its system status, because one developer saw a
 * permalink alone not stick (section 5.10).
 */
export function statusFields({ permalink, system }: Status): Record<string, Json> {
	return {
		...(permalink !== undefined && { custom_status_permalink: permalink }),
		...(system !== undefined && { fulfillment_status: system }),
	};
}

/** Whether an order has a status already. */
export function hasStatus(order: InSalesRecord, { permalink, system }: Status): boolean {
	const custom = isRecord(order.custom_status) ? order.custom_status.permalink : undefined;
	const sameSystem = system === undefined || order.fulfillment_status === system;
	return sameSystem && (permalink === undefined || custom === permalink);
}
