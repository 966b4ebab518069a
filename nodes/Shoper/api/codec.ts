import { parseJson } from '../../shared/text/userInput';
import type { IDataObject } from 'n8n-workflow';

import type { Call, Page, Reply } from '../../shared/protocol/call';
import { idFieldOf } from './resources';

/**
 * One record as the shop has it: almost every scalar is a text (`"order_id":"1"`, `"sum":"149.95"`,
 * flags `"0"` and `"1"`), some are numbers or booleans (Shoper REST reference 3.5).
 */
export type ShoperRecord = IDataObject;

/** Whether a decoded value is an object with named fields. */
export function isRecord(value: unknown): value is ShoperRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The records of an answer, in the four shapes the API has: a list in an envelope, a bare list
 * (`categories-tree`, `dashboard-activities`), a bare object, and for writes a bare number, which
 * holds no record. Throws an error in words for anything else.
 */
export function decodeRecords({ text }: Reply, call: Call): Page<ShoperRecord> {
	const body = parseJson(text);
	if (body === undefined && text.trim() !== '') throw new Error('it is no valid JSON');
	if (Array.isArray(body)) return bareList(body, call);
	if (isRecord(body)) return isEnvelope(body) ? pageOf(body, call) : [body];
	if (call.method !== 'GET') return [];
	throw new Error('there is no record in it');
}

function isEnvelope(body: ShoperRecord): boolean {
	return body.list !== undefined && (body.count !== undefined || body.pages !== undefined);
}

/**
 * A page that knows whether it is the last one. `pages` counts in pages of the size the shop really
 * gave, which is 10 where it found our limit too large; the echoed `page` is 1 on a page past the
 * end, so the page asked for counts (Shoper REST reference 3.1).
 */
function pageOf({ list, pages }: ShoperRecord, { query }: Call): Page<ShoperRecord> {
	// One client has met lists that are objects keyed by position.
	const rows: unknown[] = Array.isArray(list) ? list : isRecord(list) ? Object.values(list) : [];
	const page: Page<ShoperRecord> = rows.map(toRecord);
	const count = Number(pages ?? Number.NaN);
	if (Number.isFinite(count)) page.isLast = Number(query?.page ?? 1) >= count;
	return page;
}

/** Of the bare lists, the tree of categories has no pages. */
function bareList(rows: readonly unknown[], { path }: Call): Page<ShoperRecord> {
	const page: Page<ShoperRecord> = rows.map(toRecord);
	if (path[0] === 'categories-tree') page.isLast = true;
	return page;
}

/** Lists of bare IDs become records, so that nobody has to tell them apart. */
function toRecord(value: unknown): ShoperRecord {
	return isRecord(value) ? value : { id: String(value) };
}

/**
 * ID of the record that a POST created: a bare number (LIVE), or, as the OpenAPI allows, an object
 * with the ID. `undefined` when the answer names none.
 */
export function createdId({ text }: Reply, resource: string): string | undefined {
	const body = parseJson(text);
	const id = isRecord(body) ? (body[idFieldOf(resource)] ?? body.id) : body;
	return /^[1-9]\d*$/.test(String(id)) ? String(id) : undefined;
}

/** Body of a write. */
export function jsonBody(value: unknown): { contentType: string; text: string } {
	return { contentType: 'application/json', text: JSON.stringify(value) };
}

/** The error of an answer: `{"error": code, "error_description": text}`; `undefined` when it is none. */
export function faultIn(body: unknown): { code: string; message: string } | undefined {
	if (!isRecord(body) || typeof body.error !== 'string') return undefined;
	return { code: body.error, message: String(body.error_description ?? '') };
}
