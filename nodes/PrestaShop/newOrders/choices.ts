import { is } from '../api/conditions';
import { InputError } from '../../shared/protocol/errors';
import { sameText } from '../../shared/text/sameText';
import type { KeyRights } from '../api/keyRights';
import { languageIdOf } from '../languages/shopLanguages';
import { listing, lookup } from '../api/query';
import { allOf, byId, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';
import { stateNamed } from '../orders/statuses';
import { round } from './amounts';
import type { Buyer } from './buyer';
import type { Permitted } from './permitted';
import type { Settings } from './settings';

/** An ID, where a field holds one. */
export function idOf(value: unknown): string | undefined {
	return typeof value === 'string' && /^[1-9]\d*$/.test(value) ? value : undefined;
}

/** The names of the customer, for addresses without any. */
export function personOf({ known, create }: Buyer): { firstname?: string; lastname?: string } {
	const record = known ?? create ?? {};
	const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
	return { firstname: text(record.firstname), lastname: text(record.lastname) };
}

/** `isGenericName`, as the column demands. */
export function paymentOf(text: string): string {
	const name = text.trim();
	const strange = /[<>={}]/.exec(name)?.[0];
	if (strange === undefined && [...name].length <= 255) return name;
	throw new InputError(
		`"Payment Name" is "${text}".`,
		'Use at most 255 characters, and none of < > = { }.',
	);
}

/** The customer's message, checked. */
export function messageOf(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	const message = text.trim();
	if (message === '') throw new InputError('"Message" is empty.', 'Enter a text, or remove it.');
	if (!/<\s*script|javascript:|<\?php/i.test(message)) return message;
	throw new InputError('"Message" holds a script.', 'PrestaShop refuses it.');
}

/** The module for bank wire that every shop comes with; 1.6 calls it by another name. */
export function moduleOf(text: string | undefined, generation: number | undefined): string {
	if (text === undefined) return generation === 1.6 ? 'bankwire' : 'ps_wirepayment';
	if (/^[a-zA-Z0-9_-]+$/.test(text.trim())) return text.trim();
	throw new InputError(
		`"Payment Module" is "${text}".`,
		'Enter its technical name, such as ps_wirepayment.',
	);
}

const currenciesByCode = lookup('currencies', 'iso_code', ['id', 'iso_code', 'active']);

/** Where nothing else is known: the first currency is the default one of nearly every shop. */
const FIRST_CURRENCY = '1';

/** The currency of the order, and whether it is another than the shop's default one. */
export async function currencyOf(
	shop: PrestaShopShop,
	text: string | undefined,
	settings: Settings | undefined,
	permitted: Permitted,
): Promise<{ id: string; otherId: string | undefined }> {
	const standard = settings?.PS_CURRENCY_DEFAULT ?? FIRST_CURRENCY;
	const other = (id: string) => ({ id, otherId: id === standard ? undefined : id });
	if (text === undefined) return other(standard);
	const typed = text.trim();
	const isId = /^[1-9]\d*$/.test(typed);
	const read = await permitted('the currency', 'currencies', async () => ({
		record: isId
			? await byId(shop, 'currencies', typed)
			: (await shop.find(currenciesByCode, typed))[0],
	}));
	if (read?.record?.active === '1' && read.record.id !== undefined) return other(read.record.id);
	if (!read && isId) return other(typed);
	throw new InputError(
		read
			? `The shop has no active currency "${text}".`
			: `The currency "${text}" cannot be looked up by its code.`,
		read
			? 'Check it in the back office.'
			: 'Give its ID, or give the key the right to view currencies.',
	);
}

/** Where nothing else is known. */
const FIRST_LANGUAGE = '1';

/** The language of the order: the one named, else that of the customer. */
export async function languageOf(
	shop: PrestaShopShop,
	text: string | undefined,
	{ known }: Buyer,
): Promise<string> {
	const named = text === undefined ? undefined : await languageIdOf(shop, text.trim());
	return named ?? idOf(known?.id_lang) ?? FIRST_LANGUAGE;
}

/** The status the order gets in the end, named by ID or name. */
export async function finalStateOf(
	shop: PrestaShopShop,
	text: string | undefined,
): Promise<PrestaShopRecord | undefined> {
	if (text === undefined) return undefined;
	const value = text.trim();
	const isId = /^[1-9]\d*$/.test(value);
	const states = await ifPermitted(shop, 'statuses', 'order_states', [], async () =>
		allOf(shop, 'order_states'),
	);
	if (states) return await stateNamed(shop, { mode: isId ? 'id' : 'name', value });
	if (isId) return { id: value };
	throw new InputError(
		`The status "${text}" cannot be looked up by its name.`,
		'Give its ID, or give the key the right to view order_states.',
	);
}

/** What gift wrapping costs with tax. */
export function wrapping(
	isWanted: boolean,
	settings: Settings | undefined,
	otherCurrency: string | undefined,
): number {
	if (!isWanted) return 0;
	if (settings && otherCurrency === undefined)
		return round(Number(settings.PS_GIFT_WRAPPING_PRICE ?? 0));
	throw new InputError(
		'What the shop takes for gift wrapping cannot be computed.',
		'Enter the total of the order in "Total", or use the mode Prepared Shop.',
	);
}

/**
 * Computed prices see neither the percentage of a customer's group nor vouchers that join a cart by
 * themselves: both end in a total that differs (recorded exchanges 949, 951, 959, 961).
 */
export async function refuseUnseenReductions(
	shop: PrestaShopShop,
	{ known }: Buyer,
	groupId: string | undefined,
	{ generation }: KeyRights,
	permitted: Permitted,
): Promise<void> {
	const fix = 'Enter the total of the order in "Total", or use the mode Prepared Shop.';
	const group =
		groupId === undefined
			? undefined
			: await permitted('the percentage of the customer group', 'groups', async () =>
					byId(shop, 'groups', groupId),
				);
	if (group && Number(group.reduction) > 0) {
		throw new InputError(
			`The customer's group ${groupId ?? ''} gets ${Number(group.reduction)} % off, which computed prices do not see.`,
			fix,
		);
	}
	// 1.6 ignores them here (recorded exchange 769).
	if (generation === 1.6) return;
	const rules = await permitted('vouchers without a code', 'cart_rules', async () =>
		shop.list(listing({ resource: 'cart_rules', where: [is('active', '1')] })),
	);
	const rule = rules?.find(
		({ code, quantity, id_customer: customer }) =>
			code === '' &&
			Number(quantity) > 0 &&
			(customer === '0' || sameText(String(customer), known?.id ?? '')),
	);
	if (!rule) return;
	throw new InputError(
		`The voucher ${rule.id ?? ''} has no code and joins every cart it fits: the order would be overpaid.`,
		fix,
	);
}
