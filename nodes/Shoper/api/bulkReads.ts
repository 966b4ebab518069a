import { settled } from '../../shared/protocol/settled';
import type { Call, Page } from '../../shared/protocol/call';
import type { Listing } from '../../shared/reading/listing';
import { parseJson } from '../../shared/text/userInput';
import { decodeRecords, isRecord, jsonBody } from './codec';
import type { ShoperRecord } from './codec';
import type { ShoperShop } from './reads';

/** Operations of a call: a bucket of the documented size takes them even if each is counted (section 4). */
const MOST = 10;

/**
 * Several lists with one request for the first page of each (Shoper REST reference 4). What the shop does not
 * answer that way is asked for alone.
 */
export async function listsAtOnce(
	shop: ShoperShop,
	listings: ReadonlyArray<Listing<ShoperRecord>>,
): Promise<ShoperRecord[][]> {
	const pages = await pagesAtOnce(
		shop,
		listings.map(({ first }) => first),
	);
	return await Promise.all(
		listings.map(async (listing, at) => {
			const page = pages[at];
			if (!page) return await shop.list(listing);
			const { keep = () => true } = listing;
			const next = page.isLast === true ? undefined : listing.next(listing.first, page);
			const rest = next ? await shop.list({ ...listing, first: next }) : [];
			return [...page.filter(keep), ...rest];
		}),
	);
}

/** Pages with as few requests as possible; `undefined` for those that did not come that way. */
export async function pagesAtOnce(
	shop: ShoperShop,
	calls: readonly Call[],
): Promise<Array<Page<ShoperRecord> | undefined>> {
	const parts: Array<readonly Call[]> = [];
	for (let at = 0; at < calls.length; at += MOST) parts.push(calls.slice(at, at + MOST));
	const found = await Promise.all(parts.map(async (part) => await bulk(shop, part)));
	return found.flat();
}

async function bulk(
	shop: ShoperShop,
	calls: readonly Call[],
): Promise<Array<Page<ShoperRecord> | undefined>> {
	const operations = calls.map(({ path, query }, at) => ({
		id: `${at}`,
		path: `/webapi/rest/${path.map(encodeURIComponent).join('/')}`,
		method: 'GET',
		params: { ...query },
	}));
	const body = jsonBody(operations);
	const sent = await settled(
		async () =>
			await shop.send({
				method: 'POST',
				path: ['bulk'],
				body,
				cost: calls.length,
				isRead: true,
			}),
	);
	// Whatever is wrong with the call, the lists alone may be had, or say what is wrong with them.
	if (!sent.ok) return calls.map(() => undefined);
	const parsed = parseJson(sent.value.text);
	const items: unknown[] = isRecord(parsed) && Array.isArray(parsed.items) ? parsed.items : [];
	const bodies = new Map(
		items.flatMap((item) =>
			isRecord(item) && Number(item.code) === 200 ? [[String(item.id), item.body] as const] : [],
		),
	);
	return calls.map((call, at) => {
		const answer = bodies.get(`${at}`);
		if (!isRecord(answer)) return undefined;
		return decodeRecords({ status: 200, headers: {}, text: JSON.stringify(answer) }, call);
	});
}
