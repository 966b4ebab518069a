import type { ShopLanguage } from '../languages/shopLanguages';
import { languageParameter, shopLanguages } from '../languages/shopLanguages';
import { InputError, ShopError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import type { Call, Method, Reply } from '../../shared/protocol/call';
import { doneAnyway, refuseAnother, sendOnce } from '../../shared/writing/outcome';
import { notReadBack, notSaved } from '../../shared/writing/update';
import type { UpdateOptions, Updated } from '../../shared/writing/update';
import { decode, encodeRecord } from '../api/codec';
import type { PrestaShopRecord } from '../api/records';
import { guardFieldsByName, readProducts } from '../api/productsWithoutCover';
import { errorTexts } from '../api/errorTexts';
import type { PrestaShopShop } from '../api/reads';
import { keyRights } from '../api/keyRights';
import type { KeyRights } from '../api/keyRights';
import { differences, resolveChanges, stillMissing } from './recordChanges';
import type { NamedValues, ResolvedChanges } from './recordChanges';
import { rightName, tickRight } from '../api/rights';
import { writeProfileOf } from './writeProfiles';
import type { WriteProfile } from './writeProfiles';

/** What an update did; the record in all languages, with the verb the key's rights allowed. */
export type RecordUpdated = Updated<PrestaShopRecord> & { method: Method };

/** Stands for a character that XML cannot carry, while a record is looked through for them. */
const LOST = '\uF8FF';
const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A record as read, with what cannot be sent back. */
interface Read {
	record: PrestaShopRecord;
	/** Element name, for the body. */
	node: string;
	/** Fields whose text holds characters that XML cannot carry. */
	damaged: string[];
}

/**
 * Changes the named fields of one record and nothing else: the one way this node updates anything.
 *
 * PATCH where the key and the shop allow it, else PUT with the whole record as it was read just
 * before. Multilingual fields are read and sent in every language, inactive ones too. Associations
 * are sent only when named. The answer shows the object in the shop's memory, so the record is
 * read again afterwards. After an unclear answer the node looks instead of sending again.
 *
 * What the webservice cannot prevent: it has no lock, so an edit made in the back office between
 * the reading and the writing of a PUT is overwritten (with PATCH the shop itself reads and writes
 * in one go, and only those milliseconds remain). Facts: PrestaShop webservice reference, sections
 * 4.1 to 4.5.
 *
 * @param named values by field name; texts of multilingual fields by language; `associations` by name
 * @throws InputError for wrong names and values, before anything is sent
 */
export async function updateRecord(
	shop: PrestaShopShop,
	resource: string,
	id: string,
	named: NamedValues,
	{ dryRun = false, onlyIfChanged = true }: UpdateOptions = {},
): Promise<RecordUpdated> {
	const profile = writeProfileOf(resource);
	const rights = await keyRights(shop, (each) => mayUpdate(each, resource));
	const method = writeMethod(rights, resource, id);
	const languages = profile.multilingual ? await shopLanguages(shop) : [];
	const before = await readRecord(shop, resource, id, languages);
	refuseAnother(before.record.id ?? '', id);
	const changes = await resolveChanges(shop, profile, before.record, named, rights.generation);
	const planned = differences(before.record, changes.next, profile, languages);
	const outcome = { record: before.record, changed: planned, alsoChanged: {}, method };
	guardLanguages(profile, before.record, changes, method, languages);
	if (method === 'PUT') {
		guardPut(before, changes);
		if (resource === 'products') await guardFieldsByName(shop, before.record);
	}
	const unchanged = Object.keys(planned).length === 0;
	if (unchanged && onlyIfChanged) {
		return { ...outcome, written: false, reason: 'nothing to change', warnings: [] };
	}
	if (dryRun) return { ...outcome, written: false, reason: 'dry run', warnings: [] };
	const body = bodyOf(profile, id, before.record, changes, method);
	const call: Call = {
		method,
		path: [resource, id],
		body: { contentType: 'text/xml; charset=utf-8', text: encodeRecord(before.node, body) },
	};
	const { unclear } = await sendOnce(async () => await shop.send(call));
	const looked = await settled(async () => await readRecord(shop, resource, id, languages));
	if (!looked.ok) throw notReadBack(unclear, call);
	const after = looked.value.record;
	const real = differences(before.record, after, profile, languages);
	const missing = stillMissing(after, changes, profile, languages);
	const hasChanged = changes.names.some((name) => real[name] !== undefined);
	if (unclear && !hasChanged && missing.length > 0) throw notSaved(unclear);
	const isNamed = ([field]: [string, unknown]) => changes.names.includes(field);
	const entries = Object.entries(real);
	return {
		...outcome,
		record: after,
		changed: Object.fromEntries(entries.filter(isNamed)),
		alsoChanged: Object.fromEntries(entries.filter((entry) => !isNamed(entry))),
		written: true,
		warnings: [
			...(unclear ? [doneAnyway(unclear, 'did save the record')] : []),
			...missing.map((field) => `The shop stored something else in ${field} than it was given.`),
		],
	};
}

/**
 * The verb that may and can change records of a resource: PATCH, else PUT where a PUT harms nothing.
 *
 * @throws ShopError naming the right to tick when there is none
 */
export function writeMethod(rights: KeyRights, resource: string, id = ''): Method {
	if (rights.has(resource, 'PATCH')) return 'PATCH';
	const wiped = putWipes(rights, resource);
	if (rights.has(resource, 'PUT') && wiped.length === 0) return 'PUT';
	const wanted = rights.knowsPatch ? 'PATCH' : 'PUT';
	const reason = rights.has(resource, 'PUT')
		? `On this version of PrestaShop an update by PUT would wipe ${wiped.join(' and ')} of the record, and the API key has no right "${rightName(resource, 'PATCH')}".`
		: `The API key may not do this: the right "${rightName(resource, wanted)}" is missing.`;
	const right = rightName(resource, wanted);
	throw new ShopError(
		{ kind: 'permission', sent: false },
		{ method: wanted, path: [resource, ...(id === '' ? [] : [id])] },
		{ reason, fix: tickRight(resource, wanted), right },
	);
}

/** Whether the key has a right with which records of a resource can be changed without harm. */
export function mayUpdate(rights: KeyRights, resource: string): boolean {
	return (
		rights.has(resource, 'PATCH') ||
		(rights.has(resource, 'PUT') && putWipes(rights, resource).length === 0)
	);
}

/** Fields that a PUT would wipe on this shop; a shop that hides its version may be a new one. */
function putWipes({ generation, knowsPatch }: KeyRights, resource: string): readonly string[] {
	const { putWipes: wipes } = writeProfileOf(resource);
	if (!wipes) return [];
	const isNew = generation === undefined ? knowsPatch : generation >= wipes.since;
	return isNew ? wipes.fields : [];
}

async function readRecord(
	shop: PrestaShopShop,
	resource: string,
	id: string,
	languages: readonly ShopLanguage[] | undefined,
): Promise<Read> {
	const call: Call = {
		method: 'GET',
		path: [resource, id],
		...(languages && languages.length > 0 && { query: { language: languageParameter(languages) } }),
	};
	const { text } = await sendRead(shop, call);
	// The reader drops characters that XML forbids; marked, the fields that hold one are found.
	const decoded = decode(text);
	const markedText = text.replace(NOT_IN_XML, LOST);
	const marked = markedText === text ? undefined : decode(markedText);
	if (decoded.kind !== 'records' || decoded.records.length !== 1) {
		const failure = { kind: 'malformed', sent: true, status: 200 } as const;
		throw new ShopError(failure, call, errorTexts(failure, call));
	}
	const fields = marked?.kind === 'records' ? Object.entries(marked.records[0] ?? {}) : [];
	const damaged = fields.flatMap(([name, value]) =>
		JSON.stringify(value).includes(LOST) ? [name] : [],
	);
	// Read by the names of fields, a product comes as a list of one.
	const node = decoded.single ? decoded.resource : 'product';
	return { record: decoded.records[0] ?? {}, node, damaged };
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

/** Languages the key cannot see would be emptied: refuses rather than guesses. */
function guardLanguages(
	{ label }: WriteProfile,
	record: PrestaShopRecord,
	{ next, names }: ResolvedChanges,
	method: Method,
	languages: readonly ShopLanguage[] | undefined,
): void {
	if (languages !== undefined) return;
	// A PUT sends every field; a PATCH only the named ones.
	const sent = method === 'PUT' ? Object.keys(record) : names;
	const atRisk = sent.filter((field) => Array.isArray(next[field] ?? record[field]));
	if (atRisk.length === 0) return;
	throw new InputError(
		`The texts of this ${label} in languages that are switched off could be lost, because the API key may not read the shop's languages (right "${rightName('languages', 'GET')}").`,
		tickRight('languages', 'GET'),
	);
}

/** Stops a PUT that would send back a text without characters it holds. */
function guardPut({ damaged }: Read, { names }: ResolvedChanges): void {
	const lost = damaged.filter((field) => !names.includes(field));
	if (lost.length === 0) return;
	throw new InputError(
		`The record holds control characters in ${lost.join(', ')}, which XML cannot carry: an update by PUT would remove them.`,
		'Give the key the right to PATCH, or name these fields with a new value too.',
	);
}

/** What is sent: with PATCH the changes, with PUT the whole record. */
function bodyOf(
	{ computed, onlyWhenNamed, nullable }: WriteProfile,
	id: string,
	before: PrestaShopRecord,
	{ next, names }: ResolvedChanges,
	method: Method,
): PrestaShopRecord {
	// The ID in the body decides, not the one in the address (section 4.2).
	const body: PrestaShopRecord = { id };
	const fields = method === 'PATCH' ? names : Object.keys(before);
	for (const field of fields) {
		const isNamed = names.includes(field);
		if (field === 'id' || (field === 'associations' && !isNamed)) continue;
		if (!isNamed && (computed.includes(field) || onlyWhenNamed.includes(field))) continue;
		// Left out, a NULL column stays NULL; sent back empty it would become 0 (recorded exchange 396).
		if (!isNamed && nullable.includes(field) && before[field] === '') continue;
		body[field] = next[field] ?? before[field];
	}
	if (names.includes('associations')) body.associations = next.associations;
	return body;
}
