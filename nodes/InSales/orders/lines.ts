import type { IDataObject } from 'n8n-workflow';

import { by, locator } from '../../shared/pickers/locators';
import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { recordId } from '../../shared/text/recordId';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { viewOrder } from './view';
import { simplifyLine } from './simplify';

/** The line of an order that is changed or removed. */
export const lineId = locator({
	displayName: 'Line',
	name: 'lineId',
	description:
		'The line of the order. Its ID is its identity: the same variant may stand in two lines.',
	modes: [by('id', 'By ID', 'e.g. 9001'), by('sku', 'By SKU', 'e.g. TS-01-M')],
});

/** The one line of an order that a locator names. Throws `InputError` with the lines of the order. */
export function lineNamed(order: InSalesRecord, { mode, value }: Locator): InSalesRecord {
	const rows = rowsIn(order.order_lines);
	const hits =
		mode === 'sku'
			? rows.filter(({ sku }) => String(sku ?? '').trim() === value)
			: rows.filter((line) => idOf(line) === recordId(value, 'Line'));
	const [line, ...others] = hits;
	if (line && others.length === 0) return line;
	const list = (line ? hits : rows).map((each) => `${idOf(each)} (${String(each.title ?? '')})`);
	throw new InputError(
		line
			? `Several lines of the order have the SKU "${value}".`
			: `The order has no line with the ${mode === 'sku' ? 'SKU' : 'ID'} "${value}".`,
		`Name one by its ID: ${list.join(', ')}.`,
	);
}

/** What an operation on lines returns: the order, and the line it was about. */
export function viewLines(
	shop: InSalesShop,
	order: InSalesRecord,
	simple: boolean,
	line: InSalesRecord | undefined,
	update: IDataObject,
): IDataObject {
	const shown = line && { ...simplifyLine(line) };
	return { ...viewOrder(shop, order, simple), _update: { ...update, line: shown ?? null } };
}
