import { escapeHtml } from './escapeHtml.mts';
import type { PageWords } from './pageWords.mts';
import type { RequestLog } from './requestLog.mts';
import type { ShopNotification } from './shopControl.mts';

/** How many entries a list of the page shows. */
export const NEWEST = 15;
const NEWEST_REQUESTS = 20;

/** A column of a table; numbers stand on the right. */
export interface Column {
	label: string;
	number?: boolean;
}

/**
 * A table of cells of finished HTML, the first of each row being its header, or a sentence when there are no rows.
 * Each cell carries its column's name, because narrow screens show a row as a card.
 */
export function tableOr(empty: string, columns: Column[], rows: string[][]): string {
	if (rows.length === 0) return `<p class="empty">${escapeHtml(empty)}</p>`;
	const cell = (html: string, index: number): string => {
		const column = columns[index];
		const style = column?.number ? ' class="number"' : '';
		const label = ` data-label="${escapeHtml(column?.label ?? '')}"`;
		return index === 0
			? `<th scope="row"${style}${label}>${html}</th>`
			: `<td${style}${label}>${html}</td>`;
	};
	const head = columns
		.map(({ label, number }) => {
			return `<th scope="col"${number ? ' class="number"' : ''}>${escapeHtml(label)}</th>`;
		})
		.join('');
	const body = rows.map((cells) => `<tr>${cells.map(cell).join('')}</tr>`).join('');
	return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

/** A section of the page; `tools` is finished HTML beside the title. */
export function section(title: string, content: string, tools = ''): string {
	return `<section><h2>${escapeHtml(title)}<span class="tools">${tools}</span></h2>${content}</section>`;
}

/** A section of plain texts under a head, or a sentence when there are none. */
function listSection(title: string, columns: Column[], rows: string[][], empty: string): string {
	return section(
		title,
		tableOr(
			empty,
			columns,
			rows.map((cells) => cells.map(escapeHtml)),
		),
	);
}

/** How bright a colour of six hex digits is, 0 to 1 (WCAG 2.2, relative luminance). */
function luminance(color: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
		const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Below this brightness white stands out more than black; either way the contrast is 4.58 or more. */
const AS_FAR_FROM_WHITE_AS_FROM_BLACK = 0.179;

/**
 * The coloured name of an order's status, in black or white, whichever can be read better; grey unless the colour is
 * one of six hex digits.
 */
export function statusBadge(title: string, color: string): string {
	const ground = /^#[0-9a-fA-F]{6}$/.test(color) ? color : '#5d6b75';
	const ink = luminance(ground) < AS_FAR_FROM_WHITE_AS_FROM_BLACK ? '#fff' : '#000';
	return `<span class="state" style="background:${ground};color:${ink}">${escapeHtml(title)}</span>`;
}

/** What a button sends, and to whom it belongs. */
export interface PageButton {
	verb: string;
	label: string;
	/** What is meant, for people who hear the button's name only. */
	of?: string;
	body?: Record<string, unknown>;
	quiet?: boolean;
}

/** A button that sends its verb; its accessible name begins with its text and ends with what it belongs to. */
export function button({ verb, label, of, body = {}, quiet = false }: PageButton): string {
	const name = of === undefined ? '' : ` aria-label="${escapeHtml(`${label}, ${of}`)}"`;
	return `<button${quiet ? ' class="quiet"' : ''} data-verb="${verb}" data-body="${dataBody(body)}"${name}>${escapeHtml(label)}</button>`;
}

/** The value of `data-body`: what a button sends with its verb. */
export function dataBody(body: Record<string, unknown>): string {
	return escapeHtml(JSON.stringify(body));
}

function newestFirst<T>(list: T[]): T[] {
	return list.slice(-NEWEST).reverse();
}

/** The newest messages of workflows. */
export function messagesSection(words: PageWords, notifications: ShopNotification[]): string {
	return listSection(
		words.messages,
		[{ label: words.time }, { label: words.text }],
		newestFirst(notifications).map((note) => [note.at, note.text]),
		words.noMessages,
	);
}

/** The newest mails of the shop to its customers. */
export function mailsSection(
	words: PageWords,
	mails: Array<{ at: string; to: string; subject: string; text: string }>,
): string {
	return listSection(
		words.mails,
		[words.time, words.recipient, words.subject, words.text].map((label) => ({ label })),
		newestFirst(mails).map((mail) => [mail.at, mail.to, mail.subject, mail.text]),
		words.noMails,
	);
}

/** The newest requests to the shop's API. */
export function requestsSection(words: PageWords, requests: RequestLog): string {
	return listSection(
		words.requests,
		[
			{ label: words.time },
			{ label: words.key },
			{ label: words.request },
			{ label: words.status, number: true },
			{ label: words.bytes, number: true },
			{ label: 'ms', number: true },
		],
		requests
			.newest(NEWEST_REQUESTS)
			.map((entry) => [
				entry.at,
				entry.keyName,
				`${entry.method} ${entry.path}`,
				String(entry.status),
				String(entry.bytes),
				String(entry.ms),
			]),
		words.noRequests,
	);
}
