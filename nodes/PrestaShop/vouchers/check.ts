import { InputError } from '../../shared/protocol/errors';
import { recordId } from '../../shared/text/recordId';
import { userDateToLocal } from '../../shared/text/time';
import { lookup } from '../api/query';
import { zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';

const rulesByCode = lookup('cart_rules', 'code', ['id', 'code']);

/** The shop takes a second voucher with the same code without a word (recorded exchange 758). */
async function refuseTaken(
	shop: PrestaShopShop,
	code: string,
	own: string | undefined,
): Promise<void> {
	if (code === '') return;
	const others = (await shop.find(rulesByCode, code)).filter((each) => each.id !== own);
	const [taken] = others;
	if (!taken) return;
	throw new InputError(
		`The code "${code}" already belongs to the voucher ${taken.id ?? ''}.`,
		'Use another code, or update that voucher.',
	);
}

/** A day or a time as the shop's local time; what has an offset is converted. */
async function localTime(shop: PrestaShopShop, label: string, value: unknown): Promise<string> {
	const local = userDateToLocal(String(value ?? ''), await zoneOf(shop));
	if (local !== undefined) return local;
	throw new InputError(`"${label}" is "${String(value)}".`, 'Enter a date such as 2026-12-31.');
}

const NUMBERS = ['reduction_percent', 'reduction_amount', 'quantity', 'quantity_per_user'];

/** What the shop takes without a word, although the voucher is useless or means something else. */
export async function checkVoucher(
	shop: PrestaShopShop,
	values: Readonly<Record<string, unknown>>,
	before: PrestaShopRecord | undefined,
): Promise<Record<string, unknown>> {
	const next: Record<string, unknown> = { ...values };
	for (const name of ['date_from', 'date_to']) {
		if (next[name] !== undefined) next[name] = await localTime(shop, name, next[name]);
	}
	const all: Readonly<Record<string, unknown>> = { ...before, ...next };
	if (String(all.date_to) < String(all.date_from)) {
		throw new InputError('"date_to" is before "date_from".', 'Exchange them.');
	}
	for (const name of NUMBERS) {
		const value = Number(all[name] ?? 0);
		if (Number.isFinite(value) && value >= 0) continue;
		throw new InputError(`"${name}" is "${String(all[name])}".`, 'Enter a number from 0 on.');
	}
	const percent = Number(all.reduction_percent ?? 0);
	const amount = Number(all.reduction_amount ?? 0);
	if (percent > 100) {
		throw new InputError(`"reduction_percent" is ${percent}.`, 'Enter 10 for 10 %.');
	}
	if (percent > 0 && amount > 0) {
		throw new InputError('The voucher has a percentage and an amount.', 'Keep one of them.');
	}
	const gives =
		percent > 0 ||
		amount > 0 ||
		['1', 'true'].includes(String(all.free_shipping)) ||
		Number(all.gift_product ?? 0) > 0;
	if (!before && !gives) {
		throw new InputError(
			'The voucher takes nothing off.',
			'Give "reduction_percent", "reduction_amount", "free_shipping" or "gift_product".',
		);
	}
	const isNew = before === undefined || next.code !== undefined;
	if (isNew && typeof all.code === 'string') await refuseTaken(shop, all.code, before?.id);
	if (next.id_customer !== undefined && String(next.id_customer) !== '0') {
		next.id_customer = recordId(String(next.id_customer), 'Customer ID');
	}
	if (!before && amount > 0 && next.reduction_currency === undefined) next.reduction_currency = '1';
	return next;
}
