import type { INodePropertyOptions } from 'n8n-workflow';

import { slice } from '../../shared/pickers/listSearch';
import type { Picker } from '../../shared/pickers/listSearch';
import { textOrNull } from '../../shared/output/orderShape';
import { anew } from '../../shared/reading/records';
import { idOf, isRecord } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { isFit, isPickup, kindOf, nameOf } from '../orders/deliveryMethods';
import { allOf } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { listed } from './pages';
import { recordPickers } from './recordPickers';
import { SYSTEM_PREFIX, statusChoices, systemTitle } from '../orders/statuses';

/** Orders as the shop lists them; typed text may be the number, or part of the client's name, phone or email. */
const searchOrders: Picker<InSalesRecord> = async (shop, filter, from) =>
	await listed(shop, 'orders', filter, from, (order) => {
		const client = isRecord(order.client) ? order.client : {};
		const parts = [
			`№ ${String(order.number ?? '')}`,
			personOf(client),
			textOrNull(client.phone) ?? textOrNull(client.email),
			String(order.created_at ?? '').slice(0, 10),
			`${String(order.total_price ?? '')} ${String(order.currency_code ?? '')}`,
		];
		return { name: joined(parts), value: idOf(order) };
	});

/** Clients as the shop lists them; typed text may be part of the name, phone or email. */
const searchClients: Picker<InSalesRecord> = async (shop, filter, from) =>
	await listed(shop, 'clients', filter, from, (client) => ({
		name: joined([
			personOf(client),
			textOrNull(client.phone),
			textOrNull(client.email),
			`#${idOf(client)}`,
		]),
		value: idOf(client),
	}));

/** Delivery methods with ID, title and type; what suits orders from outside comes first. */
const searchDeliveryVariants: Picker<InSalesRecord> = async (shop, filter, from) => {
	const variants = [...(await allOf(shop, 'delivery_variants', anew)).values()];
	const entries = [...variants.filter(isFit), ...variants.filter((each) => !isFit(each))].map(
		(variant) => {
			const fit = isPickup(variant) ? 'fits: pickup' : 'fits: fixed price';
			const note = isFit(variant) ? fit : 'price is worked out at checkout';
			return {
				name: `${nameOf(variant)} · ${kindOf(variant)} · ID ${idOf(variant)} · ${note}`,
				value: idOf(variant),
			};
		},
	);
	return slice(entries, filter, from);
};

/** Payment methods with ID, title and type. */
const searchPaymentGateways: Picker<InSalesRecord> = async (shop, filter, from) => {
	const gateways = [...(await allOf(shop, 'payment_gateways', anew)).values()];
	const entries = gateways.map((gateway) => ({
		name: `${nameOf(gateway)} · ${kindOf(gateway)} · ID ${idOf(gateway)}`,
		value: idOf(gateway),
	}));
	return slice(entries, filter, from);
};

/** Custom statuses of the shop with the system status of each; the system ones where there are none. */
const searchCustomStatuses: Picker<InSalesRecord> = async (shop, filter, from) => {
	const entries = (await statusChoices(shop)).map(({ permalink, title, system }) => ({
		name: `${title} (${system ?? '?'})`,
		value: permalink ?? system ?? '',
	}));
	return slice(entries, filter, from);
};

/**
 * Statuses as plain options: each custom one, and each system status that several of them belong to.
 * Without custom statuses, the system statuses.
 */
async function statusOptions(shop: InSalesShop): Promise<INodePropertyOptions[]> {
	const statuses = await statusChoices(shop);
	const single = statuses.map(({ permalink, title, system }) => ({
		name: permalink === undefined ? title : `${title} (${system ?? '?'})`,
		value: permalink ?? system ?? '',
	}));
	const systems = statuses.flatMap(({ permalink, system }) =>
		permalink === undefined ? [] : (system ?? []),
	);
	const shared = [...new Set(systems)].filter(
		(system) => systems.filter((each) => each === system).length > 1,
	);
	const whole = shared.map((system) => ({
		name: `Any of "${systemTitle(system) ?? system}" (${system})`,
		value: `${SYSTEM_PREFIX}${system}`,
	}));
	return [...single, ...whole];
}

function personOf(client: InSalesRecord): string | null {
	return textOrNull(joined([textOrNull(client.surname), textOrNull(client.name)], ' '));
}

function joined(parts: ReadonlyArray<string | null>, by = ' · '): string {
	return parts.filter((part) => part !== null && part.trim() !== '').join(by);
}

/** Lists of resource locators, by the method name the fields use. */
export const pickers = {
	searchClients,
	searchCustomStatuses,
	searchDeliveryVariants,
	searchOrders,
	searchPaymentGateways,
	...recordPickers,
};

/** Lists of plain options, by the method name the fields use. */
export const optionLoaders = { getOrderStatuses: statusOptions };
