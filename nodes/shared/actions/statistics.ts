import type { IDataObject } from 'n8n-workflow';

import { optionsField } from './fields';
import { field } from './operation';
import { statisticsOf } from '../output/statistics';
import type { GroupBy, OrdersRead, StatisticsRow } from '../output/statistics';
import { InputError } from '../protocol/errors';
import { isWithin, periodOf } from '../text/period';
import type { Period } from '../text/period';
import { isTimeZone, localToIso, userDateToLocal } from '../text/time';

const period = field({
	displayName: 'Period',
	name: 'period',
	type: 'options',
	default: 'last 7 days',
	description: 'When the orders were placed, in whole days',
	options: [
		{ name: 'Custom', value: 'custom' },
		{ name: 'Last 30 Days', value: 'last 30 days', description: 'Today among them' },
		{ name: 'Last 7 Days', value: 'last 7 days', description: 'Today among them' },
		{ name: 'Last Month', value: 'last month' },
		{ name: 'This Month', value: 'this month' },
		{ name: 'Today', value: 'today' },
		{ name: 'Yesterday', value: 'yesterday' },
	],
});

const createdAfter = field({
	displayName: 'Created After',
	name: 'createdAfter',
	type: 'dateTime',
	default: '',
	displayOptions: { show: { period: ['custom'] } },
	description: 'On or after this time. A time without an offset is that of the time zone.',
});

const createdBefore = field({
	displayName: 'Created Before',
	name: 'createdBefore',
	type: 'dateTime',
	default: '',
	displayOptions: { show: { period: ['custom'] } },
	description: 'Before this time; empty: until now',
});

const groupBy = field({
	displayName: 'Group By',
	name: 'groupBy',
	type: 'options',
	default: 'none',
	description: 'What to return an item for, in each currency',
	options: [
		{ name: 'Day', value: 'day' },
		{ name: 'Nothing', value: 'none', description: 'One item for the whole period' },
		{ name: 'Product', value: 'product', description: 'The best sellers first' },
		{ name: 'Status', value: 'status' },
	],
});

const options = optionsField([
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Warsaw',
		description: 'Where days begin. Empty: in the shop, or in UTC if it does not tell.',
	},
]);

/** The fields of *Get Statistics*, the same on every shop. */
export const statisticsFields = [period, createdAfter, createdBefore, groupBy, options] as const;

/** What the fields hold. */
export interface StatisticsInput {
	period: string;
	createdAfter: string;
	createdBefore: string;
	groupBy: string;
	options: { timeZone?: string };
}

/** What statistics need of a shop. */
export interface StatisticsSource {
	/** IANA zone of the shop's clock, when it is known. */
	zone(): Promise<string | undefined>;
	read(period: Period, withLines: boolean): Promise<OrdersRead>;
}

/** Orders of a period in numbers: an item for each group and currency. Throws `InputError`. */
export async function statisticsItems(
	input: StatisticsInput,
	{ zone: shopZone, read }: StatisticsSource,
): Promise<IDataObject[]> {
	const wanted = input.options.timeZone ?? '';
	if (wanted !== '' && !isTimeZone(wanted)) {
		throw new InputError(`"Time Zone" is "${wanted}".`, 'Enter a name such as Europe/Warsaw.');
	}
	const zone = wanted === '' ? ((await shopZone()) ?? 'UTC') : wanted;
	const span = spanOf(input, zone);
	const by = input.groupBy as GroupBy;
	const { orders, partial } = await read(span, by === 'product');
	// Some shops can only narrow a period down.
	const fitting = orders.filter(({ createdAt }) => isWithin(createdAt, span, zone));
	const found = statisticsOf(fitting, by, zone);
	const rows = found.length === 0 && by === 'none' ? [NO_ORDERS] : found;
	return rows.map((row) => ({
		from: span.from ?? null,
		before: span.before ?? null,
		...row,
		...(partial !== undefined && { partial }),
	}));
}

const NO_ORDERS: StatisticsRow = {
	group: null,
	name: null,
	currency: null,
	orders: 0,
	revenue: 0,
	paidRevenue: 0,
	average: null,
	notCounted: 0,
};

function spanOf(
	{ period: word, createdAfter: after, createdBefore: before }: StatisticsInput,
	zone: string,
): Period {
	if (word !== 'custom') return periodOf(word, undefined, zone, Date.now());
	const from = instant('Created After', after, zone);
	const until = instant('Created Before', before, zone);
	if (from === undefined) throw new InputError('"Created After" is empty.', 'Enter a time.');
	if (until !== undefined && Date.parse(until) <= Date.parse(from)) {
		throw new InputError('"Created After" is not before "Created Before".', 'Swap the two times.');
	}
	return { from, ...(until !== undefined && { before: until }) };
}

function instant(label: string, text: string, zone: string): string | undefined {
	if (text === '') return undefined;
	const local = userDateToLocal(text, zone);
	const iso = local === undefined ? null : localToIso(local, zone);
	if (iso !== null) return iso;
	throw new InputError(
		`"${label}" is "${text}".`,
		'Enter a time such as 2026-01-31T08:00:00+01:00.',
	);
}
