import type { TriggerChoice } from './stream';
import { InputError } from '../protocol/errors';
import { sameText } from '../text/sameText';

/** A status that a trigger can be confined to, as the shop knows it. */
export interface StatusChoice {
	/** What it may be called by besides its names; the first is what events are compared with. */
	ids: readonly string[];
	/** In any language. */
	names: readonly string[];
	/** No order can get it any more. */
	isDeleted?: boolean;
}

/** The statuses that a trigger can be confined to, as far as the key may see them. */
export interface KnownStatuses {
	statuses: readonly StatusChoice[];
	/** Present when the shop has more of them, which the key may not see. */
	hidden?: {
		/** Whether a text may be an ID of one, and is taken at its word. */
		isId(text: string): boolean;
		/** How to name a status all the same, and the right that is missing. */
		fix: string;
	};
}

/**
 * The IDs of the statuses named on the trigger, by ID or name; `undefined` for any, which costs no
 * request.
 *
 * @param load asks the shop; called only when there is a status to look up
 * @throws InputError for one that is unknown, deleted or empty, with the statuses there are: a trigger
 * that waits for a status no order can get would be silent for ever
 */
export async function chosenStatuses(
	{ values }: TriggerChoice,
	load: () => Promise<KnownStatuses>,
): Promise<ReadonlySet<string> | undefined> {
	const named = ((values.statusIds ?? []) as unknown[]).map((each) => String(each).trim());
	if (named.length === 0) return undefined;
	const known = await load();
	return new Set(named.map((value) => idOf(value, known)));
}

function idOf(value: string, { statuses, hidden }: KnownStatuses): string {
	const byId = ({ ids }: StatusChoice) => ids.includes(value);
	const byName = ({ names }: StatusChoice) =>
		value !== '' && names.some((name) => sameText(name, value));
	const live = statuses.filter(({ isDeleted }) => !isDeleted);
	const found = live.filter(byId);
	const hits = found.length > 0 ? found : live.filter(byName);
	const [hit, ...others] = hits;
	if (hit && others.length === 0) return hit.ids[0] ?? value;
	if (!hit && value !== '' && hidden?.isId(value)) return value;
	const list = (hit ? hits : live).map(({ ids, names }) =>
		`${ids[0] ?? ''} ${names[0] ?? ''}`.trim(),
	);
	const wasDeleted = statuses.some((status) => byId(status) || byName(status));
	const what = hit
		? `names several statuses of the shop at once: "${value}"`
		: value === ''
			? 'holds an empty value'
			: hidden
				? `names "${value}", but the key may not see the statuses of the shop`
				: wasDeleted
					? `names "${value}", which was deleted in the shop`
					: `names "${value}", which the shop does not have`;
	const choose = `Choose from: ${list.join(', ')}. Without any, every status counts.`;
	throw new InputError(
		`"New Status Names or IDs" ${what}.`,
		hidden && !hit && value !== '' ? hidden.fix : choose,
	);
}
