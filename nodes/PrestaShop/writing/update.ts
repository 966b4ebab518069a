import { settled } from '../../shared/protocol/settled';
import { sendOnce } from '../../shared/writing/outcome';
import { notReadBack } from '../../shared/writing/update';
import type { UpdateOptions } from '../../shared/writing/update';
import type { PrestaShopShop } from '../api/reads';
import type { NamedValues } from './recordChanges';
import { planUpdate, updateCall, updateWay, updatedAs } from './updatePlan';
import type { RecordUpdated } from './updatePlan';
import { readWhole } from './wholeRecords';

/**
 * Changes the named fields of one record and nothing else: `updateMany.ts` does the same for many at once.
 *
 * PATCH where the key and the shop allow it, else PUT with the whole record as it was read just
 * before. Multilingual fields are read and sent in every language, inactive ones too. Associations
 * are sent only when named. The answer shows the object in the shop's memory, so the record is
 * read again afterwards. After an unclear answer the node looks instead of sending again.
 *
 * What the webservice cannot prevent: it has no lock, so an edit made in the back office between
 * the reading and the writing of a PUT is overwritten (with PATCH the shop itself reads and writes
 * in one go, and only those milliseconds remain). Facts: PrestaShop webservice reference, sections
 * 4.1 to 4.5.
 *
 * @param named values by field name; texts of multilingual fields by language; `associations` by name
 * @throws InputError for wrong names and values, before anything is sent
 */
export async function updateRecord(
	shop: PrestaShopShop,
	resource: string,
	id: string,
	named: NamedValues,
	options: UpdateOptions = {},
): Promise<RecordUpdated> {
	const way = await updateWay(shop, resource, id);
	const before = await readWhole(shop, resource, id, way.languages);
	const planned = await planUpdate(shop, way, { id, named }, before, options);
	if ('done' in planned) return planned.done;
	const { plan } = planned;
	const call = updateCall(way, [plan]);
	const { unclear } = await sendOnce(async () => await shop.send(call));
	const looked = await settled(async () => await readWhole(shop, resource, id, way.languages));
	if (!looked.ok) throw notReadBack(unclear, call);
	return updatedAs(way, plan, looked.value.record, unclear);
}
