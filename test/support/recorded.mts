/** Loads the exchanges recorded with real PrestaShop webservices (see the README next to them). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const RECORDED_VERSIONS = ['1.6.1.24', '1.7.8.11', '8.2.1', '9.1.4'] as const;

export type RecordedVersion = (typeof RECORDED_VERSIONS)[number];

export interface RecordedExchange {
	/** The same number and name mean the same request in all versions. */
	nr: number;
	name: string;
	request: { method: string; path: string; headers: Record<string, string>; body?: string };
	response: {
		status: number;
		headers: Record<string, string>;
		/** What the body is, whatever Content-Type claims. */
		kind: 'xml' | 'json' | 'txt' | 'empty' | 'gz' | 'binary-omitted';
		body?: string;
		/** Of `gz`: the bytes as received. */
		bodyBase64?: string;
		note?: string;
	};
	errorCodes?: string;
	note?: string;
}

const FOLDER = join(__dirname, '../PrestaShop/recorded');
const loaded = new Map<string, RecordedExchange[]>();

/** All exchanges of one version, by number. */
export function recordedExchanges(version: RecordedVersion): RecordedExchange[] {
	const known = loaded.get(version);
	if (known) return known;
	const lines = readFileSync(join(FOLDER, `${version}.jsonl`), 'utf8')
		.trim()
		.split('\n');
	const exchanges = lines.map((line) => JSON.parse(line) as RecordedExchange);
	loaded.set(version, exchanges);
	return exchanges;
}

/** One exchange by its number. Throws for a number that was not recorded. */
export function recordedExchange(version: RecordedVersion, nr: number): RecordedExchange {
	const exchange = recordedExchanges(version).find((each) => each.nr === nr);
	if (!exchange) throw new Error(`Exchange ${nr} was not recorded with ${version}`);
	return exchange;
}

/** The body of the answer as text, unpacked when it was compressed; empty when there was none. */
export function recordedBody({ response }: RecordedExchange): string {
	if (response.bodyBase64 !== undefined) {
		return gunzipSync(Buffer.from(response.bodyBase64, 'base64')).toString('utf8');
	}
	return response.body ?? '';
}
