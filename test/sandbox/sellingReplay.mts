import type { PrestaShopControl, PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { rawRequest } from './rawRequest.mts';
import type { RecordedExchange } from './recordedExchanges.mts';
import type { Story } from './replay.mts';

const FULL = `Basic ${Buffer.from('FULLACCESSKEY0000000000000000001:').toString('base64')}`;

/** Numbers that the recorded installations gave to what was made first, per version. */
interface Cast {
	/** Product for 12.345; the next ones are a virtual one for 9.99 and one for 5.00 without stock. */
	product: number;
	customer: number;
	address: number;
	total: (pieces: number) => string;
	module: string;
	language: string;
	country: string;
	stateId: string;
}

function castOf(version: string, exchanges: RecordedExchange[]): Cast {
	const made = (nr: number): number =>
		Number(
			/<id><!\[CDATA\[(\d+)/.exec(
				exchanges.find((exchange) => exchange.nr === nr)?.response.body ?? '',
			)?.[1] ?? /"id":(\d+)/.exec('')?.[1],
		);
	const old = version === '1.6.1.24';
	const tax = old ? 1.04 : 1.23;
	const shipping = old ? 7.28 : 8.61;
	const fallback = { '1.7.8.11': 20 } as Record<string, number>;
	return {
		product: made(617) || (fallback[version] ?? 20),
		customer: made(619),
		address: made(621),
		total: (pieces) => (Math.round(12.345 * tax * pieces * 100 + 1e-7) / 100 + shipping).toFixed(2),
		module: old ? 'bankwire' : 'ps_wirepayment',
		language: old ? '1' : '3',
		country: old ? '21' : '14',
		stateId: old ? '1' : '0',
	};
}

const COVER = { id_default_image: '24', associations: { images: [{ id: '24' }] } };

/** What was done by SQL to the recorded installations before these exchanges, and what the groups found there. */
class Director {
	readonly #sandbox: PrestaShopSandbox;
	readonly #control: PrestaShopControl;
	readonly #exchanges: RecordedExchange[];
	#cast: Cast;
	#notLogable = '';
	#isLate = false;
	readonly #hasCovers: boolean;

	constructor(sandbox: PrestaShopSandbox, version: string, exchanges: RecordedExchange[]) {
		this.#sandbox = sandbox;
		this.#control = sandbox.control;
		this.#exchanges = exchanges;
		this.#hasCovers = version === '1.7.8.11';
		this.#cast = castOf(version, exchanges);
	}

	#put(resource: string, id: number, values: Record<string, unknown>): void {
		this.#control.putRecord({ resource, record: { id, ...values } });
	}

	#configuration(name: string, value: string): void {
		const rows = this.#control.records({ resource: 'configurations' });
		const known = rows.find((row) => row.name === name);
		this.#control.putRecord({
			resource: 'configurations',
			record: { ...(known && { id: known.id }), name, value },
		});
	}

	async #send(method: string, path: string, body?: string): Promise<string> {
		const answer = await rawRequest(this.#sandbox.url, {
			method,
			path,
			headers: { Authorization: FULL, Host: new URL(this.#sandbox.url).host },
			body: body === undefined ? '' : `<prestashop>${body}</prestashop>`,
		});
		return answer.body.toString('utf8');
	}

	#texts(text: string): Record<string, string> {
		return { '1': text, '2': text, '3': text };
	}

	/** Products, the customer and the address that most groups work with. */
	async #prepare(): Promise<void> {
		const { product, customer, address } = this.#cast;
		for (const nr of [617, 619, 621]) {
			const exchange = this.#exchanges.find((one) => one.nr === nr);
			if (!exchange) continue;
			const resource = /^\/api\/(\w+)/.exec(exchange.request.path)?.[1] ?? '';
			const id = nr === 617 ? product : nr === 619 ? customer : address;
			this.#control.setNextId({ resource, id });
			await rawRequest(this.#sandbox.url, {
				method: 'POST',
				path: exchange.request.path,
				headers: { ...exchange.request.headers, Host: new URL(this.#sandbox.url).host },
				body: exchange.request.body ?? '',
			});
		}
		this.#put('customers', customer, { secure_key: this.#keyOf(619) });
		this.#put('carriers', 2, { id_tax_rules_group: '1' });
		this.#addProducts();
	}

	/** The key that the recorded shop drew for a customer. */
	#keyOf(nr: number): string {
		const body = this.#exchanges.find((exchange) => exchange.nr === nr)?.response.body ?? '';
		return /<secure_key><!\[CDATA\[(\w+)/.exec(body)?.[1] ?? '';
	}

	#addProducts(): void {
		const { product } = this.#cast;
		this.#stock(product, 100);
		// A product without a cover cannot be read on 1.7.8 with PHP 7.4 (recorded exchange 617).
		if (this.#isLate && this.#hasCovers) this.#put('products', product, COVER);
		for (const [id, name, price, virtual, stock] of [
			[product + 1, 'Order test virtual', '9.990000', '1', 1000],
			[product + 2, 'Order test no stock', '5.000000', '0', 0],
		] as const) {
			const texts = this.#texts(name);
			this.#put('products', id, {
				name: texts,
				link_rewrite: this.#texts('order-test'),
				price,
				is_virtual: virtual,
				id_tax_rules_group: '1',
				...(this.#hasCovers && COVER),
				active: '1',
				reference: name.toUpperCase().replaceAll(' ', '-'),
			});
			this.#stock(id, stock);
		}
	}

	#stock(productId: number, quantity: number): void {
		const rows = this.#control.records({ resource: 'stock_availables' });
		const row = rows.find(
			(one) => one.id_product === String(productId) && one.id_product_attribute === '0',
		);
		this.#control.putRecord({
			resource: 'stock_availables',
			record: {
				...(row && { id: row.id }),
				id_product: String(productId),
				id_product_attribute: '0',
				id_shop: '1',
				quantity: String(quantity),
				out_of_stock: '2',
			},
		});
	}

	#cartBody(product: number, pieces: number, more: string): string {
		const { customer, address, language } = this.#cast;
		return `<cart><id_address_delivery>${address}</id_address_delivery><id_address_invoice>${address}</id_address_invoice><id_currency>1</id_currency><id_customer>${customer}</id_customer><id_lang>${language}</id_lang><id_carrier>2</id_carrier>${more.includes('<delivery_option>') ? '' : `<delivery_option><![CDATA[{"${address}":"2,"}]]></delivery_option>`}${more}<associations><cart_rows><cart_row><id_product>${product}</id_product><id_product_attribute>0</id_product_attribute><id_address_delivery>${address}</id_address_delivery><quantity>${pieces}</quantity></cart_row></cart_rows></associations></cart>`;
	}

	async #cart(pieces: number, id: number, more = '', product = this.#cast.product): Promise<void> {
		this.#control.setNextId({ resource: 'carts', id });
		await this.#send('POST', '/api/carts', this.#cartBody(product, pieces, more));
	}

	async #order(cart: number, total: string, id?: number): Promise<void> {
		const { customer, address, module, language } = this.#cast;
		if (id !== undefined) this.#control.setNextId({ resource: 'orders', id });
		await this.#send(
			'POST',
			'/api/orders',
			`<order><id_address_delivery>${address}</id_address_delivery><id_address_invoice>${address}</id_address_invoice><id_cart>${cart}</id_cart><id_currency>1</id_currency><id_lang>${language}</id_lang><id_customer>${customer}</id_customer><id_carrier>2</id_carrier><module>${module}</module><payment>Bank wire</payment><total_paid>${total}</total_paid><total_paid_real>${total}</total_paid_real><total_products>0</total_products><total_products_wt>0</total_products_wt><conversion_rate>1</conversion_rate></order>`,
		);
	}

	/** The database as it was when a group began: the shop, and orders 6 to `last`. */
	async #scene(last: number, first = 6): Promise<void> {
		const pieces = 3;
		this.#control.reset();
		await this.#prepare();
		for (let id = first; id <= last; id++) {
			await this.#cart(pieces, id);
			await this.#order(id, this.#cast.total(pieces), id);
		}
		this.#control.clearMails();
	}

	/** A second buyer with an address: a guest, or a member of a group of its own. */
	#buyer(exchange: RecordedExchange): void {
		const { customer, country, stateId, language } = this.#cast;
		const body = exchange.request.body ?? '';
		const field = (name: string): number =>
			Number(new RegExp(`<${name}>(\\d+)`).exec(body)?.[1] ?? 0);
		const id = field('id_customer');
		const address = field('id_address_delivery');
		if (id === 0 || id === customer) return;
		const key = /<secure_key>(\w+)/.exec(body)?.[1];
		this.#put('customers', id, {
			email: `order.test${id}@example.com`,
			lastname: 'Tester',
			firstname: 'Ola',
			id_lang: language,
			active: '1',
			...(key !== undefined && { secure_key: key }),
		});
		this.#put('addresses', address, {
			id_customer: String(id),
			id_country: country,
			id_state: stateId,
			lastname: 'Tester',
			firstname: 'Ola',
			address1: 'ul. Testowa 1',
			city: 'Warszawa',
		});
	}

	/** The keys of carts are those of the recorded shops. */
	#knowBuyer(exchange: RecordedExchange): void {
		if (!exchange.request.path.startsWith('/api/carts')) return;
		const body = exchange.request.body ?? '';
		const id = Number(/<id_customer>(\d+)/.exec(body)?.[1] ?? 0);
		const key = /<secure_key>(\w+)/.exec(body)?.[1];
		if (key !== undefined && this.#control.getRecord({ resource: 'customers', id }))
			this.#put('customers', id, { secure_key: key });
	}

	#bindCarrier(product: number, carriers: number[]): void {
		this.#put('products', product, {
			associations: { carriers: carriers.map((id) => ({ id: String(id) })) },
		});
	}

	#inBody(nr: number, field: string): number {
		const { body = '' } = this.#exchange(nr).request;
		return Number(new RegExp(`<${field}>(\\d+)`).exec(body)?.[1] ?? 0);
	}

	/** The shop's state for payments from elsewhere. */
	#remotePayment(): string {
		const states = this.#control.records({ resource: 'order_states' });
		const state = states.find(({ name }) => JSON.stringify(name).includes('Remote payment'));
		return String(state?.id);
	}

	/** The id at the end of the path of an exchange. */
	#recordedIn(nr: number): number {
		const path = this.#exchanges.find((exchange) => exchange.nr === nr)?.request.path ?? '';
		return Number(/\/(\d+)$/.exec(path)?.[1] ?? 0);
	}

	#cartIn(nr: number): number {
		const body = this.#exchanges.find((exchange) => exchange.nr === nr)?.request.body ?? '';
		return Number(/<id_cart>(\d+)/.exec(body)?.[1] ?? 0);
	}

	#own(logable: boolean): void {
		const values = {
			name: this.#texts('API order'),
			logable: logable ? '1' : '0',
			paid: logable ? '1' : '0',
			invoice: logable ? '1' : '0',
			send_email: '0',
			pdf_invoice: '0',
		};
		const { id } = this.#control.putRecord({ resource: 'order_states', record: values });
		this.#configuration('PS_OS_WS_PAYMENT', String(id));
		if (!logable) this.#notLogable = String(id);
	}

	/** What happened to the installation before an exchange. */
	async before(exchange: RecordedExchange): Promise<void> {
		const { product, customer } = this.#cast;
		switch (exchange.nr) {
			case 600:
				this.#control.reset();
				this.#put('carriers', 2, { id_tax_rules_group: '1' });
				break;
			case 620:
				this.#put('customers', customer, { secure_key: this.#keyOf(619) });
				break;
			case 618:
				this.#addProducts();
				this.#stock(product, 0);
				break;
			case 632:
				this.#stock(product, 100);
				break;
			case 645:
				await this.#cart(3, 7);
				break;
			case 660:
				this.#control.reset();
				await this.#scene(7);
				break;
			case 684:
				this.#stock(product, 100);
				this.#put('products', product + 1, { active: '0' });
				break;
			case 700:
			case 711:
			case 713:
			case 956:
				this.#buyer(exchange);
				break;
			case 950:
				this.#buyer(exchange);
				this.#group(exchange, '10.00');
				break;
			case 719:
				this.#configuration('PS_GIFT_WRAPPING_PRICE', '4');
				break;
			case 721:
				this.#configuration('PS_SHIPPING_FREE_PRICE', '30');
				break;
			case 730:
				this.#configuration('PS_SHIPPING_FREE_PRICE', '0');
				break;
			case 733:
				this.#stock(product, 100);
				break;
			case 741:
				this.#control.setNextId({ resource: 'order_payments', id: this.#recordedIn(747) });
				await this.#orderAt(exchange);
				break;
			case 799:
				this.#control.setNextId({ resource: 'order_payments', id: this.#recordedIn(747) });
				await this.#orderAt(exchange);
				break;
			case 862:
				this.#control.setNextId({ resource: 'stock_availables', id: this.#recordedIn(870) });
				break;
			case 915:
				for (const [, id] of (exchange.request.body ?? '').matchAll(/<id>(\d+)</g))
					this.#put('stock_availables', Number(id), { id_product: String(product) });
				break;
			case 1014:
			case 1041:
				this.#put('stock_availables', this.#recordedIn(exchange.nr), {
					id_product: String(product),
				});
				break;
			case 1035:
				this.#control.putRecord({
					resource: 'cart_rules',
					record: {
						id: 1,
						name: this.#texts('Ten percent'),
						code: 'TEN10',
						active: '1',
						quantity: '5',
						reduction_percent: '10.00',
					},
				});
				await this.#voucherCart(exchange, 1);
				break;
			case 1070:
				await this.#orderAt(this.#exchange(1071), /<id_order>(\d+)/);
				this.#put('orders', this.#inBody(1071, 'id_order'), {
					reference: /<order_reference>(\w+)/.exec(exchange.request.body ?? '')?.[1] ?? '',
				});
				break;
			case 1075:
				await this.#cart(1, this.#cartIn(1075));
				this.#put('carts', this.#cartIn(1075), { associations: { cart_rows: [] } });
				break;
			case 1100:
				await this.#cart(1, this.#recordedIn(1100));
				this.#put('carts', this.#recordedIn(1100), { associations: { cart_rows: [] } });
				break;
			case 1120:
				this.#put('currencies', 2, { iso_code: 'EUR', conversion_rate: '0.250000', active: '1' });
				break;
			case 764:
				await this.#voucherCart(exchange);
				break;
			case 771:
				await this.#orderAt(exchange, /<id_order>(\d+)/);
				break;
			case 778:
				this.#stock(product + 2, 500);
				this.#bindCarrier(product, [2]);
				this.#bindCarrier(product + 2, [1]);
				break;
			case 781:
				this.#bindCarrier(product, []);
				this.#bindCarrier(product + 2, []);
				break;
			case 792:
				this.#put('addresses', this.#recordedIn(792), { id_customer: String(customer) });
				break;
			case 914:
				for (const id of [8, 9]) this.#put('specific_prices', id, { id_product: String(product) });
				break;
			case 1116:
				this.#configuration('PS_OS_WS_PAYMENT', this.#remotePayment());
				break;
			case 1110:
				this.#configuration('PS_OS_WS_PAYMENT', this.#remotePayment());
				this.#control.setNextId({ resource: 'order_payments', id: this.#recordedIn(1111) });
				break;
			case 1130:
				await this.#cart(1, this.#cartIn(1131), '<gift_message>EXT-DEL</gift_message>');
				await this.#order(this.#cartIn(1131), this.#cast.total(1), this.#recordedIn(1130));
				break;
			case 786:
			case 788:
				this.#control.setMailServer({ up: false });
				break;
			case 787:
			case 789:
				this.#control.setMailServer({ up: true });
				break;
			case 820:
				this.#isLate = true;
				// From here on the recordings come from copies with other numbers.
				this.#cast = {
					...this.#cast,
					product: this.#inBody(820, 'id_product'),
					customer: this.#inBody(940, 'id_customer'),
					address: this.#inBody(940, 'id_address_delivery'),
				};
				await this.#scene(8);
				break;
			case 890:
			case 940:
			case 1060:
				await this.#scene(exchange.nr === 890 ? 10 : exchange.nr === 1060 ? 7 : 8);
				break;
			case 858:
				this.#put('products', product + 2, { reference: 'ORDER-TEST-NOSTOCK' });
				break;
			case 952:
				this.#stock(product + 2, 500);
				this.#quantityPrice();
				break;
			case 955:
				this.#customerPrice(exchange);
				break;
			case 958:
				this.#automaticRule();
				break;
			case 962:
				this.#noRules();
				break;
			case 1010:
				this.#control.setNextId({ resource: 'carts', id: 23 });
				break;
			default:
		}
		if (exchange.nr === 1060) {
			this.#own(false);
			this.#own(true);
		}
		if (exchange.nr === 1064) this.#configuration('PS_OS_WS_PAYMENT', this.#notLogable);
		await this.#cartsOf(exchange);
		if (exchange.nr !== 940) this.#knowBuyer(exchange);
	}

	#group(exchange: RecordedExchange, reduction: string): void {
		const id = Number(/<id_customer>(\d+)/.exec(exchange.request.body ?? '')?.[1] ?? 0);
		const { id: group } = this.#control.putRecord({
			resource: 'groups',
			record: { name: this.#texts('Ten off'), reduction, show_prices: '1' },
		});
		this.#put('customers', id, { id_default_group: String(group) });
	}

	#special(values: Record<string, string>): void {
		this.#control.putRecord({
			resource: 'specific_prices',
			record: {
				id_product: String(this.#cast.product + 2),
				price: '-1.000000',
				from_quantity: '1',
				reduction_type: 'percentage',
				reduction_tax: '1',
				...values,
			},
		});
	}

	#quantityPrice(): void {
		this.#special({ from_quantity: '5', reduction: '0.200000' });
	}

	#customerPrice(exchange: RecordedExchange): void {
		void exchange;
		this.#special({ id_customer: String(this.#cast.customer), reduction: '0.500000' });
	}

	#automaticRule(): void {
		this.#control.putRecord({
			resource: 'cart_rules',
			record: {
				name: this.#texts('Auto'),
				code: '',
				active: '1',
				quantity: '50',
				reduction_percent: '50.00',
				date_from: '2026-01-01 00:00:00',
				date_to: '2027-12-31 00:00:00',
			},
		});
	}

	#noRules(): void {
		for (const row of this.#control.records({ resource: 'cart_rules' }))
			this.#control.deleteRecord({ resource: 'cart_rules', id: row.id });
	}

	/** An order that the recording only observed, under the number that the exchange names. */
	async #orderAt(exchange: RecordedExchange, pattern = /\/orders\/(\d+)/): Promise<void> {
		const text = `${exchange.request.path}\n${exchange.request.body ?? ''}`;
		const id = Number(pattern.exec(text)?.[1] ?? 0);
		if (id === 0) return;
		const cart = 100 + id;
		await this.#cart(1, cart);
		await this.#order(cart, this.#cast.total(1), id);
	}

	#exchange(nr: number): RecordedExchange {
		const found = this.#exchanges.find((exchange) => exchange.nr === nr);
		if (!found) throw new Error(`There is no exchange ${nr}.`);
		return found;
	}

	async #voucherCart(exchange: RecordedExchange, pieces = 2): Promise<void> {
		const id = Number(/<id_cart>(\d+)/.exec(exchange.request.body ?? '')?.[1] ?? 0);
		await this.#cart(pieces, id);
		this.#put('carts', id, { associations: { cart_rules: [{ id: '1' }] } });
	}

	/** A cart that the recording took for granted: one piece of the first product. */
	async #cartsOf(exchange: RecordedExchange): Promise<void> {
		const { method, path, body = '' } = exchange.request;
		if (method !== 'POST' || !path.startsWith('/api/orders')) return;
		const currency = /<id_currency>(\d+)/.exec(body)?.[1] ?? '1';
		for (const [, number] of body.matchAll(/<id_cart>(\d+)/g)) {
			const id = Number(number);
			if (id > 99_999 || this.#control.getRecord({ resource: 'carts', id })) continue;
			await this.#cart(currency === '1' ? 1 : 2, id);
			this.#put('carts', id, { id_currency: currency });
		}
	}

	/** The number that the recorded shop gave to what an exchange made becomes the next one here. */
	number(exchange: RecordedExchange): void {
		if (exchange.request.method !== 'POST' || exchange.response.status >= 300) return;
		const resource = /^\/api\/(\w+)/.exec(exchange.request.path)?.[1] ?? '';
		const id = /<id><!\[CDATA\[(\d+)/.exec(exchange.response.body ?? '')?.[1];
		if (id === undefined) return;
		this.#control.setNextId({ resource, id: Number(id) });
	}
}

/** How the exchanges about selling (600 and above) are played: what lay between them, and which numbers things get. */
export function sellingStory(
	sandbox: PrestaShopSandbox,
	version: string,
	exchanges: RecordedExchange[],
): Story {
	const director = new Director(sandbox, version, exchanges);
	return {
		before: async (exchange) => {
			await director.before(exchange);
			director.number(exchange);
		},
	};
}
