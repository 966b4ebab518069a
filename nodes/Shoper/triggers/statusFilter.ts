/** Which statuses the user wants to hear of: named by ID, or by their name in any language. */
import { chosenStatuses } from '../../shared/polling/chosenStatuses';
import type { KnownStatuses } from '../../shared/polling/chosenStatuses';
import type { TriggerChoice } from '../../shared/polling/stream';
import type { ShoperShop } from '../api/reads';
import { everyTranslation } from '../api/translations';
import { statusesOf } from './orderEvents';

/** IDs of the wanted statuses; `undefined` for any. Throws `InputError` for one the shop does not have. */
export async function wantedStatuses(
	shop: ShoperShop,
	choice: TriggerChoice,
): Promise<ReadonlySet<string> | undefined> {
	return await chosenStatuses(choice, async () => await knownStatuses(shop));
}

async function knownStatuses(shop: ShoperShop): Promise<KnownStatuses> {
	const statuses = await statusesOf(shop);
	if (!statuses) {
		const fix = 'Choose the status by its ID, or allow reading order statuses.';
		return { statuses: [], hidden: { isId: (text) => /^\d+$/.test(text), fix } };
	}
	return {
		statuses: [...statuses].map(([id, status]) => ({
			ids: [id],
			names: everyTranslation(status, 'name'),
		})),
	};
}
