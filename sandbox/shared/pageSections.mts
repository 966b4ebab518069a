import { escapeHtml } from './pageShell.mts';
import type { RequestLog } from './requestLog.mts';
import type { ShopNotification } from './shopControl.mts';

/** How many entries a list of the page shows. */
export const NEWEST = 15;
const NEWEST_REQUESTS = 20;

/** A table of finished HTML rows under a finished head, or a sentence when there are none. */
export function tableOr(empty: string, head: string, rows: string[]): string {
	return rows.length > 0
		? `<table>${head}${rows.join('')}</table>`
		: `<p class="empty">${escapeHtml(empty)}</p>`;
}

/** A section of the page: rows of texts under a head, or a sentence when there are none. */
export function listSection(
	title: string,
	head: string[],
	rows: string[][],
	empty: string,
): string {
	const header = `<tr>${head.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('')}</tr>`;
	const body = rows.map(
		(cells) => `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
	);
	return `<section><h2>${escapeHtml(title)}</h2>${tableOr(empty, header, body)}</section>`;
}

/** The coloured name of an order's state; grey unless the colour is one of six hex digits. */
export function stateBadge(title: string, color: string): string {
	const safe = /^#[0-9a-fA-F]{6}$/.test(color) ? color : '#5d6b75';
	return `<span class="state" style="background:${safe}">${escapeHtml(title)}</span>`;
}

/** The value of `data-body`: what a button sends with its verb. */
export function dataBody(body: Record<string, unknown>): string {
	return escapeHtml(JSON.stringify(body));
}

function newestFirst<T>(list: T[]): T[] {
	return list.slice(-NEWEST).reverse();
}

/** Time and text of the newest messages of workflows, newest first. */
export function notificationRows(notifications: ShopNotification[]): string[][] {
	return newestFirst(notifications).map((note) => [note.at, note.text]);
}

/** Time, recipient, subject and text of the newest mails, newest first. */
export function mailRows(
	mails: Array<{ at: string; to: string; subject: string; text: string }>,
): string[][] {
	return newestFirst(mails).map((mail) => [mail.at, mail.to, mail.subject, mail.text]);
}

/** Time, key, request, status, bytes and milliseconds of the newest requests, newest first. */
export function requestRows(requests: RequestLog): string[][] {
	return requests
		.newest(NEWEST_REQUESTS)
		.map((entry) => [
			entry.at,
			entry.keyName,
			`${entry.method} ${entry.path}`,
			String(entry.status),
			String(entry.bytes),
			String(entry.ms),
		]);
}
