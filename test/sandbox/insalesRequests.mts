import { INSALES_KEYS } from '../../sandbox/insales/shop.mts';
import type { Json, JsonObject } from '../../sandbox/insales/records.mts';
import { rawRequest } from './rawRequest.mts';

export interface ApiAnswer {
	status: number;
	headers: Record<string, string>;
	text: string;
	/** The parsed body; undefined when it is no JSON. */
	json: Json | undefined;
}

export type Key = { identifier: string; password: string };

function parsed(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}

export function basic(key: Key): string {
	return `Basic ${Buffer.from(`${key.identifier}:${key.password}`).toString('base64')}`;
}

/** Calls `/admin/<path>` of a sandbox shop: GET without a body, otherwise JSON with its Content-Type. */
export async function callAdmin(
	url: string,
	method: string,
	path: string,
	options: { body?: Json; key?: Key | null; headers?: Record<string, string> } = {},
): Promise<ApiAnswer> {
	const headers: Record<string, string> = { ...options.headers };
	if (options.key !== null) headers.Authorization = basic(options.key ?? INSALES_KEYS.full);
	if (options.body !== undefined) headers['Content-Type'] ??= 'application/json';
	const answer = await rawRequest(url, {
		method,
		path: `/admin/${path}`,
		headers,
		body: options.body === undefined ? undefined : JSON.stringify(options.body),
	});
	const text = answer.body.toString('utf8');
	return { status: answer.status, headers: answer.headers, text, json: parsed(text) };
}

/** The answer as a list of objects; anything else fails. */
export function list(answer: ApiAnswer): JsonObject[] {
	if (!Array.isArray(answer.json)) throw new Error(`No list: ${answer.status} ${answer.text}`);
	return answer.json as JsonObject[];
}

/** The answer as one object; anything else fails. */
export function object(answer: ApiAnswer): JsonObject {
	const { json } = answer;
	if (typeof json !== 'object' || json === null || Array.isArray(json))
		throw new Error(`No object: ${answer.status} ${answer.text}`);
	return json;
}

/** Where `actual` lacks something of `sample`, or has another kind of value there. null fits everything. */
export function lacking(sample: Json, actual: Json | undefined, path = ''): string[] {
	if (actual === undefined) return [`${path}: missing`];
	if (sample === null || actual === null) return [];
	if (Array.isArray(sample)) {
		if (!Array.isArray(actual)) return [`${path}: no list`];
		const [first] = sample;
		return first === undefined || actual.length === 0
			? []
			: actual.flatMap((item, index) => lacking(first, item, `${path}[${index}]`));
	}
	if (typeof sample === 'object') {
		if (typeof actual !== 'object' || Array.isArray(actual)) return [`${path}: no object`];
		return Object.entries(sample).flatMap(([name, value]) =>
			lacking(value, actual[name], `${path}.${name}`),
		);
	}
	return typeof sample === typeof actual ? [] : [`${path}: ${typeof actual}`];
}
