import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One exchange with a real shop, as packed in test/PrestaShop/recorded. */
export interface RecordedExchange {
	nr: number;
	name: string;
	request: { method: string; path: string; headers: Record<string, string>; body?: string };
	response: {
		status: number;
		headers: Record<string, string>;
		kind: string;
		body?: string;
		bodyBase64?: string;
		note?: string;
	};
	mails?: number;
	/** What stood in the order afterwards; null where none was made. */
	order?: Record<string, string> | null;
}

/** All exchanges of a version, in recorded order. */
export function readRecording(version: string, part: '' | '.selling' = ''): RecordedExchange[] {
	const name = `${version}${part}.jsonl`;
	const path = join(import.meta.dirname, '..', 'PrestaShop', 'recorded', name);
	return readFileSync(path, 'utf8')
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as RecordedExchange);
}
