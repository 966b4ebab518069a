import type { TriggerChoice } from './stream';
import { InputError } from '../protocol/errors';

/** A status that a trigger can be confined to, as the shop knows it. */
export interface StatusChoice {
	/** What it may be called by besides its names; the first is what events are compared with. */
	ids: readonly string[];
	/** In any language. */
	names: readonly string[];
	/** No order can get it any more. */
	isDeleted?: boolean;
}

/** The statuses named on the trigger; `undefined` for any. No request is needed for that. */
export function namedStatuses({ values }: TriggerChoice): readonly string[] | undefined {
	const named = ((values.statusIds ?? []) as unknown[]).map((each) => String(each).trim());
	return named.length === 0 ? undefined : named;
}

/**
 * The IDs of the statuses named on the trigger, by ID or name; `undefined` for any.
 *
 * @throws InputError for one that is unknown, deleted or empty, with the statuses there are: a trigger
 * that waits for a status no order can get would be silent for ever
 */
export function chosenStatuses(
	choice: TriggerChoice,
	statuses: readonly StatusChoice[],
): ReadonlySet<string> | undefined {
	const named = namedStatuses(choice);
	if (!named) return undefined;
	const live = statuses.filter(({ isDeleted }) => !isDeleted);
	return new Set(named.map((value) => idOf(value, live, statuses)));
}

function idOf(value: string, live: readonly StatusChoice[], all: readonly StatusChoice[]): string {
	const byId = ({ ids }: StatusChoice) => ids.includes(value);
	const byName = ({ names }: StatusChoice) => names.some((name) => isSame(name, value));
	const found = live.filter(byId);
	const hits = found.length > 0 ? found : live.filter(byName);
	const [hit, ...others] = hits;
	if (hit && others.length === 0) return hit.ids[0] ?? value;
	const list = (hit ? hits : live).map(({ ids, names }) =>
		`${ids[0] ?? ''} ${names[0] ?? ''}`.trim(),
	);
	const what = hit
		? `names several statuses of the shop at once: "${value}"`
		: all.some(byId) || all.some(byName)
			? `names "${value}", which was deleted in the shop`
			: value === ''
				? 'holds an empty value'
				: `names "${value}", which the shop does not have`;
	throw new InputError(
		`"New Status Names or IDs" ${what}.`,
		`Choose from: ${list.join(', ')}. Without any, every status counts.`,
	);
}

function isSame(one: string, other: string): boolean {
	const plain = (text: string) => text.trim().normalize('NFC').toLowerCase();
	return plain(one) === plain(other) && plain(one) !== '';
}
