import { digits } from '../../shared/polling/wallClock';
import type { FeedRow, Resolved } from '../../shared/polling/stream';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { isoTime } from '../api/dates';
import { viewProducts } from '../products/view';
import { orderContentHash, productContentHash } from './contentHash';
import { feedByChange } from './feeds';
import type { InSalesStream, RowDraft, Source } from './feeds';
import { orderEvent } from './orderEvents';

/** A row whose key changes with what the record says. */
function rowOfContent(record: InSalesRecord, content: string): RowDraft[] {
	const changeId = `${digits(String(record.updated_at))}-${content}`;
	return [{ key: `@${changeId}`, data: { changeId } }];
}

/** Anything of an order that its date of change or its history shows, the creation included. */
export function updatedOrderStream(): InSalesStream {
	const { recordOf, ...feed } = feedByChange({
		resource: 'orders',
		rows: (order) => rowOfContent(order, orderContentHash(order)),
		remembers: false,
	});
	return {
		...feed,
		name: 'orders_updated',
		resolve: async (shop, rows, { choice }) =>
			rows.map((row): Resolved => {
				const order = recordOf(row);
				if (!order) return 'skip';
				const { changeId = '' } = row.data;
				return orderEvent(shop, order, choice, {
					kind: 'update',
					changeId,
					stamp: order.updated_at,
				});
			}),
	};
}

/** "Product updated": what the product's own date of change shows. */
export function updatedProductStream(): InSalesStream {
	const source: Source = {
		resource: 'products',
		rows: (product) => rowOfContent(product, productContentHash(product)),
		remembers: false,
	};
	const { recordOf, ...feed } = feedByChange(source);
	return {
		...feed,
		name: 'products_updated',
		resolve: async (shop, rows, { choice }) => {
			const { include = [] } = (choice.values.options ?? {}) as { include?: string[] };
			const view = { simplify: choice.simplify, include };
			return await Promise.all(
				rows.map(async (row: FeedRow): Promise<Resolved> => {
					const product = recordOf(row);
					const [json] = product ? await viewProducts(shop, [product], view) : [];
					if (!product || !json) return 'skip';
					const { changeId = '' } = row.data;
					return {
						key: `product ${idOf(product)} ${changeId}`,
						recordId: idOf(product),
						changeId,
						occurredAt: isoTime(product.updated_at),
						json,
					};
				}),
			);
		},
	};
}
