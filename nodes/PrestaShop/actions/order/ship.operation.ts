import type { IDataObject } from 'n8n-workflow';

import { dryRun, optionsField, trackingNumber } from '../../../shared/actions/fields';
import { ShopError } from '../../../shared/protocol/errors';
import { settled } from '../../../shared/protocol/settled';
import { withAdvice } from '../../../shared/writing/outcome';
import { orderCarrierId } from '../../orders/fields';
import { orderId, stateId } from '../../pickers/locators';
import { operation } from '../operation';
import { changeState } from '../orderHistory/create.operation';
import { updateTracking } from './updateTracking.operation';

/**
 * Marks an order as shipped: the number first, because the email of the status shows the number that the
 * order has at that moment; one email at most. Each step is the operation of its own.
 */
export const shipOrder = operation({
	value: 'ship',
	name: 'Ship',
	action: 'Mark an order as shipped',
	description:
		'Store the tracking number and give the order the status for it, with one email to the customer if wanted',
	needs: [...new Set([...updateTracking.needs, ...changeState.needs])],
	uses: [...new Set([...(updateTracking.uses ?? []), ...(changeState.uses ?? [])])],
	items: 'oneByOne',
	fields: [
		orderId,
		trackingNumber,
		{ ...stateId, description: 'The status for orders that were shipped, such as Shipped' },
		{
			displayName: 'Notify Customer',
			name: 'notifyCustomer',
			type: 'boolean',
			default: false,
			description:
				"Whether the shop sends the status's email to the customer, which shows the tracking number",
		},
		optionsField([dryRun, orderCarrierId]),
	],
	run: async (shop, values, item) => {
		const { orderId: order, trackingNumber, stateId: state, notifyCustomer, options } = values;
		const isDry = options.dryRun === true;
		const { orderCarrierId } = options;
		const status = async (dry: boolean) =>
			(await changeState.run(
				shop,
				{ orderId: order, stateId: state, notifyCustomer, options: { dryRun: dry } },
				item,
			)) as IDataObject;
		const tracking = async (dry: boolean) =>
			(await updateTracking.run(
				shop,
				{
					orderId: order,
					trackingNumber,
					notifyCustomer: false,
					options: { dryRun: dry, ...(orderCarrierId !== undefined && { orderCarrierId }) },
				},
				item,
			)) as IDataObject;
		// The status is checked before the number is stored, with look-ups that are remembered.
		const planned = await status(true);
		const stored = await tracking(isDry);
		const changed = isDry
			? { ok: true as const, value: planned }
			: await settled(async () => status(false));
		if (!changed.ok) throw notChanged(changed.error);
		const warnings = [stored.warning, changed.value.warning].filter((each) => each !== undefined);
		const notes = [stored.note, changed.value.note].filter((each) => each !== undefined);
		return {
			...stored,
			...changed.value,
			trackingChanged: stored.changed ?? false,
			changed: stored.changed === true || changed.value.changed === true,
			...(notes.length > 0 && { note: notes.join(' ') }),
			...(warnings.length > 0 && { warning: warnings.join(' ') }),
		};
	},
});

function notChanged(error: unknown): unknown {
	if (!(error instanceof ShopError)) return error;
	return withAdvice(error, `The tracking number is stored. ${error.explanation.fix}`);
}
