import { anyOf } from '../api/conditions';
import type { JointWork } from '../../shared/actions/operation';
import type { Settled } from '../../shared/protocol/settled';
import { writeInBatches } from '../../shared/writing/batchWrite';
import type { PrestaShopRecord } from '../api/records';
import { listing } from '../api/query';
import { LOOK_PAUSE_MS, RECORDS_PER_REQUEST, extentOf } from './batches';

/**
 * Deletes the records of all items in few requests. One ID that does not exist keeps all of them
 * (recorded exchange 911), so that they were read before; brackets and commas are the one form that
 * means all (recorded exchanges 913, 914).
 */
export function deleter(resource: string): JointWork<PrestaShopRecord, string, true> {
	return async (shop, all) => {
		const ids = [...new Set(all)];
		const outcomes = await writeInBatches(ids, {
			size: RECORDS_PER_REQUEST,
			send: async (batch) => {
				await shop.send({
					method: 'DELETE',
					path: [resource, ''],
					query: { id: `[${batch.join(',')}]` },
				});
				return undefined;
			},
			extentOf,
			look: async (batch) => {
				const { first } = listing({ resource, where: [anyOf('id', batch)], display: ['id'] });
				const left = (await shop.records(first)).map(({ id }) => id);
				return batch.map((id) => (left.includes(id) ? 'old' : 'new'));
			},
			pauseMs: LOOK_PAUSE_MS,
		});
		return all.map((id): Settled<true> => {
			const outcome = outcomes[ids.indexOf(id)];
			if (!outcome || outcome.state === 'saved') return { ok: true, value: true };
			return { ok: false, error: outcome.error };
		});
	};
}
