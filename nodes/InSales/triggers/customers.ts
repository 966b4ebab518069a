import { digits } from '../../shared/polling/wallClock';
import { viewClient } from '../customers/view';
import { idOf } from '../api/codec';
import { isoTime } from '../api/dates';
import { createdStream } from './created';
import type { InSalesStream } from './feeds';

/** "New customer": clients, registered or not. */
export function customerStream(): InSalesStream {
	return createdStream('clients', 'clients_created', (shop, client, { simplify }) => {
		const recordId = idOf(client);
		const changeId = digits(String(client.created_at ?? ''));
		return {
			key: `customer ${recordId} ${changeId}`,
			recordId,
			changeId,
			occurredAt: isoTime(client.created_at),
			json: viewClient(shop, client, simplify),
		};
	});
}
