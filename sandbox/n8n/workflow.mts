/** Which credential a node uses; an id of null asks n8n to find it by name when saving. */
export interface CredentialReference {
	id: string | null;
	name: string;
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, CredentialReference>;
	[key: string]: unknown;
}

export interface ConnectionTarget {
	node: string;
	type: string;
	index: number;
}

/** A workflow as it is exported to a file and imported again. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, Record<string, Array<ConnectionTarget[] | null>>>;
	settings?: Record<string, unknown>;
	[key: string]: unknown;
}

/** A workflow that n8n has stored. */
export interface StoredWorkflow extends Workflow {
	id: string;
	active: boolean;
	versionId: string;
}

/**
 * Poll times every so many seconds. n8n refuses an interval below a minute but takes several poll
 * times per minute, each with its own fixed second: good for demos and tests, too much for a shop.
 */
export function pollEverySeconds(seconds: number): Record<string, unknown> {
	const item = [];
	for (let second = 0; second < 60; second += seconds) {
		item.push({ mode: 'custom', cronExpression: `${second} * * * * *` });
	}
	return { item };
}

/** Joins nodes in the given order, each one's first output to the next one's input. */
export function chain(...names: string[]): Workflow['connections'] {
	const connections: Workflow['connections'] = {};
	names.slice(1).forEach((target, index) => {
		const source = names[index] ?? '';
		connections[source] = { main: [[{ node: target, type: 'main', index: 0 }]] };
	});
	return connections;
}
