/** A sandbox shop, a copy of its catalogue that `catalog.sync` keeps, and ways to change the shop. */
import type { IDataObject } from 'n8n-workflow';

import { INSALES_KEYS } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { executeNode } from '../support/engine.mts';
import type { Bench } from '../support/engine.mts';

/** Runs an operation and returns its items; throws what the node throws. */
export async function run(
	bench: Bench,
	resource: string,
	operation: string,
	parameters: IDataObject = {},
): Promise<IDataObject[]> {
	const { items, error } = await executeNode(bench, {
		resource,
		operation,
		...(parameters as Record<string, string>),
	});
	if (error) throw new Error(error.message);
	return items.map(({ json }) => json);
}

const BASIC = `Basic ${Buffer.from(
	`${INSALES_KEYS.full.identifier}:${INSALES_KEYS.full.password}`,
).toString('base64')}`;

/** A request of somebody else who uses the API. */
export async function api(
	shop: InSalesSandbox,
	method: string,
	path: string,
	body?: unknown,
): Promise<unknown> {
	const answer = await fetch(`${shop.url}/admin/${path}`, {
		method,
		headers: { Authorization: BASIC, 'Content-Type': 'application/json' },
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	return await answer.json();
}

/** A copy of the catalogue as a workflow keeps it: by ID, with the cursor of the last run. */
export class Copy {
	cursor: string;
	readonly products = new Map<number, string>();
	/** What was told last of each product, deletions too. */
	readonly told = new Map<number, string>();
	/** Tellings that told nothing new. */
	readonly repeats: number[] = [];

	constructor(since = '') {
		this.cursor = since;
	}

	/** One run; whether everything was read. */
	async sync(bench: Bench, options: IDataObject = {}): Promise<boolean> {
		const rows = await run(bench, 'catalog', 'sync', {
			cursor: this.cursor,
			simplify: false,
			options,
		});
		const ids = rows.map(({ id }) => Number(id));
		if (new Set(ids).size !== ids.length) throw new Error('A product came twice in one run.');
		for (const { change, nextCursor, complete: _complete, ...product } of rows) {
			const id = Number(product.id);
			const text = JSON.stringify(product);
			if (this.told.get(id) === text) this.repeats.push(id);
			this.told.set(id, text);
			if (change === 'deleted') this.products.delete(id);
			else this.products.set(id, text);
			if (nextCursor !== undefined) this.cursor = String(nextCursor);
		}
		return rows.at(-1)?.complete !== false;
	}
}

/** All products that are not in the trash, as the API shows them. */
export async function truth(shop: InSalesSandbox): Promise<Map<number, string>> {
	const products = new Map<number, string>();
	for (let page = 1; ; page++) {
		const rows = (await api(shop, 'GET', `products.json?per_page=250&page=${page}`)) as Array<{
			id: number;
		}>;
		for (const row of rows) products.set(row.id, JSON.stringify(row));
		if (rows.length < 250) return products;
	}
}
