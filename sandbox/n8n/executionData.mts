/** One item as it lies between two nodes. */
export interface Item {
	json: Record<string, unknown>;
	pairedItem?: unknown;
	binary?: Record<string, unknown>;
}

/** What n8n stores about one run of one node. */
export interface NodeRun {
	executionStatus: string;
	executionTime: number;
	data?: Record<string, Array<Item[] | null>>;
	error?: { message: string; description?: string | null };
}

/** The stored result of a whole execution. */
export interface RunData {
	resultData: {
		runData: Record<string, NodeRun[]>;
		lastNodeExecuted?: string;
		error?: { message: string; description?: string | null };
	};
}

/**
 * Reads the format in which n8n stores executions: one list in which every object, list and text
 * stands once and is referred to by its position, written as a string.
 */
export function unflatten(text: string): unknown {
	const table = JSON.parse(text) as unknown[];
	const known = new Map<number, unknown>();

	const at = (index: number): unknown => {
		const found = known.get(index);
		if (found !== undefined) return found;
		const raw = table[index];
		if (Array.isArray(raw)) {
			const list: unknown[] = [];
			known.set(index, list);
			for (const entry of raw) list.push(resolve(entry));
			return list;
		}
		if (typeof raw === 'object' && raw !== null) {
			const record: Record<string, unknown> = {};
			known.set(index, record);
			for (const [key, entry] of Object.entries(raw)) record[key] = resolve(entry);
			return record;
		}
		return raw;
	};
	const resolve = (entry: unknown): unknown =>
		typeof entry === 'string' ? at(Number(entry)) : entry;

	return at(0);
}

/** The items that the last run of a node gave on one of its outputs, the first one unless told. */
export function outputOf(run: RunData, node: string, output = 0): Item[] {
	const last = run.resultData.runData[node]?.at(-1);
	return last?.data?.main?.[output] ?? [];
}

/** The error of an execution, wherever n8n has put it. */
export function errorOf(run: RunData): { message: string; description: string } | undefined {
	const inNode = Object.values(run.resultData.runData)
		.flat()
		.find((nodeRun) => nodeRun.error !== undefined)?.error;
	const error = run.resultData.error ?? inNode;
	return error && { message: error.message, description: error.description ?? '' };
}
