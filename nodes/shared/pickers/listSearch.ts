import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { toNodeError } from '../http/errors';
import type { Locator } from '../protocol/locator';
import { scopedShop } from '../reading/shopContext';
import { openShop } from '../reading/shop';
import type { Shop } from '../reading/shop';
import type { Vendor } from '../protocol/vendor';

/** One page of a picker. */
export interface PickerPage {
	results: INodeListSearchItems[];
	/** Where the next page starts; absent on the last one. */
	next?: string;
}

/**
 * Fills the list of a resource locator: `filter` is what the user typed, `from` the `next` of the
 * page before. Failures reach the user as they are: an empty list would be a lie.
 */
export type Picker<R> = (
	shop: Shop<R>,
	filter: string,
	from: string | undefined,
) => Promise<PickerPage>;

/** Entries of a list that are shown at once. */
const SLICE = 50;

/** One page of entries that are all known; `from` is the position of the first. */
export function slice(
	entries: ReadonlyArray<{ name: string; value: string }>,
	filter: string,
	from: string | undefined,
): PickerPage {
	const wanted = filter.toLowerCase();
	const hits = entries.filter(
		({ name, value }) => name.toLowerCase().includes(wanted) || value === filter,
	);
	const start = Number(from ?? 0);
	const end = start + SLICE;
	const sorted = exactFirst(hits, (entry) => isNamed(entry, wanted));
	return { results: sorted.slice(start, end), ...(end < hits.length && { next: `${end}` }) };
}

/** The same entries, those first that are exactly what was typed. */
export function exactFirst<T>(entries: readonly T[], isExact: (entry: T) => boolean): T[] {
	return [...entries.filter(isExact), ...entries.filter((entry) => !isExact(entry))];
}

/** Whether the value or a part of the name (`№ 1001 · …`, `Kurier (8)`) is the typed text. */
function isNamed({ name, value }: { name: string; value: string }, wanted: string): boolean {
	const parts = [value, ...name.split(/ · | \(|\)/)];
	const plain = (text: string) =>
		text
			.replace(/^[№#]\s*/, '')
			.trim()
			.toLowerCase();
	return wanted !== '' && parts.some((part) => plain(part) === plain(wanted));
}

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** Makes n8n's list-search methods out of a vendor's pickers. */
export function toListSearch<R>(
	vendor: Vendor<R>,
	pickers: Readonly<Record<string, Picker<R>>>,
): Record<string, ListSearch> {
	return Object.fromEntries(
		Object.entries(pickers).map(([name, pick]): [string, ListSearch] => [
			name,
			async function (this, filter, paginationToken) {
				try {
					const shop = await openChosenPart(this, vendor, name);
					const { results, next } = await pick(shop, (filter ?? '').trim(), paginationToken);
					return { results, paginationToken: next };
				} catch (error) {
					throw toNodeError(this.getNode(), error, `Load the list from ${vendor.name}`);
				}
			},
		]),
	);
}

/**
 * The part of the shop that is chosen in the open editor, so that lists show what the node will see.
 * The list of parts itself shows all of them.
 */
async function openChosenPart<R>(
	context: ILoadOptionsFunctions,
	vendor: Vendor<R>,
	list: string,
): Promise<Shop<R>> {
	const shop = await openShop(context, vendor);
	const { scope } = vendor;
	const modes = scope?.field.modes ?? [];
	if (!scope || modes.some(({ typeOptions }) => typeOptions?.searchListMethod === list))
		return shop;
	const chosen = context.getCurrentNodeParameter(`options.${scope.field.name}`);
	const { mode, value } = (chosen ?? {}) as Partial<Locator>;
	// An expression has no value before the workflow runs.
	if (mode === undefined || !value || String(value).startsWith('=')) return shop;
	return scopedShop(shop, scope, {
		options: { [scope.field.name]: { mode, value: String(value) } },
	});
}

/** Fills a list of plain options. */
export type OptionLoader<R> = (shop: Shop<R>) => Promise<INodePropertyOptions[]>;

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** Makes n8n's option loaders out of a vendor's. */
export function toLoadOptions<R>(
	vendor: Vendor<R>,
	loaders: Readonly<Record<string, OptionLoader<R>>>,
): Record<string, LoadOptions> {
	return Object.fromEntries(
		Object.entries(loaders).map(([name, load]): [string, LoadOptions] => [
			name,
			async function (this) {
				try {
					return await load(await openChosenPart(this, vendor, name));
				} catch (error) {
					throw toNodeError(this.getNode(), error, `Load the list from ${vendor.name}`);
				}
			},
		]),
	);
}
