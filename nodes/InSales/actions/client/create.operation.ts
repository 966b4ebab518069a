import { otherFields } from '../../writing/fields';
import { InputError } from '../../../shared/protocol/errors';
import { dryRun, optionsField, simplify } from '../../../shared/actions/fields';
import { sameText } from '../../../shared/text/sameText';
import { clientUpdateFields } from '../../customers/fields';
import { recordsWithKey } from '../../../shared/reading/keySearch';
import { hasEmail, hasPhone, keyedClients, viewClient } from '../../customers/view';
import { emailKey, phoneKey } from '../../api/keys';
import { idOf } from '../../api/codec';
import type { InSalesRecord, Json } from '../../api/codec';
import { createRecord } from '../../writing/create';
import {
	CLIENT_FIELD,
	checkFieldNames,
	extraFields,
	fieldValueRows,
} from '../../writing/extraFields';
import type { InSalesShop } from '../../api/reads';
import { namedValues } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import { changes } from '../../api/query';
import { shopNow } from '../../api/shopClock';

const additionalFields = {
	...clientUpdateFields,
	displayName: 'Additional Fields',
	name: 'additionalFields',
} as const;

export const createClient = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a client',
	description:
		'Create a client (customer) without an account, so that no letter is sent. The shop accepts several clients with the same email or phone: with "Skip If Exists" the one that is there is returned.',
	needs: ['clients GET', 'clients POST'],
	uses: ['fields GET'],
	items: 'oneByOne',
	fields: [
		{ displayName: 'First Name', name: 'name', type: 'string', default: '', required: true },
		additionalFields,
		extraFields,
		otherFields,
		simplify,
		optionsField([
			dryRun,
			{
				displayName: 'Skip If Exists',
				name: 'skipIfExists',
				type: 'boolean',
				default: true,
				description:
					'Whether to return the client with this email or phone instead of creating a second one. All clients are read for the first one, and later only what changed.',
			},
		]),
	],
	run: async (shop, { name, simplify: simple, options, ...values }) => {
		if (values.additionalFields.name !== undefined) {
			throw new InputError('The first name is named in two places.', 'Keep one of them.');
		}
		const rows = fieldValueRows(values.extraFields);
		const fields = {
			registered: false,
			...namedValues(
				{ ...values.additionalFields, name },
				{ label: 'Additional Fields', otherFields: values.otherFields },
			),
			...(rows.length > 0 && { fields_values_attributes: rows }),
		};
		const mine = isSame(fields);
		const warnings: string[] = [];
		if (options.skipIfExists === true) {
			if (mine.key === undefined) {
				throw new InputError(
					'"Skip If Exists" needs an email or a phone to know the client by.',
					'Add one of them.',
				);
			}
			const known = await recordsWithKey(shop, keyedClients, mine.key);
			const held = [...known, ...(await createdHere(shop)).values()].find(mine.fits);
			if (held) return { ...viewClient(shop, held, simple), created: false, reason: 'it exists' };
		}
		await checkFieldNames(shop, rows, CLIENT_FIELD, warnings);
		if (options.dryRun === true) return { ...fields, created: false, reason: 'dry run' };
		const since = await shopNow(shop, 'clients');
		const created = await createdHere(shop);
		const { record, warning } = await createRecord(shop, 'clients', 'client', fields, async () => {
			if (since === undefined || mine.key === undefined) return undefined;
			const found = await shop.list(changes({ path: 'clients' }, { since }));
			const fits = found.filter(
				(each) =>
					!created.has(idOf(each)) &&
					mine.fits(each) &&
					sameText(each.name, name) &&
					Date.parse(String(each.created_at)) >= Date.parse(since),
			);
			return fits.length === 1 ? fits[0] : undefined;
		});
		created.set(idOf(record), record);
		const notes = [...warnings, ...(warning === undefined ? [] : [warning])];
		return {
			...viewClient(shop, record, simple),
			created: true,
			...(notes.length > 0 && { warning: notes.join(' ') }),
		};
	},
});

/** How the client of these fields is recognised: by email, else by phone; `key` is absent without both. */
function isSame({ email, phone }: Readonly<Record<string, Json | undefined>>) {
	const told = String(email ?? phone ?? '');
	if (told === '') return { key: undefined, fits: () => false };
	return email !== undefined
		? { key: emailKey(told, 'Email'), fits: hasEmail(told) }
		: { key: phoneKey(told, 'Phone'), fits: hasPhone(told, 'Phone') };
}

/** The clients this run created, by ID. */
async function createdHere(shop: InSalesShop): Promise<Map<string, InSalesRecord>> {
	return await shop.once('created clients', async () => new Map<string, InSalesRecord>());
}
