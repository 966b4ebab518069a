/** The permission document of a chat service: its key runs every operation it was promised. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What the service does, one for one: orders both ways, their contents, clients, the catalogue, settings. */
const PROMISED = [
	'order.get',
	'order.getAll',
	'order.create',
	'order.update',
	'order.changeStatus',
	'orderLine.add',
	'orderLine.update',
	'orderLine.remove',
	'client.get',
	'client.getAll',
	'client.update',
	'product.get',
	'product.getAll',
	'variant.getAll',
	'catalog.sync',
	'paymentGateway.getAll',
	'deliveryVariant.getAll',
];

test.each(PROMISED)('%s has a case that succeeds with its key', (name) => {
	const file = path.join(import.meta.dirname, 'cases', `${name}.json`);
	const cases = existsSync(file)
		? (JSON.parse(readFileSync(file, 'utf8')) as Array<{ key: string; error?: string[] }>)
		: [];
	expect(cases.some(({ key, error }) => key === 'chat' && error === undefined)).toBe(true);
});
