import { sleep } from 'n8n-workflow';

/** Records that are worked on before everything else in the process gets its turn: some milliseconds. */
const AT_ONCE = 100;

let passed = 0;

const waiting: Array<() => void> = [];

/**
 * To be awaited before work on one of many records: lets some through at once, and the others some at a
 * time, first come, first served. Without it an export of thousands would hold up whatever else n8n does.
 */
export async function turn(): Promise<void> {
	if (waiting.length === 0 && passed < AT_ONCE) {
		passed++;
		return;
	}
	await new Promise<void>((resolve) => {
		waiting.push(resolve);
		if (waiting.length === 1) void letThrough();
	});
}

/** Whether work on some records still waits for its turn. */
export function someWait(): boolean {
	return waiting.length > 0;
}

async function letThrough(): Promise<void> {
	while (waiting.length > 0) {
		await sleep(0);
		for (const go of waiting.splice(0, AT_ONCE)) go();
	}
	passed = 0;
}
