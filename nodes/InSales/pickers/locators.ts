import {
	dryRun,
	maxOutputCharacters,
	onlyIfChanged,
	optionsField,
	verifyEmail,
} from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';
import { by, locator, matches } from '../../shared/pickers/locators';

/** Fields that several InSales operations share. */
export const orderId = locator({
	displayName: 'Order',
	name: 'orderId',
	description:
		'The order to work with. The ID stands in the address of the order in the back office; the number is what customers see. InSales cannot search by number, so that orders are read until it is found.',
	list: 'searchOrders',
	modes: [
		by('id', 'By ID', 'e.g. 80001', matches('^#?[0-9]+$', 'An ID is a number')),
		by('number', 'By Number', 'e.g. 1001'),
	],
});

export const deliveryVariantId = locator({
	displayName: 'Delivery Method',
	name: 'deliveryVariantId',
	description:
		'Numeric ID of the delivery method. Pickup and fixed price suit orders from outside; others work out their price at checkout.',
	list: 'searchDeliveryVariants',
	modes: [by('id', 'By ID', 'e.g. 21797')],
});

export const paymentGatewayId = locator({
	displayName: 'Payment Method',
	name: 'paymentGatewayId',
	description:
		'Numeric ID of the payment method. It should be linked to the delivery method in the shop.',
	list: 'searchPaymentGateways',
	modes: [by('id', 'By ID', 'e.g. 79172')],
});

export const statusId = locator({
	displayName: 'Status',
	name: 'statusId',
	description: 'The status the order gets',
	list: 'searchCustomStatuses',
	modes: [
		by('id', 'By Permalink', 'e.g. v-obrabotke'),
		by('name', 'By Title', 'e.g. В обработке'),
		by('system', 'By System Status', 'e.g. dispatched', {
			hint: 'One of new, accepted, approved, dispatched, delivered, declined, returned',
		}),
	],
});

/** Options of everything that returns whole orders. */
export const orderOptions = optionsField([maxOutputCharacters, verifyEmail]);

/** Options of reads that know no other. */
export const outputOptions = optionsField([maxOutputCharacters]);

/** Options of changes. */
export const writeOptions = optionsField([dryRun, onlyIfChanged]);

/** Fields of the shop that have no field of their own here. */
export const otherFields = field({
	displayName: 'Other Fields',
	name: 'otherFields',
	type: 'json',
	default: '{}',
	description:
		'More fields by the names the shop uses, as JSON, such as {"responsible_user_id": 12}. An empty text or null empties a field.',
});
