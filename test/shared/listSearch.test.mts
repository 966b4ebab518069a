/** Pickers and option lists in n8n's own context: pages, and failures that are not hidden. */
import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { slice } from '../../nodes/shared/pickers/listSearch.ts';
import type { Picker } from '../../nodes/shared/pickers/listSearch.ts';
import { SECRET, demoBench, errorOf, inExecution } from '../support/demoVendor.mts';
import type { Row } from '../support/demoVendor.mts';
import { searchList } from '../support/engine.mts';
import { ScriptedServer } from '../support/scriptedServer.mts';
import type { Answer } from '../support/scriptedServer.mts';

const page = (...ids: number[]): Answer => ({ body: JSON.stringify(ids.map((id) => ({ id }))) });

const PAGE = 2;

/** Two entries a page; the next page starts after the last ID. */
const searchRows: Picker<Row> = async (shop, filter, from) => {
	const query = { filter, from: from ?? '' };
	const rows = await shop.records({ method: 'GET', path: ['rows'], query });
	const results = rows.map(({ id }) => ({ name: `Row ${id}`, value: id }));
	return rows.length < PAGE ? { results } : { results, next: String(rows.at(-1)?.id) };
};

let server: ScriptedServer;

beforeAll(async () => {
	server = await new ScriptedServer().start();
});
afterAll(async () => {
	await server.stop();
});

const bench = (shopUrl = server.url) =>
	demoBench(
		{ shopUrl },
		{
			pickers: { searchRows },
			loaders: {
				getRows: async (shop) => {
					const rows = await shop.records({ method: 'GET', path: ['rows'] });
					return rows.map(({ id }) => ({ name: `Row ${id}`, value: id }));
				},
			},
		},
	);

describe('a picker', () => {
	test('shows a page and where the next one starts, until there is none', async () => {
		server.script(page(1, 2), page(3));
		const first = await searchList(bench(), 'searchRows', 'ab');
		expect(first).toEqual({
			results: [
				{ name: 'Row 1', value: 1 },
				{ name: 'Row 2', value: 2 },
			],
			paginationToken: '2',
		});
		const second = await searchList(bench(), 'searchRows', 'ab', String(first.paginationToken));
		expect(second.results).toEqual([{ name: 'Row 3', value: 3 }]);
		expect(second.paginationToken).toBeUndefined();
		expect(server.received.map(({ url }) => url)).toEqual([
			'/api/rows?filter=ab&from=',
			'/api/rows?filter=ab&from=2',
		]);
	});

	test.each([
		['nothing was typed', undefined, ''],
		['blanks were typed', '  ', ''],
		['something was typed with blanks', ' a b ', 'a+b'],
	])('gets a clean text when %s', async (_, typed, filter) => {
		server.script(page());
		expect((await searchList(bench(), 'searchRows', typed)).results).toEqual([]);
		expect(server.received[0]?.url).toBe(`/api/rows?filter=${filter}&from=`);
	});

	test.each<[string, Answer, string]>([
		['a wrong key', { status: 401 }, 'Reason credential 401. Fix credential.'],
		['a missing right', { status: 403 }, 'Reason permission 403. Fix permission.'],
		['an internal error', { status: 500 }, 'Reason server 500. Fix server.'],
	])('passes on %s instead of an empty list', async (_, answer, words) => {
		server.script(answer);
		const error = await errorOf(async () => await searchList(bench(), 'searchRows'));
		expect(error.name).toBe('NodeApiError');
		expect(error.message).toBe(`Load the list from Demo Shop: ${words}`);
		expect(JSON.stringify(error)).not.toContain(SECRET);
	});

	test('passes on a wrong credential', async () => {
		const error = await errorOf(async () => await searchList(bench(''), 'searchRows'));
		expect(error.message).toBe(
			'Load the list from Demo Shop: The shop URL is empty. Enter the address of the shop.',
		);
	});
});

describe('a list of options', () => {
	/** Loads the options as the editor does. */
	const load = async () =>
		await inExecution({ shopUrl: server.url }, async (context) => {
			const loader = bench().node.methods?.loadOptions?.getRows;
			return await loader?.call(context as unknown as ILoadOptionsFunctions);
		});

	test('is loaded', async () => {
		server.script(page(1, 2));
		expect(await load()).toEqual([
			{ name: 'Row 1', value: 1 },
			{ name: 'Row 2', value: 2 },
		]);
	});

	test('passes failures on instead of an empty list', async () => {
		server.script({ status: 403 });
		expect((await errorOf(load)).message).toBe(
			'Load the list from Demo Shop: Reason permission 403. Fix permission.',
		);
	});
});

test('of entries that are all known, what was typed exactly comes first', () => {
	const others = Array.from({ length: 60 }, (_, at) => ({
		name: `Item (1${at})`,
		value: `1${at}`,
	}));
	const exact = { name: 'Red · A1 · #1', value: '1' };
	const { results, next } = slice([...others, exact], '1', undefined);
	expect(results[0]).toEqual(exact);
	expect(slice([...others, exact], '1', next).results).not.toContainEqual(exact);
	const named = slice([{ name: 'No. A10', value: 'x' }, exact], 'a1', undefined);
	expect(named.results[0]).toEqual(exact);
});
