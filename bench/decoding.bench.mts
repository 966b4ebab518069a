/** What reading one page of a PrestaShop costs, without the shop: the nodes' reader and the parser library. */
import { readAnyXml } from '../nodes/shared/text/xmlReader.ts';
import { decodeRecords } from '../nodes/PrestaShop/api/codec.ts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';

const KEY = 'FULLACCESSKEY0000000000000000001';
const RECORDS = 250;
const TIMES = 31;

/** Median CPU time of a job, in milliseconds, once it runs warm. */
function cpuOf(job: () => unknown): string {
	const times = Array.from({ length: TIMES }, () => {
		const start = process.cpuUsage();
		job();
		const { user, system } = process.cpuUsage(start);
		return (user + system) / 1_000;
	});
	const warm = times.slice(3).sort((a, b) => a - b);
	return (warm[Math.floor(warm.length / 2)] ?? 0).toFixed(1);
}

async function main(): Promise<void> {
	const shop = await startPrestaShopSandbox();
	shop.control.seed({ orders: RECORDS, products: RECORDS });
	const page = async (resource: string) => {
		const url = `${shop.url}/api/${resource}?display=full&sort=[id_DESC]&limit=${RECORDS}`;
		const authorization = `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`;
		return await (await fetch(url, { headers: { authorization } })).text();
	};
	// Before anything is measured: meanwhile the sandbox would not get to answer.
	const pages = [
		['orders', await page('orders')],
		['products', await page('products')],
	] as const;
	await shop.close();
	console.log('| page | kB | reader, ms of CPU | tree by the parser library, ms of CPU |');
	console.log('| --- | --: | --: | --: |');
	for (const [resource, text] of pages) {
		const content = text.slice(text.indexOf('<prestashop')).trimEnd();
		const kilobytes = Math.round(text.length / 1_000).toLocaleString('en');
		const [own, library] = [cpuOf(() => decodeRecords(text)), cpuOf(() => readAnyXml(content))];
		console.log(`| ${RECORDS} ${resource} | ${kilobytes} | ${own} | ${library} |`);
	}
}

void main();
