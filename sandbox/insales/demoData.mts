import { insertClient } from './clientRecords.mts';
import { insertStatus } from './customStatuses.mts';
import { installCatalogue } from './demoCatalogue.mts';
import { insertOrder } from './newOrders.mts';
import { movePayment, moveStatus } from './orderStatus.mts';
import type { JsonObject } from './records.mts';
import type { ShopState } from './shopState.mts';
import { insertSimple } from './simpleRecords.mts';
import { stampOf } from './times.mts';

/** The statuses of the shop: one per system status under its name, and some of the owner's own. */
const STATUSES: Array<[title: string, system: string, color: string, permalink?: string]> = [
	['Новый', 'new', '#85C5E0', 'new'],
	['Принят', 'accepted', '#E2AC54', 'accepted'],
	['Согласован', 'approved', '#D0CA02', 'approved'],
	['Отгружен', 'dispatched', '#8EA3E2', 'dispatched'],
	['Доставлен', 'delivered', '#7ABF24', 'delivered'],
	['Отменён', 'declined', '#DC5F59', 'declined'],
	['Возврат', 'returned', '#A69196', 'returned'],
	['Новый из чата', 'new', '#3A9FC9', 'novyy-iz-chata'],
	['В обработке', 'accepted', '#DF8956', 'v-obrabotke'],
	['Собран', 'approved', '#86AA60', 'sobran'],
	['Готов к выдаче', 'dispatched', '#B384E2', 'gotov-k-vydache'],
	['Отменён клиентом', 'declined', '#686A69', 'otmenen'],
];

const PAYMENTS: JsonObject[] = [
	{
		id: 79_172,
		type: 'PaymentGateway::Cod',
		title: 'Наличными',
		description: '<p>Оплата при получении</p>',
	},
	{
		id: 79_173,
		type: 'PaymentGateway::Custom',
		title: 'Перевод по реквизитам',
		description: '<p>Реквизиты придут в письме</p>',
	},
	{
		id: 79_174,
		type: 'PaymentGateway::External',
		title: 'Картой на сайте',
		description: '<p>Оплата на защищённой странице</p>',
		url: 'https://pay.example.com/start',
		shop_id: 'demo-shop-4711',
		password: 'demo-gateway-secret',
		success_url: 'https://shop.example.com/success',
		fail_url: 'https://shop.example.com/fail',
		server_url: 'https://shop.example.com/notify',
	},
	{
		id: 79_175,
		type: 'PaymentGateway::Custom',
		title: 'Рассрочка',
		description: '<p>Наценка 10 %</p>',
		margin: '10.0',
	},
];

const DELIVERIES: JsonObject[] = [
	{ id: 21_797, type: 'DeliveryVariant::Fixed', title: 'Курьер', price: '300.0' },
	{ id: 21_798, type: 'DeliveryVariant::PickUp', title: 'Самовывоз', customer_pickup: true },
	{
		id: 21_799,
		type: 'DeliveryVariant::External',
		title: 'Служба доставки',
		url: 'https://delivery.example.com/calculate',
		api_version: 2,
	},
	{
		id: 21_800,
		type: 'DeliveryVariant::PriceDepend',
		title: 'Почта',
		rules: [
			{ id: 1, price_from: '0.0', price_to: '3000.0', delivery_price: '350.0' },
			{ id: 2, price_from: '3000.0', price_to: null, delivery_price: '0.0' },
		],
	},
	{
		id: 21_801,
		type: 'DeliveryVariant::External',
		title: 'Пункт выдачи',
		url: 'https://pickup.example.com/points',
		customer_pickup: true,
	},
];

const FIELDS: JsonObject[] = [
	{ id: 41, destiny: 3, office_title: 'ID чата', title: 'ID чата', handle: 'chat_id', position: 1 },
	{
		id: 42,
		destiny: 3,
		type: 'Field::Checkbox',
		office_title: 'Перезвонить',
		title: 'Перезвоните мне',
		handle: 'call_back',
		position: 2,
	},
	{
		id: 43,
		destiny: 3,
		type: 'Field::Select',
		office_title: 'Канал',
		title: 'Откуда вы пишете',
		handle: 'channel',
		position: 3,
		field_options: [
			{ id: 1, value: 'чат' },
			{ id: 2, value: 'телефон' },
		],
	},
	{ id: 44, destiny: 2, office_title: 'Ник в чате', title: 'Ник', handle: 'nickname', position: 1 },
	{
		id: 45,
		destiny: 2,
		type: 'Field::Phone',
		office_title: 'Телефон',
		title: 'Телефон',
		system_name: 'phone',
		obligatory: true,
		position: 2,
	},
	{
		id: 46,
		destiny: 1,
		office_title: 'Ориентир',
		title: 'Как вас найти',
		handle: 'landmark',
		position: 1,
	},
];

/** Made-up people: their names say so. */
export const DEMO_CLIENTS: Array<[name: string, surname: string, mailbox: string]> = [
	['Анна', 'Тестова', 'anna'],
	['Иван', 'Примеров', 'ivan'],
	['Мария', 'Образцова', 'maria'],
	['Пётр', 'Пробный', 'petr'],
	['Ольга', 'Демина', 'olga'],
];

