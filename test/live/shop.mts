/** What the live suites of every shop do with it: run operations, watch triggers, note what they saw. */
import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { TriggerBench, executeNode } from '../support/engine.mts';
import type { Bench, Execution } from '../support/engine.mts';

/** A variable of the environment; empty when it is not set. */
export function variable(name: string): string {
	return process.env[name] ?? '';
}

/** The address of the shop under test, without the slash at its end. */
export function addressIn(name: string): { url: string; allowHttp: boolean } {
	const url = variable(name).replace(/\/+$/, '');
	return { url, allowHttp: url.startsWith('http:') };
}

/** A shop under test, with an `Access` for each credential that the environment names. */
export interface ShopUnderTest<Access> {
	/** The action node with a credential. */
	bench(access: Access): Bench;
	triggerNode: INodeType;
	/** What everything runs with that does not say otherwise. */
	access: Access;
	/** What must never come out of a node; empty ones are left. */
	secrets: readonly string[];
	/** Waits until what happens next does not count as the past of a trigger that was just activated. */
	pass?(): Promise<void>;
}

export type LiveShop<Access> = ReturnType<typeof liveShop<Access>>;

export function liveShop<Access>(shop: ShopUnderTest<Access>) {
	const bench = (access = shop.access): Bench => shop.bench(access);

	const trigger = (parameters: INodeParameters, access = shop.access): TriggerBench =>
		new TriggerBench({ ...bench(access), node: shop.triggerNode }, parameters);

	/** Runs an operation, named as in `order.get`. */
	async function run(
		name: string,
		parameters: INodeParameters = {},
		access = shop.access,
	): Promise<Execution> {
		const [resource = '', operation = ''] = name.split('.');
		return await executeNode(bench(access), { resource, operation, ...parameters });
	}

	/** Runs an operation that must succeed; its first item. */
	async function first(
		name: string,
		parameters: INodeParameters = {},
		access = shop.access,
	): Promise<IDataObject> {
		const { items, error } = await run(name, parameters, access);
		if (error) throw new Error(error.message);
		return items[0]?.json ?? {};
	}

	/** A trigger that has seen everything so far. */
	async function watching(event: string, access = shop.access): Promise<TriggerBench> {
		const watched = trigger({ event }, access);
		expect(await watched.poll('activate')).toEqual([]);
		await shop.pass?.();
		return watched;
	}

	function expectNoSecrets(value: unknown): void {
		const text = JSON.stringify(value) ?? '';
		for (const secret of shop.secrets) if (secret !== '') expect(text).not.toContain(secret);
	}

	return { bench, trigger, run, first, watching, expectNoSecrets };
}

/** The records that a trigger tells of. */
export async function idsOf(watched: TriggerBench): Promise<unknown[]> {
	return (await watched.poll()).map(({ json }) => json.id);
}

const findings: string[] = [];
const omissions: string[] = [];

/** Notes what the shop does where no document says it. */
export function found(question: string, answer: unknown): void {
	findings.push(`- ${question}: ${String(answer)}`);
}

/** Notes what was not tried, and why. */
export function notTried(what: string, why: string): void {
	omissions.push(`- ${what}: ${why}`);
}

/** Prints what was noted in this file, and `more`. */
export function report(...more: string[]): void {
	const parts = [
		...(findings.length > 0 ? [`What this shop does:\n${findings.join('\n')}`] : []),
		...(omissions.length > 0 ? [`Not tried:\n${omissions.join('\n')}`] : []),
		...more,
	];
	if (parts.length > 0) console.info(parts.join('\n\n'));
}
