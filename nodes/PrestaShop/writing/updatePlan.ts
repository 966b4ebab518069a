/** What an update of one record is made of: what is sent, whether it may be, and what came of it. */
import { InputError } from '../../shared/protocol/errors';
import type { ShopError } from '../../shared/protocol/errors';
import type { Call, Method } from '../../shared/protocol/call';
import { doneAnyway, refuseAnother } from '../../shared/writing/outcome';
import { notSaved } from '../../shared/writing/update';
import type { UpdateOptions, Updated } from '../../shared/writing/update';
import { encodeRecords } from '../api/codec';
import { keyRights } from '../api/keyRights';
import type { KeyRights } from '../api/keyRights';
import { guardFieldsByName } from '../api/productsWithoutCover';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';
import { rightName, tickRight } from '../api/rights';
import { shopLanguages } from '../languages/shopLanguages';
import type { ShopLanguage } from '../languages/shopLanguages';
import { differences, resolveChanges, stillMissing } from './recordChanges';
import type { NamedValues, ResolvedChanges } from './recordChanges';
import { mayUpdate, writeMethod } from './verbs';
import type { WholeRecord } from './wholeRecords';
import { writeProfileOf } from './writeProfiles';
import type { WriteProfile } from './writeProfiles';

/** What an update did; the record in all languages, with the verb the key's rights allowed. */
export type RecordUpdated = Updated<PrestaShopRecord> & { method: Method };

/** What all updates of one resource in a run share. */
export interface UpdateWay {
	resource: string;
	profile: WriteProfile;
	rights: KeyRights;
	method: Method;
	/** Those the key may see; `undefined` when it may see none. */
	languages: ShopLanguage[] | undefined;
}

/** A change that is to be sent. */
export interface UpdatePlan {
	id: string;
	before: WholeRecord;
	changes: ResolvedChanges;
	/** What is sent of the record. */
	body: PrestaShopRecord;
	/** What it would do. */
	outcome: Pick<RecordUpdated, 'record' | 'changed' | 'alsoChanged' | 'method'>;
}

/** @throws ShopError naming the right to tick when the key may not update the resource */
export async function updateWay(
	shop: PrestaShopShop,
	resource: string,
	id: string,
): Promise<UpdateWay> {
	const profile = writeProfileOf(resource);
	const rights = await keyRights(shop, (each) => mayUpdate(each, resource));
	const method = writeMethod(rights, resource, id);
	const languages = profile.multilingual ? await shopLanguages(shop) : [];
	return { resource, profile, rights, method, languages };
}

/**
 * What is to be sent, or why nothing is.
 *
 * @throws InputError for wrong names and values
 */
export async function planUpdate(
	shop: PrestaShopShop,
	{ resource, profile, rights, method, languages }: UpdateWay,
	{ id, named }: { id: string; named: NamedValues },
	before: WholeRecord,
	{ dryRun = false, onlyIfChanged = true }: UpdateOptions,
): Promise<{ plan: UpdatePlan } | { done: RecordUpdated }> {
	refuseAnother(before.record.id ?? '', id);
	const changes = await resolveChanges(shop, profile, before.record, named, rights.generation);
	const planned = differences(before.record, changes.next, profile, languages);
	const outcome = { record: before.record, changed: planned, alsoChanged: {}, method };
	guardLanguages(profile, before.record, changes, method, languages);
	if (method === 'PUT') {
		guardPut(before, changes);
		if (resource === 'products') await guardFieldsByName(shop, before.record);
	}
	const unsent = (reason: string) => ({
		done: { ...outcome, written: false, reason, warnings: [] },
	});
	if (Object.keys(planned).length === 0 && onlyIfChanged) return unsent('nothing to change');
	if (dryRun) return unsent('dry run');
	const body = bodyOf(profile, id, before.record, changes, method);
	return { plan: { id, before, changes, body, outcome } };
}

/** The request that writes records of one resource; the IDs in the body decide (section 4.2). */
export function updateCall({ resource, method }: UpdateWay, plans: readonly UpdatePlan[]): Call {
	const [first] = plans;
	const bodies = plans.map(({ body }) => body);
	return {
		method,
		path: [resource, first?.id ?? ''],
		body: {
			contentType: 'text/xml; charset=utf-8',
			text: encodeRecords(first?.before.node ?? '', bodies),
		},
	};
}

/** The named fields that changed, and those of them that do not hold what they were given. */
export function effectOf(
	{ profile, languages }: UpdateWay,
	{ before, changes }: UpdatePlan,
	after: PrestaShopRecord,
) {
	const real = differences(before.record, after, profile, languages);
	const missing = stillMissing(after, changes, profile, languages);
	return { real, missing, hasChanged: changes.names.some((name) => real[name] !== undefined) };
}

/**
 * What came of a change, as the record shows it.
 *
 * @param unclear why its answer left open what came of it
 * @throws ShopError when it surely was not made
 */
export function updatedAs(
	way: UpdateWay,
	plan: UpdatePlan,
	after: PrestaShopRecord,
	unclear: ShopError | undefined,
): RecordUpdated {
	const { real, missing, hasChanged } = effectOf(way, plan, after);
	if (unclear && !hasChanged && missing.length > 0) throw notSaved(unclear);
	const isNamed = ([field]: [string, unknown]) => plan.changes.names.includes(field);
	const entries = Object.entries(real);
	return {
		...plan.outcome,
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
function guardPut({ damaged }: WholeRecord, { names }: ResolvedChanges): void {
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
