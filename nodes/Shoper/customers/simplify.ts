import type { SimplifiedAccount } from '../../shared/output/customerShape';
import { idOrNull, textOrNull } from '../../shared/output/orderShape';
import { localToIso } from '../../shared/text/time';
import { flagOf, notFlag } from '../../shared/output/recordShape';
import type { ShoperRecord } from '../api/codec';

/** A row of `users` in the shape that is the same on every shop (Shoper REST reference 6.5). */
export function simplifyCustomer(
	user: ShoperRecord,
	{ shop, zone }: { shop: string; zone: string | undefined },
	missing: readonly string[],
): SimplifiedAccount {
	return {
		platform: 'shoper',
		shop,
		id: String(user.user_id ?? ''),
		email: textOrNull(user.email),
		firstName: textOrNull(user.firstname),
		lastName: textOrNull(user.lastname),
		// Phone numbers and companies belong to addresses in Shoper.
		phone: null,
		company: null,
		active: flagOf(user.active),
		guest: notFlag(user.registered),
		newsletter: flagOf(user.newsletter),
		note: textOrNull(user.comment),
		birthday: null,
		languageId: idOrNull(user.lang_id),
		groupId: idOrNull(user.group_id),
		createdAt: localToIso(String(user.date_add ?? ''), zone),
		// The shop keeps no time of the last change.
		updatedAt: null,
		...(missing.length > 0 && { _missing: [...missing] }),
	};
}
