import { anyOf } from '../api/conditions';
import type { PrestaShopRecord } from '../api/records';
import { listing } from '../api/query';
import { allOf, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';

/** Settings of the shop that decide what becomes of an order. */
const NAMES = [
	'PS_CURRENCY_DEFAULT',
	'PS_GIFT_WRAPPING_PRICE',
	'PS_OS_ERROR',
	'PS_OS_WS_PAYMENT',
	'PS_ROUND_TYPE',
	'PS_SHIPPING_FREE_PRICE',
	'PS_SHIPPING_FREE_WEIGHT',
	'PS_SHIPPING_HANDLING',
	'PS_SHIPPING_METHOD',
] as const;

/** Values by name, as far as the shop has them. */
export type Settings = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

/** The settings, read once per run; `undefined` when the key may not read them. */
export async function orderSettings(
	shop: PrestaShopShop,
	missing: string[],
): Promise<Settings | undefined> {
	return await ifPermitted(shop, 'settings of the shop', 'configurations', missing, async () =>
		shop.once('settings for orders', async () => {
			const rows = await shop.list(
				listing({
					resource: 'configurations',
					where: [anyOf('name', NAMES)],
					display: ['id', 'name', 'value', 'id_shop'],
				}),
			);
			// Of a multistore, a row without a shop is everybody's.
			const general = [...rows].sort((a, b) => rank(a) - rank(b));
			return Object.fromEntries(general.map(({ name, value }) => [String(name), String(value)]));
		}),
	);
}

function rank({ id_shop }: PrestaShopRecord): number {
	return ['', '0', undefined].includes(id_shop as string | undefined) ? 1 : 0;
}

/** Whether the shop is prepared to take orders without comparing their total. */
export type Preparation =
	| { prepared: true; stateId: string }
	| { prepared: false; stateId: string; why: string }
	/** The key may not look. */
	| { prepared: undefined; missing: string };

/**
 * A shop is prepared when the status that it gives to orders made through the webservice
 * (`PS_OS_WS_PAYMENT`) does not count as a sale ("logable") and sends no email: then it compares no
 * total and books no payment (recorded exchanges 734 to 736).
 */
export async function preparationOf(shop: PrestaShopShop): Promise<Preparation> {
	const missing: string[] = [];
	const settings = await orderSettings(shop, missing);
	const stateId = settings?.PS_OS_WS_PAYMENT;
	if (!settings || stateId === undefined) {
		const why = missing[0] ?? 'the setting PS_OS_WS_PAYMENT is not there';
		return { prepared: undefined, missing: why };
	}
	const states = await ifPermitted(shop, 'statuses', 'order_states', missing, async () =>
		allOf(shop, 'order_states'),
	);
	if (!states) return { prepared: undefined, missing: missing[0] ?? '' };
	const state = states.get(stateId);
	const because = !state
		? 'that status does not exist'
		: state.logable === '1'
			? 'that status counts the order as valid'
			: state.send_email === '1'
				? 'that status sends an email'
				: undefined;
	return because === undefined
		? { prepared: true, stateId }
		: { prepared: false, stateId, why: `orders get the status ${stateId}, and ${because}` };
}
