import { InputError, NotFoundError } from '../protocol/errors';
import { settled } from '../protocol/settled';
import type { Lookup } from './lookup';
import type { Listing } from './listing';
import { isNotFound, loadIfPermitted } from './permissions';
import type { Shop } from './shop';

/** What reading single records and small resources needs to know of a shop. */
export interface ReadingFacts<R> {
	/** Finds records of a resource by their ID. */
	byId(resource: string): Lookup<R>;
	/** Whether a failure says that the resource cannot be searched by ID, only asked for one by one. */
	cannotSearch?(error: unknown): boolean;
	/** Lists a small resource whole. */
	all(resource: string): Listing<R>;
	/** The ID of a record, or what stands for it; empty when it has none. */
	idOf(record: R, resource: string): string;
	/** Small resources that hardly ever change, believed for a minute: never orders, stock or prices. */
	reference: readonly string[];
	/** The right to read a resource, in the words of the shop's back office. */
	rightName(resource: string): string;
}

/** The ways to read records that are the same for every shop. */
export interface Reads<R> {
	/**
	 * Runs `load`; when the credential has no right to it, answers `undefined` and notes in `missing`
	 * which part is left out and which right would bring it. Other failures pass. `missing` is absent
	 * where nobody is told: then a part that comes late is a failure, too.
	 */
	ifPermitted<T>(
		shop: Shop<R>,
		part: string,
		resource: string,
		missing: string[] | undefined,
		load: () => Promise<T>,
	): Promise<T | undefined>;
	/**
	 * The one record with this ID, or `undefined`. Many IDs asked for at once share requests.
	 *
	 * @param isEnough as in `allOf`; a record that was not there is always asked for anew
	 */
	byId(
		shop: Shop<R>,
		resource: string,
		id: string,
		isEnough?: (record: R | undefined) => boolean,
	): Promise<R | undefined>;
	/** Takes whole records of a resource that were found otherwise for what `byId` would find in this run. */
	learn(shop: Shop<R>, resource: string, records: readonly R[]): void;
	/**
	 * All records of a small resource by ID: read once per run, reference data once a minute.
	 *
	 * @param isEnough whether what was read before this run will do; it is read anew when not
	 */
	allOf(
		shop: Shop<R>,
		resource: string,
		isEnough?: (records: ReadonlyMap<string, R>) => boolean,
	): Promise<ReadonlyMap<string, R>>;
}

/** For who shows reference data itself: nothing that was read before this run will do. */
export const anew = () => false;

const isFound = (record: unknown) => record !== undefined;

/** Makes the reads of one shop. */
export function readsOf<R>(facts: ReadingFacts<R>): Reads<R> {
	const lookups = new Map<string, Lookup<R>>();
	const lookupOf = (resource: string): Lookup<R> => {
		const known = lookups.get(resource) ?? facts.byId(resource);
		lookups.set(resource, known);
		return known;
	};
	const isReference = (resource: string) => facts.reference.includes(resource);
	const oneOf = async (shop: Shop<R>, resource: string, id: string) => {
		const found = await settled(async () => await shop.find(lookupOf(resource), id));
		if (found.ok) return found.value[0];
		if (isNotFound(found.error)) return undefined;
		if (facts.cannotSearch?.(found.error) !== true) throw found.error;
		return await singleOnce(shop, resource, id);
	};
	return {
		ifPermitted: async (shop, part, resource, missing, load) => {
			const right = facts.rightName(resource);
			return await loadIfPermitted(shop, { part, resource, right }, missing, load);
		},
		byId: async (shop, resource, id, isEnough = isFound) => {
			if (!isReference(resource)) return await oneOf(shop, resource, id);
			const load = async () => await oneOf(shop, resource, id);
			return await shop.remember({ resource, key: `ID ${id}` }, load, isEnough);
		},
		learn: (shop, resource, records) => shop.learn(lookupOf(resource), records),
		allOf: async (shop, resource, isEnough) => {
			const load = async () => {
				const records = await shop.list(facts.all(resource), undefined, 'leaveOut');
				return new Map(records.map((record) => [facts.idOf(record, resource), record]));
			};
			if (!isReference(resource)) return await shop.once(`all ${resource}`, load);
			return await shop.remember({ resource }, load, isEnough);
		},
	};
}

/**
 * One record by its own address, always asked for anew, or `undefined` when the shop has none.
 *
 * @param resource path of the resource, as segments or with slashes between them
 */
export async function single<R>(
	shop: Shop<R>,
	resource: string | readonly string[],
	id: string,
): Promise<R | undefined> {
	const path = typeof resource === 'string' ? resource.split('/') : resource;
	const result = await settled(
		async () => await shop.records({ method: 'GET', path: [...path, id] }),
	);
	if (result.ok) return result.value[0];
	if (isNotFound(result.error)) return undefined;
	throw result.error;
}

/**
 * The same, asked for once in a run, as look-ups are: a record that is gone is missed by many others. For
 * what is only shown.
 */
export async function singleOnce<R>(
	shop: Shop<R>,
	resource: string,
	id: string,
): Promise<R | undefined> {
	const lookup: Lookup<R> = {
		id: `${resource} ${id} alone`,
		calls: () => [{ values: [id], call: { method: 'GET', path: [...resource.split('/'), id] } }],
		keyOf: () => id,
		normalise: (value) => value,
	};
	const found = await settled(async () => await shop.find(lookup, id));
	if (found.ok) return found.value[0];
	if (isNotFound(found.error)) return undefined;
	throw found.error;
}

/** A failure for a record that was named in a way the shop does not know. */
export function notFound(what: string, value: string): NotFoundError {
	return new NotFoundError(`The shop has no ${what} "${value}".`, 'Check it in the back office.');
}

/** A failure for an order that is asked for with another email address than that of its customer. */
export function notTheirs(email: string): InputError {
	return new InputError(
		`The order does not belong to "${email}".`,
		'Ask the customer for the email address the order was placed with.',
	);
}
