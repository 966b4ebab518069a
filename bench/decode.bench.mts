import { decodeRecords } from '../nodes/PrestaShop/api/codec.ts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';

const KEY = 'FULLACCESSKEY0000000000000000001';
const PAGE = 250;
const RUNS = 60;

/** Median and longest time to make records of a page, in milliseconds. */
async function main(): Promise<void> {
	const shop = await startPrestaShopSandbox();
	shop.control.seed({ orders: PAGE, products: PAGE });
	const headers = { Authorization: `Basic ${Buffer.from(`${KEY}:`).toString('base64')}` };
	console.log('| page | kB | median ms | longest ms |');
	console.log('| --- | ---: | ---: | ---: |');
	for (const resource of ['orders', 'products']) {
		const address = `${shop.url}/api/${resource}?display=full&limit=${PAGE}&sort=[id_DESC]`;
		const text = await (await fetch(address, { headers })).text();
		const times = Array.from({ length: RUNS }, () => {
			const startedAt = performance.now();
			decodeRecords(text);
			return performance.now() - startedAt;
		}).sort((a, b) => a - b);
		const [median = 0, longest = 0] = [times[RUNS / 2], times.at(-1)];
		const cells = [`${PAGE} ${resource}`, Math.round(text.length / 1_000), median.toFixed(1)];
		console.log(`| ${[...cells, longest.toFixed(1)].join(' | ')} |`);
	}
	await shop.close();
}

void main();
