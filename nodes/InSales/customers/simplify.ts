import type { IDataObject } from 'n8n-workflow';

import type { SimplifiedAccount } from '../../shared/output/customerShape';
import { idOrNull, textOrNull } from '../../shared/output/orderShape';
import { notFlag } from '../../shared/output/recordShape';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { isoTime } from '../api/dates';
import { extraFieldsOf } from '../orders/simplify';

/** A client in the shape that is the same on every shop, with the extra fields by handle. */
export function simplifyCustomer(
	client: InSalesRecord,
	shop: string,
): SimplifiedAccount & IDataObject {
	return {
		platform: 'insales',
		shop,
		id: idOf(client),
		type: textOrNull(client.type),
		email: textOrNull(client.email),
		firstName: textOrNull(client.name),
		lastName: textOrNull(client.surname),
		middleName: textOrNull(client.middlename),
		phone: textOrNull(client.phone),
		// The name of a company is that of the client itself (InSales API reference, section 5.5).
		company: client.type === 'Client::Juridical' ? textOrNull(client.name) : null,
		active: null,
		guest: notFlag(client.registered),
		newsletter: flag(client.subscribe),
		note: textOrNull(client.comment),
		birthday: null,
		languageId: null,
		groupId: idOrNull(client.client_group_id),
		createdAt: isoTime(client.created_at),
		updatedAt: isoTime(client.updated_at),
		fields: extraFieldsOf(client) as IDataObject,
	};
}

/** Booleans come as such, as text or as null (section 5.5). */
function flag(value: unknown): boolean | null {
	if (value === null || value === undefined || value === '') return null;
	return value === true || value === 1 || value === '1' || value === 'true';
}
