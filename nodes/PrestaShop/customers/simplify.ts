import type { SimplifiedAccount } from '../../shared/output/customerShape';
import { idOrNull, textOrNull } from '../../shared/output/orderShape';
import { flagOf } from '../../shared/output/recordShape';
import { localToIso } from '../../shared/text/time';
import type { PrestaShopRecord } from '../api/records';
import type { View } from '../orders/simplify';

/** A customer in the shape that is the same on every shop, without any secret. */
export function simplifyCustomer(
	customer: PrestaShopRecord,
	{ shop, zone }: Pick<View, 'shop' | 'zone'>,
	missing: readonly string[],
): SimplifiedAccount {
	return {
		platform: 'prestashop',
		shop,
		id: customer.id ?? '',
		email: textOrNull(customer.email),
		firstName: textOrNull(customer.firstname),
		lastName: textOrNull(customer.lastname),
		// Phone numbers belong to addresses in PrestaShop.
		phone: null,
		company: textOrNull(customer.company),
		active: flagOf(customer.active),
		guest: flagOf(customer.is_guest),
		newsletter: flagOf(customer.newsletter),
		note: textOrNull(customer.note),
		birthday: localToIso(String(customer.birthday ?? ''), undefined)?.slice(0, 10) ?? null,
		languageId: idOrNull(customer.id_lang),
		groupId: idOrNull(customer.id_default_group),
		createdAt: localToIso(String(customer.date_add ?? ''), zone),
		updatedAt: localToIso(String(customer.date_upd ?? ''), zone),
		...(missing.length > 0 && { _missing: [...missing] }),
	};
}
