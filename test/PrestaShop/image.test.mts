/** Images: files out of items into the shop and back. */
import { KEYS, PRESTASHOP_VERSIONS } from './conformance.mts';
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { multipartFile, pictureKind } from '../../nodes/shared/actions/files.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { executeNode } from '../support/engine.mts';
import type { Bench, Execution } from '../support/engine.mts';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

/** One red and one blue pixel. */
const RED =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==';
const BLUE =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p3pJMgAAAABJRU5ErkJggg==';

function itemWith(data: string, fileName = 'photo.png', property = 'data'): INodeExecutionData {
	return { json: {}, binary: { [property]: { data, mimeType: 'image/png', fileName } } };
}

function benchOf(shop: PrestaShopSandbox, key: string): Bench {
	return {
		node: new PrestaShop(),
		credentialType: new PrestaShopApi(),
		credentials: { shopUrl: shop.url, apiKey: KEYS[key] ?? key, timezone: 'Europe/Warsaw' },
	};
}

async function run(
	shop: PrestaShopSandbox,
	operation: string,
	parameters: INodeParameters,
	{ items = [{ json: {} }], key = 'full' }: { items?: INodeExecutionData[]; key?: string } = {},
): Promise<Execution> {
	const all = { resource: 'image', operation, recordType: 'product', ...parameters };
	return await executeNode(benchOf(shop, key), all, { items });
}

const UPLOAD: INodeParameters = { recordId: '2', binaryPropertyName: 'data' };

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version) => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox({ version });
	});

	beforeEach(() => shop.control.reset());

	afterAll(async () => {
		await shop.close();
	});

	test('the images of many products cost one request', async () => {
		shop.control.clearRequests();
		const items = ['1', '2', '3'].map((id) => ({ json: { id } }));
		const { items: images } = await run(
			shop,
			'getAll',
			{ recordId: '={{ $json.id }}', returnAll: true },
			{ items, key: 'products' },
		);
		expect(shop.control.requests()).toHaveLength(1);
		expect(new Set(images.map(({ json }) => json.recordId))).toEqual(new Set(['1', '2', '3']));
		expect(images.filter(({ json }) => json.cover === true)).toHaveLength(3);
	});

	test('a key that reads images alone gets them too', async () => {
		shop.control.addKey({
			key: 'IMAGESONLYKEY0000000000000000006',
			permissions: { images: ['GET'] },
		});
		const { items, error } = await run(
			shop,
			'getAll',
			{ recordId: '1', returnAll: true },
			{ key: 'IMAGESONLYKEY0000000000000000006' },
		);
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThan(0);
		expect(items[0]?.json).toMatchObject({ recordType: 'product', recordId: '1', cover: null });
	});

	test('an uploaded file comes back byte by byte', async () => {
		const uploaded = await run(shop, 'upload', UPLOAD, { items: [itemWith(RED)] });
		expect(uploaded.error).toBeUndefined();
		const json = uploaded.items[0]?.json ?? {};
		expect(json).toMatchObject({
			uploaded: true,
			recordId: '2',
			cover: false,
			fileName: 'photo.png',
			mimeType: 'image/png',
		});
		expect(JSON.stringify(json).length).toBeLessThan(300);
		const { items, error } = await run(shop, 'download', {
			recordId: '2',
			imageId: String(json.id),
			binaryPropertyName: 'picture',
		});
		expect(error).toBeUndefined();
		expect(items[0]?.binary?.picture).toMatchObject({ data: RED, mimeType: 'image/png' });
		expect(items[0]?.json.fileName).toBe(`product-2-${String(json.id)}.png`);
		expect(items[0]?.pairedItem).toMatchObject({ item: 0 });
	});

	test('the first image becomes the cover, and a download without an image ID gets the cover', async () => {
		const { id } = shop.control.putRecord({
			resource: 'products',
			record: { price: '1.000000', name: { 1: 'Plain' } },
		});
		const { items } = await run(
			shop,
			'upload',
			{ ...UPLOAD, recordId: String(id) },
			{ items: [itemWith(RED), itemWith(BLUE)] },
		);
		expect(items.map(({ json }) => json.cover)).toEqual([true, false]);
		const cover = await run(shop, 'download', { recordId: String(id), imageId: '' });
		expect(cover.items[0]?.binary?.data?.data).toBe(RED);
	});

	test('a replaced image keeps its ID', async () => {
		const [first] = (await run(shop, 'getAll', { recordId: '1' })).items;
		const imageId = String(first?.json.id);
		const replaced = await run(
			shop,
			'replace',
			{ ...UPLOAD, recordId: '1', imageId },
			{ items: [itemWith(BLUE)] },
		);
		expect(replaced.error).toBeUndefined();
		expect(replaced.items[0]?.json).toMatchObject({ id: imageId, replaced: true });
		const [shown] = (await run(shop, 'download', { recordId: '1', imageId })).items;
		expect(shown?.binary?.data?.data).toBe(BLUE);
	});

	test('a deleted image is gone, a missing one is told by its ID', async () => {
		const before = (await run(shop, 'getAll', { recordId: '1' })).items;
		const imageId = String(before[0]?.json.id);
		const { items } = await run(shop, 'delete', { recordId: '1', imageId });
		expect(items[0]?.json).toMatchObject({ id: imageId, deleted: true });
		expect((await run(shop, 'getAll', { recordId: '1' })).items).toHaveLength(before.length - 1);
		const { error } = await run(shop, 'download', { recordId: '1', imageId: '99999' });
		expect(error?.message).toContain('The shop has no such image');
	});
});

