/** Records read to be written: whole, in all languages, and what of them cannot be sent back. */
import { ShopError } from '../../shared/protocol/errors';
import type { Call, Reply } from '../../shared/protocol/call';
import { settled } from '../../shared/protocol/settled';
import type { Settled } from '../../shared/protocol/settled';
import { decode } from '../api/codec';
import { errorTexts } from '../api/errorTexts';
import { readProducts } from '../api/productsWithoutCover';
import { anyOf } from '../api/conditions';
import { chunk, listing } from '../api/query';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';
import { languageParameter } from '../languages/shopLanguages';
import type { ShopLanguage } from '../languages/shopLanguages';

/** Stands for a character that XML cannot carry, while a record is looked through for them. */
const LOST = '\uF8FF';
const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A record as read, with what cannot be sent back. */
export interface WholeRecord {
	record: PrestaShopRecord;
	/** Element name, for the body. */
	node: string;
	/** Fields whose text holds characters that XML cannot carry. */
	damaged: string[];
}

type Languages = readonly ShopLanguage[] | undefined;

/** One record by its own address. */
export async function readWhole(
	shop: PrestaShopShop,
	resource: string,
	id: string,
	languages: Languages,
): Promise<WholeRecord> {
	const call: Call = { method: 'GET', path: [resource, id], query: inAll(languages) };
	const [record, ...others] = recordsIn((await sendRead(shop, call)).text) ?? [];
	if (record && others.length === 0) return record;
	const failure = { kind: 'malformed', sent: true, status: 200 } as const;
	throw new ShopError(failure, call, errorTexts(failure, call));
}

/**
 * Many records in few requests. What a list does not show (in a multistore it holds one shop's) is asked
 * for by its own address, and so is each record of a page that the shop fails at.
 */
export async function readManyWhole(
	shop: PrestaShopShop,
	resource: string,
	ids: readonly string[],
	languages: Languages,
): Promise<Map<string, Settled<WholeRecord>>> {
	const found = new Map<string, Settled<WholeRecord>>();
	for (const part of chunk([...new Set(ids)])) {
		const { first } = listing({ resource, where: [anyOf('id', part)] });
		const call = { ...first, query: { ...first.query, ...inAll(languages) } };
		const page = await settled(async () => recordsIn((await sendRead(shop, call)).text) ?? []);
		if (!page.ok && !liesInOneRecord(page.error)) {
			for (const id of part) found.set(id, page);
			continue;
		}
		for (const each of page.ok ? page.value : []) {
			found.set(each.record.id ?? '', { ok: true, value: each });
		}
		for (const id of part.filter((each) => !found.has(each))) {
			found.set(id, await settled(async () => await readWhole(shop, resource, id, languages)));
		}
	}
	return found;
}

/** Whether a page may have failed for one of its records. */
function liesInOneRecord(error: unknown): boolean {
	if (!(error instanceof ShopError)) return false;
	return ['server', 'malformed', 'tooLarge', 'rejected', 'notFound'].includes(error.failure.kind);
}

function inAll(languages: Languages): Record<string, string> {
	return languages && languages.length > 0 ? { language: languageParameter(languages) } : {};
}

/** The reader drops characters that XML forbids; marked, the fields that hold one are found. */
function recordsIn(text: string): WholeRecord[] | undefined {
	const decoded = decode(text);
	if (decoded.kind !== 'records') return undefined;
	const markedText = text.replace(NOT_IN_XML, LOST);
	const marked = markedText === text ? undefined : decode(markedText);
	return decoded.records.map((record, at) => {
		const fields = marked?.kind === 'records' ? Object.entries(marked.records[at] ?? {}) : [];
		const damaged = fields.flatMap(([name, value]) =>
			JSON.stringify(value).includes(LOST) ? [name] : [],
		);
		return { record, node: decoded.node ?? '', damaged };
	});
}

async function sendRead(shop: PrestaShopShop, call: Call): Promise<Reply> {
	if (call.path[0] !== 'products') return await shop.send(call);
	return await readProducts(async (display) => {
		// A single record comes whole without the parameter; old shops stumble over it.
		if (display === 'full') return await shop.send(call);
		return await shop.send({
			...call,
			query: { ...call.query, display: `[${display.join(',')}]` },
		});
	});
}
