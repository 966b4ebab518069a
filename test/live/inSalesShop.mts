/** The InSales shop under test: from the environment, with a plain client for preparing and looking. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { InSalesTrigger } from '../../nodes/InSales/InSalesTrigger.node.ts';
import { actionBench } from '../InSales/fixtures.mts';
import { TriggerBench, executeNode } from '../support/engine.mts';
import type { Bench, Execution } from '../support/engine.mts';

/** An access key. */
export interface Access {
	identifier: string;
	password: string;
}

function variable(name: string): string {
	return process.env[name] ?? '';
}

export const url = variable('INSALES_URL').replace(/\/+$/, '');

export const fullKey: Access = {
	identifier: variable('INSALES_IDENTIFIER'),
	password: variable('INSALES_PASSWORD'),
};

/** `undefined` when the environment names none. */
export const limitedKey: Access | undefined =
	variable('INSALES_LIMITED_IDENTIFIER') === ''
		? undefined
		: {
				identifier: variable('INSALES_LIMITED_IDENTIFIER'),
				password: variable('INSALES_LIMITED_PASSWORD'),
			};

/** Whether the suite may write: `INSALES_WRITES=1`. */
export const mayWrite = variable('INSALES_WRITES') === '1';

/** What a credential holds besides the key. */
export const more = { allowHttp: url.startsWith('http:') };

export function bench(access = fullKey): Bench {
	return actionBench({ url }, 'full', { ...more, ...access });
}

export function trigger(parameters: INodeParameters, access = fullKey): TriggerBench {
	return new TriggerBench({ ...bench(access), node: new InSalesTrigger() }, parameters);
}

/** Runs an operation. */
export async function run(
	name: string,
	parameters: INodeParameters = {},
	access = fullKey,
): Promise<Execution> {
	const [resource = '', operation = ''] = name.split('.');
	return await executeNode(bench(access), { resource, operation, ...parameters });
}

/** Runs an operation that must succeed; its first item. */
export async function first(name: string, parameters: INodeParameters = {}): Promise<IDataObject> {
	const { items, error } = await run(name, parameters);
	if (error) throw new Error(error.message);
	return items[0]?.json ?? {};
}

/** An answer of the shop as it is. */
export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** Records of a list, or the one record; empty for what is no JSON. */
	rows: IDataObject[];
}

/** Asks the shop without the nodes. `path` is what stands behind `/admin/`, with its query. */
export async function ask(
	method: string,
	path: string,
	body?: IDataObject,
	{ identifier, password } = fullKey,
): Promise<Answer> {
	const response = await fetch(`${url}/admin/${path}`, {
		method,
		headers: {
			authorization: `Basic ${Buffer.from(`${identifier}:${password}`).toString('base64')}`,
			...(body && { 'content-type': 'application/json' }),
		},
		...(body && { body: JSON.stringify(body) }),
		redirect: 'manual',
		signal: AbortSignal.timeout(60_000),
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, rows: rowsOf(text) };
}

function rowsOf(text: string): IDataObject[] {
	if (!/^\s*[[{]/.test(text)) return [];
	const value = JSON.parse(text) as IDataObject | IDataObject[];
	return Array.isArray(value) ? value : [value];
}

/** The one record, which must be there. */
export async function record(path: string): Promise<IDataObject> {
	const { status, rows } = await ask('GET', path);
	if (status !== 200) throw new Error(`GET ${path}: HTTP ${status}`);
	return rows[0] ?? {};
}

/**
 * Waits until the shop's clock shows a later second than now: its dates have whole seconds, and a trigger
 * counts the second of its activation as past.
 */
export async function nextSecond(): Promise<void> {
	const clock = async () =>
		Date.parse((await ask('HEAD', 'orders/count.json')).headers.get('date') ?? '');
	const start = await clock();
	if (Number.isNaN(start)) throw new Error('The shop does not tell its time.');
	while ((await clock()) < start + 2_000) {
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

/** A trigger that has seen everything so far. */
export async function watching(event: string): Promise<TriggerBench> {
	const watched = trigger({ event });
	expect(await watched.poll('activate')).toEqual([]);
	await nextSecond();
	return watched;
}

export async function idsOf(watched: TriggerBench): Promise<unknown[]> {
	return (await watched.poll()).map(({ json }) => json.id);
}

/** Keys must never come out of a node. */
export function expectNoKeys(value: unknown): void {
	const text = JSON.stringify(value) ?? '';
	for (const { identifier, password } of [fullKey, ...(limitedKey ? [limitedKey] : [])]) {
		expect(text).not.toContain(identifier);
		expect(text).not.toContain(password);
		expect(text).not.toContain(Buffer.from(`${identifier}:${password}`).toString('base64'));
	}
}

const answers: string[] = [];

/** Notes what the shop does where no document says it. */
export function found(question: string, answer: string): void {
	answers.push(`- ${question}: ${answer}`);
}

/** Prints what was found, and how much of the limit was used. */
export async function report(notTried: readonly string[] = []): Promise<void> {
	const { headers } = await ask('GET', 'orders/count.json');
	const used = `Requests counted in this window: ${headers.get('api-usage-limit') ?? 'not told'}`;
	const parts = [
		answers.length > 0 ? `What this shop does:\n${answers.join('\n')}` : '',
		notTried.length > 0 ? `Not tried:\n${notTried.join('\n')}` : '',
		used,
	];
	console.info(parts.filter((part) => part !== '').join('\n\n'));
}
