/**
 * Loaded into n8n before n8n itself (`NODE_OPTIONS=--import`): ends the process like a power cut at
 * an exact point of n8n's work, once, when the file named by N8N_CRASH_FILE says so, and notes in the
 * file named by N8N_HANDOVER_FILE what triggers have handed over. Nothing else is changed in what n8n
 * does.
 */
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import Module from 'node:module';

/**
 * The two moments between a poll and its execution that no test could hit from outside (n8n 2.41):
 * `beforeInsert`, when the trigger's place is written and the execution is not (with durable cursors,
 * which write both in one transaction: in the midst of that); `afterInsert`, when the execution is
 * stored and has not begun.
 */
export type CrashPoint = 'beforeInsert' | 'afterInsert';

/** What the file holds, as JSON. */
export interface CrashOrder {
	point: CrashPoint;
	/** n8n dies when the last of them is there; the others are held at the point until then. */
	workflowIds: string[];
}

/** What a trigger has given to n8n, noted before n8n stores it: a line of the file, as JSON. */
export interface HandOver {
	workflowId: string;
	/** The items of the trigger's output. */
	items: Array<Record<string, unknown>>;
}

type Method = (...parameters: unknown[]) => Promise<unknown>;
type Wrap = (original: Method) => Method;

const FILE = process.env.N8N_CRASH_FILE ?? '';

const HANDOVER_FILE = process.env.N8N_HANDOVER_FILE ?? '';

/** Workflows that have got to their point. */
const there = new Set<string>();

/** The workflows of the order, if there is one for this point and workflow. */
function condemned(point: CrashPoint, workflowId: unknown): string[] | undefined {
	let order: CrashOrder;
	try {
		order = JSON.parse(readFileSync(FILE, 'utf8')) as CrashOrder;
	} catch {
		return undefined;
	}
	const isMeant = order.point === point && order.workflowIds.some((id) => id === workflowId);
	return isMeant ? order.workflowIds : undefined;
}

/** Notes that a workflow has got to its point. It comes back for the last one only. */
async function arrive(point: CrashPoint, workflowId: unknown): Promise<void> {
	const all = condemned(point, workflowId);
	if (!all) return;
	there.add(String(workflowId));
	if (!all.every((id) => there.has(id))) await new Promise(() => undefined);
}

/** Ends the process if every workflow of the order is there. */
function die(point: CrashPoint, workflowId: unknown): void {
	if (!condemned(point, workflowId)?.every((id) => there.has(id))) return;
	// So that the next start lives.
	rmSync(FILE);
	process.kill(process.pid, 'SIGKILL');
}

/** Saves of a workflow's static data under way, by workflow. */
const saving = new Map<unknown, Promise<unknown>>();

const saveStaticDataById: Wrap = (original) =>
	async function (this: unknown, ...parameters) {
		const [workflowId] = parameters;
		const save = original.apply(this, parameters);
		saving.set(workflowId, save);
		return await save;
	};

/** What n8n is about to store of an execution, as far as it matters here. */
interface Payload {
	mode?: string;
	workflowData?: { id?: string };
	data?: {
		executionData?: {
			nodeExecutionStack?: Array<{
				data: { main?: Array<Array<{ json: Record<string, unknown> }> | null> };
			}>;
		};
	};
}

function noteHandOver({ mode, workflowData, data }: Payload): void {
	if (mode !== 'trigger') return;
	const [start] = data?.executionData?.nodeExecutionStack ?? [];
	const items = (start?.data.main ?? []).flatMap((output) => output ?? []);
	const handOver = { workflowId: workflowData?.id ?? '', items: items.map(({ json }) => json) };
	appendFileSync(HANDOVER_FILE, `${JSON.stringify(handOver satisfies HandOver)}\n`);
}

const create: Wrap = (original) =>
	async function (this: unknown, ...parameters) {
		const [payload, transaction] = parameters as [Payload, unknown];
		const workflowId = payload.workflowData?.id;
		noteHandOver(payload);
		// The default engine does not wait for it; the point lies behind it.
		await saving.get(workflowId)?.catch(() => undefined);
		// Whoever is held inside a transaction keeps the others from the database.
		if (transaction === undefined) await arrive('beforeInsert', workflowId);
		die('beforeInsert', workflowId);
		const result = await original.apply(this, parameters);
		// Inside a transaction nothing is stored yet.
		if (transaction !== undefined) return result;
		await arrive('afterInsert', workflowId);
		die('afterInsert', workflowId);
		return result;
	};

const commitWithExecution: Wrap = (original) =>
	async function (this: unknown, ...parameters) {
		const [{ workflowId }] = parameters as [{ workflowId: string }];
		await arrive('beforeInsert', workflowId);
		const result = await original.apply(this, parameters);
		await arrive('afterInsert', workflowId);
		die('afterInsert', workflowId);
		return result;
	};

/** Methods of n8n by the end of their file's name, class and name. */
const WRAPPED: ReadonlyArray<[file: string, className: string, method: string, wrap: Wrap]> = [
	[
		'workflow-static-data.service.js',
		'WorkflowStaticDataService',
		'saveStaticDataById',
		saveStaticDataById,
	],
	['execution-persistence.js', 'ExecutionPersistence', 'create', create],
	['poll-cursor.service.js', 'PollCursorService', 'commitWithExecution', commitWithExecution],
];

interface LoadedModule {
	exports: Record<string, { prototype: Record<string, Method | undefined> } | undefined>;
}

// Node tells the types of this table to nobody, but keeps it for exactly this use.
const { _extensions: loaders } = Module as unknown as {
	_extensions: Record<string, (loaded: LoadedModule, file: string) => void>;
};
const load = loaders['.js'];

loaders['.js'] = (loaded, file) => {
	load?.(loaded, file);
	for (const [end, className, method, wrap] of WRAPPED) {
		if (!file.endsWith(end)) continue;
		const prototype = loaded.exports[className]?.prototype;
		const original = prototype?.[method];
		if (prototype && original) prototype[method] = wrap(original);
	}
};
