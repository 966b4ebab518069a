import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { InputError } from '../../shared/protocol/errors';
import type { Step } from '../../shared/tools/perform';
import type {
	CustomerChange,
	NewOrder,
	OrderChange,
	ProductChange,
} from '../../shared/tools/shopTools';
import { byId } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { productNamed, variantNamed } from '../products/view';

const idOf = (value: string) => ({ mode: 'id', value });

/** Names a model reads for the shop's own. */
const NAMES = { manager_comment: 'note' };

/** Orders have no field for a tracking number, so that it is noted. */
export async function changeOrder(
	shop: InSalesShop,
	{ order, status, trackingNumber, note }: OrderChange,
): Promise<Step[]> {
	const id = String(order.id);
	const steps: Step[] = [];
	if (trackingNumber !== undefined || note !== undefined) {
		const before = textOrNull((await byId(shop, 'orders', id))?.manager_comment);
		const lines = [
			before,
			...(trackingNumber === undefined ? [] : [`Tracking number: ${trackingNumber}`]),
			...(note === undefined ? [] : [note]),
		];
		steps.push({
			resource: 'order',
			operation: 'update',
			parameters: {
				orderId: idOf(id),
				updateFields: { manager_comment: lines.filter((line) => line !== null).join('\n') },
				simplify: false,
			},
			names: NAMES,
		});
	}
	if (status) {
		steps.push({
			resource: 'order',
			operation: 'changeStatus',
			parameters: { orderId: idOf(id), statusId: idOf(status.id) },
		});
	}
	return steps;
}

export async function changeProduct(shop: InSalesShop, change: ProductChange): Promise<Step[]> {
	const { product, variant, name, description, price, active, stock, stockChange } = change;
	const named = (text: string) => {
		const value = text.replace(/^#/, '');
		return /^\d+$/.test(value) ? idOf(value) : { mode: 'sku', value };
	};
	const steps: Step[] = [];
	const fields = {
		...(name !== undefined && { title: name }),
		...(description !== undefined && { description }),
		...(active !== undefined && { is_hidden: !active }),
	};
	if (change.language !== undefined && !/^(ru.*)?$/i.test(change.language)) {
		throw new InputError(
			'The shop keeps its texts in one language.',
			'Leave language out to change that text.',
		);
	}
	if (Object.keys(fields).length > 0) {
		steps.push({
			resource: 'product',
			operation: 'update',
			parameters: { productId: named(product), updateFields: fields, simplify: false },
		});
	}
	const productId = named(product);
	const variantId = variant === undefined ? { mode: 'id', value: '' } : named(variant);
	const isBySku = productId.mode === 'sku' && variant === undefined;
	const quantity =
		stockChange === undefined
			? stock
			: await (async () => {
					const record = variantNamed(
						await productNamed(shop, productId),
						isBySku ? productId : variantId,
					);
					return (numberOrNull(record.quantity) ?? 0) + stockChange;
				})();
	const values = {
		...(price !== undefined && { price }),
		...(quantity !== undefined && { quantity: String(quantity) }),
	};
	if (Object.keys(values).length > 0) {
		steps.push({
			resource: 'variant',
			operation: 'update',
			parameters: { productId, variantId, updateFields: values, simplify: false },
			names: { quantity: 'stock' },
		});
	}
	return steps;
}

export function changeCustomer({
	named,
	id,
	firstName,
	lastName,
	email,
	note,
}: CustomerChange): Step[] {
	const updateFields = {
		...(firstName !== undefined && { name: firstName }),
		...(lastName !== undefined && { surname: lastName }),
		...(email !== undefined && { email }),
		...(note !== undefined && { comment: note }),
	};
	// Found by e-mail address, the record is at hand.
	const clientId = named.includes('@') ? { mode: 'email', value: named } : idOf(id);
	const parameters = { clientId, updateFields, simplify: false };
	return [
		{
			resource: 'client',
			operation: 'update',
			parameters,
			names: { comment: 'note', name: 'first_name', surname: 'last_name' },
		},
	];
}

export async function createOrder(_shop: InSalesShop, order: NewOrder): Promise<Step[]> {
	const { street, postcode, city, country, note } = order;
	const address = {
		...(street !== undefined && { address: street }),
		...(postcode !== undefined && { zip: postcode }),
		...(city !== undefined && { city }),
		...(country !== undefined && { country }),
	};
	return await Promise.resolve([
		{
			resource: 'order',
			operation: 'create',
			parameters: {
				linesJson: JSON.stringify(order.lines),
				clientName: order.firstName ?? '',
				clientSurname: order.lastName ?? '',
				clientPhone: order.phone ?? '',
				clientEmail: order.email,
				deliveryVariantId: idOf(order.delivery.id),
				paymentGatewayId: idOf(order.payment.id),
				shippingAddress: address,
				additionalFields: { ...(note !== undefined && { comment: note }) },
				simplify: true,
			},
		},
	]);
}
