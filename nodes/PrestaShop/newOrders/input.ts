import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/protocol/errors';
import { recordId } from '../../shared/text/recordId';
import { isBlank, jsonRows, rowsOf } from '../../shared/text/userInput';

/** A line as it is ordered, before anything is asked. */
export interface LineInput {
	by: 'productId' | 'combinationId' | 'sku' | 'ean13';
	value: string;
	/** Attributes of the combination, by name. */
	options: string[];
	quantity: number;
	/** Price of one piece. */
	price: number | undefined;
	/** "line 2", for messages. */
	what: string;
}

const WAYS = ['productId', 'combinationId', 'sku', 'ean13'] as const;

const LABELS = {
	productId: 'Product ID',
	combinationId: 'Combination ID',
	sku: 'SKU',
	ean13: 'EAN',
};

const LINE_FIELDS = [...WAYS, 'options', 'quantity', 'price'];

/** Largest quantity that a cart holds without any doubt. */
const MAX_QUANTITY = 1_000_000;

/**
 * Rows of "Lines" and "Lines as JSON", checked.
 *
 * @throws InputError for a row that names no product, or several, or something a line does not have
 */
export function checkedLines(collection: unknown, json: string): LineInput[] {
	const rows = [...rowsOf(collection, 'Lines'), ...jsonLines(json)];
	if (rows.length > 0) return rows.map((row, index) => checkedLine(row, `line ${index + 1}`));
	throw new InputError('"Lines" is empty.', 'Add at least one line, or fill "Lines as JSON".');
}

function jsonLines(json: string): IDataObject[] {
	const fix = 'Enter something like [{"sku": "demo_1", "quantity": 2}].';
	const rows = jsonRows('Lines as JSON', json, fix);
	const strange = rows
		.flatMap((row) => Object.keys(row))
		.find((name) => !LINE_FIELDS.includes(name));
	if (strange === undefined) return rows;
	throw new InputError(
		`"Lines as JSON" has no entry "${strange}".`,
		`Its entries are ${LINE_FIELDS.join(', ')}.`,
	);
}

function checkedLine(row: IDataObject, what: string): LineInput {
	const text = (value: unknown) =>
		(typeof value === 'object' && value !== null
			? JSON.stringify(value)
			: String(value ?? '')
		).trim();
	const named = WAYS.map((by) => ({ by, value: text(row[by]) })).filter(
		({ value }) => value !== '',
	);
	const [first, ...others] = named;
	if (!first || others.length > 0) {
		throw new InputError(
			`In ${what}, ${first ? 'several of' : 'none of'} ${Object.values(LABELS).join(', ')} ${first ? 'are' : 'is'} filled in.`,
			'Fill in exactly one of them.',
		);
	}
	const { by, value } = first;
	const isId = by === 'productId' || by === 'combinationId';
	const options = text(row.options)
		.split(',')
		.map((option) => option.trim())
		.filter((option) => option !== '');
	if (by === 'combinationId' && options.length > 0) {
		throw new InputError(
			`In ${what}, the combination is named by its ID and by its options.`,
			'Leave the options empty.',
		);
	}
	const price = text(row.price);
	return {
		by,
		value: isId ? recordId(value, `${LABELS[by]} of ${what}`) : value,
		options,
		quantity: Object.hasOwn(row, 'quantity') ? quantityOf(row.quantity, what) : 1,
		price: price === '' ? undefined : amount(price, `Price of ${what}`),
		what,
	};
}

function quantityOf(value: unknown, what: string): number {
	// What an expression found nothing for is no order of one piece, and `true` and `[2]` are no numbers.
	const isText = typeof value === 'string' && /^\s*\d+\s*$/.test(value);
	const quantity = typeof value === 'number' || isText ? Number(value) : Number.NaN;
	if (Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY) return quantity;
	throw new InputError(
		`The quantity of ${what} is "${String(value ?? '')}".`,
		`Enter a whole number from 1 to ${MAX_QUANTITY}.`,
	);
}

/** An amount of money as a number, not negative. */
export function amount(text: string, label: string): number {
	const typed = text.trim();
	if (/^\d{1,9}(\.\d{1,6})?$/.test(typed)) return Number(typed);
	throw new InputError(
		`"${label}" is "${text}".`,
		'Enter a number with a point for decimals and without thousands separators, such as 1234.50.',
	);
}

/** Longest external ID: it is compared as a whole in a text column. */
const MAX_EXTERNAL_ID = 64;

/**
 * The external ID as the shop can keep and find it; `undefined` without one.
 *
 * @throws InputError when it holds characters that a search cannot find again
 */
export function externalIdOf(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	const id = text.trim();
	if (isBlank(id)) {
		throw new InputError('"External ID" is empty.', 'Enter your number, or remove the option.');
	}
	if (id.length <= MAX_EXTERNAL_ID && /^[\p{L}\p{N} ._:/#@+-]+$/u.test(id)) return id;
	throw new InputError(
		`"External ID" is "${id}".`,
		`Use at most ${MAX_EXTERNAL_ID} letters, digits and the characters . _ : / # @ + -.`,
	);
}
