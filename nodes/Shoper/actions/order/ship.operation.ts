import type { IDataObject } from 'n8n-workflow';

import { dryRun, optionsField, trackingNumber } from '../../../shared/actions/fields';
import { ShopError } from '../../../shared/protocol/errors';
import { settled } from '../../../shared/protocol/settled';
import { withAdvice } from '../../../shared/writing/outcome';
import { orderId, statusId } from '../../pickers/locators';
import { operation } from '../operation';
import { createParcel } from '../parcel/create.operation';
import { changeStatus } from './changeStatus.operation';

/**
 * Marks an order as shipped: a parcel with the number first, then the status, unless the shop gives the
 * order that status with the parcel. Each step is the operation of its own, and safe to repeat.
 */
export const shipOrder = operation({
	value: 'ship',
	name: 'Ship',
	action: 'Mark an order as shipped',
	description:
		"Add a parcel with the tracking number and give the order the status for it. The shop's own settings decide whether the parcel or the status mails the customer; the result says what they do.",
	needs: [...new Set([...createParcel.needs, ...changeStatus.needs])],
	uses: createParcel.uses ?? [],
	items: 'oneByOne',
	fields: [
		orderId,
		trackingNumber,
		{ ...statusId, description: 'The status for orders that were sent' },
		optionsField([
			{
				displayName: 'Delivery Method ID',
				name: 'shippingId',
				type: 'string',
				default: '',
				description: 'Empty: that of the order',
			},
			dryRun,
		]),
	],
	run: async (shop, values, item) => {
		const { orderId: order, trackingNumber: number, statusId: status, options } = values;
		const { shippingId } = options;
		const change = async (dry: boolean) =>
			(await changeStatus.run(
				shop,
				{ orderId: order, statusId: status, options: { dryRun: dry } },
				item,
			)) as IDataObject;
		const parcel = async (dry: boolean) =>
			(await createParcel.run(
				shop,
				{
					orderId: order,
					trackingNumber: number,
					sent: true,
					simplify: true,
					options: { dryRun: dry, ...(shippingId !== undefined && { shippingId }) },
				},
				item,
			)) as IDataObject;
		// Order and status are checked before the parcel is made.
		const planned = await change(true);
		const made = await parcel(options.dryRun === true);
		const changed =
			options.dryRun === true
				? { ok: true as const, value: planned }
				: await settled(async () => await change(false));
		if (!changed.ok) throw notChanged(changed.error);
		const { movesOrderTo, warning: parcelWarning, ...shown } = made;
		const { warning, reason, ...result } = changed.value;
		const warnings = [parcelWarning, warning].filter((each) => each !== undefined);
		const moves = movedBy(movesOrderTo);
		const isChanged = made.created === true || result.changed === true;
		return {
			...result,
			// After the parcel, the order may have another status already.
			previousStatus: planned.previousStatus,
			parcel: shown,
			parcelCreated: made.created === true,
			...(moves && { parcelMovesOrderTo: moves }),
			changed: isChanged,
			...(!isChanged && { reason }),
			emailExpected:
				result.emailExpected === true || (made.created === true && moves?.sendsEmail === true),
			...(moves && bothMail(moves, result) && { note: twoMails(moves) }),
			...(warnings.length > 0 && { warning: warnings.join(' ') }),
		};
	},
});

function movedBy(moves: unknown): IDataObject | undefined {
	return typeof moves === 'object' && moves !== null ? (moves as IDataObject) : undefined;
}

/** Whether the parcel moves the order to a status that mails, before it gets another that mails as well. */
function bothMail(moves: IDataObject, { status, statusSendsEmail }: IDataObject): boolean {
	const isOther = moves.id !== (status as IDataObject).id;
	return isOther && moves.sendsEmail === true && statusSendsEmail === true;
}

function twoMails({ name }: IDataObject): string {
	return `The customer gets two emails: the shop's settings move an order with a sent parcel to "${String(name)}", which sends one, too.`;
}

function notChanged(error: unknown): unknown {
	if (!(error instanceof ShopError)) return error;
	return withAdvice(error, `The parcel is made. ${error.explanation.fix}`);
}
