/** Triggers go on from what the version before has stored: nothing twice, nothing missed. */
import { readFileSync } from 'node:fs';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { startInSalesSandbox } from '../sandbox/insales/shop.mts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';
import { triggerBench as inSalesTrigger } from './InSales/triggerFixtures.mts';
import { triggerBench as prestaShopTrigger } from './PrestaShop/fixtures.mts';
import { triggerBench as shoperTrigger, wideShop } from './Shoper/triggerFixtures.mts';
import type { TriggerBench } from './support/engine.mts';
import { eventOf, holdTime, ids } from './support/triggers.mts';

/** As version 1 wrote them after the changes each test begins with, one trigger per shop. */
const STORED = JSON.parse(
	readFileSync(new URL('./support/version1States.json', import.meta.url), 'utf8'),
) as Record<'prestashop' | 'shoper' | 'insales', IDataObject>;

let time: ReturnType<typeof holdTime>;

afterEach(() => time.end());

/** What the trigger finds in n8n's database after the update. */
function goOn(trigger: TriggerBench, platform: keyof typeof STORED, url: string): void {
	trigger.restart(
		JSON.parse(JSON.stringify(STORED[platform]).replaceAll('SHOP', url)) as IDataObject,
	);
}

async function pollFor(trigger: TriggerBench, minutes: number): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (let minute = 0; minute < minutes; minute++) {
		items.push(...(await trigger.poll('init')));
		time.pass(1);
	}
	return items;
}

test('PrestaShop: an order that was waited for comes once, one that was delivered does not', async () => {
	time = holdTime('2027-03-10T09:01:00Z');
	const shop = await startPrestaShopSandbox();
	const delivered = shop.control.placeOrder();
	const waiting = shop.control.placeOrder({ stage: 'rowOnly' });
	time.pass(6);
	const trigger = prestaShopTrigger(shop, { event: 'orderCreated' });
	goOn(trigger, 'prestashop', shop.url);
	const fresh = shop.control.placeOrder();
	const items = await pollFor(trigger, 30);
	expect(ids(items)).toEqual([fresh.id, waiting.id]);
	expect(ids(items)).not.toContain(delivered.id);
	expect(eventOf(items[1] ?? { json: {} }).id).toContain(`:${waiting.id}:20270310100100`);
	expect(items[1]?.json.incomplete).toBe(true);
	expect(trigger.staticData.v).toBe(2);
	await shop.close();
});

test('Shoper: the status an order had is remembered', async () => {
	time = holdTime('2027-03-10T09:07:00Z');
	const shop = await wideShop();
	const { id } = shop.control.placeOrder();
	time.pass(1);
	shop.control.changeStatus({ orderId: id, statusId: 3 });
	const trigger = shoperTrigger(shop, { event: 'orderStatusChanged' });
	goOn(trigger, 'shoper', shop.url);
	expect(await pollFor(trigger, 3)).toEqual([]);
	shop.control.changeStatus({ orderId: id, statusId: 4 });
	const items = await pollFor(trigger, 20);
	expect(items.map(({ json }) => [json.status, json.previousStatus])).toMatchObject([
		[{ id: '4' }, { id: '3' }],
	]);
	await shop.close();
});

test('InSales: changes that were told do not come again, the next one does', async () => {
	time = holdTime('2027-03-10T09:09:00Z');
	const shop = await startInSalesSandbox();
	const { id } = shop.control.placeOrder();
	time.pass(1);
	shop.control.changeStatus({ orderId: id, system: 'accepted' });
	const trigger = inSalesTrigger(shop, { event: 'orderStatusChanged' });
	goOn(trigger, 'insales', shop.url);
	expect(await pollFor(trigger, 3)).toEqual([]);
	shop.control.changeStatus({ orderId: id, system: 'dispatched' });
	const items = await pollFor(trigger, 20);
	expect(items.map(({ json }) => [json.status, json.previousStatus])).toMatchObject([
		[{ id: 'dispatched' }, { id: 'accepted' }],
	]);
	await shop.close();
});
