/** The safe update against every version, and what it does when things go wrong. */
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox, PrestaShopVersion } from '../../sandbox/prestashop/shop.mts';
import { executeNode } from '../support/engine.mts';
import { KEYS, PRESTASHOP_VERSIONS } from './conformance.mts';

const VT = String.fromCharCode(11);

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version: PrestaShopVersion) => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox({ version });
	});
	afterAll(async () => await shop.close());
	beforeEach(() => shop.control.reset());

	const bench = (key: string) => ({
		node: new PrestaShop(),
		credentialType: new PrestaShopApi(),
		credentials: { shopUrl: shop.url, apiKey: KEYS[key] ?? key, timezone: 'Europe/Warsaw' },
	});
	const update = async (parameters: Record<string, unknown>, key = 'limited') => {
		shop.control.clearRequests();
		const { items, error } = await executeNode(bench(key), {
			resource: 'product',
			operation: 'update',
			productId: { __rl: true, mode: 'id', value: '1' },
			...parameters,
		} as never);
		return { json: items[0]?.json ?? {}, message: error?.message };
	};
	const stored = (id = 1) => shop.control.getRecord({ resource: 'products', id });
	const sent = () => shop.control.requests().map(({ method, path }) => `${method} ${path}`);
	const writes = () => sent().filter((line) => !line.startsWith('GET'));

	test('costs five requests, however many items there are', async () => {
		shop.control.clearRequests();
		await executeNode(
			bench('limited'),
			{
				resource: 'product',
				operation: 'update',
				productId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				updateFields: { reference: '={{ $json.reference }}' },
				simplify: false,
			} as never,
			{ items: [1, 2, 3].map((id) => ({ json: { id, reference: `NEW-${id}` } })) },
		);
		expect(sent()).toHaveLength(5);
		expect([1, 2, 3].map((id) => stored(id)?.reference)).toEqual(['NEW-1', 'NEW-2', 'NEW-3']);
	});

	test('uses PATCH where the key has it, else PUT', async () => {
		await update({ updateFields: { price: '12.5' } });
		expect(writes()).toEqual(['PUT /api/products/1']);
		await update({ updateFields: { price: '13' } }, 'full');
		const patches = version.startsWith('8') || version.startsWith('9');
		expect(writes()).toEqual([patches ? 'PATCH /api/products/1' : 'PUT /api/products/1']);
		expect(stored()?.price).toBe('13.000000');
	});

	test('returns the record as stored, with what changed', async () => {
		const { json } = await update({
			translations: { row: [{ language: 'pl', name: 'Kubek', description: '' }] },
			updateFields: { price: '99.9' },
			options: { language: 'pl' },
		});
		const name = stored()?.name as Record<string, string>;
		expect(name[3]).toBe('Kubek');
		expect(json).toMatchObject({ id: '1', name: 'Kubek', price: 99.9, written: true });
		expect(Object.keys(json.changed as object).sort()).toEqual(['name', 'price']);
		expect(json.changed).toMatchObject({ name: { after: { pl: 'Kubek' } } });
	});

	test('a dry run and an equal value send nothing', async () => {
		const before = stored();
		const dry = await update({ updateFields: { price: '1.5' }, options: { dryRun: true } });
		expect(dry.json).toMatchObject({
			written: false,
			reason: 'dry run',
			changed: { price: { before: before?.price, after: '1.5' } },
		});
		expect(writes()).toEqual([]);
		const equal = await update({ updateFields: { price: String(Number(before?.price)) } });
		expect(equal.json).toMatchObject({ written: false, reason: 'nothing to change', changed: {} });
		expect(writes()).toEqual([]);
		const anyway = await update({
			updateFields: { price: String(Number(before?.price)) },
			options: { onlyIfChanged: false },
		});
		expect(anyway.json).toMatchObject({ written: true, changed: {} });
		expect({ ...stored(), date_upd: '' }).toEqual({ ...before, date_upd: '' });
	});

	test('texts of a language that is switched off survive, and can be changed', async () => {
		shop.control.setLanguageActive({ id: 3, active: false });
		const before = stored();
		await update({ translations: { row: [{ language: 'fr', name: 'Tasse' }] } });
		expect(stored()?.name).toEqual({ ...(before?.name as object), 2: 'Tasse' });
		await update({ translations: { row: [{ language: '3', metaTitle: 'Ukryty' }] } });
		expect((stored()?.meta_title as Record<string, string>)[3]).toBe('Ukryty');
		expect(stored()?.name).toEqual({ ...(before?.name as object), 2: 'Tasse' });
	});

	test('texts a careless XML writer breaks come through both ways', async () => {
		const odd = 'a ]]> b & c\r\nd "e" \'f\' é 日本';
		shop.control.putRecord({ resource: 'products', record: { id: 1, description: { 1: odd } } });
		const { message } = await update({
			translations: { row: [{ language: 'fr', description: odd }] },
		});
		expect(message).toBeUndefined();
		expect(stored()?.description).toMatchObject({ 1: odd, 2: odd });
	});

	test('a PUT that would drop control characters is refused, a PATCH goes through', async () => {
		const odd = `a${VT}b`;
		shop.control.putRecord({ resource: 'products', record: { id: 1, description: { 1: odd } } });
		const { message } = await update({ updateFields: { reference: 'X' } });
		expect(message).toContain('control characters in description');
		expect(writes()).toEqual([]);
		const full = await update({ updateFields: { reference: 'X' } }, 'full');
		const patches = version.startsWith('8') || version.startsWith('9');
		expect(full.message === undefined).toBe(patches);
		expect(stored()?.description).toMatchObject({ 1: odd });
	});

	test('without the right to languages only what is safe is done', async () => {
		const key = 'NOLANGUAGES000000000000000000006';
		shop.control.addKey({ key, permissions: { products: ['GET', 'PUT', 'PATCH'] } });
		const before = stored();
		const texts = await update({ otherFields: '{"name": {"1": "X"}}' }, key);
		expect(texts.message).toContain('languages – View (GET)');
		expect(stored()).toEqual(before);
		const price = await update({ updateFields: { price: '5' } }, key);
		const patches = version.startsWith('8') || version.startsWith('9');
		expect(price.message === undefined).toBe(patches);
		expect({ ...stored(), date_upd: '', price: '' }).toEqual({
			...before,
			date_upd: '',
			price: '',
		});
	});

	test('without a right to change, the right to tick is named', async () => {
		const { message } = await update({ updateFields: { price: '5' } }, 'products');
		const column = version.startsWith('8') || version.startsWith('9') ? 'PATCH' : 'Modify (PUT)';
		expect(message).toContain(`tick "${column}" in the row "products"`);
	});

	test.each([
		['an unknown field', { otherFields: '{"prize": "5"}' }, 'no field "prize". Its fields are'],
		['stock', { otherFields: '{"quantity": 5}' }, 'use the resource Stock'],
		['a decimal comma', { updateFields: { price: '12,50' } }, 'point instead of a comma'],
		[
			'an empty field',
			{ updateFields: { reference: '' } },
			'"reference" in "Update Fields" is empty',
		],
		[
			'a name of nothing but NUL',
			{ otherFields: '{"name": {"1": "\\u0000"}}' },
			'"name" holds nothing but blanks',
		],
		[
			'a translation of nothing but blanks',
			{ translations: { row: [{ language: '1', name: ' \u00a0 ' }] } },
			'"name" holds nothing but blanks',
		],
		['null', { otherFields: '{"reference": null}' }, '"reference" in "Other Fields" is null'],
		['a day that does not exist', { updateFields: { available_date: '2026-02-30' } }, 'YYYY-MM-DD'],
		['a bare text for all languages', { otherFields: '{"name": "X"}' }, 'exists once per language'],
		['markup in a name', { otherFields: '{"name": {"en": "a<b"}}' }, '"name" holds "<"'],
		['a link with spaces', { otherFields: '{"link_rewrite": {"en": "a b"}}' }, 'letters, digits'],
		[
			'an unknown language',
			{ translations: { row: [{ language: 'xx', name: 'X' }] } },
			'no language "xx"',
		],
		['a language ID the shop lacks', { otherFields: '{"name": {"77": "X"}}' }, 'language 77'],
		['a text too long', { otherFields: `{"name": {"en": "${'x'.repeat(129)}"}}` }, 'takes 128'],
		['combinations', { otherFields: '{"associations": {"combinations": []}}' }, 'combinations'],
		['no JSON', { otherFields: '{price: 5' }, 'not a JSON object'],
		['nothing', {}, 'Nothing was named'],
	])('%s is refused before anything is written', async (_, parameters, words) => {
		const before = stored();
		const { message } = await update(parameters);
		expect(message).toContain(words);
		expect(writes()).toEqual([]);
		expect(stored()).toEqual(before);
	});

	test('an association is replaced only when it is named', async () => {
		const before = stored()?.associations;
		const { json, message } = await update({
			otherFields: '{"associations": {"categories": [2, 3]}}',
		});
		expect(message).toBeUndefined();
		expect(stored()?.associations).toEqual({ ...before, categories: [{ id: '2' }, { id: '3' }] });
		expect(json.changed).toMatchObject({
			associations: { after: { categories: [{ id: '2' }, { id: '3' }] } },
		});
	});

	test('an error after saving is told, and the write is not repeated', async () => {
		shop.control.addFault({ kind: 'afterCommit500', match: { method: 'PUT' } });
		const { json } = await update({ updateFields: { price: '77' } });
		expect(json).toMatchObject({
			written: true,
			price: 77,
			changed: { price: { after: '77.000000' } },
		});
		expect(json.warning).toContain('did save the record. Do not repeat this.');
		expect(writes()).toHaveLength(1);
	});

	test('an error before saving is told as such', async () => {
		const before = stored();
		shop.control.addFault({ kind: 'status', status: 500, match: { method: 'PUT' } });
		const { message } = await update({ updateFields: { price: '77' } });
		expect(message).toContain(
			'The record was not changed so far, but the shop may still be at work.',
		);
		expect(stored()).toEqual(before);
		expect(writes()).toHaveLength(1);
	});

	test('when looking fails as well, nothing is claimed', async () => {
		shop.control.addFault({ kind: 'afterCommit500', match: { method: 'PUT' } });
		const execution = update({ updateFields: { price: '77' } });
		while (writes().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
		shop.control.addFault({ kind: 'status', status: 500, times: 0, match: { method: 'GET' } });
		expect((await execution).message).toContain('It is not known whether the record was changed');
	});

	test('an edit between reading and writing survives with PATCH', async () => {
		if (!version.startsWith('8') && !version.startsWith('9')) return;
		// With PUT it would be overwritten: the webservice has no lock.
		shop.control.addFault({ kind: 'delay', delayMs: 100, match: { method: 'PATCH' } });
		const execution = update({ updateFields: { price: '77' } }, 'full');
		while (writes().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
		shop.control.putRecord({ resource: 'products', record: { id: 1, reference: 'MEANWHILE' } });
		const { json } = await execution;
		expect(stored()).toMatchObject({ reference: 'MEANWHILE', price: '77.000000' });
		expect(json.alsoChanged).toMatchObject({ reference: { after: 'MEANWHILE' } });
	});
});
