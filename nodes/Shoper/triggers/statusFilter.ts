/** Which statuses the user wants to hear of: named by ID, or by their name in any language. */
import { InputError } from '../../shared/protocol/errors';
import type { TriggerChoice } from '../../shared/polling/stream';
import { statusNamed } from '../orders/statuses';
import type { ShoperShop } from '../api/reads';
import { statusesOf } from './orderEvents';

function chosen({ values }: TriggerChoice): string[] {
	return ((values.statusIds ?? []) as unknown[]).map((each) => String(each).trim());
}

const isId = (text: string) => /^\d+$/.test(text);

/**
 * IDs of the wanted statuses; `undefined` for any. IDs are taken at their word here, so that only names
 * cost a request; `checkStatuses` looks whether they exist.
 */
export async function wantedStatuses(
	shop: ShoperShop,
	choice: TriggerChoice,
): Promise<ReadonlySet<string> | undefined> {
	const wanted = chosen(choice);
	if (wanted.length === 0) return undefined;
	const ids = wanted.map(async (each) =>
		isId(each) ? String(Number(each)) : await idOf(shop, each),
	);
	return new Set(await Promise.all(ids));
}

async function idOf(shop: ShoperShop, name: string): Promise<string> {
	if (!(await statusesOf(shop))) {
		throw new InputError(
			`The access may not see the statuses of the shop, so "${name}" cannot be found by its name.`,
			'Choose the status by its ID, or allow reading order statuses.',
		);
	}
	return String((await statusNamed(shop, { mode: 'name', value: name }, 'all')).status_id);
}

/** Refuses statuses that the shop does not have. Throws `InputError` with those it has. */
export async function checkStatuses(shop: ShoperShop, choice: TriggerChoice): Promise<void> {
	const wanted = await wantedStatuses(shop, choice);
	if (!wanted || !(await statusesOf(shop))) return;
	for (const value of wanted) await statusNamed(shop, { mode: 'id', value }, 'all');
}
