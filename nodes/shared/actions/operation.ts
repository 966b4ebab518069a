import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { InputFile, OutputFile } from './files';
import type { NotFoundError } from '../protocol/errors';
import type { Locator } from '../protocol/locator';
import type { Settled } from '../protocol/settled';
import type { Shop } from '../reading/shop';

/** The TypeScript type a field's value arrives as in `run`. */
type ValueOf<P> = P extends { type: 'resourceLocator' }
	? Locator
	: P extends { type: 'number' }
		? number
		: P extends { type: 'boolean' }
			? boolean
			: P extends { type: 'multiOptions' }
				? string[]
				: P extends { type: 'collection'; options: infer O extends readonly unknown[] }
					? Partial<ValuesOf<O>>
					: P extends { type: 'fixedCollection' }
						? IDataObject
						: string;

/** Parameter names and value types of a list of fields. */
export type ValuesOf<F extends readonly unknown[]> = {
	[P in F[number] as P extends { name: infer N extends string } ? N : never]: ValueOf<P>;
};

/** What an operation gives back: a record, or a record with a file. */
export type Output = IDataObject | OutputFile;

/** Of several records that were named, one may not be there. */
export type Outputs = Output | Array<Output | NotFoundError>;

/**
 * Serves the changes of all input items at once, in item order; one outcome for each change. Runs
 * when every item has either handed in its change or ended, so that nothing is written before all
 * input was understood.
 *
 * @param stopOnFailure whether a change that cannot be made keeps all others from being made
 */
export type JointWork<R, C, S> = (
	shop: Shop<R>,
	changes: readonly C[],
	stopOnFailure?: boolean,
) => Promise<ReadonlyArray<Settled<S>>>;

/** The input item that an operation serves. */
export interface InputItem<R> {
	/** Position among the input items, from 0. */
	index: number;
	/** The file in a binary property of the item. Throws `InputError` when there is none. */
	file(property: string): Promise<InputFile>;
	/** Hands a change over to be carried out together with those of the other items. */
	together<C, S>(work: JointWork<R, C, S>, change: C): Promise<S>;
}

/** One row of the operations table: what users see and what happens, in one place. */
export interface Operation<R> {
	/** Value of the `operation` parameter. */
	value: string;
	name: string;
	/** Sentence for the node's subtitle, the tool description and messages: "Get an order". */
	action: string;
	description: string;
	/** Rights the operation cannot do without, in the shop's words, such as `orders GET`. */
	needs: readonly string[];
	/** Rights that complete the output; without them parts are left out and named. */
	uses?: readonly string[];
	/** Whether it looks up one record that the user names: *If Nothing Is Found* is then its option. */
	findsOne?: boolean;
	/**
	 * `together`: all input items are served at once and their look-ups share requests; for reads,
	 * and for writes that go through `item.together`.
	 * `oneByOne`: items are served in order; for all other writes.
	 */
	items: 'together' | 'oneByOne';
	fields: readonly INodeProperties[];
	run(shop: Shop<R>, values: Record<string, unknown>, item: InputItem<R>): Promise<Outputs>;
}

/** A resource of a node and its operations. */
export interface Resource<R> {
	/** Value of the `resource` parameter. */
	value: string;
	name: string;
	operations: ReadonlyArray<Operation<R>>;
}

/** Keeps the literal types of a field that several operations share. */
export function field<const P extends INodeProperties>(properties: P): P {
	return properties;
}

/**
 * Declares an operation of a vendor whose records are of type `R`. The values `run` receives are
 * typed from `fields`: a misspelt name does not compile.
 */
export function operationsOf<R>() {
	return <const F extends readonly INodeProperties[]>(
		definition: Omit<Operation<R>, 'fields' | 'run'> & {
			fields: F;
			run(shop: Shop<R>, values: ValuesOf<F>, item: InputItem<R>): Promise<Outputs>;
		},
	): Operation<R> => ({
		...definition,
		// The one widening of the core: parameters.ts reads exactly `fields` and coerces each value to
		// the type that ValuesOf derives from it.
		run: async (shop, values, item) => await definition.run(shop, values as ValuesOf<F>, item),
	});
}