describe('on one shop', () => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox();
	});

	beforeEach(() => shop.control.reset());

	afterAll(async () => {
		await shop.close();
	});

	test.each<[string, INodeExecutionData, string]>([
		['text', itemWith(Buffer.from('<html>not found</html>').toString('base64')), 'is not a JPEG'],
		[
			'a large file',
			itemWith(Buffer.concat([Buffer.from(RED, 'base64'), Buffer.alloc(3e6)]).toString('base64')),
			'2.9 MB',
		],
		['another field', itemWith(RED, 'photo.png', 'picture'), 'Its files are in: picture'],
		['nothing', { json: {} }, 'It has no file at all'],
	])('%s is refused before anything is sent', async (_, item, message) => {
		shop.control.clearRequests();
		const { error } = await run(shop, 'upload', UPLOAD, { items: [item] });
		expect(error?.message).toContain(message);
		expect(shop.control.requests()).toEqual([]);
	});

	test.each([
		['a name', { fileName: undefined }],
		['a type', { mimeType: undefined }],
		['a name and a type', { fileName: undefined, mimeType: undefined }],
		['the right type', { fileName: 'photo', mimeType: 'application/octet-stream' }],
	])('a picture without %s is uploaded as what it is', async (_, told) => {
		const binary = { data: { data: RED, mimeType: 'image/png', fileName: 'photo.png', ...told } };
		const item = { json: {}, binary } as INodeExecutionData;
		const { items, error } = await run(shop, 'upload', UPLOAD, { items: [item] });
		expect(error).toBeUndefined();
		const image = { recordId: '2', imageId: String(items[0]?.json.id), binaryPropertyName: 'data' };
		const { items: back } = await run(shop, 'download', image);
		expect(back[0]?.binary?.data?.mimeType).toBe('image/png');
	});

	test("the shop's own limit is explained", async () => {
		const large = Buffer.concat([Buffer.from(RED, 'base64'), Buffer.alloc(3e6)]);
		const { error } = await run(
			shop,
			'upload',
			{ ...UPLOAD, options: { maxFileSize: 10 } },
			{ items: [itemWith(large.toString('base64'))] },
		);
		expect(error?.message).toContain('larger than the shop allows');
	});

	test.each(['afterCommit500', 'truncate'] as const)(
		'an upload whose answer is lost by %s is found and not repeated',
		async (kind) => {
			const before = (await run(shop, 'getAll', { recordId: '2' })).items.length;
			shop.control.addFault({ kind, match: { method: 'POST' } });
			const { items, error } = await run(shop, 'upload', UPLOAD, { items: [itemWith(RED)] });
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ warning: expect.stringContaining('Do not repeat') });
			expect((await run(shop, 'getAll', { recordId: '2' })).items).toHaveLength(before + 1);
		},
	);

	test('a missing right to replace is named as the verb that counts', async () => {
		shop.control.addKey({
			key: 'IMAGESNOPUTKEY000000000000000006',
			permissions: { images: ['GET', 'POST'], products: ['GET'] },
		});
		const { error } = await run(
			shop,
			'replace',
			{ ...UPLOAD, imageId: '1', recordId: '1' },
			{ items: [itemWith(RED)], key: 'IMAGESNOPUTKEY000000000000000006' },
		);
		expect(error?.message).toContain('images – Modify (PUT)');
	});

	test('dry runs send nothing but reads', async () => {
		shop.control.clearRequests();
		const options = { dryRun: true };
		const items = [itemWith(RED)];
		await run(shop, 'upload', { ...UPLOAD, options }, { items });
		await run(shop, 'replace', { ...UPLOAD, imageId: '3', options }, { items });
		await run(shop, 'delete', { recordId: '2', imageId: '3', options });
		expect(shop.control.requests().every(({ method }) => method === 'GET')).toBe(true);
	});
});

describe('files', () => {
	test('a name cannot leave the header it stands in', () => {
		const file = { bytes: new Uint8Array([1]), fileName: 'a"\r\nX: y.png', mimeType: 'image/png' };
		const text = Buffer.from(multipartFile('image', file, 'B').bytes).toString();
		expect(text).toContain('filename="a___X_ y.png"');
	});

	test('formats are told by their bytes', () => {
		const of = (hex: string) => pictureKind(Buffer.from(hex.padEnd(40, '0'), 'hex'))?.extension;
		expect(of('ffd8ffe0')).toBe('jpg');
		expect(of('89504e470d0a1a0a')).toBe('png');
		expect(of('474946383961')).toBe('gif');
		expect(of('524946460000000057454250')).toBe('webp');
		expect(of('524946460000000057415645')).toBeUndefined();
		expect(of('3c3f786d6c')).toBeUndefined();
	});
});
