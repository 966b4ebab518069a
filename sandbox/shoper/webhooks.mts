import { textOf } from './definitions.mts';
import { notOnList } from './errors.mts';
import type { SavingRules } from './savingRules.mts';

/** Events a webhook may ask for (Shoper REST reference 8.2). */
const EVENTS = new Set([
	...['order', 'client', 'product', 'category', 'specialoffer', 'subscriber'].flatMap((object) =>
		['create', 'edit', 'delete'].map((verb) => `${object}.${verb}`),
	),
	...['order.paid', 'order.status'],
	...['parcel.create', 'parcel.dispatch', 'parcel.delete', 'parcel.send'],
	...['product-tag.edit', 'order_transaction.create', 'order_refund.create'],
]);

/** Rules of `POST` and `PUT /webhooks`. Deliveries are not reproduced. */
export const WEBHOOK_RULES: SavingRules = {
	check: (_shop, given, complaints) => {
		if (given.url !== undefined && !/^https?:\/\/[^\s/]+/.test(textOf(given.url)))
			complaints.add('url', `Niepoprawny adres '${textOf(given.url)}'`);
		if (given.format !== undefined && !['0', '1'].includes(textOf(given.format)))
			complaints.add('format', notOnList(textOf(given.format)));
		for (const event of Array.isArray(given.events) ? given.events : [])
			if (!EVENTS.has(textOf(event))) complaints.add('events', notOnList(textOf(event)));
	},
};
