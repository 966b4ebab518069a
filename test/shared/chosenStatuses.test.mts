/** Which statuses a trigger is confined to: by ID or name, and what is said of one that cannot come. */
import { chosenStatuses } from '../../nodes/shared/polling/chosenStatuses.ts';
import type { KnownStatuses } from '../../nodes/shared/polling/chosenStatuses.ts';
import type { InputError } from '../../nodes/shared/protocol/errors.ts';

const statuses = [
	{ ids: ['1', 'new'], names: ['Nowe', 'New'] },
	{ ids: ['2'], names: ['Wysłane', 'Shipped'] },
	{ ids: ['3'], names: ['shipped '] },
	{ ids: ['4'], names: ['Stare'], isDeleted: true },
];
const hidden = { isId: (text: string) => /^\d+$/.test(text), fix: 'Name it by its ID.' };

async function chosen(statusIds: unknown[], known: KnownStatuses = { statuses }) {
	const choice = { simplify: true, values: { statusIds } };
	return [...((await chosenStatuses(choice, async () => known)) ?? ['any'])];
}

test('without a status named, any is wanted and nothing is asked', async () => {
	const load = async () => await Promise.reject(new Error('asked'));
	expect(await chosenStatuses({ simplify: true, values: {} }, load)).toBeUndefined();
});

test('IDs and names in any language lead to the ID that events have', async () => {
	expect(await chosen([' 2 ', 'nowe', 'new', 3])).toEqual(['2', '1', '3']);
});

test.each([
	[
		'Lost',
		/names "Lost", which the shop does not have\. Choose from: 1 Nowe, 2 Wysłane, 3 shipped\./,
	],
	['stare', /names "stare", which was deleted in the shop\. Choose from: 1 Nowe/],
	[
		'SHIPPED',
		/names several statuses of the shop at once: "SHIPPED"\. Choose from: 2 Wysłane, 3 shipped/,
	],
	['', /holds an empty value\. Choose from/],
])('"%s" is refused with what there is', async (named, message) => {
	const told = await chosen([named]).catch((error: InputError) => `${error.message} ${error.fix}`);
	expect(told).toMatch(message);
});

describe('for a key that may not see all statuses', () => {
	test('an ID is taken at its word, a known name is found', async () => {
		expect(await chosen(['17', 'Nowe'], { statuses, hidden })).toEqual(['17', '1']);
	});

	test('a name is refused with the way to name it', async () => {
		await expect(chosen(['Lost'], { statuses: [], hidden })).rejects.toMatchObject({
			message: expect.stringContaining('may not see the statuses') as string,
			fix: 'Name it by its ID.',
		});
	});

	test('an empty value is no ID', async () => {
		const lenient = { ...hidden, isId: () => true };
		await expect(chosen([''], { statuses, hidden: lenient })).rejects.toThrow(
			'holds an empty value',
		);
	});
});
