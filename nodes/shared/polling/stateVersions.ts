import { STATE_VERSION } from './state';
import type { FeedState, NotStartedState, PollState } from './state';

/** The stored state, if it is whole and belongs to this shop and event. */
export function readState(text: string, scope: string): PollState | NotStartedState | undefined {
	const stored = upToDate(JSON.parse(text) as unknown);
	if (!isObject(stored) || stored.v !== STATE_VERSION || stored.scope !== scope) return undefined;
	const { since, variant, feeds } = stored;
	if (isNumber(since)) return { v: STATE_VERSION, scope, since };
	if (typeof variant !== 'string' || !isObject(feeds)) return undefined;
	return allOf(feeds, isFeedState) ? { v: STATE_VERSION, scope, variant, feeds } : undefined;
}

/** Whether a stored state belongs to this scope but cannot be used. */
export function isBroken(text: string, scope: string): boolean {
	if (text === '{}' || readState(text, scope)) return false;
	const stored = JSON.parse(text) as unknown;
	return !isObject(stored) || typeof stored.scope !== 'string' || stored.scope === scope;
}

/** What version 1 called the parts of a feed's state. */
const NAMES_OF_1: Readonly<Record<string, string>> = {
	floor: 'watermark',
	anchor: 'sentinel',
	marks: 'watermarkHistory',
	events: 'deliveredIds',
	waiting: 'pending',
	known: 'trackedValues',
	complete: 'highWatermark',
	position: 'cursor',
};

/** A state as this version stores it; whether it is whole is not looked at. */
function upToDate(stored: unknown): unknown {
	if (!isObject(stored) || stored.v !== 1) return stored;
	const { feeds } = stored;
	const renewed = isObject(feeds) ? mapValues(feeds, feedOf1) : feeds;
	return { ...stored, v: STATE_VERSION, ...(feeds !== undefined && { feeds: renewed }) };
}

/** A feed's state of version 1 in today's words. Keys of rows, events and records are no words. */
function feedOf1(feed: unknown): unknown {
	if (!isObject(feed)) return feed;
	const { anchor, marks, rows, waiting } = feed;
	return inTodaysWords({
		...feed,
		anchor: inTodaysWords(anchor),
		marks: Array.isArray(marks) ? marks.map(inTodaysWords) : marks,
		rows: isObject(rows) ? mapValues(rows, inTodaysWords) : rows,
		waiting: isObject(waiting) ? mapValues(waiting, inTodaysWords) : waiting,
	});
}

function inTodaysWords(part: unknown): unknown {
	if (!isObject(part)) return part;
	return Object.fromEntries(
		Object.entries(part).map(([name, value]) => [NAMES_OF_1[name] ?? name, value]),
	);
}

function mapValues(
	of: Record<string, unknown>,
	change: (value: unknown) => unknown,
): Record<string, unknown> {
	return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
	return Number.isFinite(value);
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function allOf<T>(
	entries: Record<string, unknown>,
	test: (entry: unknown) => entry is T,
): entries is Record<string, T> {
	return Object.values(entries).every(test);
}

function isPendingRow(entry: unknown): boolean {
	if (!isObject(entry) || !isNumber(entry.cursor) || !isNumber(entry.since)) return false;
	const { row } = entry;
	if (row === undefined) return true;
	if (!isObject(row) || !isText(row.recordId) || !isText(row.stamp)) return false;
	return isObject(row.data) && Object.values(row.data).every(isText);
}

function isFeedState(value: unknown): value is FeedState {
	if (!isObject(value)) return false;
	const { watermark, sentinel, watermarkHistory, rows, deliveredIds, pending, stamp } = value;
	const { trackedValues, highWatermark, backlog } = value;
	const isPlaced = (entry: unknown) => isObject(entry) && isNumber(entry.cursor);
	const has = (entry: unknown, name: string, test: (part: unknown) => boolean) =>
		isObject(entry) && test(entry[name]);
	const all = (entries: unknown, test: (entry: unknown) => boolean) =>
		isObject(entries) && Object.values(entries).every(test);
	return (
		isNumber(watermark) &&
		(sentinel === null || (isPlaced(sentinel) && has(sentinel, 'key', isText))) &&
		Array.isArray(watermarkHistory) &&
		watermarkHistory.every((entry) => isPlaced(entry) && has(entry, 'at', isNumber)) &&
		all(rows, isPlaced) &&
		all(deliveredIds, isNumber) &&
		all(pending, isPendingRow) &&
		isText(stamp) &&
		all(trackedValues, isText) &&
		(highWatermark === undefined || isNumber(highWatermark)) &&
		(backlog === undefined || (isPlaced(backlog) && has(backlog, 'at', isNumber)))
	);
}