function installSettings(shop: ShopState): void {
	shop.database.account = {
		id: 111,
		subdomain: 'demo-sandbox',
		title: 'Демо-магазин',
		email: 'owner@example.com',
		phone: '+70000000000',
		organization: null,
		contact_phone: null,
		notification_email: 'owner@example.com',
		sms_notification_phone: null,
		country: 'RU',
		state: 'Москва',
		city: 'Москва',
		blocked: false,
		paid_till: stampOf(shop.clock.now() + 365 * 86_400_000).slice(0, 10),
		main_host: shop.home,
		main_host_protocol: 'http',
		next_order_number: 1001,
		time_zone: 'Moscow',
		hide_items_out_of_stock: false,
		minimum_items_price: null,
		enable_order_discounts: true,
		owner: {
			id: 1,
			name: 'Владелец',
			email: 'owner@example.com',
			created_at: '2025-01-10T10:00:00.000+03:00',
		},
		created_at: '2025-01-10T10:00:00.000+03:00',
	};
	for (const [index, [title, system, color, permalink]] of STATUSES.entries()) {
		insertStatus(shop, {
			title,
			system_status: system,
			color,
			permalink: permalink ?? null,
			is_default: permalink === system,
			position: index + 1,
		});
	}
	// Each payment may be used with each delivery, except the card page, which pickup does not offer.
	let link = 0;
	const links = DELIVERIES.flatMap((delivery) =>
		PAYMENTS.filter((payment) => delivery.id !== 21_798 || payment.id !== 79_174).map(
			(payment) => ({
				id: ++link,
				delivery: delivery.id ?? null,
				payment: payment.id ?? null,
			}),
		),
	);
	for (const [index, payment] of PAYMENTS.entries()) {
		const own = links.filter((entry) => entry.payment === payment.id);
		insertSimple(shop, 'payment_gateways', {
			...payment,
			position: index + 1,
			payment_delivery_variants: own.map((entry) => ({
				id: entry.id,
				delivery_variant_id: entry.delivery,
			})),
		});
	}
	for (const [index, delivery] of DELIVERIES.entries()) {
		const own = links.filter((entry) => entry.delivery === delivery.id);
		insertSimple(shop, 'delivery_variants', {
			...delivery,
			position: index + 1,
			payment_delivery_variants: own.map((entry) => ({
				id: entry.id,
				payment_gateway_id: entry.payment,
			})),
		});
	}
	for (const field of FIELDS) insertSimple(shop, 'fields', field);
	const plain: Array<[path: string, record: JsonObject]> = [
		['users', { id: 1, name: 'Владелец', email: 'owner@example.com', phone: null }],
		['users', { id: 2, name: 'Менеджер', email: 'manager@example.com', phone: null }],
		['currencies', { id: 1, code: 'RUR', title: 'Российский рубль', rate: '1.0' }],
		['client_groups', { id: 5, title: 'Постоянные покупатели', discount: '5.0' }],
		[
			'discount_codes',
			{ id: 1, code: 'CHAT5', discount: '5.0', description: 'Скидка за заказ из чата' },
		],
		[
			'discount_codes',
			{ id: 2, code: 'MINUS300', type_id: 2, discount: '300.0', min_price: '3000.0' },
		],
	];
	for (const [path, record] of plain) insertSimple(shop, path, record);
}

/** Five orders of the last days, each further than the one after it. */
function installOrders(shop: ShopState): void {
	const now = shop.clock.now();
	const skus = ['TS-01-M', 'MUG-01', 'NB-01', 'BAG-01', 'TH-01'];
	for (const [index, [name, surname, mailbox]] of DEMO_CLIENTS.entries()) {
		const atMs = now - (5 - index) * 86_400_000;
		const stamp = stampOf(atMs);
		const phone = `+7900000000${index}`;
		const client = insertClient(
			shop,
			{ name, surname, email: `${mailbox}@example.com`, phone, consent_to_personal_data: true },
			{ stamp },
		);
		const variant = shop.database.variantBySku(skus[index] ?? 'MUG-01');
		insertOrder(shop, {
			atMs,
			clientId: client.id,
			lines: [{ variantId: variant?.id ?? 0, quantity: 1 + (index % 2) }],
			deliveryVariantId: index % 2 === 0 ? 21_797 : 21_798,
			paymentGatewayId: index === 2 ? 79_174 : 79_172,
			address: { name, surname, phone, city: 'Москва', address: `ул. Примерная, ${index + 1}` },
		});
	}
	const steps: Array<[order: number, permalink: string, paid: boolean]> = [
		[80_001, 'delivered', true],
		[80_002, 'gotov-k-vydache', false],
		[80_003, 'v-obrabotke', true],
	];
	for (const [id, permalink, paid] of steps) {
		const stored = shop.database.orders.get(id);
		const status = shop.customStatuses().find((candidate) => candidate.permalink === permalink);
		if (!stored || !status) continue;
		const order = structuredClone(stored);
		// They were changed an hour ago, not now.
		const stamp = stampOf(now - 3_600_000 - (80_010 - id) * 60_000);
		moveStatus(shop, order, status, 'Менеджер');
		if (paid) movePayment(shop, order, 'paid', 'Менеджер');
		for (const name of ['accepted_at', 'delivered_at', 'paid_at']) {
			if (order[name] !== null) order[name] = stamp;
		}
		for (const change of order.order_changes) {
			if (change.action !== 'order_created')
				change.created_at = stamp.replace('.000', `.${100 + (change.id % 800)}`);
		}
		order.updated_at = stamp;
		shop.database.orders.put(order);
	}
}

/** Fills a fresh shop: settings and catalogue always, customers and orders unless it is to be empty. */
export function installDemo(shop: ShopState, empty: boolean): void {
	installSettings(shop);
	installCatalogue(shop);
	if (!empty) installOrders(shop);
}
